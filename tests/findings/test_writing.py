"""How a document is written: the habit, its place, and how many of the others who could write it so do."""

from dataclasses import replace

import pytest
from claimants import corpus_of, measured, resume

from forensics.cases.written import as_json
from forensics.documents.docx import clean_lines
from forensics.engine import check
from forensics.findings.finding import BaseRate
from forensics.findings.writing import writing

NAMES = [f"Tamsin{letter} Quarle{letter}" for letter in "abcdefghijklmnop"]
DOTTED = "Kept it up — all of it — for years.  Then taught others.  It went well.  Nobody minded."


def person(name, extra=""):
    dates = [("Engineer", f"{name} Works", "Boston, MA", "Mar 2020 - Present")]
    return resume(name, jobs=dates, extra=extra)


def found(corpus, text, own=frozenset()):
    return {each.name: each for each in writing(measured(text), corpus, own)}


def test_a_habit_is_counted_among_those_who_write_the_thing_at_all(tmp_path):
    plain = [(person(name, "He did it. She saw it. They came."), {"applicant": name}) for name in NAMES[:12]]
    silent = [(person(name), {"applicant": name}) for name in NAMES[12:14]]
    double = [(person(NAMES[14], DOTTED), {"applicant": NAMES[14]})]
    with corpus_of(tmp_path, *plain, *silent, *double) as corpus:
        habits = found(corpus, person("Odile Marchbanks", DOTTED))
        blanks = habits["blanks after a full stop"]
        assert (blanks.form, blanks.rate) == ("two", BaseRate(documents=1, of=13)) and blanks.unusual
        assert blanks.place.text == "— all of it — for years.  Then taught others.  It"
        dates = habits["dates"]
        assert dates.rate == BaseRate(documents=15, of=15) and not dates.unusual
        dashes = habits["dashes between words"]
        assert dashes.form == "— with blanks" and dashes.rate == BaseRate(documents=1, of=1)
        assert not dashes.unusual  # one other is no ground to call anything unusual
        assert next(iter(habits)) == "blanks after a full stop"


def test_ones_own_other_documents_and_a_ring_count_once_or_not(tmp_path):
    mine = "Odile Marchbanks"
    stored = [
        (person(NAMES[at % 2], f"{at} said it.  So it was.  And so it is."), {"applicant": NAMES[at % 2]})
        for at in range(6)
    ]
    own = (person(mine, "It was mine.  It is.  It will be."), {"applicant": mine})
    with corpus_of(tmp_path, *stored, own) as corpus:
        of_mine = corpus.population().own(doc=None, names=[mine])
        blanks = found(corpus, person(mine, DOTTED), of_mine)["blanks after a full stop"]
        assert blanks.rate == BaseRate(documents=2, of=2)


def test_what_nobody_else_writes_has_no_rate_and_is_not_called_unusual(tmp_path):
    with corpus_of(tmp_path, *((person(name), {"applicant": name}) for name in NAMES)) as corpus:
        blanks = found(corpus, person("Odile Marchbanks", DOTTED))["blanks after a full stop"]
        assert blanks.rate is None and not blanks.unusual


def test_what_came_with_the_template_is_not_unusual(tmp_path):
    with corpus_of(
        tmp_path,
        *((person(name, "He did it. She saw it."), {"applicant": name}) for name in NAMES),
        (person("Ivo Tarn", DOTTED), {"applicant": "Ivo Tarn"}),
    ) as corpus:
        (one,) = [
            each
            for each in writing(measured(person("Odile Marchbanks", DOTTED)), corpus, frozenset())
            if each.form == "two"
        ]
    assert one.unusual
    assert replace(one, templated=BaseRate(documents=2, of=6)).unusual
    assert not replace(one, templated=BaseRate(documents=3, of=6)).unusual


def test_a_check_tells_it_and_never_counts_it(tmp_path):
    with corpus_of(
        tmp_path, *((person(name, "He did it. She saw it."), {"applicant": name}) for name in NAMES)
    ) as corpus:
        case = check(measured(person("Odile Marchbanks", DOTTED)), corpus)
    told = {each["habit"]: each for each in as_json(case.writing)}
    assert told["blanks after a full stop"]["base_rate"] == {"documents": 0, "of": 16}
    assert told["blanks after a full stop"]["unusual"]
    assert not case.open


@pytest.mark.parametrize(
    ("text", "name", "form"),
    [
        ('He said "never" and "ever" to it\n', "quotation marks", "straight"),
        ("He said “never” to it\n", "quotation marks", "curly"),
        ("made it -- as planned -- in time\n", "dashes between words", "-- for a dash"),
        ("made it—as planned—in time\n", "dashes between words", "— without blanks"),
        ("he  made it\n", "two blanks between words", "yes"),
        ("▪ one\n▪ two\n▪ three\n▪ four\n", "bullets", "▪"),
    ],
)
def test_each_form_is_read(tmp_path, text, name, form):
    with corpus_of(tmp_path, (person(NAMES[0]), {"applicant": NAMES[0]})) as corpus:
        habits = found(corpus, text)
    assert habits[name].form == form


def test_two_blanks_are_kept_where_somebody_types_them():
    assert clean_lines("It was.  Then it  was not,  really") == ["It was.  Then it  was not,  really"]
    assert clean_lines("Work  Experience   here. \t May  2019") == ["Work Experience here.\tMay 2019"]
