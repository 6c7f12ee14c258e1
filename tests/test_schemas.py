"""Every command's output holds to its published schema; the schemas to the contract."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO, ROOT, Ran, Run
from jsonschema import Draft202012Validator

SCHEMAS = ROOT / "docs" / "schemas"
COMMANDS = (
    "ingest", "show", "compare", "check", "dedup", "campaigns", "trends", "export", "status", "erase", "embed", "backup",
    "restore", "doctor",
    "lists-import", "lists-show", "lists-remove", "who-else", "template-mark-public",
)  # fmt: skip
INCOMING = DEMO / "incoming"


def validate(command: str, found: dict[str, Any]) -> None:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text(encoding="utf-8"))
    wrong = sorted(Draft202012Validator(schema).iter_errors(found), key=lambda error: list(error.path))
    assert not wrong, "\n".join(f"{list(error.path)}: {error.message[:300]}" for error in wrong[:5])


def objects(schema: Any) -> Any:
    """Every object schema inside."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for each in schema.values():
            yield from objects(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from objects(each)


@pytest.mark.parametrize("command", COMMANDS)
def test_schema_is_strict(command: str) -> None:
    schema = json.loads((SCHEMAS / f"{command}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    found = list(objects(schema))
    assert found
    for each in found:
        assert sorted(each["required"]) == sorted(each["properties"])
        assert each["additionalProperties"] is False


def test_there_is_a_schema_for_each_command_and_no_other() -> None:
    assert {file.name.removesuffix(".schema.json") for file in SCHEMAS.iterdir()} == set(COMMANDS)


@pytest.fixture(scope="module")
def unreadable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("unreadable") / "picture.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return file


def test_ingest(demo_ingested: tuple[Path, Ran], run: Run, tmp_path: Path, unreadable: Path) -> None:
    found = demo_ingested[1].json
    validate("ingest", found)
    assert (found["added"], found["unchanged"], found["unreadable"]) == (39, 0, 0)
    assert found["manifest_unmatched"] == []
    second = run("ingest", unreadable, "nowhere.pdf", "--json", corpus=tmp_path / "corpus").json
    validate("ingest", second)
    assert [each["problems"][0]["code"] for each in second["documents"]] == ["not_a_document", "not_found"]


def test_show(run: Run, unreadable: Path) -> None:
    done = run("show", *INCOMING.glob("*.pdf"), *INCOMING.glob("*.docx"), unreadable, "nowhere.pdf", "--json")
    for found in done.lines:
        validate("show", found)
        text = found["text"]
        for span in [*found["passages"], *found["entities"]]:
            assert text[span["start"] : span["end"]] == span["text"]
    codes = [problem["code"] for found in done.lines for problem in found["problems"]]
    assert codes == ["not_a_document", "not_found"]
    assert [found["id"] is None for found in done.lines[-2:]] == [False, True]


def test_compare(run: Run, demo: Path, unreadable: Path, tmp_path: Path) -> None:
    one, other = DEMO / "incoming/Pemberwick_FullStack.pdf", DEMO / "files/haverstock-dylan.pdf"
    plain = run("compare", one, other, "--json").json
    validate("compare", plain)
    assert plain["relation"] == "different" and plain["passages"]
    assert all(passage["documents_with"] is None for passage in plain["passages"])
    counted = run("compare", one, other, "--json", corpus=demo).json
    validate("compare", counted)
    assert all(passage["documents_with"] is not None for passage in counted["passages"])
    texts = {side: run("show", path, "--json").json["text"] for side, path in (("a", one), ("b", other))}
    for passage in plain["passages"]:
        for side, text in texts.items():
            at = passage[side]
            assert text[at["start"] : at["end"]] == at["text"]
    ends = [(p["a"]["start"], p["a"]["end"]) for p in plain["passages"]]
    assert ends == sorted(ends) and all(a[1] <= b[0] for a, b in pairwise(ends))
    table = tmp_path / "pairs.tsv"
    table.write_text(f"{one}\t{other}\n{one}\t{unreadable}\n", encoding="utf-8")
    lines = run("compare", "--pairs", table, "--json").lines
    assert lines[0] == plain
    validate("compare", lines[1])
    assert lines[1]["coverage_a"] is None and lines[1]["passages"] == []


def test_check(run: Run, demo: Path, unreadable: Path) -> None:
    files = sorted(file for file in INCOMING.iterdir() if file.suffix != ".csv")
    done = run(
        "check",
        *files,
        DEMO / "files",
        unreadable,
        "--manifest",
        DEMO / "manifest.csv",
        "--json",
        corpus=demo,
    )
    assert done.code == 1
    assert [found["document"]["path"] for found in done.lines[: len(files)]] == [str(file) for file in files]
    for found in done.lines:
        validate("check", found)
        assert set(found["because"]) <= {finding["id"] for finding in found["findings"]}
        assert found["case"] is None or found["case"] == bool(found["because"])
        order = [("different", "unknown", "same").index(match["relation"]) for match in found["matches"]]
        assert all(a == 0 or b != 0 for a, b in pairwise(order))
    assert done.lines[-1]["case"] is None
    assert sum(match["identical"] for found in done.lines for match in found["matches"]) == 39


def test_backup_and_restore(run: Run, demo: Path, tmp_path: Path) -> None:
    saved = run("backup", tmp_path / "b.tar", "--json", corpus=demo).json
    validate("backup", saved)
    assert (saved["documents"], saved["files"], saved["bytes"]) == (
        39,
        39,
        (tmp_path / "b.tar").stat().st_size,
    )
    back = run("restore", tmp_path / "b.tar", "--json", corpus=tmp_path / "again").json
    validate("restore", back)
    assert (back["documents"], back["consistent"], back["problems"]) == (39, True, [])


def test_dedup_status_and_erase(run: Run, demo: Path, own_demo: Path) -> None:
    pairs = run("dedup", "--json", corpus=own_demo).json
    validate("dedup", pairs)
    assert pairs["documents"] == 39 and pairs["pairs"] and pairs["clusters"]
    status = run("status", "--json", corpus=demo).json
    validate("status", status)
    assert status["documents"] == 39 and status["consistent"] is True
    embedded = run("embed", "--json", corpus=own_demo).json
    validate("embed", embedded)
    assert embedded["embedded"] == 0
    erased = run("erase", pairs["pairs"][0]["a"], "--json", corpus=own_demo).json
    validate("erase", erased)
    assert erased == {"erased": 1}
