"""PDFs with text that nobody sees, planted in every way we know, and honest ones that look as if they had it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

SECRET = "expert in Kubernetes Terraform Rust and Haskell with Stanford degree"
BODY = [
    "Marisol Etxebarria, site engineer in Bilbao",
    "Planned the drainage of forty kilometres of mountain road",
    "Led a crew of twelve and kept the books of the depot",
    "Wrote the safety manual that three other depots now use",
    "Speaks Basque, Spanish and French; drives anything on wheels",
]
Draw = Callable[[Any], None]


def page(draw: Draw, *, before: Draw | None = None) -> bytes:
    """A Letter page with a visible body at the top and what ``draw`` adds; ``before`` paints under all."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    if before:
        before(sheet)
    sheet.setFillGray(0)
    sheet.setFont("Helvetica", 11)
    for number, line in enumerate(BODY):
        sheet.drawString(72, 720 - 18 * number, line)
    draw(sheet)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def with_content(content: str, **resources: Any) -> bytes:
    """The body and a content stream as given; ``resources`` are put into the page's dictionary of that name."""
    with pikepdf.open(io.BytesIO(page(lambda sheet: None))) as pdf:
        target = pdf.pages[0]
        for kind, entries in resources.items():
            known = target.Resources.get(f"/{kind}", pikepdf.Dictionary())
            for name, value in entries.items():
                known[f"/{name}"] = pdf.make_indirect(value) if isinstance(value, pikepdf.Stream) else value
            target.Resources[f"/{kind}"] = known
        target.contents_add(content.encode("latin-1"))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def say(sheet: Any, text: str = SECRET, x: float = 72, y: float = 400, size: float = 11) -> None:
    sheet.setFont("Helvetica", size)
    sheet.drawString(x, y, text)


def coloured(grey: float) -> Draw:
    def draw(sheet: Any) -> None:
        sheet.setFillGray(grey)
        say(sheet)

    return draw


def tiny(sheet: Any) -> None:
    say(sheet, size=1)


def squeezed(sheet: Any) -> None:
    text = sheet.beginText(72, 400)
    text.setFont("Helvetica", 11)
    text.setHorizScale(2)
    text.textLine(SECRET)
    sheet.drawText(text)


def below_the_page(sheet: Any) -> None:
    say(sheet, y=-40)


def under_a_panel(sheet: Any) -> None:
    say(sheet)
    sheet.setFillGray(1)
    sheet.rect(60, 390, 480, 30, stroke=0, fill=1)


def under_a_picture(sheet: Any) -> None:
    say(sheet)
    picture = Image.new("RGB", (60, 10), (120, 180, 160))
    sheet.drawImage(ImageReader(picture), 60, 385, 480, 40)


def clipped(sheet: Any) -> None:
    sheet.saveState()
    path = sheet.beginPath()
    path.rect(10, 10, 20, 20)
    sheet.clipPath(path, stroke=0)
    say(sheet)
    sheet.restoreState()


def mode(number: int) -> Draw:
    def draw(sheet: Any) -> None:
        text = sheet.beginText(72, 400)
        text.setFont("Helvetica", 11)
        text.setTextRenderMode(number)
        text.textLine(SECRET)
        sheet.drawText(text)

    return draw


def transparent(sheet: Any) -> None:
    sheet.saveState()
    sheet.setFillAlpha(0)
    say(sheet)
    sheet.restoreState()


def black_on_black(sheet: Any) -> None:
    sheet.setFillGray(0)
    sheet.rect(60, 390, 480, 30, stroke=0, fill=1)
    say(sheet)


def white_between_the_lines(sheet: Any) -> None:
    """White, and before the visible text that is printed on the very same baseline."""
    sheet.setFillGray(1)
    say(sheet, y=720)


def white_in_a_form(sheet: Any) -> None:
    sheet.beginForm("patch")
    sheet.setFillGray(1)
    say(sheet)
    sheet.endForm()
    sheet.doForm("patch")


def sideways(sheet: Any) -> None:
    sheet.saveState()
    sheet.translate(590, 100)
    sheet.rotate(90)
    sheet.setFillGray(1)
    say(sheet, x=0, y=0)
    sheet.restoreState()


def outside_the_crop_box() -> bytes:
    with pikepdf.open(io.BytesIO(page(lambda sheet: say(sheet, y=100)))) as pdf:
        pdf.pages[0].cropbox = [0, 300, 612, 792]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def layer_off() -> bytes:
    with pikepdf.open(io.BytesIO(page(lambda sheet: None))) as pdf:
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="notes"))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group]))
        pdf.pages[0].Resources.Properties = pikepdf.Dictionary(Notes=group)
        pdf.pages[0].contents_add(f"/OC /Notes BDC BT /F1 11 Tf 72 400 Td ({SECRET}) Tj ET EMC".encode())
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def actual_text() -> bytes:
    return with_content(
        f"/Span <</ActualText ({SECRET})>> BDC BT /F1 11 Tf 72 400 Td (and two seasons on the harbour wall) Tj ET EMC"
    )


def white_annotation() -> bytes:
    """Covered by an annotation, which is no part of the page's content."""
    with pikepdf.open(io.BytesIO(page(say))) as pdf:
        look = pikepdf.Stream(pdf, b"1 g 0 0 480 30 re f")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = [0, 0, 480, 30]
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[60, 390, 540, 420], F=4,
            AP=pikepdf.Dictionary(N=pdf.make_indirect(look)),
        )  # fmt: skip
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def mapped(pairs: dict[int, str], shown: bytes) -> bytes:
    """A font whose map says of each byte of ``shown`` what ``pairs`` has for it."""
    lines = [f"<{code:02x}> <{''.join(f'{ord(char):04x}' for char in text)}>" for code, text in pairs.items()]
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        + "".join(
            f"{len(lines[at : at + 100])} beginbfchar\n" + "\n".join(lines[at : at + 100]) + "\nendbfchar\n"
            for at in range(0, len(lines), 100)
        )
        + "endcmap end end"
    )
    with pikepdf.open(io.BytesIO(page(lambda sheet: None))) as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding, ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, cmap.encode())),
        )  # fmt: skip
        pdf.pages[0].Resources.Font["/X"] = pdf.make_indirect(font)
        pdf.pages[0].contents_add(b"BT /X 11 Tf 72 400 Td <" + shown.hex().encode() + b"> Tj ET")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def other_letters() -> bytes:
    """What is printed is a sentence; what its map says is another one."""
    shown = "gathered the sheep before the snow, quickly"
    pairs: dict[int, str] = {}
    letters = iter("kubernetsafordlipgwvjxqzhcmy")
    for char in shown:
        if char.isalpha() and ord(char) not in pairs:
            pairs[ord(char)] = next(letters)
    return mapped(pairs, shown.encode())


def one_glyph_many_letters() -> bytes:
    return mapped({ord("."): SECRET}, b".")


PLANTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "white": ("white_text", lambda: page(coloured(1))),
    "nearly white": ("white_text", lambda: page(coloured(0.975))),
    "black on black": ("white_text", lambda: page(black_on_black)),
    "white between the lines": (
        "white_text",
        lambda: page(lambda sheet: None, before=white_between_the_lines),
    ),
    "white in a form": ("white_text", lambda: page(white_in_a_form)),
    "white and sideways": ("white_text", lambda: page(sideways)),
    "tiny": ("tiny_text", lambda: page(tiny)),
    "squeezed": ("tiny_text", lambda: page(squeezed)),
    "below the page": ("off_page", lambda: page(below_the_page)),
    "outside of the crop box": ("off_page", outside_the_crop_box),
    "under a panel": ("covered", lambda: page(under_a_panel)),
    "under a picture": ("covered", lambda: page(under_a_picture)),
    "under an annotation": ("covered", white_annotation),
    "clipped": ("clipped", lambda: page(clipped)),
    "render mode 3": ("invisible_render_mode", lambda: page(mode(3))),
    "render mode 7": ("invisible_render_mode", lambda: page(mode(7))),
    "transparent": ("transparent", lambda: page(transparent)),
    "layer switched off": ("optional_content_off", layer_off),
    "actual text": ("text_layer_mismatch", actual_text),
    "other letters": ("text_layer_mismatch", other_letters),
    "one glyph, many letters": ("text_layer_mismatch", one_glyph_many_letters),
}
"""Name → reason and builder."""


# -- honest pages


def white_on_a_panel(sheet: Any) -> None:
    sheet.setFillColorRGB(0.1, 0.2, 0.45)
    sheet.rect(0, 300, 612, 140, stroke=0, fill=1)
    sheet.setFillGray(1)
    say(sheet, "Skills: surveying, concrete, scheduling, budgets, first aid and chain saws")


def white_on_a_picture(sheet: Any) -> None:
    picture = Image.new("RGB", (200, 100))
    for x in range(200):
        for y in range(100):
            picture.putpixel((x, y), (x // 2, 60, y))
    sheet.drawImage(ImageReader(picture), 0, 300, 612, 200)
    sheet.setFillGray(1)
    say(sheet, "Curriculum vitae of a site engineer who also paints")


def shadow(sheet: Any) -> None:
    sheet.setFillGray(0.75)
    say(sheet, "PROFESSIONAL EXPERIENCE IN THE FIELD", x=72.8, y=399.2, size=14)
    sheet.setFillGray(0)
    say(sheet, "PROFESSIONAL EXPERIENCE IN THE FIELD", size=14)


def printed_twice(sheet: Any) -> None:
    say(sheet, "Education and training at the polytechnic school")
    say(sheet, "Education and training at the polytechnic school", x=72.3)


def pale(sheet: Any) -> None:
    sheet.setFillGray(0.8)
    say(sheet, "References are available on request from the depot in Bilbao")


def left_over(sheet: Any) -> None:
    sheet.setFillGray(1)
    say(sheet, "page 1")
    say(sheet, "•", y=380)
    say(sheet, "Photo", x=700)


def bullets(sheet: Any) -> None:
    for number in range(40):
        say(sheet, "•", x=60, y=500 - 5 * number, size=1.5)


def panel_over_a_line(sheet: Any) -> None:
    """A heading on a panel that has slipped over the line before it."""
    say(sheet, "Hobbies and other interests outside of work")
    sheet.setFillColorRGB(0.8, 0.85, 1)
    sheet.rect(60, 390, 480, 30, stroke=0, fill=1)
    sheet.setFillGray(0)
    say(sheet, "PERSONAL DETAILS", y=399, size=12)


def faded_words(sheet: Any) -> None:
    """Text that half shows."""
    sheet.saveState()
    sheet.setFillAlpha(0.4)
    say(sheet, "Driving licences for lorries and for cranes up to forty tonnes")
    sheet.restoreState()


def scan(words: list[str], layer: int = 3) -> bytes:
    """A picture of a printed page with the text layer that OCR adds, in render mode ``layer`` (0: under it)."""
    picture = Image.new("L", (1224, 1584), 250)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(22)
    for number, line in enumerate(words):
        pen.text((144, 200 + 60 * number), line, fill=30, font=font)
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(612, 792))
    if layer == 3:
        sheet.drawImage(ImageReader(picture), 0, 0, 612, 792)
    for number, line in enumerate(words):
        text = sheet.beginText(72, 792 - 110 - 30 * number)
        text.setFont("Helvetica", 10.5)
        text.setTextRenderMode(layer)
        text.textLine(line)
        sheet.drawText(text)
    if layer == 0:
        sheet.drawImage(ImageReader(picture), 0, 0, 612, 792)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def words_in_a_gradient(sheet: Any) -> None:
    """Letters that are a clip for a gradient: render mode 7, and they are seen."""
    sheet.saveState()
    text = sheet.beginText(72, 400)
    text.setFont("Helvetica-Bold", 24)
    text.setTextRenderMode(7)
    text.textOut("Roads and bridges of the north")
    sheet.drawText(text)
    sheet.linearGradient(72, 400, 500, 400, ((0.1, 0.1, 0.5), (0.6, 0.1, 0.1)), extend=True)
    sheet.restoreState()


def ligature() -> bytes:
    return with_content(
        "/Span <</ActualText (fi)>> BDC BT /F1 11 Tf 72 400 Td (fi) Tj ET EMC "
        "/Span <</ActualText (Bilbao)>> BDC BT /F1 11 Tf 90 400 Td (Bil-bao) Tj ET EMC"
    )


HONEST: dict[str, Callable[[], bytes]] = {
    "plain": lambda: page(lambda sheet: None),
    "white on a panel": lambda: page(white_on_a_panel),
    "white on a picture": lambda: page(white_on_a_picture),
    "white on a panel painted before": lambda: page(lambda sheet: None, before=white_on_a_panel),
    "shadow": lambda: page(shadow),
    "printed twice": lambda: page(printed_twice),
    "pale grey": lambda: page(pale),
    "half transparent": lambda: page(faded_words),
    "left over": lambda: page(left_over),
    "tiny bullets": lambda: page(bullets),
    "panel that slipped": lambda: page(panel_over_a_line),
    "text layer of a scan": lambda: scan(BODY),
    "text under its scan": lambda: scan(BODY, layer=0),
    "letters as a clip": lambda: page(words_in_a_gradient),
    "ligature": ligature,
}
"""Name → builder."""
