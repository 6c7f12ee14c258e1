"""What DOCX files say about themselves: revision ids, properties, people, media, and who packed them."""

from __future__ import annotations

import time

import pytest
from build_files import WORD, docx, paragraph
from marked import (
    RELATIONSHIPS,
    W14,
    fact,
    parsed,
    part,
    photo,
    relationships,
    repacked,
    saved,
    value,
    values,
    word_like,
)

RSIDS = (
    '<w:rsids><w:rsidRoot w:val="00A1B2C3"/><w:rsid w:val="00A1B2C3"/><w:rsid w:val="00FF1234"/></w:rsids>'
)
BODY = (
    '<w:p w:rsidR="00a1b2c3" w:rsidRDefault="00D4E5F6"><w:r w:rsidRPr="00112233"><w:rPr><w:lang w:val="en-IN"/></w:rPr>'
    "<w:t>Jane Sample, engineer</w:t></w:r></w:p>"
)


def test_revision_ids_of_table_body_and_styles_are_kept_apart():
    fancy = '<w:style w:styleId="Fancy" w:customStyle="1"><w:rsid w:val="00777777"/></w:style>'
    styles = fancy + '<w:style w:styleId="Title"/>'
    document = parsed(word_like(BODY, settings=RSIDS, styles=styles))
    assert value(document, "docx.rsid.settings") == "00A1B2C3 00FF1234"
    assert value(document, "docx.rsid.root") == "00A1B2C3"
    assert value(document, "docx.rsid.body") == "00112233 00A1B2C3 00D4E5F6"
    assert value(document, "docx.rsid.styles") == "00777777"
    assert value(document, "docx.styles") == "Fancy"
    assert value(document, "docx.languages") == "en-IN×1"


def test_document_paragraph_and_list_ids():
    settings = (
        '<w14:docId w14:val="1a2b3c4d"/><w15:docId w15:val="{0f0f0f0f-0000-4000-8000-000000000001}"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="ko-KR"/>'
    )
    numbering = '<w:abstractNum><w:nsid w:val="5C0F1E2D"/><w:tmpl w:val="A1A1A1A1"/></w:abstractNum>'
    body = f'<w:p xmlns:w14="{W14}" w14:paraId="7AA00001"><w:r><w:t>Jane Sample</w:t></w:r></w:p>'
    document = parsed(word_like(body, settings=settings, numbering=numbering))
    assert value(document, "docx.doc_id.w14") == "1A2B3C4D"
    assert value(document, "docx.doc_id.w15") == "{0F0F0F0F-0000-4000-8000-000000000001}"
    assert (value(document, "docx.nsid"), value(document, "docx.tmpl")) == ("5C0F1E2D", "A1A1A1A1")
    assert value(document, "docx.para_ids") == "7AA00001"
    assert value(document, "docx.compatibility") == "15"
    assert value(document, "docx.theme.languages") == "en-US ko-KR"


def many(count: int, start: int = 0) -> str:
    return "".join(f'<w:rsid w:val="{0x00100000 + 7 * n:08X}"/>' for n in range(start, start + count))


def test_too_many_ids_are_sampled_alike_in_both_files_and_said():
    one = parsed(word_like(settings=f"<w:rsids>{many(600)}</w:rsids>"), max_fact_ids=100)
    other = parsed(word_like(settings=f"<w:rsids>{many(600, 300)}</w:rsids>"), max_fact_ids=100)
    assert value(one, "docx.rsid.settings.truncated") == "100 of 600 ids"
    kept, also = (set(value(each, "docx.rsid.settings").split()) for each in (one, other))
    assert len(kept) == len(also) == 100
    # half of each file's ids are the other's: a common sample of 100 each shares about half, an own one a twelfth
    assert 30 <= len(kept & also) <= 70


def test_two_thousand_paragraph_ids_take_less_than_twenty_kilobytes():
    body = "".join(
        f'<w:p xmlns:w14="{W14}" w14:paraId="{n:08X}"><w:r><w:t>Line {n}</w:t></w:r></w:p>'
        for n in range(1, 2001)
    )
    document = parsed(word_like(body))
    assert len(value(document, "docx.para_ids")) < 20_000
    assert sum(len(f.name) + len(f.value) + len(f.where) for f in document.facts) < 22_000


def test_custom_properties_template_and_outer_targets_are_noted_never_fetched():
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="urn:vt">'
        '<property name="KSOProductBuildVer"><vt:lpwstr>1033-11.2.0</vt:lpwstr></property></Properties>'
    )
    settings_rels = relationships(external=("attachedTemplate", "file:///C:\\Users\\jsample\\CV.dotx"))
    frame = relationships(("settings", "settings.xml"), external=("frame", "http://198.51.100.7/x"))
    document = parsed(
        docx(
            paragraph("Jane Sample"),
            {
                "docProps/custom.xml": custom,
                "word/settings.xml": part("settings", ""),
                "word/_rels/settings.xml.rels": settings_rels,
                "word/_rels/document.xml.rels": frame,
            },
        )
    )
    noted = fact(document, "docx.custom")
    assert (noted.value, noted.where) == ("1033-11.2.0", "docProps/custom.xml/KSOProductBuildVer")
    assert value(document, "docx.template.target") == "file:///C:\\Users\\jsample\\CV.dotx"
    assert set(values(document, "docx.external")) == {
        "file:///C:\\Users\\jsample\\CV.dotx",
        "http://198.51.100.7/x",
    }
    assert value(document, "docx.touched_by") == "WPS Office"


def test_revision_ids_beyond_those_of_word_name_wps():
    assert (
        value(parsed(word_like(settings='<w:rsids><w:rsid w:val="5EC0FFEE"/></w:rsids>')), "docx.touched_by")
        == "WPS Office"
    )
    assert values(parsed(word_like(settings=RSIDS)), "docx.touched_by") == []


def test_comments_changes_and_people():
    body = (
        '<w:p><w:ins w:author="Ann Sample" w:date="2024-01-02T10:00:00Z"><w:r><w:t>Jane Sample</w:t></w:r></w:ins>'
        '<w:del w:author="Ann Sample" w:date="2024-01-03T10:00:00Z"><w:r><w:delText>John</w:delText></w:r></w:del></w:p>'
    )
    comment = (
        f'<w:comment w:author="Bo Sample" w:date="2024-02-01T00:00:00Z">{paragraph("Too long")}</w:comment>'
    )
    person = (
        '<w15:person w15:author="Ann Sample"><w15:presenceInfo w15:providerId="AD" '
        'w15:userId="S::ann@example.com"/></w15:person>'
    )
    document = parsed(word_like(body, comments=comment, people=person))
    change = fact(document, "docx.change")
    assert change.value == "Ann Sample"
    assert change.where == "word/document.xml: 1 del, 1 ins, 2024-01-02T10:00:00Z to 2024-01-03T10:00:00Z"
    assert value(document, "docx.comment") == "Bo Sample (2024-02-01T00:00:00Z): Too long"
    assert value(document, "docx.person") == "Ann Sample"
    assert value(document, "docx.person.account") == "S::ann@example.com"


def test_a_field_split_over_runs_is_put_together():
    runs = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText> INCLUDE</w:instrText>",
            '<w:instrText>PICTURE "http://198.51.100.7/x.png"</w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>Jane</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    document = parsed(
        docx(f'<w:p>{runs}<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>')
    )
    assert value(document, "docx.fields") == "INCLUDEPICTURE×1 PAGE×1"
    assert value(document, "docx.field") == 'INCLUDEPICTURE "http://198.51.100.7/x.png"'


def test_theme_fonts_and_media():
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Slate"><a:themeElements>'
        '<a:fontScheme><a:majorFont><a:latin typeface="Georgia"/></a:majorFont></a:fontScheme>'
        "</a:themeElements></a:theme>"
    )
    body = (
        f'{paragraph("Jane Sample")}<wp:docPr descr="A portrait" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"/>'
    )
    picture = saved(photo(), "PNG")
    document = parsed(
        word_like(
            body,
            theme=theme.encode(),
            fontTable=part("fonts", '<w:font w:name="Georgia"/>').encode(),
            **{"media/image1": picture},
        )
    )
    assert (value(document, "docx.theme"), value(document, "docx.theme.font")) == ("Slate", "Georgia")
    assert len(value(document, "docx.theme.sha256")) == 64
    assert value(document, "docx.fonts") == "Georgia"
    assert value(document, "image.alt") == "A portrait"


@pytest.mark.parametrize(
    ("marks", "writer"),
    [
        ({"flag_bits": 0x6}, "Microsoft Word"),
        ({"first": "_rels/.rels", "create_version": 20, "flag_bits": 0x808, "date_time": (2024, 5, 1, 9, 0, 0)},
         "LibreOffice or OpenOffice"),
        ({"first": "word/numbering.xml", "create_version": 20, "flag_bits": 0x808, "date_time": (2024, 5, 1, 9, 0, 0)},
         "WPS Office"),
        ({"create_version": 20, "flag_bits": 0x808, "drop": "docProps/"}, "Google Docs"),
        ({"create_system": 11, "create_version": 23, "flag_bits": 0x2, "extra": b"UT\x05\0\x03\0\0\0\0"},
         "a PDF-to-DOCX converter or Polaris Office"),
        ({"create_system": 3, "create_version": 20}, "Python's zipfile"),
    ],
)  # fmt: skip
def test_who_packed_it_is_seen_whatever_the_application_says(marks, writer):
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Microsoft Office Word</Application></Properties>"
    )
    data = docx(
        paragraph("Jane Sample"),
        {"docProps/app.xml": app, "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
         "word/numbering.xml": part("numbering", "")},
    )  # fmt: skip
    document = parsed(repacked(data, **marks))
    assert value(document, "docx.writer") == writer
    assert (values(document, "docx.application") == []) == ("drop" in marks)


def test_zip_dates_and_order():
    one = parsed(repacked(word_like(BODY), date_time=(2024, 5, 1, 9, 0, 0)))
    assert value(one, "docx.zip.dates") == "2024-05-01T09:00:00"
    assert values(parsed(repacked(word_like(BODY))), "docx.zip.dates") == []
    other = parsed(repacked(word_like(BODY), first="word/document.xml"))
    assert value(one, "docx.zip.order") != value(other, "docx.zip.order")


def test_a_link_that_prints_another_address_is_noted():
    rels = (
        f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r1" TargetMode="External" Type="x/hyperlink" '
        'Target="mailto:other@example.org"/></Relationships>'
    )
    body = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>jane@example.com</w:t></w:r></w:hyperlink></w:p>'
    document = parsed(docx(body, {"word/_rels/document.xml.rels": rels}))
    assert value(document, "link.unlike") == "mailto:other@example.org under “jane@example.com”"


@pytest.mark.parametrize("name", ["settings", "people", "comments", "theme"])
def test_a_broken_part_is_said_and_the_rest_read(name):
    document = parsed(word_like(BODY, **{name: b"<broken"}))
    assert value(document, "docx.unread") == f"word/{name}.xml: ReadError"
    assert value(document, "docx.rsid.body")


def test_a_part_with_entities_is_refused_and_the_rest_read():
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:settings xmlns:w="{WORD}">&a;</w:settings>'.encode()
    document = parsed(word_like(BODY, settings=bomb))
    assert values(document, "docx.rsid.settings") == []
    assert value(document, "docx.unread").startswith("word/settings.xml")


def test_a_flood_of_facts_ends_quickly_and_is_said():
    changes = "".join(f'<w:ins w:author="A{n}"><w:r><w:t>x</w:t></w:r></w:ins>' for n in range(20_000))
    comments = "".join(f'<w:comment w:author="A{n}"/>' for n in range(20_000))
    began = time.process_time()
    document = parsed(word_like(f"<w:p>{changes}</w:p>", comments=comments))
    assert time.process_time() - began < 5
    assert value(document, "docx.change.truncated") == "only the first 100"
    assert value(document, "docx.comment.truncated") == "only the first 100"
    few = parsed(word_like(BODY, settings=RSIDS), max_facts=2)
    assert len(few.facts) == 2 and few.problems[0].code == "too_large"


def test_media_beyond_the_bytes_are_counted_not_read():
    picture = saved(photo(), "PNG")
    document = parsed(docx(paragraph("Jane Sample"), {"word/media/image1.png": picture}), max_fact_bytes=100)
    assert values(document, "image.sha256") == []
    assert value(document, "docx.media.truncated") == "1 not looked at, beyond 100 bytes"
