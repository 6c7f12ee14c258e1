"""Who may ask, and what a browser may do with the answer: host, token, CSRF, and the headers of every response.

The server listens on 127.0.0.1 unless told otherwise; there nobody signs in, so the Host header must name this
machine (a page elsewhere that points its own name at 127.0.0.1, "DNS rebinding", does not) and every POST must
come from one of our own pages: an unguessable value in a cookie and in the form ("double submit", OWASP CSRF
Prevention Cheat Sheet), and the Origin or Sec-Fetch-Site header that browsers send (RFC 6454, W3C Fetch Metadata).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from forensics.errors import UsageError
from forensics.settings import settings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SESSION = "forensics-session"
CSRF = "forensics-csrf"
SHORTEST_TOKEN = 16

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every response, of whatever kind."""

_OPEN = ("/sign-in", "/healthz", "/static/")
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
_GUESS_SECONDS = 0.5


class Refusal(Exception):
    """A request that is not answered: HTTP status, what is wrong, and what to do next."""

    def __init__(self, *, status: int, title: str, next: str) -> None:
        super().__init__(f"{title} {next}")
        self.status = status
        self.title = title
        self.next = next


Refuse = Callable[[Request, Refusal], Response]


class Guard:
    """The middleware around everything. ``token`` is ``None`` where nobody needs one.

    ``hosts`` are the names under which the server may be called; an empty tuple stands for any, which is safe
    only with a token: a cookie belongs to a name, so a foreign name has none. ``refuse`` makes the page.
    """

    def __init__(self, app: ASGIApp, *, token: str | None, hosts: tuple[str, ...], refuse: Refuse) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on; add the headers and, where there is none, the CSRF cookie."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        known = request.cookies.get(CSRF, "")
        request.state.csrf = known if _COOKIE.fullmatch(known) else secrets.token_urlsafe(32)
        answered = _with_headers(request, send, fresh=request.state.csrf != known)
        try:
            self._check(request)
        except Refusal as refusal:
            await self._refuse(request, refusal)(scope, receive, answered)
            return
        try:
            await self._app(scope, receive, answered)
        except Exception as error:
            # Here and not in a handler of the framework: its answer would come without our headers. A second
            # start of an answer that has begun is refused by the server, which closes the connection.
            logging.getLogger(__name__).error("%s at %s", type(error).__name__, request.url.path)
            said = f"Unexpected {type(error).__name__}: this is a bug of forensics."
            bug = Refusal(status=500, title=said, next="Go back; if it stays, use the command line.")
            await self._refuse(request, bug)(scope, receive, answered)

    def _check(self, request: Request) -> None:
        host = _name(request.headers.get("host", ""))
        if self._hosts and host not in self._hosts:
            raise Refusal(
                status=421,
                title="This server does not answer under that name.",
                next=f"Open it under {sorted(self._hosts)[0]}, or name the host in FORENSICS_HOSTS.",
            )
        if request.method not in ("GET", "HEAD"):
            same_origin(request)
        if self._token is None or request.url.path.startswith(_OPEN):
            return
        if not signed_in(request, self._token):
            raise Refusal(
                status=401,
                title="You are not signed in.",
                next="Sign in with the token that the server printed when it started.",
            )


def _with_headers(request: Request, send: Send, *, fresh: bool) -> Send:
    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if not request.url.path.startswith("/static/"):
                headers["Cache-Control"] = "no-store"
            if fresh and headers.get("content-type", "").startswith("text/html"):
                cookie = Response()
                give(request, cookie, CSRF, request.state.csrf, site="strict")
                headers.append("set-cookie", cookie.headers["set-cookie"])
        await send(message)

    return answered


def give(
    request: Request, response: Response, name: str, value: str, *, site: Literal["lax", "strict"]
) -> None:
    """Set a cookie that no script can read, for this session only."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, httponly=True, samesite=site, path="/", secure=secure)


def _name(host: str) -> str:
    """The name in a Host header, without the port and the brackets of IPv6."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def same_origin(request: Request) -> None:
    """Raise :class:`Refusal` if a browser says that the request comes from another site's page.

    ``Origin: null`` is what our own pages send when a referrer policy forbids more; then Sec-Fetch-Site,
    which no page can set, must vouch for it.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site not in (None, "same-origin", "none")
    if origin == "null":
        foreign |= site != "same-origin"
    elif origin is not None:
        foreign |= urlsplit(origin).netloc != request.headers.get("host", "")
    if foreign:
        raise Refusal(
            status=403,
            title="This came from a page of another site.",
            next="Open the form here and send it again.",
        )


def check_csrf(request: Request, said: str | None) -> None:
    """Raise :class:`Refusal` unless the form brought the value of the cookie.

    A program that calls the API has no cookie: it sends its token, or the header ``X-Forensics: 1``, which a
    page of another site cannot send without being asked for permission that is never given (CORS).
    """
    if request.url.path.startswith("/api/"):
        if request.headers.get("x-forensics") or request.headers.get("authorization"):
            return
        raise Refusal(status=403, title="The header is missing.", next="Send the header `X-Forensics: 1`.")
    cookie = request.cookies.get(CSRF, "")
    if not cookie or not hmac.compare_digest(cookie.encode(), (said or "").encode()):
        raise Refusal(
            status=403,
            title="The form is too old, or cookies are off.",
            next="Go back, reload the page and send it again; allow cookies for this site.",
        )


def new_token() -> str:
    """A token nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def strong(token: str) -> str:
    """The token; raises :class:`UsageError` for one that could be guessed."""
    if len(token) < SHORTEST_TOKEN or not token.isascii():
        raise UsageError(
            f"FORENSICS_TOKEN needs at least {SHORTEST_TOKEN} ASCII characters: unset it, and serve makes one."
        )
    return token


def signed_in(request: Request, token: str) -> bool:
    """Whether the request brings the token, or the cookie of somebody who did."""
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(said.strip().encode(), token.encode()):
        return True
    return hmac.compare_digest(request.cookies.get(SESSION, "").encode(), _seal(token).encode())


def _seal(token: str) -> str:
    """What the cookie holds: made of the token, but not the token."""
    return hmac.new(token.encode(), b"forensics session", "sha256").hexdigest()


async def sign_in(request: Request, said: str, token: str, response: Response) -> bool:
    """Give the response the session cookie if the token is right; a wrong guess takes half a second."""
    if not hmac.compare_digest(said.strip().encode(), token.encode()):
        await asyncio.sleep(_GUESS_SECONDS)
        return False
    give(request, response, SESSION, _seal(token), site="lax")
    return True


def who(request: Request) -> str:
    """Who asks, for the audit: the name that a reverse proxy vouches for, else the address."""
    header = settings().user_header
    named = request.headers.get(header, "").strip()[:200] if header else ""
    return named or (request.client.host if request.client else "unknown")
