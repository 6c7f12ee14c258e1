"""shared-template: which looks are evidence, which are context."""

from __future__ import annotations

import io
import random

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from forensics.documents.parse import parse
from forensics.engine import check
from forensics.features.layout import fingerprint
from forensics.features.measure import measure
from forensics.findings import templates
from forensics.findings.finding import Claim
from forensics.findings.public_templates import write_public
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings, settings

WORDS = (
    "bread ledger oven pallet scale night shift warehouse window garden bridge harbour kettle lantern".split()
)


def file(who: str, design: int):
    """A page of words by chance in a layout that goes by the number of its design."""
    words, style = random.Random(who), random.Random(design)
    fonts = ["Helvetica", "Times-Roman", "Courier", "Helvetica-Oblique", "Times-Bold", "Courier-Bold"]
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=A4, invariant=1)
    left, indent = style.randint(30, 120), style.randint(5, 60)
    head, body = style.choice(fonts), style.choice(fonts)
    sizes = style.randint(14, 26) + style.random(), 8 + round(4 * style.random(), 1)
    colour, gap = (style.random(), style.random(), style.random()), style.randint(12, 18)
    sheet.setFont(head, sizes[0])
    sheet.setFillColorRGB(*colour)
    sheet.drawString(left, 790, who)
    sheet.setStrokeColorRGB(*colour)
    sheet.line(left, 780, 595 - left, 780)
    y = 760.0
    for line in range(34):
        title = line % 8 == 0
        sheet.setFont(head if title else body, 12 if title else sizes[1])
        sheet.setFillColorRGB(*(colour if title else (0, 0, 0)))
        said = style.choice(["Experience", "Education", "Skills"]) if title else ""
        sheet.drawString(left + (0 if title else indent), y, said or " ".join(words.choices(WORDS, k=9)))
        y -= gap
    sheet.save()
    name = f"{who}.pdf"
    return measure(
        parse(out.getvalue(), id=f"sha256:{random.Random(who).getrandbits(256):064x}", path=name, plain=True,
              limits=Settings(hidden=False))
    )  # fmt: skip


def name(number: int) -> str:
    syllables = "ba be do fa gi ha ko li mo na pe ra si ta ve wo ya zu".split()
    dice = random.Random(number)
    return " ".join("".join(dice.choices(syllables, k=3)).title() for _ in range(2))


@pytest.fixture
def filled(tmp_path):
    """Open a corpus of strangers, each with a design of their own, and of so many with design 0."""
    opened = []

    def make(strangers: int, alike: int) -> Corpus:
        corpus = Corpus.open(tmp_path / "corpus", create=True)
        opened.append(corpus)
        with corpus.writing():
            for at in range(1, strangers + alike + 1):
                design = 0 if at <= alike else at
                exhibit = file(name(at), design)
                corpus.add(exhibit, [Application(path=exhibit.document.path, applicant=name(at))])
        return corpus

    yield make
    for each in opened:
        each.close()


def found(corpus: Corpus):
    case = check(file("Ada Example", 0), corpus, applicant="Ada Example")
    return [each for each in case.findings if each.signal == "shared-template"], case


def test_a_rare_layout_is_weight_b_and_opens_no_case_alone(filled):
    findings, case = found(filled(templates.FEW, 1))
    assert [each.weight for each in findings] == ["B"] and not case.open
    (one,) = findings
    assert one.base_rate.documents == 1 and one.base_rate.of == templates.FEW + 1
    assert name(1) in one.summary and {each.page for each in one.evidence} == {1}


def test_a_layout_of_many_is_one_finding_of_context(filled):
    findings, _ = found(filled(templates.FEW, 5))
    assert [each.weight for each in findings] == ["C"] and "common here" in findings[0].summary


def test_among_few_applicants_a_layout_is_context_and_says_why(filled):
    findings, _ = found(filled(6, 1))
    assert [each.weight for each in findings] == ["C"] and "nobody can say" in findings[0].summary


def test_a_public_template_is_context_by_its_name(filled, tmp_path, monkeypatch):
    monkeypatch.setenv("FORENSICS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    try:
        look = fingerprint(file("Somebody Else", 0).document)
        write_public(settings().home / "templates", look, name="Town library handout", source="a test")
        findings, _ = found(filled(templates.FEW, 1))
        assert [each.weight for each in findings] == ["C"] and "Town library handout" in findings[0].summary
    finally:
        settings.cache_clear()


def test_strangers_with_their_own_designs_share_none(filled):
    findings, _ = found(filled(20, 0))
    assert findings == []


def test_a_common_layout_reads_one_document_of_many(filled, monkeypatch):
    corpus = filled(templates.FEW, 9)
    exhibit = file("Ada Example", 0)
    claim = Claim(told="Ada Example", read=exhibit.features.applicant.name, emails=())
    own = corpus.population().own(doc=None, names=["Ada Example"])
    read = []
    kept = Corpus.exhibit
    monkeypatch.setattr(Corpus, "exhibit", lambda self, doc: read.append(doc) or kept(self, doc))
    (one,) = templates.templates(exhibit, claim, corpus, own)
    assert one.weight == "C" and len(one.documents) == 9 and len(read) == 1


def test_what_is_shared_is_said_in_plain_words(filled):
    (one,), _ = found(filled(templates.FEW, 1))
    said = one.evidence[0].text.split("; ")
    assert len(said) > 3 and len(set(said)) == len(said)
    assert not any(words in ("lettering", "letters") or "arial 9" in words for words in said), said
