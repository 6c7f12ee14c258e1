"""The whole hostile corpus through `ingest`: each file comes to an outcome that the contract allows.

The limits are set low, so that a bomb costs seconds; what it costs the parent is measured at every file.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from build_files import docx as office
from build_files import paragraph, pdf_lines
from conftest import Run
from hostile import recipe
from hostile.case import READABLE, Case
from hostile.docx_writing import document as hostile_docx
from hostile.docx_writing import rels

from forensics.documents import sandbox
from forensics.documents.document import Document, Unreadable
from forensics.documents.sandbox import Reader
from forensics.settings import Settings, settings

CASES = tuple(recipe.cases())
ARCHIVES = tuple(recipe.packed())
MIB = 2**20
WALL = 5
LIMITS = {
    "FORENSICS_READ_CPU": "1",
    "FORENSICS_READ_WALL": str(WALL),
    "FORENSICS_READ_MEMORY": str(448 * MIB),
    "FORENSICS_MAX_PAGE_CHARS": "20000",
    "FORENSICS_MAX_PAGE_OBJECTS": "5000",
    "FORENSICS_MAX_TEXT": "20000",
    "FORENSICS_MAX_LINES": "500",
}
NEIGHBOURS = {
    "0-first.pdf": pdf_lines([(72, 100, "All is well here, before the others")]),
    "m-middle.docx": office(paragraph("All is well here, in the middle of the others")),
    "z-last.txt": b"All is well here, after the others\n",
}
Outcomes = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one ingest of everything left: outcomes by path, and what each file cost the parent."""

    outcomes: Outcomes
    seconds: dict[str, float]
    grown: dict[str, int]
    total: float
    left: int
    stderr: str


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every hostile file beside three good ones."""
    place = tmp_path_factory.mktemp("hostile") / "files"
    place.mkdir()
    for case in (*CASES, *ARCHIVES):
        (place / case.name).write_bytes(case.data)
    for name, data in NEIGHBOURS.items():
        (place / name).write_bytes(data)
    return place


@pytest.fixture(scope="module")
def done(folder: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ingested]:
    """One ingest of the folder, in this process."""
    mine = psutil.Process()
    others = {each.pid for each in mine.children()}
    seconds: dict[str, float] = {}
    grown: dict[str, int] = {}
    plain = Reader.parse

    def watched(reader: Reader, data: bytes, path: str, **said: Any) -> Document | Unreadable:
        before, begin = mine.memory_info().rss, time.monotonic()
        found = plain(reader, data, path, **said)
        name = path.removeprefix(f"{folder}/")
        seconds[name], grown[name] = time.monotonic() - begin, mine.memory_info().rss - before
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Reader, "parse", watched)
        begin = time.monotonic()
        corpus = tmp_path_factory.mktemp("hostile-corpus") / "corpus"
        ran = run("ingest", folder, "--json", corpus=corpus, **LIMITS)
        total = time.monotonic() - begin
    assert ran.code == 0, ran.err
    outcomes = {each["path"].removeprefix(f"{folder}/"): outcome(each) for each in ran.json["documents"]}
    if os.environ.get("FORENSICS_TEST_TIMES"):
        for name in sorted(seconds, key=lambda name: -seconds[name])[:30]:
            print(f"{seconds[name]:.2f} s {grown[name] >> 20} MiB {name} {outcomes[name]}")
        print(f"{total:.1f} s in all, {sum(seconds.values()):.1f} s reading, {sum(grown.values()) >> 20} MiB")
    yield Ingested(
        outcomes, seconds, grown, total, len({each.pid for each in mine.children()} - others), ran.err
    )


def outcome(entry: dict[str, Any]) -> set[str]:
    """The code that made it unreadable; else ``readable`` and the codes of its problems."""
    codes = [each["code"] for each in entry["problems"]]
    if entry["status"] != "unreadable":
        return {READABLE, *codes}
    return {next(each["code"] for each in entry["problems"] if each["fatal"])}


def test_the_corpus_is_large_and_each_case_is_named_once() -> None:
    names = [case.name for case in (*CASES, *ARCHIVES)]
    assert len(set(names)) == len(names) >= 250
    by_kind = {end: sum(name.endswith(end) for name in names) for end in (".pdf", ".docx", ".txt", ".zip")}
    assert all(count >= 20 for count in by_kind.values()), by_kind


def test_the_recipe_makes_the_same_bytes_again() -> None:
    for one, again in zip(CASES[::17], tuple(recipe.cases())[::17], strict=True):
        if one.name != "password.pdf":
            assert one.data == again.data, one.name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_comes_to_an_outcome_that_is_allowed(case: Case, done: Ingested) -> None:
    found = done.outcomes[case.name]
    assert found & case.wants, f"{sorted(found)}, allowed are {sorted(case.wants)}"
    assert done.seconds.get(case.name, 0.0) < WALL + 30  # the limit, and what a busy machine needs to notice
    assert done.grown.get(case.name, 0) < 120 * MIB


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case.name)
def test_members_of_a_hostile_archive_come_to_outcomes_that_are_allowed(case: Case, done: Ingested) -> None:
    found: set[str] = set()
    for path, codes in done.outcomes.items():
        if path == case.name or path.startswith(f"{case.name}!"):
            found |= codes
    assert found & case.wants and found <= case.wants | {READABLE}, sorted(found)


def test_neighbours_are_unharmed(done: Ingested) -> None:
    assert {name: done.outcomes[name] for name in NEIGHBOURS} == {name: {READABLE} for name in NEIGHBOURS}
    honest = [path for path in done.outcomes if path.endswith("!good.txt")]
    assert len(honest) >= 20 and sum(done.outcomes[path] == {READABLE} for path in honest) >= 20


def test_no_process_is_left_and_nothing_is_said_but_words(done: Ingested) -> None:
    assert done.left <= 1  # the warm reading process of this one
    assert "Traceback" not in done.stderr


def test_the_parent_does_not_grow(done: Ingested) -> None:
    """From the tenth file on: what is loaded at the first files is no growth."""
    later = list(done.grown.values())[10:]
    assert len(later) > 200 and sum(later) < 250 * MIB


def test_nothing_is_written_beside_the_corpus(done: Ingested) -> None:
    for place in (
        Path("/tmp/owned.xml"),
        Path("/etc/owned.txt"),
        Path("/etc/owned"),
        Path("/etc/cron.d/owned.txt"),
    ):
        assert not place.exists()


def test_a_line_of_four_and_a_half_megabytes_with_double_blanks_is_read_in_seconds(reader: Reader) -> None:
    reader.parse(b"warm", "warm.txt")
    begin = time.monotonic()
    found = reader.parse(b"word  " * 750_000, "blanks.txt")
    assert time.monotonic() - begin < 60  # a second of it on an idle machine
    assert isinstance(found, Document) and [each.code for each in found.problems] == ["too_large"]
    assert len(found.text) == settings().max_text


def test_lines_beyond_the_limit_are_left_out_and_said(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 400
    limits = Settings(max_lines=most)
    monkeypatch.setattr(sandbox, "settings", lambda: limits)
    found = reader.parse(b"a line\n" * (most + 1), "lines.txt")
    assert isinstance(found, Document)
    assert [(each.code, each.fatal) for each in found.problems] == [("too_large", False)]
    assert "FORENSICS_MAX_LINES" in found.problems[0].message
    assert len(found.lines) == most and found.text.count("\n") == most
    fits = reader.parse(b"a line\n" * most, "lines.txt")
    assert isinstance(fits, Document) and fits.problems == ()
    divided = reader.parse("• item one two three ".encode() * (most + 5), "bullets.txt")
    assert isinstance(divided, Document) and len(divided.lines) == most
    assert divided.text[divided.lines[-1].start : divided.lines[-1].end].startswith("• item")
    for count in (most, most + 1):
        of_office = reader.parse(office(paragraph("a line") * count), "lines.docx")
        assert isinstance(of_office, Document) and len(of_office.lines) == most
        assert [each.code for each in of_office.problems] == ["too_large"] * (count > most)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads /proc")
def test_nothing_is_fetched(reader: Reader) -> None:
    """A listener stands at the address that hostile files name: nobody knocks."""
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        at = f"127.0.0.1:{listener.getsockname()[1]}".encode()
        address = b"127.0.0.1:1/"
        names = ("action-", "remote-goto", "links-")
        asking = [case for case in CASES if case.name.startswith(names) and address in case.data]
        assert len(asking) >= 4
        for case in asking:
            reader.parse(case.data.replace(address, at + b"/"), case.name)
        doctype = f'<!DOCTYPE x SYSTEM "http://{at.decode()}/x.dtd"><x/>'
        outside = rels(
            ("attachedTemplate", f"http://{at.decode()}/t"),
            ("image", f"http://{at.decode()}/i"),
            outside=True,
        )
        for more in ({"word/document.xml": doctype}, {"word/_rels/document.xml.rels": outside}):
            reader.parse(hostile_docx(more=more), "asking.docx")
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_the_report_of_hostile_names_is_one_line_of_json_each(folder: Path, done: Ingested) -> None:
    for path in done.outcomes:
        assert "\n" not in json.dumps(path)
    assert os.fspath(folder)
