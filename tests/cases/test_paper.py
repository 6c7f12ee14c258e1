"""Whatever a document says, it stays text on the page."""

import base64
import hashlib
import re

import pytest
from jinja2 import UndefinedError

from forensics.cases import paper
from forensics.cases.aligned import Block


def page(source: str, **context: object) -> str:
    return paper.environment().from_string(source).render(**context)


def test_text_is_escaped_and_made_visible():
    assert (
        page("{{ it }}", it="<b>\u202egnp\x1b[1m\0")
        == "&lt;b&gt;&lt;U+202E&gt;gnp&lt;U+001B&gt;[1m&lt;U+0000&gt;"
    )
    assert page('<a title="{{ it }}">', it='"onclick=x\u200b') == '<a title="&#34;onclick=x&lt;U+200B&gt;">'


def test_half_of_a_surrogate_pair_can_be_written_as_utf_8():
    assert page("{{ it }}", it="a\udc80").encode() == b"a&lt;U+DC80&gt;"


def test_an_unknown_name_is_an_error():
    with pytest.raises(UndefinedError):
        page("{{ nobody }}")


def test_style_and_script_are_the_ones_the_policy_names():
    html = paper.render("layout.html", frame="")
    assert "<style>" not in html
    html = paper.environment().from_string('{% extends "paper.html" %}').render(**paper._carried())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', html)
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
    assert policy.startswith("default-src &#39;none&#39;")


def test_style_asks_for_nothing_from_elsewhere():
    for name in ("forensics.css", "forensics.js"):
        assert not re.search(
            r"url\(|@import|https?:|//", re.sub(r"^//.*$", "", paper.asset(name), flags=re.M)
        )
    assert len(paper.asset("forensics.css").encode()) + len(paper.asset("forensics.js").encode()) < 30_000


@pytest.mark.parametrize(
    ("state", "with_", "words"),
    [
        ("common", 412, "used by 412 others"),
        ("public", 412, "public text, used by 412 others"),
        ("public", None, "public text"),
        ("", 1, "nobody else has it"),
        ("", 3, "2 other applicants have it"),
        ("", None, ""),
    ],
)
def test_a_passage_says_who_else_has_it(state, with_, words):
    block = Block(number=1, pieces=(), words=9, kind="verbatim", state=state, documents_with=with_)
    module = paper.environment().get_template("parts.html").module
    assert str(module.others(block)).strip() == words
    drawn = str(module.block(block, "m1", "a", "b", ()))
    assert ("passage public" in drawn) is bool(state) and (words or "9 words") in drawn
