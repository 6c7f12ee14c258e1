"""The map from normalised text to the text as it was read is exact."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forensics.documents.normal import normalised
from forensics.documents.words import clean

ODD = "aé\u0301\u0327e ﬁﬃ½Ⅷ\u00ad\u200b\u200d\ufeff\uf0b7\U000f0001\u1112\u1161\u11ab각カ\u3099ﾞﾊ\u0344\u0958x-\n\t\x7f"


@given(st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=30))
@example("ﬁ\u0301")
@example("a\u00ad\u0301b")
def test_the_text_is_the_clean_one_and_each_character_is_made_of_its_place(raw: str) -> None:
    found = normalised(raw)
    assert found.text == clean(raw)
    assert len(found.offsets) == len(found.text) + 1 and found.offsets[-1] == len(raw)
    assert list(found.offsets) == sorted(found.offsets)
    assert all(0 <= each <= len(raw) for each in found.offsets)
    for at in range(len(found.text)):
        start, end = found.raw(at, at + 1)
        assert start < end and found.text[at] in clean(raw[start:end])
    borders = [at for at in range(1, len(found.text)) if found.offsets[at] > found.offsets[at - 1]]
    for at in borders:  # what was made of the parts is the whole
        assert clean(raw[: found.offsets[at]]) + clean(raw[found.offsets[at] :]) == found.text


@pytest.mark.parametrize(
    ("raw", "word", "span"),
    [
        ("the oﬃce here", "office", (4, 8)),
        ("engi\u00adneer of roads", "engineer", (0, 9)),
        ("re\u0301sume\u0301 sent", "résumé", (0, 8)),
        ("\uf0b7 Built", "Built", (2, 7)),
        ("zero\u200bwidth", "zerowidth", (0, 10)),
    ],
)
def test_a_word_is_found_where_it_stands(raw: str, word: str, span: tuple[int, int]) -> None:
    found = normalised(raw)
    at = found.text.index(word)
    assert found.raw(at, at + len(word)) == span


def test_words_of_a_document_are_whole_over_what_is_not_seen() -> None:
    from forensics.documents.parse import parse
    from forensics.features.tokens import tokens
    from forensics.settings import Settings

    text = "Engi\u00adneer with a re\u0301sume\u0301 in the o\ufb03ce\nPlan\u200bned roads"
    document = parse(text.encode(), id="", path="x.txt", plain=True, limits=Settings())
    found = tokens(document, ())
    assert found.words == ("engineer", "with", "a", "résumé", "in", "the", "office", "planned", "roads")
    assert document.text[found.starts[0] : found.ends[0]] == text[:9]
