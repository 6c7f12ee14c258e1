"""Two texts in two columns: nothing lost, passages beside each other, crossings and overlaps linked all the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.cases.aligned import OWN_WORDS, PASSAGE_WORDS, columns
from forensics.cases.wording import first_words, pieces
from forensics.documents.document import Document, Passage
from forensics.findings.finding import Aligned, Alignment


def document(text, starts=()):
    cuts = [*starts, len(text)]
    passages = tuple(Passage(start=a, end=b) for a, b in pairwise(cuts))
    return Document(
        id=f"sha256:{len(text):064x}", path="x.txt", format="text", kind="resume", language=None, pages=1,
        text=text, passages=passages,
    )  # fmt: skip


def alignment(*spans, **more):
    passages = tuple(
        Aligned(**{"kind": "verbatim", "similarity": 1.0, "a": a, "b": b, "words": a[1] - a[0], **more})
        for a, b in sorted(spans)
    )
    return Alignment(passages=passages, coverage_a=0.5, coverage_b=0.5)


def numbers(rows, side):
    return [block.number for row in rows for block in getattr(row, side) if block.number]


def said(rows, side):
    return " ".join(
        piece.text for row in rows for block in getattr(row, side) for piece in block.pieces
    ).split()


WORDS = "amber birch cedar delta ember fjord grove heath inlet jetty knoll lodge".split()
A = " ".join(WORDS)
B = " ".join([*WORDS[6:], *WORDS[:6]])


def span(text, first, last):
    return text.index(first), text.index(last) + len(last)


def test_passages_in_one_order_stand_beside_each_other():
    found = columns(
        document(A),
        document(A),
        alignment((span(A, "birch", "cedar"), span(A, "birch", "cedar"))),
        common=None,
    )
    assert [[[b.number for b in side] for side in (row.a, row.b)] for row in found.rows] == [
        [[0], [0]],
        [[1], [1]],
        [[0], [0]],
    ]
    assert said(found.rows, "a") == said(found.rows, "b") == WORDS


def test_of_crossing_passages_the_heavier_stays_in_line_and_the_other_is_moved():
    found = columns(
        document(A),
        document(B),
        alignment(
            (span(A, "amber", "birch"), span(B, "amber", "birch")),
            (span(A, "grove", "lodge"), span(B, "grove", "lodge")),
        ),
        common=None,
    )
    blocks = {b.number: b for row in found.rows for b in (*row.a, *row.b)}
    assert blocks[1].moved and not blocks[2].moved
    assert numbers(found.rows, "a") == [1, 2] and numbers(found.rows, "b") == [2, 1]
    assert said(found.rows, "a") == A.split() and said(found.rows, "b") == B.split()


def test_a_passage_inside_another_is_named_there():
    found = columns(
        document(A),
        document(A),
        alignment(
            (span(A, "amber", "delta"), span(A, "amber", "delta")),
            (span(A, "grove", "heath"), span(A, "birch", "cedar")),
            (span(A, "knoll", "lodge"), span(A, "cedar", "fjord")),
        ),
        common=None,
    )
    right = [b for row in found.rows for b in row.b if b.number]
    assert [(b.number, b.also) for b in right] == [(1, (2,)), (3, ())]
    assert said(found.rows, "b") == WORDS


@given(st.data())
def test_no_word_is_lost_whatever_the_spans(data):
    def spans(text):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True)))
        return list(zip(cuts[::2], cuts[1::2], strict=False))

    left = spans(A)
    right = [data.draw(st.sampled_from(spans(B))) for _ in left]
    found = columns(document(A), document(B), alignment(*zip(left, right, strict=True)), common=None)
    assert "".join(said(found.rows, "a")) == A.replace(" ", "")
    assert "".join(said(found.rows, "b")) == B.replace(" ", "")
    shown = [n for row in found.rows for b in row.b if b.number for n in (b.number, *b.also)]
    assert sorted(shown) == numbers(found.rows, "a") == list(range(1, len(left) + 1))


@pytest.mark.parametrize(
    ("with_", "common", "background", "state"),
    [(412, 3, False, "common"), (3, 3, False, ""), (412, None, False, ""), (1, 3, True, "public")],
)
def test_what_many_have_is_no_evidence(with_, common, background, state):
    one = (span(A, "amber", "delta"), span(A, "amber", "delta"))
    found = columns(
        document(A), document(A), alignment(one, documents_with=with_, background=background), common=common
    )
    assert found.state == (state,)


def test_what_is_cut_is_counted():
    text = " ".join(f"w{number}" for number in range(OWN_WORDS + PASSAGE_WORDS + 30))
    at = text.index(f"w{OWN_WORDS + 10} ")
    one = ((at, len(text)), (at, len(text)))
    (own, passage) = columns(document(text), document(text), alignment(one), common=None).rows
    assert own.a[0].left_out == 10 and passage.a[0].left_out == 20
    assert own.a[0].pieces[0].text.endswith(" …")


def test_changed_words_are_marked_and_white_space_and_bullets_are_not():
    left, right = pieces("reworded", "• Built a tool\n• that works", "• Made a tool\n◦ which works")
    assert [p.text for p in left if p.role == "changed"] == ["Built", "that"]
    assert [p.text for p in right if p.role == "changed"] == ["Made", "which"]
    assert "".join(p.text for p in right) == "• Made a tool\n◦ which works"
    assert {p.role for p in pieces("swapped", "at Acme", "at Bolt")[0]} == {"same", "slot"}
    assert [p.role for p in pieces("verbatim", "At Acme.", "at acme")[0]] == ["same"]


def test_first_words():
    assert first_words("a\nb c", 3) == "a\nb c" and first_words("a\nb c", 2) == "a\nb …"
