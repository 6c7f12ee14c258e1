"""A wheel works away from the checkout: it carries the lists and the demo, and the package finds them there."""

import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CARRIED = ("demo", "lists", "background")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "wheel"]
    options = [
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--no-cache-dir",
        "--wheel-dir",
        str(folder),
    ]
    done = subprocess.run([*pip, *options, str(ROOT)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("forensics-*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_carries_every_module_and_corpus(unpacked):
    modules = {name for name in files(ROOT / "forensics") if name.endswith((".py", ".html", ".css", ".js"))}
    assert "cases/templates/check.html" in modules and "cases/static/forensics.css" in modules
    assert modules <= files(unpacked / "forensics")
    for name in CARRIED:
        here = ROOT / "corpora" / name
        if here.is_dir():
            assert files(unpacked / "forensics" / "data" / "corpora" / name) == files(here)
    assert files(unpacked / "forensics" / "data" / "models") == files(ROOT / "models")


def test_wheel_carries_nothing_else(unpacked):
    tops = {path.name for path in unpacked.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"forensics"}
    assert not [name for name in files(unpacked) if name.endswith((".pyc", ".db", ".orig"))]


def test_wheel_says_its_licence_and_needs(unpacked):
    (info,) = unpacked.glob("forensics-*.dist-info")
    told = message_from_string((info / "METADATA").read_text(encoding="utf-8"))
    assert told["License-Expression"] == "Apache-2.0"
    assert set(told.get_all("License-File")) == {"LICENSE", "NOTICE"}
    assert told["Requires-Python"] == ">=3.11"
    assert "forensics = forensics.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")


def test_unpacked_wheel_finds_its_own_lists_and_reads_the_demo(unpacked, tmp_path):
    code = """
from pathlib import Path
import forensics
from forensics.settings import data_folder
here = Path(forensics.__file__).parent
assert data_folder("corpora") == here / "data" / "corpora", data_folder("corpora")
exhibit = forensics.measure(forensics.read(here / "data/corpora/demo/incoming/Anselm_Pruitt_ML.docx"))
from forensics.features.carriers import find_weights
from forensics.index.public import shipped
print(here, exhibit.features.applicant.name, len(shipped(find_weights().sha256).vectors) > 18_000, sep="\\n")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(unpacked / "forensics"), "Anselm Pruitt", "True"]
