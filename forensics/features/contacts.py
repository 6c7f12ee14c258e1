"""E-mail addresses, links and handles: where they stand and what they come to when normalised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from forensics.features.gazetteers import shared_sites
from forensics.features.sheet import Row, Sheet

_LABELS = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(
    rf"(?<![\w.+%-])(?P<user>[\w](?:[\w.+%'’-]{{0,62}}[\w+-])?)(?P<at>[ ]?@[ ]?|\n?@\n?)"
    rf"(?P<host>{_LABELS}(?:\.\n?{_LABELS}){{0,8}}\.\n?[^\W\d_]{{2,18}})(?![\w@-])"
)
_DOT = r"(?:\.|[ ]?[\[({<]\s?(?:dot|punkt|punto|point)\s?[\])}>][ ]?|[ ](?:dot|DOT)[ ])"
_SPELLED = re.compile(
    rf"(?<![\w.@+-])(?P<user>[\w+-]{{1,64}}(?:{_DOT}[\w+-]{{1,64}}){{0,4}})[ ]?(?:[\[({{<]\s?(?:at|@|AT|ät)\s?[\])}}>]|"
    rf"(?<=[ ])(?P<word>at|AT)(?=[ ]))[ ]?"
    rf"(?P<host>[\w-]{{1,63}}(?P<dots>{_DOT}[\w-]{{1,63}}){{1,5}})",
    re.I,
)
_TLDS = (
    "com org net io dev me co ai app tech page site website online space xyz info biz edu gov mil int name "
    "pro blog design "
    "codes works world life live studio digital cloud link bio gg tv cc sh to so is it in us uk ca au nz de "
    "at ch fr es pt "
    "nl be lu dk se no fi pl cz sk hu ro bg rs hr si ua ru by lt lv ee tr il ae sa eg ng ke za gh pk bd lk "
    "np cn hk tw jp kr "
    "vn th my sg id ph br ar cl mx pe eu asia africa engineer software systems example test invalid"
)
_TLD = "|".join(sorted(_TLDS.split(), key=len, reverse=True))
_URL = re.compile(
    rf"(?<![@\w.+-])(?:(?P<scheme>https?://|www\.)[^\s<>()\[\]{{}}\"“”|,;\x00•]+"
    rf"|(?P<host>(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,8}}(?:{_TLD}))(?![\w@-]|"
    rf"\.[a-z])(?P<path>[ ]?/[ ]?[^\s<>()\[\]{{}}\"“”|,;\x00•]*)?)",
    re.I,
)
_BROKEN = re.compile(r"\n[ \t]*([\w%~@.-]+)[ \t]*(?=\n|$)")
_HANDLE = re.compile(
    r"(?:\b(?P<site>linked[ -]?in|git[ -]?hub|git[ -]?lab|twitter|telegram|discord|skype|stack ?overflow|"
    r"medium|kaggle|"
    r"leetcode|bitbucket|behance|dribbble|instagram|x)(?:[ ]?(?:id|profile|handle|user(?:name)?))?[ ]?[:@–—=]"
    r"|(?P<icon>[\uf08c\uf0e1\uf09b\uf092\uf113\uf099\uf081\uf2c6\uf17e\uf392\uf296]))"
    r"[ ]{0,2}[@/]?(?P<user>(?:live:|in/|\.cid\.)?[\w][\w.#:-]{1,60}[\w])(?![\w@/]|\.\w|[ ][A-Z][a-z])",
    re.I,
)
_ICONS = {
    "\uf08c": "linkedin",
    "\uf0e1": "linkedin",
    "\uf09b": "github",
    "\uf092": "github",
    "\uf113": "github",
    "\uf099": "twitter",
    "\uf081": "twitter",
    "\uf2c6": "telegram",
    "\uf17e": "skype",
    "\uf392": "discord",
    "\uf296": "gitlab",
}
_SITES = {
    "linkedin": "linkedin.com/in/",
    "github": "github.com/",
    "gitlab": "gitlab.com/",
    "twitter": "x.com/",
    "x": "x.com/",
    "telegram": "t.me/",
    "discord": "discord:",
    "skype": "skype:",
    "medium": "medium.com/@",
    "kaggle": "kaggle.com/",
    "leetcode": "leetcode.com/",
    "bitbucket": "bitbucket.org/",
    "behance": "behance.net/",
    "dribbble": "dribbble.com/",
    "instagram": "instagram.com/",
    "stackoverflow": "stackoverflow.com/users/",
}
_ALIASES = {
    "twitter.com": "x.com",
    "mobile.twitter.com": "x.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "wellfound.com": "angel.co",
    "fb.com": "facebook.com",
    "m.facebook.com": "facebook.com",
}
_PROFILES = {
    "linkedin.com": r"(?:in|pub)/([^/?#]+)",
    "stackoverflow.com": r"(users/\d+)(?:/[^/]*)?",
    "medium.com": r"(@[\w.-]+)",
    "youtube.com": r"(@[\w.-]+)",
    "xing.com": r"(profile/[^/]+)",
    "angel.co": r"(?:u/)?([\w-]+)",
    "hub.docker.com": r"([ur]/[\w-]+)",
    "leetcode.com": r"(?:u/)?([\w-]+)",
    "hackerrank.com": r"(?:profile/)?([\w-]+)",
    "codeforces.com": r"(profile/[\w.-]+)",
    "codechef.com": r"(users/[\w-]+)",
    "npmjs.com": r"(~[\w.-]+)",
    "researchgate.net": r"(profile/[\w.-]+)",
    "orcid.org": r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])",
    "upwork.com": r"(freelancers/~?\w+)",
    "calendly.com": r"([\w-]+)",
    "github.com": r"([\w-]+)",
    "gitlab.com": r"([\w.-]+)",
    "bitbucket.org": r"([\w-]+)",
    "x.com": r"@?(\w+)",
    "t.me": r"(\w+)",
    "dev.to": r"([\w-]+)",
    "behance.net": r"([\w-]+)",
    "dribbble.com": r"([\w-]+)",
    "kaggle.com": r"([\w-]+)",
    "codepen.io": r"([\w-]+)",
    "huggingface.co": r"([\w-]+)",
    "about.me": r"([\w.-]+)",
    "linktr.ee": r"([\w.-]+)",
    "facebook.com": r"([\w.-]+)",
    "instagram.com": r"([\w.-]+)",
    "wa.me": r"(\d+)",
    "discord.com": r"(users/\d+)",
    "sites.google.com": r"((?:view|site)/[\w-]+)",
}
_NO_USER = frozenset(
    "features topics about pricing login signup explore marketplace sponsors settings orgs home share intent "
    "search problems company "
    "jobs feed in pub datasets competitions docs blog help contact explore i watch".split()
)
_WEB_HOST = re.compile(
    r"\.(?:github\.io|gitlab\.io|vercel\.app|netlify\.app|herokuapp\.com|web\.app|pages\.dev|notion\.site|"
    r"carrd\.co)$"
)


def find_emails(sheet: Sheet) -> None:
    """Take every e-mail address: plain, broken over a line, or spelled out ("name [at] example dot com")."""
    for match in _EMAIL.finditer(sheet.text):
        host = match["host"].replace("\n", "")
        end = match.end()
        glued = re.search(r"(?<=[a-z])[A-Z]\w*$", host.rsplit(".", 1)[1])
        if glued:  # "example.comLinkedIn": two fields printed without a blank
            end -= len(glued[0])
            host = host[: -len(glued[0])]
        if (
            "\n" in match["at"]
            and not re.search(r"[.\d_-]", match["user"])
            and not sheet.text[: match.start()].endswith("\n")
        ):
            continue
        user = re.sub(r"^(?:e-?mail|mail)\.(?=\w+\.)", "", match["user"], flags=re.I)
        sheet.take("EMAIL", match.start(), end, f"{user}@{host}".lower().replace("’", "'"), "email")
    for match in _SPELLED.finditer(sheet.masked):
        host = re.sub(_DOT, ".", match["host"], flags=re.I).replace(" ", "")
        dotted = re.search(r"dot|punkt|punto|point", match["host"], re.I)
        if (match["word"] and not dotted) or not re.search(rf"\.(?:{_TLD})$", host, re.I):
            continue
        user = re.sub(_DOT, ".", match["user"], flags=re.I)
        sheet.take("EMAIL", match.start(), match.end(), f"{user}@{host}".lower(), "email-spelled")


_DEGREES = frozenset({"b.tech", "m.tech", "b.com", "m.com"})
"""Degrees that are written as names of hosts are."""


def find_urls(sheet: Sheet, contact: frozenset[int]) -> None:
    """Take every link and, in the contact rows (by index), handles that are only labelled ("GitHub: x")."""
    text = sheet.masked
    for match in _URL.finditer(text):
        start, end = match.start(), match.end()
        raw = match[0]
        kept = raw.rstrip(".,:;!?'’-–…*_") if not raw.endswith("-") else raw.rstrip(".,:;!?'’")
        if match["host"] and not match["path"]:
            named = raw != raw.lower() and raw != raw.upper()
            sentence = kept.rsplit(".", 1)[-1].istitle() and not raw.isupper()  # "finished.It was"
            before = sheet.text[max(0, start - 1) : start]
            if (
                kept.lower() in shared_sites()
                or kept.lower() in _DEGREES
                or before == "/"
                or sentence
                or (sheet.row(start).index not in contact and (named or not re.search(r"[a-z]{3}", raw)))
            ):
                continue
        end = start + len(kept)
        if match["path"] and " " in match["path"]:
            tight = kept.split(" ")[0]
            if not _known(tight):
                kept, end = tight.rstrip("/"), start + len(tight.rstrip("/"))
        if re.search(r"[/-]$", raw) and (more := _BROKEN.match(text, end)):
            kept += more[1]
            end = more.end(1)
        sheet.take("URL", start, end, normal(kept.replace(" ", "")), "url")
    for index in sorted(contact):
        _labelled(sheet, sheet.rows[index])


def _known(url: str) -> bool:
    return normal(url).split("/")[0] in _PROFILES


def _labelled(sheet: Sheet, row: Row) -> None:
    for match in _HANDLE.finditer(sheet.rest(row)):
        site = match["site"] or _ICONS[match["icon"]]
        user = match["user"].removeprefix("in/").rstrip(".:")
        if (
            match["site"]
            and user.isalpha()
            and user[0].isupper()
            and not user[1:].isupper()
            and len(user) < 12
        ):
            continue  # "GitHub: Actions" names a product and no person
        site = site.lower().replace(" ", "").replace("-", "")
        at = row.start + match.start("user")
        sheet.take("URL", at, at + len(match["user"].rstrip(".:")), _SITES[site] + user.lower(), "handle")


def normal(url: str) -> str:
    """``github.com/x`` for a profile, else host and path; lower case."""
    plain = unquote(re.sub(r"^(?:https?:)?//", "", url.strip(), flags=re.I))
    plain = re.sub(r"^www\d?\.", "", plain, flags=re.I)
    host, _, path = plain.partition("/")
    host = host.lower().split(":")[0].rstrip(".")
    host = re.sub(r"^(?:[a-z]{2}|mobile|m)\.(?=linkedin\.com$)", "", host)
    host = _ALIASES.get(host, host)
    query = path
    path = re.split(r"[?#]", path)[0].strip("/ ")
    if host == "scholar.google.com" and (user := re.search(r"user=([\w-]+)", query)):
        return f"scholar.google.com/{user[1]}"
    if pattern := _PROFILES.get(host):
        whole = re.fullmatch(pattern, path, re.I) or (
            re.match(pattern + r"(?=/|$)", path, re.I)
            if host in {"linkedin.com", "x.com", "stackoverflow.com"}
            else None
        )
        if whole and whole[1].lower() not in _NO_USER:
            return f"{host}/{'in/' if host == 'linkedin.com' else ''}{whole[1]}".lower()
    return f"{host}/{path}".rstrip("/").lower()


def is_profile(value: str) -> bool:
    """Whether a normalised link is a person's page: ``github.com/x``, not ``github.com/x/y``."""
    if value.startswith(("discord:", "skype:", "scholar.google.com/")):
        return True
    host, _, path = value.partition("/")
    pattern = _PROFILES.get(host)
    if pattern is None:
        return False
    return bool(re.fullmatch(pattern, path)) and path not in _NO_USER


def site(value: str) -> str | None:
    """The host of a link that can be a site of one's own (``example.dev``), else ``None``."""
    host, _, path = value.partition("/")
    if host in _PROFILES or host in shared_sites() or ":" in host:
        return None
    if path.startswith("~"):
        return f"{host}/{path.split('/')[0]}"
    return host if _WEB_HOST.search(host) or "." in host else None


def mail_links(links: Iterator[str]) -> Iterator[str]:
    """The addresses of ``mailto:`` links, lower case."""
    for link in links:
        match = re.match(r"mailto:\s*([^?\s]+@[^?\s]+)", unquote(link), re.I)
        if match:
            yield match[1].lower()
