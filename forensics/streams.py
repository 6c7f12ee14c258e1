"""stdout is data, stderr is talk: the two streams of the command line, its errors and exit codes."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import wraps
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, ParamSpec, TextIO, TypeVar

import typer

from forensics.errors import ForensicsError, UsageError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

P = ParamSpec("P")
T = TypeVar("T")

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

PIPE_WIDTH = 100
"""Columns of the output for people where no terminal says how wide it is."""


class Exit(IntEnum):
    """What the process ends with."""

    OK = 0
    CASE = 1
    COULD_NOT_RUN = 2
    UNREADABLE = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


def outcome(*, strict: bool, unreadable: bool, case: bool = False) -> Exit:
    """The exit status of a command that ran: a case comes first, then what ``--strict`` asks for."""
    if case:
        return Exit.CASE
    return Exit.UNREADABLE if strict and unreadable else Exit.OK


def guarded(command: Callable[P, Exit]) -> Callable[P, None]:
    """The command with every way to end it: our errors in one line, Ctrl-C, a closed pipe, a bug."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        _prepare()
        try:
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except ForensicsError as error:
            code = _could_not_run(str(error))
        except KeyboardInterrupt as stop:
            talk(f"{stop}" or "Stopped.")
            code = Exit.INTERRUPTED
        except BrokenPipeError:
            _forget_stdout()
            code = Exit.PIPE_CLOSED
        except Exception as error:
            if os.environ.get("FORENSICS_DEBUG"):
                raise
            code = _could_not_run(
                f"unexpected {type(error).__name__}: {error} "
                "(a bug of forensics: run with FORENSICS_DEBUG=1 for the traceback)"
            )
        raise typer.Exit(int(code))

    return run


def _could_not_run(message: str) -> Exit:
    from forensics.cases.visible import visible

    talk(f"forensics: {visible(message)}")
    return Exit.COULD_NOT_RUN


def _prepare() -> None:
    """UTF-8 on every stream, whatever the locale."""
    streams = {sys.stdin: "surrogateescape", sys.stdout: "backslashreplace", sys.stderr: "backslashreplace"}
    for stream, errors in streams.items():
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def end_in_order() -> None:
    """SIGTERM ends the process as Ctrl-C does: what is finished is stored, what is temporary is removed."""
    signal.signal(signal.SIGTERM, _terminate)


def _terminate(number: int, frame: object) -> None:
    raise SystemExit(int(Exit.TERMINATED))


def _forget_stdout() -> None:
    """Whoever read it has gone: nothing may complain about that at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def emit(found: dict[str, Any]) -> None:
    """One JSON object on one line of stdout, at once.

    What would act on a terminal, turn the writing direction, end a line or cannot be encoded is escaped.
    """
    line = json.dumps(found, ensure_ascii=False, allow_nan=False)
    _write(_ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n")


def present(parts: Iterable[RenderableType]) -> None:
    """Print for people on stdout, at once."""
    out = console(sys.stdout)
    with out.capture() as captured:
        for part in parts:
            out.print(part)
    text = captured.get()
    _write("".join(f"{line.rstrip()}\n" for line in text.splitlines()) if out.color_system is None else text)


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_stdout()
        raise UsageError(f"stdout cannot be written ({error.strerror}): send it elsewhere.") from error


def talk(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def console(stream: TextIO) -> Console:
    """A console without markup or guesses about words; plain when no terminal or under ``NO_COLOR``."""
    from rich.console import Console

    terminal = stream.isatty()
    plain = bool(os.environ.get("NO_COLOR"))
    wide = os.environ.get("COLUMNS", "")
    return Console(
        file=stream,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if plain or not terminal else "auto",
        no_color=plain,
        width=None if terminal or wide.isdigit() else PIPE_WIDTH,
    )


@contextmanager
def stopping(summary: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C inside says what ``summary`` says."""
    try:
        yield
    except KeyboardInterrupt as stop:
        if str(stop):
            raise
        raise KeyboardInterrupt(summary()) from None


@contextmanager
def progress(
    what: str, total: Callable[[], int] | None = None, *, shown: bool = True
) -> Iterator[Callable[[Iterable[T]], Iterator[T]]]:
    """Gives a function that passes items through and counts them in a bar, if ``shown`` and stderr is a terminal."""
    if not shown or not sys.stderr.isatty():
        yield lambda items: iter(items)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()]
    out = console(sys.stderr)
    with Progress(*columns, console=out, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=total() if total else None)

        def counted(items: Iterable[T]) -> Iterator[T]:
            for item in items:
                yield item
                bar.advance(task)

        yield counted
