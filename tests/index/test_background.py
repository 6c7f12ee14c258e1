"""What everybody writes is known, found again in a résumé, and no evidence; what one person wrote is not."""

import importlib.util
import os
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forensics.documents.parse import parse
from forensics.engine import check, compare
from forensics.errors import CorpusError
from forensics.features.features import Exhibit, Tokens
from forensics.features.measure import measure
from forensics.features.shingles import positions
from forensics.index import background
from forensics.index.background import Background, load, public_words, save, shipped, stamp
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings

FOLDER = Path(__file__).parents[2] / "corpora" / "background"
SOURCES = sorted(FOLDER.glob("*/prints.npz"))
REMAKE = {"stock": "stock", "onet": "onet FILE, the Task Statements of O*NET"}

spec = importlib.util.spec_from_file_location("background_recipe", FOLDER / "make.py")
recipe = importlib.util.module_from_spec(spec)
spec.loader.exec_module(recipe)


def exhibit(text: str, path: str = "resume.txt") -> Exhibit:
    data = text.encode()
    id = "sha256:" + sha256(data).hexdigest()
    return measure(parse(data, id=id, path=path, plain=True, limits=Settings()))


def resume(name: str, employer: str, summary: list[str], bullets: list[str]) -> str:
    handle = name.lower().replace(" ", ".")
    lines = [name, f"{handle}@example.com", "", "Summary", *(f"- {line}" for line in summary), ""]
    lines += ["Experience", employer, "Mar 2019 - Present", *(f"- {line}" for line in bullets), ""]
    return "\n".join([*lines, "Skills", "Python, Go", ""])


def flagged(text: str, phrase: str) -> np.ndarray:
    """The flags of the words of a phrase that stands once in the text."""
    made = exhibit(text)
    at = made.document.text.index(phrase)
    first, last = np.searchsorted(made.features.tokens.starts, (at, at + len(phrase)))
    assert last > first
    return public_words(made.features.tokens)[first:last]


# -- the files that are shipped


def test_there_are_the_two_sources_and_they_are_small():
    assert [file.parent.name for file in SOURCES] == ["onet", "stock"]
    assert sum(file.stat().st_size for file in SOURCES) < 1_500_000


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.parent.name)
def test_fingerprints_are_of_todays_scheme(file):
    held, made_by = load(file)
    name = file.parent.name
    assert made_by == stamp(), (
        f"forensics/features/shingles.py makes other hashes than {file} holds: "
        f"remake it with `python corpora/background/make.py {REMAKE[name]}`"
    )
    for hashes in (held.trigrams, held.wholes):
        assert len(hashes) > 1000 and (np.diff(hashes) > 0).all() and int(hashes[-1]) < 1 << 47


def test_stamp_changes_with_the_scheme(monkeypatch):
    before = stamp()
    monkeypatch.setattr("forensics.features.shingles._SALTS", {"trigram": 9, "winnowed": 2, "exact": 3})
    positions.cache_clear()
    assert stamp() != before
    positions.cache_clear()


def test_every_stock_phrase_is_found_in_a_resume():
    phrases = recipe.lines_of(FOLDER / "stock" / "phrases.txt")
    wordings = sorted({each for phrase in phrases for each in recipe.wordings(phrase)})
    assert len(phrases) == len(set(phrases)) and len(wordings) > 900
    some = sorted({next(recipe.wordings(phrase)) for phrase in phrases} | set(wordings[::97]))
    missed = []
    for start in range(0, len(some), 40):
        lines = some[start : start + 40]
        text = resume("Ada Quill", "Tidewater Mills", [], lines)
        tokens = exhibit(text).features.tokens
        public = public_words(tokens)
        for line in lines:
            at = text.index(f"- {line}\n") + 2
            first, last = np.searchsorted(tokens.starts, (at, at + len(line)))
            if public[first:last].mean() < 0.8:
                missed.append(line)
    assert len(missed) <= 0.01 * len(some), (
        f"{len(missed)} of {len(some)} phrases are not found ({missed[:5]} …), because masking has changed: "
        "remake the fingerprints with `python corpora/background/make.py stock`"
    )


@pytest.mark.skipif("FORENSICS_ONET" not in os.environ, reason="FORENSICS_ONET names no Task Statements")
def test_tasks_are_found_as_given_and_in_the_past():
    tasks = recipe.task_statements(Path(os.environ["FORENSICS_ONET"]))[::101]
    for each in tasks:
        for said in (each, recipe.in_the_past(each, frozenset(), throughout=False)):
            if len(said.split()) > 7:
                assert flagged(resume("Ada Quill", "Tidewater Mills", [], [said]), said).mean() > 0.8, said


# -- the file format


hashes = st.lists(st.integers(0, (1 << 47) - 1), max_size=300, unique=True).map(
    lambda held: np.array(sorted(held), np.uint64)
)


@given(hashes, hashes)
def test_what_is_saved_is_loaded(tmp_path_factory, trigrams, wholes):
    file = tmp_path_factory.mktemp("prints") / "prints.npz"
    save(file, Background(trigrams=trigrams, wholes=wholes))
    held, made_by = load(file)
    assert made_by == stamp()
    assert np.array_equal(held.trigrams, trigrams) and np.array_equal(held.wholes, wholes)
    assert held.contains(trigrams).all()
    assert not held.contains(np.setdiff1d(wholes, trigrams)).any()
    assert held.contains_whole(wholes).all()


def test_a_damaged_file_and_another_format_say_so(tmp_path, monkeypatch):
    file = tmp_path / "prints.npz"
    whole = SOURCES[0].read_bytes()
    for wrong in (b"", b"not a file of arrays", whole[: len(whole) // 2]):
        file.write_bytes(wrong)
        with pytest.raises(CorpusError, match="install"):
            load(file)
    file.unlink()
    with pytest.raises(CorpusError, match="install"):
        load(file)
    with monkeypatch.context() as later:
        later.setattr(background, "FORMAT", 2)
        save(file, shipped())
    with pytest.raises(CorpusError, match="format 2"):
        load(file)


def test_a_package_without_sources_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(background, "data_folder", lambda name: tmp_path)
    with pytest.raises(CorpusError, match="install it again"):
        shipped.__wrapped__()


# -- which words are public


WORDS = "amber birch cedar delta ember fjord grove heath inlet joule knoll larch maple north ochre".split()


def sentence(words: list[str], units: list[int] | None = None) -> Tokens:
    count = len(words)
    return Tokens(
        words=tuple(words),
        masks=tuple(words),
        starts=tuple(range(count)),
        ends=tuple(range(1, count + 1)),
        units=tuple(units or [0] * count),
        passages=(0,) * count,
    )


def knowing(words: list[str]) -> Background:
    none = np.zeros(0, np.uint64)
    return Background(trigrams=np.unique(positions(sentence(words))[0]), wholes=none)


@pytest.mark.parametrize("known", range(3, 9))
def test_six_words_in_a_row_are_public_and_five_are_not(known):
    flags = public_words(sentence(WORDS), background=knowing(WORDS[2 : 2 + known]))
    expected = [2 <= at < 2 + known and known >= 6 for at in range(len(WORDS))]
    assert flags.tolist() == expected


def test_a_sentence_that_is_mostly_public_is_so_entirely_and_its_neighbour_is_not():
    units = [0] * 10 + [1] * 5
    flags = public_words(sentence(WORDS, units), background=knowing(WORDS[:6]))
    assert flags.tolist() == [True] * 10 + [False] * 5
    units = [0] * 11 + [1] * 4
    flags = public_words(sentence(WORDS, units), background=knowing(WORDS[:6]))
    assert flags.tolist() == [True] * 6 + [False] * 9


def test_other_sources_count_beside_the_shipped():
    theirs = knowing(WORDS[:8])
    none = np.zeros(0, np.uint64)
    flags = public_words(sentence(WORDS), theirs.contains, Background(trigrams=none, wholes=none))
    assert flags.sum() == 8


def test_nothing_is_public_in_nothing():
    assert public_words(sentence([])).tolist() == []


SPECIFIC = [
    "Migrated the tariff calculator off Cobol so that night batches ended before the pharmacies opened.",
    "Drew the duct plans for two breweries and argued the fire marshal out of a second stairwell.",
    "Wrote a parser for tram timetables that noticed when a stop had been renamed by mistake.",
]


@pytest.mark.parametrize("phrase", SPECIFIC)
def test_what_one_person_wrote_is_not_public(phrase):
    assert not flagged(resume("Ada Quill", "Tidewater Mills", [], SPECIFIC), phrase).any()


@pytest.mark.parametrize(
    "phrase", ["References available upon request", "Strong analytical and problem solving skills"]
)
def test_a_short_phrase_is_public_as_a_whole_and_not_within_another_sentence(phrase):
    text = resume(
        "Ada Quill", "Tidewater Mills", [], [phrase, f"Sold beekeepers {phrase.lower()} of weavers"]
    )
    assert flagged(text, phrase).all()
    if len(phrase.split()) < 6:
        assert not flagged(text, phrase.lower()).any()


# -- in a corpus


STOCK = [
    "Excellent written and verbal communication skills.",
    "Proven track record of delivering projects on time and within budget.",
    "Able to work independently and as part of a team in a fast-paced environment.",
    "Strong attention to detail and the ability to prioritize multiple tasks.",
    "Highly motivated self-starter who takes initiative with minimal supervision.",
    "Quick learner with a strong desire to learn new technologies.",
    "Involved in all phases of the software development life cycle.",
    "Participated in daily stand-up meetings, sprint planning and retrospectives.",
    "Collaborated with cross-functional teams to achieve goals.",
    "References available upon request.",
]
OTHERS = [
    "Tuned the kiln controller until glaze came out even in every corner of the furnace.",
    "Taught the night porters to read thermal cameras and wrote their pocket card.",
    "Moved a choir's forty years of scores into a catalogue that singers can search by breath marks.",
]


def store(corpus: Corpus, held: Exhibit, **more: str) -> None:
    with corpus.writing():
        corpus.add(held, [Application(path=held.document.path, **more)])


@pytest.fixture
def corpus(tmp_path):
    with Corpus.open(tmp_path / "corpus", create=True) as opened:
        yield opened


def test_ten_shared_stock_phrases_are_nothing_but_background(corpus):
    one = exhibit(resume("Ada Quill", "Tidewater Mills", STOCK[:6], SPECIFIC + STOCK[6:]), "one.txt")
    other = exhibit(resume("Bo Hartmann", "Kestrel Foods", STOCK[5::-1], STOCK[:5:-1] + OTHERS), "other.txt")
    store(corpus, one)
    related, found = compare(other, one, corpus)
    assert related == "different"
    assert len(found.passages) >= 8 and all(passage.background for passage in found.passages)
    assert found.coverage_a == found.coverage_b == 0
    case = check(other, corpus)
    assert not case.findings and not any(match.relation == "different" for match in case.matches)


def test_a_copy_among_stock_phrases_is_still_found(corpus):
    one = exhibit(resume("Ada Quill", "Tidewater Mills", STOCK[:6], SPECIFIC + STOCK[6:]), "one.txt")
    thief = exhibit(resume("Bo Hartmann", "Kestrel Foods", STOCK[:6], STOCK[6:] + SPECIFIC), "thief.txt")
    store(corpus, one)
    found = compare(thief, one, corpus)[1]
    own = [passage for passage in found.passages if not passage.background]
    text = thief.document.text
    assert all(any(line in text[slice(*passage.a)] for passage in own) for line in SPECIFIC)
    assert not any(line in text[slice(*passage.a)] for passage in own for line in STOCK)
    assert {finding.signal for finding in check(thief, corpus).findings} & {
        "copied-content",
        "copied-passages",
    }


def test_a_posting_ingested_as_background_is_public_in_this_corpus_only(corpus):
    posting = exhibit(
        "Optician wanted\n\nYour tasks\n" + "".join(f"- {line}\n" for line in OTHERS), "post.txt"
    )
    pasted = exhibit(resume("Bo Hartmann", "Kestrel Foods", [], OTHERS + SPECIFIC))
    assert not corpus.background(pasted).any()
    store(corpus, posting, role="background")
    flags = corpus.background(pasted)
    text, starts = pasted.document.text, pasted.features.tokens.starts
    for line in OTHERS + SPECIFIC:
        at = text.index(line)
        inside = slice(*np.searchsorted(starts, (at, at + len(line))).tolist())
        assert flags[inside].all() == (line in OTHERS) and flags[inside].any() == (line in OTHERS)


def test_trigrams_of_public_phrases_propose_no_candidate(corpus):
    one = exhibit(resume("Ada Quill", "Tidewater Mills", STOCK[:6], SPECIFIC), "one.txt")
    other = exhibit(resume("Bo Hartmann", "Kestrel Foods", STOCK[:6], OTHERS), "other.txt")
    store(corpus, one)
    lookup = corpus.look_up(other, frozenset())
    assert (lookup.applicants > 0).sum() > 20  # they share them …
    assert lookup.known[lookup.applicants > 0].mean() > 0.9  # … and the world has them
    assert corpus.candidates(lookup, frozenset()) == []


# -- the recipe


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("direct", "directed"), ("prepare", "prepared"), ("supply", "supplied"), ("convey", "conveyed"),
        ("plan", "planned"), ("confer", "conferred"), ("control", "controlled"), ("open", "opened"),
        ("lead", "led"), ("write", "wrote"), ("set", "set"), ("fix", "fixed"), ("load", "loaded"),
        ("re-write", "re-wrote"), ("pre-heat", "pre-heated"), ("troubleshoot", "troubleshooted"),
    ],
)  # fmt: skip
def test_past_tense(verb, expected):
    assert recipe.past(verb) == expected


VERBS = frozenset("count write teach bind record".split())


def test_verbs_listed_together_go_into_the_past_together():
    task = "Count, bind or teach bees, and write to keepers to teach and record hives."
    assert (
        recipe.in_the_past(task, VERBS, throughout=False)
        == "Counted, bound or taught bees, and wrote to keepers to teach and record hives."
    )
    assert (
        recipe.in_the_past(task, VERBS, throughout=True)
        == "Counted, bound or taught bees, and wrote to keepers to teach and recorded hives."
    )


def test_only_wordings_with_other_stems_are_kept():
    assert list(recipe.tenses(["Record hives.", "Bind hives.", "Bind hives."])) == [
        "Bind hives.", "Bound hives.", "Record hives.",
    ]  # fmt: skip


def test_wordings_hold_every_choice_beside_every_other():
    said = list(recipe.wordings("(Very|) busy (a|b) (c|d) (e|f) (g|h) end"))
    assert "busy a c e g end" in said and "Very busy b d f g end" in said and "Very busy a d f h end" in said
    assert len(said) == len(set(said)) == 24


def test_a_file_without_tasks_is_refused_and_commas_are_read(tmp_path):
    file = tmp_path / "tasks.csv"
    file.write_text('Title,Task ID,Task\nBeekeeper,1,"Count, and bind hives."\n', encoding="utf-8")
    assert recipe.task_statements(file) == ["Count, and bind hives."]
    file.write_text("Title\tDuty\nBeekeeper\tx\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no column Task"):
        recipe.task_statements(file)
