"""What everybody writes is shown in grey with how many have it; what few have is shown as proof."""

import io
from hashlib import sha256
from random import Random

import pytest
from rich.console import Console

from forensics.cases import export, terminal
from forensics.documents.parse import parse
from forensics.engine import check, compare
from forensics.features.features import Exhibit
from forensics.features.measure import measure
from forensics.index import corpus as corpora
from forensics.index import holders
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings

PUBLIC = "Proven track record of delivering projects on time and within budget."
COMMON = "Counted the herring barrels at the north quay each morning before the auctioneer rang his bell."
OWN = [
    "Migrated the tariff calculator off Cobol so that night batches ended before the pharmacies opened.",
    "Drew the duct plans for two breweries and argued the fire marshal out of a second stairwell.",
    "Wrote a parser for tram timetables that noticed when a stop had been renamed by mistake.",
    "Taught the night porters to read thermal cameras and wrote their pocket card.",
]
PEOPLE = "Ada Quill, Cato Vance, Dina Rook, Egon Pell, Freya Holt, Gus Marlow, Hedda Crane, Ivo Lark".split(
    ", "
)
WORDS = (
    "harbour quarry orchard foundry brewery library tannery sawmill copper walnut lantern beetle saffron marble "
    "anchor violin thistle barley pewter clover falcon juniper mortar pebble ribbon saddle timber velvet willow"
).split()


def exhibit(name: str, bullets: list[str]) -> Exhibit:
    handle = name.lower().replace(" ", ".")
    lines = [name, f"{handle}@example.com", "", "Experience", "Tidewater Mills", "Mar 2019 - Present"]
    data = "\n".join([*lines, *(f"- {line}" for line in bullets), "", "Skills", "Python, Go", ""]).encode()
    id = "sha256:" + sha256(data).hexdigest()
    return measure(parse(data, id=id, path=f"{handle}.txt", plain=True, limits=Settings()))


def stored(name: str) -> list[str]:
    """The bullets of one of the eight: four that nobody else has, or those that the thief takes."""
    chance = Random(name)
    own = [f"Sold {' '.join(chance.sample(WORDS, 12))}." for _ in range(4)]
    return [PUBLIC, COMMON, *(OWN if name == PEOPLE[0] else own)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Eight applicants have the public and the common sentence, the first of them the thief's other bullets."""
    with Corpus.open(tmp_path_factory.mktemp("corpus"), create=True) as opened:
        for name in PEOPLE:
            held = exhibit(name, stored(name))
            with opened.writing():
                opened.add(held, [Application(path=held.document.path)])
        yield opened


def words(parts, *, color: bool = False) -> str:
    """What a terminal shows; in colour with the codes of the styles."""
    file = io.StringIO()
    console = Console(file=file, width=300, force_terminal=color, color_system="standard" if color else None)
    for part in parts:
        console.print(part)
    return file.getvalue()


def line_with(start: str, shown: str) -> str:
    (line,) = (each for each in shown.splitlines() if each.startswith(start))
    return line


THIEF = [PUBLIC, *OWN, COMMON]


@pytest.mark.parametrize("limit", [2_000, 2], ids=["few", "more than are looked up"])
@pytest.mark.parametrize("command", ["check", "compare"])
def test_passages_say_how_many_have_them(corpus, monkeypatch, command, limit):
    for module in (corpora, holders):
        monkeypatch.setattr(module, "MOST_HOLDERS", limit)
    thief = exhibit("Bo Hartmann", THIEF)
    if command == "check":
        (match,) = [each for each in check(thief, corpus).matches if each.claim.name == "Ada Quill"]
        alignment, shown = match.alignment, export.match(match, thief.document)
    else:
        source = exhibit(PEOPLE[0], stored(PEOPLE[0]))
        assert corpus.number(source.document.id) is not None
        related, alignment = compare(thief, source, corpus)
        shown = export.compare(thief, source, related, alignment)
    text = thief.document.text
    counts = {}
    for passage in alignment.passages:
        for line in (PUBLIC, COMMON, OWN[0]):
            if line[5:60] in text[slice(*passage.a)]:
                counts[line] = (passage.documents_with, passage.background)
    assert counts == {PUBLIC: (8, True), COMMON: (8, False), OWN[0]: (1, False)}
    assert sorted(each["documents_with"] for each in shown["passages"])[-2:] == [8, 8]


def test_check_greys_what_everybody_has(corpus):
    case = check(exhibit("Bo Hartmann", THIEF), corpus)
    assert case.open and case.common == 3
    shown = words(terminal.check(case))
    assert PUBLIC[:40] in line_with("– public phrase, used by 8 others: “", shown)
    assert COMMON[:40] in line_with("– used by 8 others: “", shown)
    proof = shown.split("– public phrase")[0]
    assert OWN[0][:40] in proof and COMMON[:40] not in proof and PUBLIC[:40] not in proof
    grey = next(line for line in words(terminal.check(case), color=True).splitlines() if "used by 8" in line)
    assert grey.startswith("\x1b[2m") and grey.endswith("\x1b[0m")


def test_compare_greys_only_with_a_corpus(corpus):
    thief, source = exhibit("Bo Hartmann", THIEF), exhibit(PEOPLE[0], stored(PEOPLE[0]))
    shown = words(terminal.compare(thief, source, *compare(thief, source, corpus), common=corpus.common()))
    assert PUBLIC[:40] in line_with("– public phrase, used by 8 others: “", shown)
    assert COMMON[:40] in line_with("– used by 8 others: “", shown)
    assert "used by" not in words(terminal.compare(thief, source, *compare(thief, source)))


def test_a_public_phrase_that_nobody_else_has_is_only_called_public(tmp_path):
    with Corpus.open(tmp_path / "empty", create=True) as empty:
        one, other = exhibit("Bo Hartmann", THIEF), exhibit("Ada Quill", [*OWN, PUBLIC])
        shown = words(terminal.compare(one, other, *compare(one, other, empty), common=empty.common()))
    assert PUBLIC[:40] in line_with("– public phrase: “", shown)


def test_what_is_left_out_is_counted_and_full_shows_it(corpus, monkeypatch):
    monkeypatch.setattr("forensics.cases.beside.SHOWN", 1)
    case = check(exhibit("Bo Hartmann", THIEF), corpus)
    shown = words(terminal.check(case))
    assert "1 more passage that everybody uses" in shown
    full = words(terminal.check(case, full=True))
    assert "everybody uses" not in full and PUBLIC in full and COMMON in full
