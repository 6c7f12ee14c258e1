"""``from forensics import …``: what is there, and what importing it costs."""

import ast
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import forensics

ROOT = Path(__file__).parents[1]
HEAVY = {
    "docx", "faiss", "lxml", "numpy", "pdfminer", "pdfplumber", "phonenumbers", "pikepdf", "pyarrow",
    "pypdfium2", "sentence_transformers", "spacy", "sqlite3", "torch", "transformers",
}  # fmt: skip


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after the statement."""
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_public_name_is_there():
    for name in forensics.__all__:
        assert getattr(forensics, name) is not None
    assert sorted(forensics.__all__) == forensics.__all__
    assert set(forensics.__all__) == {*forensics._HOMES, "__version__"}


def test_what_the_readme_promises_is_public():
    assert {"Corpus", "check", "compare", "measure", "read"} <= set(forensics.__all__)


def test_type_checkers_see_the_same_homes():
    tree = ast.parse((ROOT / "forensics" / "__init__.py").read_text(encoding="utf-8"))
    (guarded,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {alias.name: node.module for node in guarded.body for alias in node.names}
    assert seen == forensics._HOMES


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'verdict'"):
        forensics.verdict  # noqa: B018


def test_every_public_name_says_what_it_is():
    for name in forensics.__all__:
        if name != "__version__":
            assert getattr(forensics, name).__doc__, name


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import forensics") & HEAVY == set()


def test_the_command_line_loads_nothing_heavy_before_it_must():
    assert loaded_by("import forensics.cli") & HEAVY == set()


def test_version_is_one_and_the_same():
    assert re.fullmatch(r"\d+\.\d+\.\d+", forensics.__version__)
    try:
        installed = version("forensics")
    except PackageNotFoundError:
        pytest.skip("the package is not installed in this environment")
    assert installed == forensics.__version__
