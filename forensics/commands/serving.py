"""Serve the corpus to a browser: serve."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forensics.errors import UsageError
from forensics.streams import Exit, guarded, talk
from forensics.words import CorpusOption, Opening

if TYPE_CHECKING:
    from uvicorn import Config

_STOP_SECONDS = 3


@guarded
def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen. Any but this machine needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="0: one that is free.")] = 8765,
    corpus: CorpusOption = None,
) -> Exit:
    """The web application: hand in files, read reports, look through the corpus. Ctrl-C stops it.

    On any address but this machine's own everybody signs in with a token: FORENSICS_TOKEN, or one that is
    made and printed once.

    Example: forensics serve --port 0
    """
    import uvicorn

    from forensics.web.app import application
    from forensics.web.security import LOOPBACK, new_token, strong

    local = host in LOOPBACK
    given = os.environ.get("FORENSICS_TOKEN", "")
    token = strong(given) if given else None if local else new_token()
    app = application(Opening(corpus).folder, token=token, hosts=_names(host, local=local))
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    listening = _bound(config)
    shown = f"[{host}]" if ":" in host else host
    talk(
        f"Serving {Opening(corpus).folder} at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C stops it)"
    )
    if token and not given:
        talk(f"Token, shown this once: {token}")
    uvicorn.Server(config).run(sockets=[listening])
    return Exit.OK


def _names(host: str, *, local: bool) -> tuple[str, ...]:
    """The names the server answers to: on this machine its own and those of a proxy, else any."""
    from forensics.settings import settings
    from forensics.web.security import LOOPBACK

    more = tuple(name.strip().lower() for name in settings().hosts.split(",") if name.strip())
    if local:
        return (*LOOPBACK, *more)
    return (*LOOPBACK, host, *more) if more else ()


def _bound(config: Config) -> Any:
    """The socket, already listening: who reads the printed address can ask at once.

    Raises :class:`UsageError` when it cannot be had.
    """
    try:
        found = config.bind_socket()
        found.listen(config.backlog)
        return found
    except (SystemExit, OSError) as end:  # uvicorn ends the program; the system's error hangs on that
        why = end if isinstance(end, OSError) else end.__context__
        said = why.strerror if isinstance(why, OSError) and why.strerror else "it cannot be used"
        raise UsageError(
            f"{config.host} port {config.port}: {said}. Name another with --port (0 takes any that is free), "
            "or another address with --host."
        ) from None
