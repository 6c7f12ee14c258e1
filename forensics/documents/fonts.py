"""The fonts of a PDF: names, subset tags, hashes of their programs, and which characters a subset holds."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from forensics.documents.facts import Notes, shown
from forensics.documents.unpack import is_dictionary, is_stream, is_too_long, length, named, unpacked

TAG = re.compile(r"([A-Z]{6})\+(?=.)")
"""The six letters before the name of a subset (ISO 32000-1, 9.6.4)."""

_MOST_GLYPHS = 65_536  # no font of a PDF has more: their numbers have two bytes
_CMAP = 1 << 20  # bytes of a ToUnicode map that is read: enough to name each of those glyphs
_NAME = 200  # characters: PostScript allows 127
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def font_facts(page: int, name: str, font: Any, notes: Notes) -> str | None:
    """Note one font and return its subset tag, if it has one.

    ``pdf.font`` is its name with the tag, ``pdf.font.program`` the SHA-256 of the embedded program as it
    is stored, ``pdf.font.glyphs`` how many characters the subset holds and a hash over which they are: by
    its ToUnicode map (code points), its ``/CharSet`` (glyph names) or the ``/W`` array (glyph numbers).
    """
    inner = _descendant(font)
    called = shown(named(inner.get("/BaseFont", font.get("/BaseFont", ""))), _NAME)
    if not called:
        return None
    notes.add("pdf.font", called, f"page {page}, {name}")
    descriptor = inner.get("/FontDescriptor")
    if not is_dictionary(descriptor):
        return None
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        program = descriptor.get(key)
        if not is_stream(program):
            continue
        if notes.spend(length(program), "font"):
            raw = program.read_raw_bytes()
            notes.add("pdf.font.program", hashlib.sha256(raw).hexdigest(), f"{called}/{key[1:]}")
    tag = TAG.match(called)
    if tag is None:
        return None
    _glyphs(font, inner, descriptor, called, notes)
    return tag[1]


def _descendant(font: Any) -> Any:
    import pikepdf

    below = font.get("/DescendantFonts")
    if isinstance(below, pikepdf.Array) and len(below) and isinstance(below[0], pikepdf.Dictionary):
        return below[0]
    return font


def _glyphs(font: Any, inner: Any, descriptor: Any, called: str, notes: Notes) -> None:
    held: set[str] = set()
    whole = True
    source = "ToUnicode"
    cmap = font.get("/ToUnicode")
    if is_stream(cmap) and notes.spend(length(cmap), "font"):
        packed = unpacked(cmap, _CMAP)
        if packed is None and is_too_long(cmap, _CMAP):
            notes.cut("pdf.font.glyphs", f"a map of more than {_CMAP} bytes not read", f"{called}/ToUnicode")
        held, whole = code_points(packed) if packed is not None else (set(), True)
    if not held and "/CharSet" in descriptor:
        source = "CharSet"
        names = str(descriptor["/CharSet"]).split("/")[1:]
        held, whole = set(names[:_MOST_GLYPHS]), len(names) <= _MOST_GLYPHS
    if not held and "/W" in inner:
        source = "W"
        whole = len(inner["/W"]) <= _MOST_GLYPHS
        held = {str(each) for each in _numbers(inner["/W"])}
    if not whole or len(held) >= _MOST_GLYPHS:
        notes.cut("pdf.font.glyphs", f"counted as far as {_MOST_GLYPHS} characters", f"{called}/{source}")
    if held:
        digest = hashlib.sha256(" ".join(sorted(held)).encode("utf-8", "replace")).hexdigest()[:16]
        notes.add("pdf.font.glyphs", f"{len(held)} {digest}", f"{called}/{source}")


def code_points(cmap: bytes) -> tuple[set[str], bool]:
    """What the ``bfchar`` and ``bfrange`` sections of a ToUnicode map lead to, as hex, and whether that is all."""
    found: set[str] = set()
    whole = True
    for kind, body in _SECTION.findall(cmap):
        words = _HEX.findall(body)
        whole = whole and len(words) <= 3 * _MOST_GLYPHS
        del words[3 * _MOST_GLYPHS :]
        at = 0
        step = 2 if kind == b"char" else 3
        while at + step <= len(words) and len(found) < _MOST_GLYPHS:
            codes = [bytes(word[0].translate(None, b" \t\r\n\f")) for word in words[at : at + step]]
            if kind == b"char":
                found.add(codes[1].decode().upper())
            elif words[at + 2][1]:  # <first> <last> [<one> <each>]
                at += 3
                while at < len(words) and not words[at][2]:
                    found.add(words[at][0].decode().upper())
                    at += 1
                at += 1
                continue
            else:
                found |= _range(*codes)
            at += step
    return {each for each in found if each}, whole and len(found) < _MOST_GLYPHS


def _range(first: bytes, last: bytes, target: bytes) -> set[str]:
    if not first or not last or not target or len(target) > 8:
        return {target.decode().upper()}
    start, count = int(target, 16), int(last, 16) - int(first, 16) + 1
    width = len(target)
    return {f"{start + step:0{width}X}" for step in range(max(0, min(count, _MOST_GLYPHS)))}


def _numbers(widths: Any) -> set[int]:
    """The glyphs of a ``/W`` array: ``c [w …]`` or ``first last w``."""
    import pikepdf

    found: set[int] = set()
    at, length = 0, min(len(widths), _MOST_GLYPHS)
    while at + 1 < length and len(found) < _MOST_GLYPHS:
        first, second = int(widths[at]), widths[at + 1]
        if isinstance(second, pikepdf.Array):
            found |= set(range(first, first + min(len(second), _MOST_GLYPHS)))
            at += 2
        else:
            found |= set(range(first, first + min(max(0, int(second) - first + 1), _MOST_GLYPHS)))
            at += 3
    return found
