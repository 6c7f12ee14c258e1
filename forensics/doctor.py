"""Installation → health: what is there, what the reading process is kept from, and a test of the main job."""

from __future__ import annotations

import io
import os
import platform
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from forensics import __version__
from forensics.cases.health import Guard, Health, Part, Place, Trial
from forensics.documents.document import Document, Problem, Unreadable
from forensics.documents.sandbox import Reader
from forensics.errors import ForensicsError, ModelError
from forensics.settings import settings

_PACKAGES = (
    ("pypdfium2", "pypdfium2", True, "reads PDF"),
    ("pikepdf", "pikepdf", True, "looks at the structure of a PDF first"),
    ("lxml", "lxml", True, "reads DOCX"),
    ("pdfplumber", "pdfplumber", False, "second backend for PDF"),
    ("numpy", "numpy", True, "computes"),
    ("faiss-cpu", "faiss", True, "finds near vectors"),
    ("onnxruntime", "onnxruntime", True, "computes sentence vectors"),
    ("onnx", "onnx", True, "builds the network that onnxruntime runs"),
    ("tokenizers", "tokenizers", True, "divides sentences into what the network reads"),
    ("torch", "torch", False, "computes sentence vectors with FORENSICS_BACKEND=torch"),
    ("sentence-transformers", "sentence_transformers", False, "computes them with FORENSICS_BACKEND=torch"),
    ("spacy", "spacy", False, "language pipeline"),
    ("phonenumbers", "phonenumbers", True, "reads telephone numbers"),
    ("py3langid", "py3langid", True, "tells languages"),
)
_PROGRAMS = (
    ("tesseract", ("tesseract",), "reads scans; without it they are no_text"),
    ("libreoffice", ("soffice", "libreoffice"), "lays out DOCX; without it their passages have no page"),
)
_MIN_FREE = 1 * 2**30
_SAID = "Ada Example wrote this line for a test"


def examine(corpus: Path | None = None) -> Health:
    """Look at everything and try it; ``corpus`` is the folder that ``--corpus`` names. Raises nothing of its own."""
    parts = (*_packages(), _model(), *_languages(), *_programs())
    guards, attempts, tests = _reading()
    tests += (_trial("near vectors are found", _search),)
    places = tuple(_places(corpus))
    isolated = bool(attempts) and all(each.passed for each in attempts)
    works = (
        all(each.present for each in parts if each.needed)
        and all(each.passed for each in tests)
        and all(each.writable for each in places)
    )
    return Health(
        version=__version__,
        python=platform.python_version(),
        platform=platform.platform(),
        works=works,
        isolated=isolated,
        parts=parts,
        isolation=guards,
        attempts=attempts,
        tests=tests,
        places=places,
        advice=tuple(_advice(parts, guards, attempts, tests, places)),
    )


def _packages() -> Iterator[Part]:
    for name, module, needed, what in _PACKAGES:
        try:
            found = version(name) if find_spec(module) else None
        except PackageNotFoundError:
            found = None
        yield Part(name=name, needed=needed, present=found is not None, version=found, detail=what)


def _model() -> Part:
    from forensics.features.carriers import DEFAULT, find_weights

    try:
        weights = find_weights()
    except ModelError as wrong:
        name = settings().model or DEFAULT
        return Part(name=f"model {name}", needed=True, present=False, version=None, detail=str(wrong))
    return Part(
        name=f"model {weights.name}",
        needed=True,
        present=True,
        version=f"sha256:{weights.sha256}",
        detail=f"every file has its hash; {weights.folder}",
    )


def _languages() -> Iterator[Part]:
    """The spaCy pipeline, if any of the usual ones is installed."""
    for size in ("sm", "md", "lg", "trf"):
        name = f"en_core_web_{size}"
        if find_spec(name):
            yield Part(name=name, needed=False, present=True, version=_version(name), detail="spaCy pipeline")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _programs() -> Iterator[Part]:
    for name, commands, what in _PROGRAMS:
        path = next(filter(None, map(shutil.which, commands)), None)
        said = _ask_version(path) if path and name == "tesseract" else None
        detail = f"{path}; {what}" if path else f"not installed: {what}"
        yield Part(name=name, needed=False, present=path is not None, version=said, detail=detail)


def _ask_version(program: str) -> str | None:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    words = (done.stdout or done.stderr).split()
    return words[1] if len(words) > 1 else None


def _reading() -> tuple[tuple[Guard, ...], tuple[Trial, ...], tuple[Trial, ...]]:
    """Guards, attempts and tests, all from one reading process."""
    with Reader() as reader:
        try:
            said = reader.isolation()
            tried = reader.attempt()
        except ForensicsError as wrong:
            return (), (), (Trial(name="the reading process starts", passed=False, detail=str(wrong)),)
        tests = (
            _trial("a PDF is read", lambda: _read(reader, _pdf(), "test.pdf")),
            _trial("a DOCX is read", lambda: _read(reader, _docx(), "test.docx")),
            _trial("plain text is read", lambda: _read(reader, _SAID.encode(), "test.txt")),
            _trial("what is no document is refused", lambda: _refused(reader)),
        )
    guards = tuple(Guard(name=name, on=state == "on", detail=state) for name, state in said.items())
    if isinstance(tried, Problem):
        return guards, (Trial(name="attempts", passed=False, detail=tried.message),), tests
    attempts = tuple(
        Trial(name=name, passed=seen.startswith("refused"), detail=seen) for name, seen in tried.items()
    )
    return guards, attempts, tests


def _trial(name: str, act: Callable[[], str]) -> Trial:
    try:
        return Trial(name=name, passed=True, detail=act())
    except ForensicsError as wrong:
        return Trial(name=name, passed=False, detail=str(wrong))
    except Exception as wrong:  # whatever it is, it is the answer
        return Trial(name=name, passed=False, detail=f"{type(wrong).__name__}: {wrong}"[:500])


def _read(reader: Reader, data: bytes, name: str) -> str:
    found = reader.parse(data, name)
    if isinstance(found, Unreadable):
        raise ForensicsError(found.problems[0].message)
    if not isinstance(found, Document) or found.text.strip() != _SAID:
        raise ForensicsError(f"it reads {found.text[:200]!r}")
    return f"{found.format}, {len(found.passages)} passage, in the reading process"


def _refused(reader: Reader) -> str:
    found = reader.parse(b"PK\x03\x04" + b"\0" * 40, "test.docx")
    if isinstance(found, Document):
        raise ForensicsError("it was taken for a document")
    return found.problems[0].code


def _search() -> str:
    import faiss
    import numpy

    axes = numpy.eye(8, dtype=numpy.float32)
    index = faiss.IndexFlatIP(8)
    index.add(axes)
    _, nearest = index.search(axes, 1)
    if nearest[:, 0].tolist() != list(range(8)):
        raise ForensicsError(f"faiss gives {nearest[:, 0].tolist()}")
    return f"faiss {faiss.__version__}"


def _places(corpus: Path | None) -> Iterator[Place]:
    home = settings().home
    for name, path in (("home", home), ("corpus", corpus or settings().corpus), ("cache", home / "cache")):
        there = next((each for each in (path, *path.absolute().parents) if each.exists()), Path("/"))
        yield Place(
            name=name,
            path=str(path),
            exists=path.exists(),
            writable=there.is_dir() and os.access(there, os.W_OK | os.X_OK),
            free=_free(there),
        )


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _advice(
    parts: tuple[Part, ...],
    guards: tuple[Guard, ...],
    attempts: tuple[Trial, ...],
    tests: tuple[Trial, ...],
    places: tuple[Place, ...],
) -> Iterator[str]:
    for part in parts:
        if part.needed and not part.present:
            yield f"{part.name} is missing ({part.detail}): pip install --force-reinstall forensics"
    for test in tests:
        if not test.passed:
            yield f"The self-test failed where {test.name}: {test.detail}"
    for place in places:
        if not place.writable:
            yield f"{place.path} cannot be written: set FORENSICS_HOME or --corpus to a folder that can."
        elif place.free is not None and place.free < _MIN_FREE:
            yield f"{place.path} has only {place.free // 2**20} MiB free: make room before ingesting."
    for attempt in attempts:
        if not attempt.passed:
            yield (
                f"The reading process could {attempt.name.replace('_', ' ')}: run it in a container without "
                "network and with a read-only file system."
            )
    if any(guard.name == "system_calls" and not guard.on for guard in guards):
        yield "No filter on system calls is active: it needs Linux on x86_64 or aarch64 with seccomp."


def _pdf() -> bytes:
    content = f"BT /F1 12 Tf 72 700 Td ({_SAID}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return bytes(out) + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def _docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{_SAID}</w:t></w:r></w:p></w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return out.getvalue()
