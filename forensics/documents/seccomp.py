"""A filter on system calls: the reading process may read, compute and answer, and nothing else.

Linux on x86_64 and aarch64. The filter is a list of what is allowed, in the classic BPF that seccomp(2)
takes: opening a file only for reading, signals only to itself, limits only its own. Everything else
fails with EPERM (``clone3`` with ENOSYS and ``ioctl`` with ENOTTY, after which C libraries take the ways
that are told EPERM), a call of another architecture ends the process.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

_MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
"""Machine → column of the tables below, AUDIT_ARCH, number of seccomp itself."""

_ALLOWED: dict[str, tuple[int | None, int | None]] = {
    # what is open already
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67),
    "close": (3, 57), "lseek": (8, 62), "dup": (32, 23), "poll": (7, None), "ppoll": (271, 73),
    "select": (23, None), "pselect6": (270, 72),
    # looking at files
    "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None), "lstat": (6, None), "statx": (332, 291),
    "statfs": (137, 43), "fstatfs": (138, 44), "access": (21, None), "faccessat": (269, 48),
    "faccessat2": (439, 439), "readlink": (89, None), "readlinkat": (267, 78), "getcwd": (79, 17),
    "getdents64": (217, 61), "getdents": (78, None),
    # memory
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216), "madvise": (28, 233),
    "mincore": (27, 232), "brk": (12, 214),
    # time, and waiting for itself
    "futex": (202, 98), "sched_yield": (24, 124), "sched_getaffinity": (204, 123), "getcpu": (309, 168),
    "membarrier": (324, 283), "rseq": (334, 293), "set_robust_list": (273, 99), "restart_syscall": (219, 128),
    "nanosleep": (35, 101), "clock_nanosleep": (230, 115), "clock_gettime": (228, 113),
    "clock_getres": (229, 114), "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153),
    # its own signals
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    # who and how much it is
    "getrusage": (98, 165), "sysinfo": (99, 179), "uname": (63, 160), "getpid": (39, 172),
    "getppid": (110, 173), "gettid": (186, 178), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getrandom": (318, 278), "getrlimit": (97, 163),
    "setrlimit": (160, 164), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
_OPENING = (((2, None), 1), ((257, 56), 2))  # open, openat: number, which argument holds the flags
_SIGNALS = ((62, 129), (234, 131))  # kill, tgkill
_PRLIMIT, _FCNTL = (302, 261), (72, 25)
_INSTEAD = (((16, 29), errno.ENOTTY), ((435, 435), errno.ENOSYS))  # ioctl, clone3
_FCNTL_ALLOWED = (0, 1, 2, 3, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ERRNO, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_SET_FILTER, _ALL_THREADS = 1, 1
_X32 = 0x40000000

Step = tuple[int, int, int, int]


def install() -> None:
    """Put the filter on this process, for good. ``PR_SET_NO_NEW_PRIVS`` must be set before.

    Raises OSError when the kernel refuses, NotImplementedError on another system or machine.
    """
    machine = _MACHINES.get(platform.machine())
    if sys.platform != "linux" or machine is None or struct.calcsize("P") != 8:
        raise NotImplementedError(f"there is no filter for {sys.platform} on {platform.machine()}")
    column, arch, seccomp = machine
    steps = program(column, arch, os.getpid())
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    told = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    done = libc.syscall(
        ctypes.c_long(seccomp),
        ctypes.c_ulong(_SET_FILTER),
        ctypes.c_ulong(_ALL_THREADS),
        ctypes.c_void_p(ctypes.addressof(told)),
    )
    if done != 0:
        wrong = ctypes.get_errno()
        raise OSError(wrong, os.strerror(wrong))


def program(column: int, arch: int, pid: int) -> list[Step]:
    """The filter as steps (code, jump if true, jump if false, value) for one column of the tables."""
    deny = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    allow = (_RETURN, 0, 0, _ALLOW)
    kill = (_RETURN, 0, 0, _KILL)
    steps: list[Step] = [(_LOAD, 0, 0, _ARCH), (_EQUAL, 1, 0, arch), kill, (_LOAD, 0, 0, _NUMBER)]
    if column == 0:
        steps += [(_AT_LEAST, 0, 1, _X32), kill]

    def on(numbers: tuple[int | None, int | None], what: list[Step]) -> None:
        number = numbers[column]
        if number is not None:
            steps.extend([(_EQUAL, 0, len(what), number), *what])

    def one_of(argument: int, values: tuple[int, ...]) -> list[Step]:
        tests = [step for value in values for step in ((_EQUAL, 0, 1, value), allow)]
        return [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), *tests, deny]

    for numbers in _ALLOWED.values():
        on(numbers, [allow])
    for numbers, argument in _OPENING:
        on(numbers, [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument), (_ANY_BIT, 0, 1, _writing()), deny, allow])
    for numbers in _SIGNALS:
        on(numbers, one_of(0, (pid,)))
    on(_PRLIMIT, one_of(0, (0, pid)))
    on(_FCNTL, one_of(1, _FCNTL_ALLOWED))
    for numbers, code in _INSTEAD:
        on(numbers, [(_RETURN, 0, 0, _ERRNO | code)])
    return [*steps, deny]


def _writing() -> int:
    """The flags of open(2) that change anything."""
    tmpfile: int = getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0)
    return os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | tmpfile
