"""Hostile archives: members that climb out, link, lie, repeat, nest or explode, beside an honest one."""

from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from collections.abc import Callable, Iterator

from hostile.case import Case, case
from hostile.docx_writing import by_hand, deflated, deflated_times

GOOD = b"An honest line of text, and enough of it to be read.\n"
BAD = "suspicious_archive"
MIB = 1 << 20


def cases(seed: int) -> Iterator[Case]:
    """Every case of this kind; none depends on the seed. ``wants`` are the outcomes of the bad members."""
    yield from _zips()
    yield from _tars()


def _entry(name: bytes, stored: bytes, size: int, at: int = -1) -> tuple[bytes, bytes, int, int]:
    return name, stored, size, at


def _zips() -> Iterator[Case]:
    good = _entry(b"good.txt", deflated(GOOD), len(GOOD))

    def zipped(*others: tuple[bytes, bytes, int, int], flags: int = 0, attributes: int = 0) -> bytes:
        return by_hand([good, *others], flags=flags, attributes=attributes)

    def named(name: bytes) -> Callable[[], bytes]:
        return lambda: zipped(_entry(name, deflated(GOOD), len(GOOD)))

    yield case("climbs-out.zip", BAD, named(b"../../../etc/cron.d/owned.txt"))
    yield case("absolute.zip", BAD, named(b"/etc/owned.txt"))
    yield case("backslashes.zip", BAD, named(b"..\\..\\owned.txt"))
    yield case("drive.zip", BAD, named(b"C:owned.txt"))
    yield case("twice.zip", BAD, named(b"good.txt"))
    yield case("nul-in-name.zip", "readable suspicious_archive", named(b"good.txt\0.exe"))
    yield case("terminal-in-name.zip", "readable", named(b"\x1b[2J\x1b]0;owned\x07.txt"))
    yield case("long-name.zip", "readable", named(b"a" * 60_000 + b".txt"))
    bomb = deflated_times(b" " * MIB, 1024)
    yield case("bomb-1gib.zip", BAD, lambda: zipped(_entry(b"bomb.txt", bomb, 1024 * MIB)))
    yield case(
        "bomb-said-to-be-small.zip",
        "damaged too_large no_text",
        lambda: zipped(_entry(b"bomb.txt", bomb, 100)),
    )
    yield case(
        "said-to-be-4gib.zip",
        BAD + " too_large",
        lambda: zipped(_entry(b"big.txt", deflated(GOOD), 2**32 - 2)),
    )
    yield case(
        "nested.zip", "not_a_document", lambda: zipped(_entry(b"in.zip", deflated(nest(6)), len(nest(6))))
    )
    yield case(
        "overlapping.zip",
        BAD,
        lambda: zipped(*(_entry(b"%d.txt" % at, b"", 50 * MIB, 60) for at in range(50))),
    )
    yield case(
        "offset-outside.zip", "damaged suspicious_archive", lambda: zipped(_entry(b"x.txt", b"", 9, 2**31))
    )
    yield case(
        "members-200001.zip",
        BAD,
        lambda: by_hand([_entry(b"%d" % at, b"\3\0", 0, 0) for at in range(200_001)]),
    )
    yield case(
        "comment-hides-directory.zip",
        "damaged suspicious_archive readable",
        lambda: zipped()[:-2] + b"\xff\xff" + b"PK\5\6" * 16_000,
    )
    yield case("cut-short.zip", "damaged", lambda: zipped()[:-30])


def nest(depth: int) -> bytes:
    """A ZIP in a ZIP in a ZIP."""
    data = GOOD
    for at in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for copy in range(4):
                package.writestr(f"{copy}.{'txt' if at == 0 else 'zip'}", data)
        data = out.getvalue()
    return data


def encrypted_member() -> bytes:
    """A ZIP of which one member asks for a password."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("good.txt", GOOD)
        package.writestr("secret.txt", GOOD)
    data = bytearray(out.getvalue())
    data[data.rindex(b"PK\1\2") + 8] |= 1
    data[data.rindex(b"PK\3\4") + 6] |= 1
    return bytes(data)


def symbolic_link() -> bytes:
    """A ZIP with a link to a file outside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("good.txt", GOOD)
        link = zipfile.ZipInfo("link.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def streamed() -> bytes:
    """A ZIP written to a pipe: sizes stand behind the data, which is honest."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, part: object) -> int:
            piece = bytes(part)  # type: ignore[call-overload]
            self.data += piece
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:  # type: ignore[arg-type]
        package.writestr("good.txt", GOOD)
        package.writestr("other.txt", GOOD * 2)
    return bytes(pipe.data)


def _tars() -> Iterator[Case]:
    yield case("password-of-a-member.zip", "encrypted", encrypted_member)
    yield case("link.zip", BAD, symbolic_link)
    yield case("streamed.zip", "readable", streamed)
    for name, kind in (
        ("link", tarfile.SYMTYPE),
        ("hard-link", tarfile.LNKTYPE),
        ("device", tarfile.CHRTYPE),
        ("pipe", tarfile.FIFOTYPE),
    ):
        yield case(f"{name}.tar", BAD, lambda kind=kind: tarred(("bad.txt", kind, b"")))
    for name, path in (
        ("climbs-out", "../../owned.txt"),
        ("absolute", "/etc/owned.txt"),
        ("twice", "good.txt"),
    ):
        yield case(f"{name}.tar", BAD, lambda path=path: tarred((path, tarfile.REGTYPE, GOOD)))
    yield case("nested.tar", "not_a_document", lambda: tarred(("in.tar", tarfile.REGTYPE, tarred())))
    yield case(
        "bomb.tar.gz",
        BAD + " too_large damaged",
        lambda: _gzipped(_open_end() + _big()),
    )
    yield case(
        "cut-short.tar.gz", "damaged suspicious_archive", lambda: _gzipped(_open_end() + GOOD * 3)[:-40]
    )
    yield case(
        "checksum-wrong.tar",
        "damaged readable not_a_document",
        lambda: tarred(("a.txt", tarfile.REGTYPE, GOOD)).replace(b"ustar", b"vstar", 2)[512:],
    )
    yield case("size-lies.tar", "damaged too_large suspicious_archive readable", _lying)
    yield case(
        "extended-header.tar",
        "damaged readable suspicious_archive",
        lambda: tarred(pax={"path": "a" * 200_000 + ".txt"}),
    )


def tarred(*others: tuple[str, bytes, bytes], pax: dict[str, str] | None = None) -> bytes:
    """A tar of the honest member and others: (name, type, bytes)."""
    out = io.BytesIO()
    with warnings.catch_warnings(), tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as package:
        warnings.simplefilter("ignore")
        good = tarfile.TarInfo("good.txt")
        good.size = len(GOOD)
        package.addfile(good, io.BytesIO(GOOD))
        for name, kind, data in others:
            item = tarfile.TarInfo(name)
            item.type, item.size, item.linkname = kind, len(data), "/etc/passwd"
            package.addfile(item, io.BytesIO(data))
        if pax:
            item = tarfile.TarInfo("x.txt")
            item.pax_headers, item.size = pax, len(GOOD)
            package.addfile(item, io.BytesIO(GOOD))
    return out.getvalue()


def _open_end() -> bytes:
    """A tar of the honest member without the blocks that say it ends."""
    return tarred()[: 512 + (len(GOOD) + 511) // 512 * 512]


def _big() -> bytes:
    head = tarfile.TarInfo("bomb.txt")
    head.size = 400 * MIB
    return head.tobuf() + bytes(400 * MIB)


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def _lying() -> bytes:
    head = tarfile.TarInfo("big.txt")
    head.size = 8 * 2**30
    return tarred()[:1024] + head.tobuf(tarfile.GNU_FORMAT) + b"short"
