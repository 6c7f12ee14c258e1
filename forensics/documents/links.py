"""Links against the text they stand under: whether a reader is shown another address than the one behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from forensics.documents.document import Fact, Line

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(
    r"(?:https?://|www\.)(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,24})|(?<![\w@.])((?:[a-z0-9-]+\.)+[a-z]{2,24})(?=/\w)",
    re.I,
)
_PAIRED = {"co", "com", "ac", "org", "net", "gov", "edu"}  # second levels, as in co.uk


def unlike(target: str, shown: str) -> str | None:
    """The address that ``shown`` prints where ``target`` leads to another one; ``None`` where it prints none.

    A mail link is held against the mail addresses of the text, a web link against its web addresses, by
    their sites. Words such as "LinkedIn" are no address.
    """
    if target.lower().startswith("mailto:"):
        address = unquote(target[7:].split("?")[0]).strip().casefold()
        mails: list[str] = [mail.rstrip(".") for mail in _MAIL.findall(shown)]
        if mails and address and address not in {mail.casefold() for mail in mails}:
            return mails[0]
        return None
    led = re.match(r"https?://([^/?#\s:]+)", target, re.I)
    if led is None:
        return None
    sites = [match[1] or match[2] for match in _SITE.finditer(shown)]
    if sites and _site(led[1]) not in {_site(each) for each in sites}:
        return sites[0]
    return None


def _site(host: str) -> str:
    """The part of a host that somebody owns: ``x.co.uk`` of ``www.x.co.uk``."""
    parts = host.casefold().rstrip(".").split(".")
    keep = 3 if len(parts) > 2 and parts[-2] in _PAIRED and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def unlike_their_text(links: Iterable[Fact], text: str, lines: Sequence[Line]) -> list[Fact]:
    """Facts ``link.unlike``: the links (with page and box) that lie over another address than their own.

    Where in a line a word stands is estimated from its place among the characters, so an address counts
    only if its middle lies under the link, and not if another link of the file leads to it.
    """
    linked = list(links)
    targets = [unquote(link.value).casefold() for link in linked]
    by_page: dict[int | None, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    found = []
    for link in linked:
        if link.bbox is None:
            continue
        shown = " ".join(_under(link, text, by_page.get(link.page, ())))
        other = unlike(link.value, shown)
        if other is None or any(other.casefold() in target for target in targets):
            continue
        if link.value.lower().startswith("mailto:") and unquote(link.value[7:]).casefold() in text.casefold():
            continue
        found.append(
            Fact(
                name="link.unlike", value=f"{link.value} under “{other}”", where=link.where, page=link.page,
                bbox=link.bbox,
            )
        )  # fmt: skip
    return found


def _under(link: Fact, text: str, lines: Sequence[Line]) -> Iterable[str]:
    """The words whose middle lies under a link's box."""
    assert link.bbox is not None
    x0, top, x1, bottom = link.bbox
    for line in lines:
        if line.bbox is None:
            continue
        left, upper, right, lower = line.bbox
        middle = (upper + lower) / 2
        if not (top - 1 <= middle <= bottom + 1 and left < x1 and x0 < right):
            continue
        words = text[line.start : line.end]
        each = (right - left) / max(1, len(words))
        for word in re.finditer(r"\S+", words):
            if x0 - 1 <= left + each * (word.start() + word.end()) / 2 <= x1 + 1:
                yield word[0]
