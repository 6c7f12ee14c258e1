"""The two programs that are not libraries, and fixed dates and ids in what all writers leave.

Chromium and LibreOffice stamp the current time (and LibreOffice ids made from it). The stamps are replaced by
others of the same length, so that no offset moves.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tempfile
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path


def chromium(html: str) -> bytes:
    """The PDF that headless Chromium prints. Raises :class:`RuntimeError` when it prints none."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(html, encoding="utf-8")
        _run(
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri(),
        )  # fmt: skip
        return _bytes(target, "chromium")


def office(content: bytes, suffix: str, to: str) -> bytes:
    """``content`` (a ``.docx`` or ``.html``) as LibreOffice writes it: ``to`` is ``pdf`` or ``docx``."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"page{suffix}"
        source.write_bytes(content)
        extra = ["--infilter=HTML (StarWriter)"] if suffix == ".html" else []
        kind = "docx:MS Word 2007 XML" if to == "docx" else "pdf"
        _run(
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", *extra,
            "--convert-to", kind, "--outdir", f"{folder}/out", str(source),
        )  # fmt: skip
        return _bytes(Path(folder) / "out" / f"page.{to}", "soffice")


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise RuntimeError(f"{program} is not installed: install it to make this layout again")
    subprocess.run([program, *arguments], check=True, capture_output=True, timeout=120)


def _bytes(path: Path, program: str) -> bytes:
    if not path.is_file():
        raise RuntimeError(f"{program} wrote no file")
    return path.read_bytes()


def settle(content: bytes, name: str, when: datetime) -> bytes:
    """The file with the date ``when`` and with ids made from its ``name``."""
    return _settle_docx(content, when) if name.endswith(".docx") else _settle_pdf(content, name, when)


def _settle_pdf(content: bytes, name: str, when: datetime) -> bytes:
    content = re.sub(rb"D:\d{14}", b"D:" + when.strftime("%Y%m%d%H%M%S").encode(), content)
    mark = hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()

    def hexed(match: re.Match[bytes]) -> bytes:
        digits = mark.upper() if match[0].upper() == match[0] else mark
        return digits.encode()

    trailer = content.rfind(b"trailer")
    if trailer >= 0 and b"/DocChecksum" in content[trailer:]:  # LibreOffice's own key
        content = content[:trailer] + re.sub(rb"(?<=[<(/])[0-9A-F]{32}(?=[>)\s])", hexed, content[trailer:])
    return content


def _settle_docx(content: bytes, when: datetime) -> bytes:
    stamp = when.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "docProps/core.xml":
                body = re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z(?=<)", stamp, body)
            entry = zipfile.ZipInfo(part.filename, when.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, part.external_attr
            new.writestr(entry, body)
    return out.getvalue()
