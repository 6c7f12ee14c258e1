"""Hidden text of DOCX files: every planted way is found in its paragraph, and nothing in honest files."""

from __future__ import annotations

import gc
import time

import pytest
from build_files import docx, paragraph
from marked import parsed, word_like

from forensics.documents.document import Document
from forensics.documents.docx import read_docx
from forensics.settings import Settings

SECRET = "expert in Kubernetes Terraform Rust and Haskell"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = paragraph("Marisol Etxebarria, site engineer") + paragraph("Planned the drainage of forty roads")


def run(properties: str, text: str = SECRET) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str, fill: str = "", row: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:fill="{fill}"/>' if fill else ""
    return f"<w:tbl><w:tblPr/><w:tr><w:trPr>{row}</w:trPr><w:tc><w:tcPr>{shade}</w:tcPr>{content}</w:tc></w:tr></w:tbl>"


def box(
    content: str, *, fill: str = "<a:noFill/>", cx: int = 3_000_000, cy: int = 900_000, x: int = 0
) -> str:
    return (
        f"<w:p><w:r><w:drawing><wp:anchor {WP} {A}>"
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="1" name="box"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{content}"
        "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
    )


def styled(styles: str, theme: str = "", settings: str = "") -> dict[str, str | bytes]:
    """Parts for a document with these styles, theme colours and settings."""
    kinds = {"styles": styles, "theme": theme, "settings": settings}
    return {
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in kinds
        )
        + "</Relationships>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/theme.xml": f"<a:theme {A}><a:themeElements><a:clrScheme>{theme}</a:clrScheme></a:themeElements></a:theme>",
        "word/settings.xml": f"<w:settings {W}>{settings}</w:settings>",
    }


WHITE = '<w:color w:val="FFFFFF"/>'
VANISHING = '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
HEIR = (
    '<w:style w:type="character" w:styleId="Heir"><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
)
LIGHT = '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk1><a:srgbClr val="1F3864"/></a:dk1>'

PLANTED = {
    "vanish": ("vanish", para(run("<w:vanish/>")), None),
    "vanish by a paragraph style": (
        "vanish", para(run(""), properties='<w:pStyle w:val="Gone"/>'), styled(VANISHING)
    ),
    "vanish by a style's ancestor": ("vanish", para(run('<w:rStyle w:val="Heir"/>')), styled(HEIR)),
    "vanish by default": (
        "vanish",
        para(run('<w:b/>')),
        styled("<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"),
    ),
    "white": ("white_text", para(run(WHITE)), None),
    "nearly white": ("white_text", para(run('<w:color w:val="FAFAFA"/>')), None),
    "white by theme": (
        "white_text", para(run('<w:color w:themeColor="background1"/>')), styled("", LIGHT)
    ),
    "colour of its shading": (
        "white_text", para(run('<w:color w:val="1F3864"/><w:shd w:val="clear" w:fill="203864"/>')), None
    ),
    "colour of its cell": (
        "white_text", cell(para(run('<w:color w:val="2E74B5"/>')), "2E74B5"), None
    ),
    "colour of its highlight": (
        "white_text", para(run('<w:color w:val="000000"/><w:highlight w:val="black"/>')), None
    ),
    "colour of its box": (
        "white_text",
        box(para(run('<w:color w:val="404040"/>')), fill='<a:solidFill><a:srgbClr val="404040"/></a:solidFill>'),
        None,
    ),
    "tiny": ("tiny_text", para(run('<w:sz w:val="2"/>')), None),
    "narrow": ("tiny_text", para(run('<w:w w:val="1"/>')), None),
    "no fill": (
        "transparent",
        para(run('<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>')),
        None,
    ),
    "hidden row": ("vanish", cell(para(run("")), row="<w:hidden/>"), None),
    "flat row": (
        "zero_size", cell(para(run("")), row='<w:trHeight w:val="2" w:hRule="exact"/>'), None
    ),
    "flat line": (
        "zero_size", para(run(""), properties='<w:spacing w:line="10" w:lineRule="exact"/>'), None
    ),
    "box without size": ("zero_size", box(para(run("")), cx=0, cy=0), None),
    "box off the page": ("off_page", box(para(run("")), x=20_000_000), None),
    "indent off the page": ("off_page", para(run(""), properties='<w:ind w:left="30000"/>'), None),
}  # fmt: skip

HONEST = {
    "plain": ("", None),
    "white in a dark cell": (cell(para(run(WHITE)), "1F3864"), None),
    "white on shading": (para(run(f'{WHITE}<w:shd w:val="clear" w:fill="1F3864"/>')), None),
    "white in a shaded paragraph": (
        para(run(WHITE), properties='<w:shd w:val="clear" w:fill="1F3864"/>'), None
    ),
    "white in a dark box": (
        box(para(run(WHITE)), fill='<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'), None
    ),
    "white on a shape behind": (
        box(para(run("", "")), fill='<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>') + para(run(WHITE)),
        None,
    ),
    "white on a dark page": (
        para(run(WHITE)), styled("", settings="<w:displayBackgroundShape/>")
    ),
    "automatic colour": (para(run('<w:color w:val="auto"/>')), None),
    "web hidden": (para(run("<w:webHidden/>")), None),
    "vanish switched off": (
        para(run('<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="Gone"/>'), styled(VANISHING)
    ),
    "vanish of the mark": (para(run(""), properties="<w:rPr><w:vanish/></w:rPr>"), None),
    "deleted": (f"<w:p><w:del>{run('<w:vanish/>')}</w:del></w:p>", None),
    "small print": (para(run('<w:sz w:val="12"/>')), None),
    "a few left-over letters": (para(run(WHITE, "page 1")), None),
    "exact but legible": (
        para(run(""), properties='<w:spacing w:line="240" w:lineRule="exact"/>'), None
    ),
}  # fmt: skip


def read(reader, body: str, parts) -> Document:
    if parts and "displayBackgroundShape" in str(parts["word/settings.xml"]):
        page = f'<w:document {W}><w:background w:color="1F3864"/><w:body>{para(run(WHITE))}{body}</w:body></w:document>'
        data = docx("", parts | {"word/document.xml": page})
    else:
        data = docx(BODY + body, parts)
    found = reader.parse(data, "a.docx")
    assert isinstance(found, Document), found
    return found


@pytest.mark.parametrize("name", PLANTED)
def test_planted_text_is_found_with_its_reason_and_its_paragraph(reader, name):
    why, body, parts = PLANTED[name]
    document = read(reader, body, parts)
    found = [entry for entry in document.hidden if SECRET in entry.text]
    assert [(each.why, each.page) for each in found] == [(why, None)]
    assert found[0].where is not None and found[0].where.startswith("word/document.xml, paragraph ")
    assert SECRET in document.text[found[0].start : found[0].end]


@pytest.mark.parametrize("name", HONEST)
def test_honest_text_is_no_entry(reader, name):
    assert read(reader, *HONEST[name]).hidden == ()


def test_where_counts_the_paragraphs_of_the_part(reader):
    (entry,) = read(reader, para(run("<w:vanish/>")), None).hidden
    assert entry.where == "word/document.xml, paragraph 3"


def test_hidden_runs_in_a_row_are_one_entry(reader):
    body = para(run("<w:vanish/>", "expert in Kubernetes "), run("<w:vanish/><w:b/>", "Terraform and Rust"))
    (entry,) = read(reader, body, None).hidden
    assert entry.text == "expert in Kubernetes Terraform and Rust"


@pytest.mark.parametrize("kind", ["docx", "text"])
def test_letters_of_another_script_and_of_no_width(reader, kind):
    mixed = "Pythоn Jаvа Kubеrnetes Terrаform skills"
    tags = "references" + "".join(chr(0xE0000 + ord(char)) for char in "hire me")
    lines = [mixed, tags, "Русский и English"]
    data = docx(BODY + "".join(map(paragraph, lines))) if kind == "docx" else "\n".join(lines).encode()
    document = reader.parse(data, "a.docx" if kind == "docx" else "a.txt")
    found = {(entry.why, entry.text) for entry in document.hidden}
    assert ("zero_width", "hire me") in found
    assert sum(why == "homoglyphs" for why, _ in found) == (1 if kind == "docx" else 4)


def test_one_letter_of_another_keyboard_is_no_entry(reader):
    text = "Wrote firmware in С++ and соntrol loops\nПисал прошивки".encode()
    assert reader.parse(text, "a.txt").hidden == ()


def test_time_grows_with_the_runs_of_a_paragraph_and_not_with_their_square() -> None:
    """Of sixteen times as many runs a square takes 256 times as long; the best of three is not slowed by others."""

    def seconds(runs: int) -> float:
        data = docx("<w:p>" + "".join(f"<w:r><w:t>{at * at} </w:t></w:r>" for at in range(runs)) + "</w:p>")
        taken = []
        for _ in range(3):
            gc.collect()
            start = time.process_time()
            read_docx(data, Settings())
            taken.append(time.process_time() - start)
        return min(taken)

    seconds(1_000)
    assert seconds(32_000) < 100 * max(seconds(2_000), 0.02)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_runs_that_look_alike_are_asked_once_and_no_other_is_taken_for_them(order: tuple[int, int]) -> None:
    """Empty properties say that the letters are filled; where there are none the style speaks."""
    fill = '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Own"><w:rPr><w:vanish w:val="0"/><w:color w:val="FFFFFF"/>{fill}</w:rPr>'
        "</w:style>"
    )
    runs = ("", "<w:rPr/>")
    words = ("Words without any properties of their own", "Sentences of which the properties are empty")
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r>{runs[at]}<w:t>{words[at]} {number}</w:t></w:r></w:p>'
        for number in range(2)
        for at in order
    ) + "<w:p><w:r><w:t>Seen</w:t></w:r></w:p>"  # fmt: skip
    found = {each.text: each.why for each in parsed(word_like(body, styles=styles)).hidden or ()}
    assert {text[:5]: why for text, why in found.items()} == {"Words": "transparent", "Sente": "white_text"}
