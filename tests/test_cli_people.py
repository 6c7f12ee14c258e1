"""The output for people: what it says, that it fits, and that no file can speak through it."""

from __future__ import annotations

import os
import re
import select
import sys
import time
import unicodedata
from pathlib import Path
from subprocess import Popen

import pytest
from conftest import DEMO, ROOT, Run
from hypothesis import given
from hypothesis import strategies as st

from forensics.cases.beside import sides
from forensics.cases.visible import visible

RING = DEMO / "incoming" / "Pemberwick_FullStack.pdf"
LETTER = DEMO / "incoming" / "sowerby_letter.pdf"
HONEST = DEMO / "incoming" / "castellane_release_engineer.pdf"
HOSTILE = (
    "\x1b[31mred\x1b[0m \x9b31m [red]markup[/red] \u202efdp.exe\u202c\u2066x\u2069 \x07\x08 zero\u200bwidth"
)


@pytest.mark.parametrize("text", [HOSTILE, "a\r\nb\tc", "\ud83d", "\U000e0041", "\ufeffx", "\x7f", "\u2028"])
def test_visible_leaves_nothing_that_acts(text: str) -> None:
    for lines in (True, False):
        shown = visible(text, lines=lines)
        for letter in shown.replace("\n", ""):
            assert unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert visible(shown, lines=lines) == shown


@given(st.text())
def test_visible_is_harmless_for_any_text(text: str) -> None:
    shown = visible(text)
    bad = {letter for letter in shown if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}}
    assert bad <= {"\u200c", "\u200d"}
    shown.encode()


def test_visible_keeps_what_is_honest() -> None:
    assert (
        visible("Zoë Müller – 김철수 – محمد [sic] 1/2 \u00adco\u00adop")
        == "Zoë Müller – 김철수 – محمد [sic] 1/2 coop"
    )
    assert visible("a\u202eb") == "a<U+202E>b"
    assert visible("icon \uf0e0") == "icon □"


def test_hostile_text_reaches_no_terminal(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    body = (
        f"Ada {HOSTILE} Example\nada@example.com\n\nEXPERIENCE\n- Counted {HOSTILE} the cards of the engine "
        "twice and wrote every number into the great book of the harbour before the winter came.\n"
    )
    folder = Path("all")
    folder.mkdir()
    for name in ("[bold]one[_bold].txt", "two\x1b[31m\u202e.txt"):
        (folder / name).write_text(body, encoding="utf-8")
    (folder / "broken\x1b]0;title\x07.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "m.csv").write_text(
        f'filename,applicant,job\n"[bold]one[_bold].txt","Eve {HOSTILE[:4]}","{HOSTILE}"\n"\x1b[1m.pdf",x,\n',
        encoding="utf-8",
    )
    corpus = tmp_path / "corpus"
    done = [
        run("ingest", "all", "--manifest", "m.csv", corpus=corpus),
        run("check", "all", "--applicant", "Grace \x1b[5m Other", "--full", corpus=corpus),
        run("show", "all", "--full"),
        run("compare", *sorted(map(str, folder.glob("*.txt")))),
        run("dedup", corpus=corpus),
        run("dedup", "all"),
        run("show", "nowhere\x1b[31m"),
        run("status", corpus=tmp_path / "no\x1b[31mne"),
    ]
    assert "[red]markup[/red]" in done[1].out and "<U+001B>" in done[1].out
    for each in done:
        for stream in (each.out, each.err):
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", stream)
    for line in run("show", "all", "--json").out.split("\n"):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)


def test_a_case_is_told_in_words(run: Run, demo: Path) -> None:
    out = " ".join(run("check", RING, corpus=demo).out.split())
    for words in (
        "CASE. A person should look at this:",
        "weight A: may open a case alone",
        "How rare",
        "May be innocent",
        "To verify",
        "Dylan Haverstock",
        "page 1 here",
        "swapped: word for word but for",
        "Sacramento, CA → Charlotte, NC",
        "Not looked for, so not ruled out",
        "What to do next",
        "evidence, not a verdict",
    ):
        assert words in out
    out = run("check", HONEST, corpus=demo).out
    assert "NO CASE. Nothing that opens a case." in out and "CASE. A person" not in out.replace("NO CASE", "")


def test_what_is_left_out_is_counted(run: Run, demo: Path) -> None:
    short, full = (run("check", LETTER, *more, corpus=demo).out for more in ((), ("--full",)))
    assert re.search(r"… \d+ more words: --full", short)
    assert "--full" not in full and len(full) > len(short)


def test_one_person_twice_is_a_version_history(run: Run, demo: Path) -> None:
    files = sorted((DEMO / "files").glob("*hornbury*"))
    assert len(files) == 2
    done = run("check", files[0], corpus=demo)
    assert done.code == 0
    assert "Version history: the same applicant" in done.out
    assert "the very same file" in done.out


def test_nobody_named(run: Run, demo: Path, tmp_path: Path) -> None:
    text = run("show", RING, "--json").json["text"]
    body = text[text.index("Full-stack engineer") :]
    (tmp_path / "anonymous.txt").write_text(re.sub(r"\S+@\S+", "", body), encoding="utf-8")
    done = run("check", tmp_path / "anonymous.txt", corpus=demo)
    assert "that names nobody" in done.out and done.code == 0
    assert "who applied is not known" in done.out and "--applicant NAME" in done.out


@pytest.mark.parametrize("width", ["50", "80", "100", "140"])
def test_it_fits(run: Run, own_demo: Path, width: str) -> None:
    for words in (("check", RING), ("compare", RING, LETTER), ("dedup",), ("show", HONEST), ("status",)):
        out = run(*words, corpus=own_demo, COLUMNS=width).out
        assert out
        wide = [line for line in out.splitlines() if len(line) > int(width)]
        assert not wide
        assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_sides_mark_slots_and_changes() -> None:
    left, right = sides("swapped", "Led Acme Corp, in Boston.", "Led Globex, in Boston.")
    assert left == [("Led", "same"), (" [Acme Corp → Globex],", "slot"), (" in Boston.", "same")]
    assert right == [("Led", "same"), (" [Globex],", "slot"), (" in Boston.", "same")]
    left, right = sides("swapped", "Led in 2019 teams", "Led teams")
    assert left[1] == (" [in 2019 → –]", "slot") and right[1] == (" [–]", "slot")
    left, right = sides("reworded", "• Built tools\n• Ran tests", "Made tools\nRan tests")
    assert [piece for piece, role in left if role == "changed"] == ["• Built"]
    assert "".join(piece for piece, _ in right) == "Made tools\nRan tests"


@given(st.sampled_from(["verbatim", "swapped", "reworded"]), st.text("ab .,•\n"), st.text("ab .,•\n"))
def test_sides_lose_no_word(kind: str, a: str, b: str) -> None:
    left, right = sides(kind, a, b)
    if kind != "swapped":
        assert "".join(piece for piece, _ in left).split() == a.split()
        assert "".join(piece for piece, _ in right).split() == b.split()
    else:
        text = "".join(piece for piece, _ in right).replace("[", "").replace("]", "").replace("–", "")
        assert "".join(text.split()) == "".join(b.split())


def on_a_terminal(words: list[str], **environment: str) -> str:
    """What the command writes to a terminal of 100 columns, stdout and stderr together."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    variables = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "COLUMNS"}}
    running = Popen(
        [sys.executable, "-m", "forensics", *words],
        stdin=slave, stdout=slave, stderr=slave, cwd=ROOT,
        env={**variables, "TERM": "xterm-256color", "COLUMNS": "100", "FORENSICS_WORKERS": "1", **environment},
    )  # fmt: skip
    os.close(slave)
    out, deadline = b"", time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([master], [], [], 0.1)[0]:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
    os.close(master)
    assert running.wait(timeout=60) in (0, 1)
    return out.decode()


def test_colour_is_for_terminals_that_want_it(demo: Path, tmp_path: Path) -> None:
    words = ["check", str(RING), "--corpus", str(demo)]
    coloured, plain = on_a_terminal(words), on_a_terminal(words, NO_COLOR="1")
    assert "\x1b[1;31m" in coloured and "\x1b[4" in coloured
    assert "\x1b" not in plain and "[Delta Bridge Telehealth" in plain and "_WORK HISTORY_" in plain
    assert "_Delta Bridge" not in coloured
    ingest = ["ingest", str(DEMO / "incoming"), "--corpus", str(tmp_path / "corpus")]
    assert "reading" in on_a_terminal(ingest)
