"""A page of ours, taken apart: what leads where, what is loaded, and what a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "br", "img", "input", "hr", "col", "wbr"}
INLINE = {"a", "bdi", "code", "em", "q", "span"}
LOADS = (
    "src",
    "href",
    "action",
    "formaction",
    "poster",
    "data",
    "srcset",
    "xlink:href",
    "ping",
    "background",
)


@dataclass(slots=True)
class Tag:
    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        return " ".join("".join(self.text).split())


class Markup(HTMLParser):
    """Every tag with its attributes and the text inside; tags that are not closed in order are an error."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self._open: list[Tag] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        keys = [key for key, _ in attributes]
        assert len(keys) == len(set(keys)), f"{name} has an attribute twice"
        tag = Tag(name, {key: value or "" for key, value in attributes})
        self.tags.append(tag)
        if name not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(name, {key: value or "" for key, value in attributes}))

    def handle_endtag(self, name: str) -> None:
        assert self._open and self._open[-1].name == name, f"</{name}> closes {self._open[-1:]}"
        self._open.pop()
        if name not in INLINE:
            self.handle_data(" ")

    def handle_data(self, text: str) -> None:
        for tag in self._open:
            tag.text.append(text)

    def all(self, name: str = "", **attributes: str) -> list[Tag]:
        """The tags with this name whose attributes have these words; ``class_`` for class."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        return [
            tag
            for tag in self.tags
            if name in ("", tag.name)
            and all(value in tag.attributes.get(key, "").split() for key, value in wanted.items())
        ]

    @property
    def words(self) -> str:
        return next(tag for tag in self.tags if tag.name == "body").words

    @property
    def ids(self) -> list[str]:
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]

    @property
    def hrefs(self) -> list[str]:
        return [tag.attributes["href"] for tag in self.tags if "href" in tag.attributes]


def parsed(file: Path) -> Markup:
    return Markup(file.read_text(encoding="utf-8"))


def assert_stands_alone(html: str, *, files: set[str] = frozenset()) -> None:
    """The page asks for nothing, runs only our script, and every link leads to a place that is there."""
    page = Markup(html)
    ids = page.ids
    assert len(ids) == len(set(ids))
    for tag in page.tags:
        assert tag.name not in {"iframe", "object", "embed", "form", "base", "link", "audio", "video", "img"}
        assert not [key for key in tag.attributes if key.startswith("on") or key == "style"]
        for key in LOADS:
            value = tag.attributes.get(key)
            if value is None:
                continue
            if tag.name == "image":
                assert re.fullmatch(r"data:image/png;base64,[A-Za-z0-9+/=]+", value)
            elif value.startswith("#"):
                assert value[1:] in ids, f"{value} leads nowhere"
            else:
                assert value in files, f"{tag.name} {key}={value}"
    (policy,) = [tag.attributes["content"] for tag in page.all("meta") if tag.attributes.get("http-equiv")]
    assert policy.startswith("default-src 'none'")
    assert len(page.all("script")) == 1 and len(page.all("style")) == 1
