"""The documentation says what the code does: commands, options, signals, settings, problem codes, examples."""

import ast
import re
import shlex
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from forensics import errors
from forensics.cli import app
from forensics.documents.source import walk
from forensics.findings.signals import SIGNALS
from forensics.index.corpus import Corpus
from forensics.index.manifest import read_manifest
from forensics.ingest import ingest
from forensics.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DEMO = ROOT / "corpora" / "demo"
sys.path.insert(0, str(DOCS))

import pages  # noqa: E402


def flat(commands: dict, group: str = "") -> dict:
    """Every command by what is typed: those of a group under the group's name and their own."""
    found = {}
    for name, command in commands.items():
        below = getattr(command, "commands", None)
        found |= {f"{group}{name}": command} if below is None else flat(below, f"{group}{name} ")
    return found


COMMANDS = flat(typer.main.get_command(app).commands)
OPTIONS = {
    name: {option for each in command.params for option in each.opts if option.startswith("--")}
    for name, command in COMMANDS.items()
}
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# -- commands


def documented() -> dict[str, str]:
    """The sections of docs/cli.md by command."""
    parts = re.split(r"^## `(.+?)`.*$", page("docs/cli.md"), flags=re.MULTILINE)[1:]
    return {typed(heading.split()): body for heading, body in zip(parts[::2], parts[1::2], strict=True)}


def typed(words: list[str]) -> str:
    """The command that the words begin with."""
    both = " ".join(words[:2])
    return both if both in COMMANDS else words[0]


def test_every_command_is_documented_and_exists():
    assert documented().keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_documented_and_exists(command):
    body = documented()[command]
    table = re.findall(r"^\| `(--[\w-]+)", body, re.MULTILINE)
    also = [
        name
        for line in re.findall(r"^Also .*$", body, re.MULTILINE)
        for name in re.findall(r"--[\w-]+", line)
    ]
    assert sorted(table + also) == sorted(OPTIONS[command])


@pytest.mark.parametrize("command", COMMANDS)
def test_help_names_every_option(command, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    with pytest.raises(SystemExit) as end:
        app([*command.split(), "--help"], standalone_mode=True)
    said = capsys.readouterr().out
    assert end.value.code == 0
    assert {option for option in OPTIONS[command] if option not in said} == set()


def written_commands() -> list[tuple[str, str]]:
    """Every line of the documentation that calls the program: (page, what follows ``forensics``)."""
    texts = [
        *sorted(DOCS.glob("*.md")),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        DEMO / "next.txt",
        ROOT / "Makefile",
    ]
    pattern = r"(?:^ *\$? ?|^\t@)(?:[\w.$()]+/)*forensics (.*)$"
    return [
        (path.name, line) for path in texts for line in re.findall(pattern, page(str(path)), re.MULTILINE)
    ]


def test_there_are_commands_to_check():
    assert {name for name, _ in written_commands()} >= {"README.md", "Makefile", "next.txt", "privacy.md"}


@pytest.mark.parametrize(("name", "line"), written_commands())
def test_every_command_line_in_the_docs_can_be_parsed(name, line):
    words = shlex.split(line.split("||")[0].replace("$(", "").replace(")", ""))
    if words[0] in {"--version", "--help", "COMMAND"}:
        return
    command = typed(words)
    COMMANDS[command].make_context(command, words[len(command.split()) :])


# -- what is made from the code


def test_signals_page_is_made_from_the_registry():
    assert page("docs/signals.md") == pages.signals(), "run `make docs`"
    for id in SIGNALS:
        assert f"`{id}`" in page("docs/signals.md")


def test_tree_names_every_module():
    assert page("docs/architecture.md") == pages.architecture(), "run `make docs`"
    shown = re.findall(r"^ +([\w.]+\.py) ", pages.tree(), re.MULTILINE)
    assert len(shown) == sum(path.parent.name == "forensics" or path.stem != "__init__" for path in modules())


def modules() -> list[Path]:
    return sorted((ROOT / "forensics").rglob("*.py"))


# -- settings


def test_every_setting_is_documented_with_its_default():
    rows = dict(re.findall(r"^\| `(FORENSICS_\w+)` \| (.+?) \|", page("docs/operations.md"), re.MULTILINE))
    assert rows.keys() == {f"FORENSICS_{each.name.upper()}" for each in fields(Settings)}
    for each in fields(Settings):
        if isinstance(each.default, int | str):
            default = int(each.default) if isinstance(each.default, bool) else each.default
            assert rows[f"FORENSICS_{each.name.upper()}"] == (str(default) or "empty")


def test_every_limit_of_reading_is_a_setting():
    named = set(re.findall(r"FORENSICS_[A-Z_]+", page("docs/reading.md")))
    assert named and named <= {f"FORENSICS_{each.name.upper()}" for each in fields(Settings)}


# -- problem codes


def used_codes() -> set[str]:
    """First words of ``ReadError(code, message)`` and its like: a code beside a message, anywhere in the code."""
    found = set()
    for path in modules():
        pairs = "documents" in path.parts  # elsewhere a word beside a text is no code
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called in {"ReadError", "_fatal", "_problem", "_unreadable"}:
                    found |= {each.value for each in node.args if is_code(each)}
                if called == "Problem":
                    found |= {
                        each.value.value
                        for each in node.keywords
                        if each.arg == "code" and is_code(each.value)
                    }
            elif (
                pairs
                and isinstance(node, ast.Tuple)
                and len(node.elts) == 2
                and is_code(node.elts[0])
                and is_message(node.elts[1])
            ):
                found.add(node.elts[0].value)
    return found


def is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.fullmatch(node.value))


def is_message(node: ast.expr) -> bool:
    """An f-string, or a text that ends as a sentence does."""
    plain = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".")
    return isinstance(node, ast.JoinedStr) or plain


def test_every_problem_code_is_documented_and_used():
    rows = set(re.findall(r"^\| `(\w+)` \| (?:yes|no) \|", page("docs/reading.md"), re.MULTILINE))
    used = used_codes() | {"timeout", "out_of_memory"}  # the keys of sandbox._MESSAGES
    assert rows == used
    contract = (
        "not_found encrypted damaged not_a_document too_large too_many_pages timeout out_of_memory no_text "
        "active_content suspicious_archive"
    )
    assert rows >= set(contract.split())


# -- the rest


def test_links_between_pages_lead_somewhere():
    for path in [*DOCS.glob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} → {target}"


def test_every_make_target_in_the_docs_exists():
    targets = set(re.findall(r"^([\w-]+):", page("Makefile"), re.MULTILINE))
    for path in [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]:
        text = path.read_text(encoding="utf-8")
        named = re.findall(r"^    make ([\w-]+)", text, re.MULTILINE) + re.findall(r"`make ([\w -]+)`", text)
        assert {word for each in named for word in each.split()} <= targets, path


def test_readme_begins_with_the_two_commands():
    assert page("README.md").split("\n", 5)[2:4] == ["    make demo", "    make test"]


def test_error_tree_in_the_docstring_is_the_tree():
    drawn = set(re.findall(r"[├└│─ ]+ (\w+)", errors.__doc__ or "")) & set(vars(errors))
    found = {
        name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, Exception)
    }
    assert drawn | {"ForensicsError"} == found


# -- the examples run


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as ``make demo`` leaves it: corpora/ and demo-corpus/."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "corpora").symlink_to(ROOT / "corpora")
    manifest = read_manifest(DEMO / "manifest.csv")
    with Corpus.open(folder / "demo-corpus", create=True) as corpus:
        files = walk([str(DEMO / "files")])
        found = list(ingest(files, corpus, manifest, role="applicant", run=one_after_another, workers=1))
    assert {each.status for each in found} == {"added"} and not manifest.unmatched()
    return folder


def one_after_another(work, items, *, workers, failed):
    return map(work, items)


def test_readme_example_runs_and_finds_the_copy(workplace, monkeypatch, capsys):
    (example,) = re.findall(r"```python\n(.*?)```", page("README.md"), re.DOTALL)
    assert len([line for line in example.splitlines() if line.strip() and not line.startswith("from")]) <= 5
    monkeypatch.chdir(workplace)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert any(line.startswith("A ") and "Yuki Tanabe-Rourke" in line for line in printed)


def test_readme_sample_is_what_check_prints_but_for_figures(workplace, monkeypatch, capsys):
    monkeypatch.chdir(workplace)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    (command,) = re.findall(r"^    \$ forensics (.*)$", page("README.md"), re.MULTILINE)
    with pytest.raises(SystemExit) as end:
        app(shlex.split(command))
    assert end.value.code == 1
    printed = blurred(capsys.readouterr().out)
    (sample,) = re.findall(r"```text\n(.*?)```", page("README.md"), re.DOTALL)
    head = sample.split("\nBeside ")[0]
    assert len(head.splitlines()) > 10
    assert blurred(head) in printed, "run `make docs`"


def blurred(text: str) -> str:
    """Without what a better aligner may change: figures, kinds of passages, swapped slots."""
    return re.sub(r"\d+|\(.*?\)|, with \d+ slots? swapped", "", " ".join(text.split()))
