"""Properties that say the same are one; what says something else, however deep, is never taken for it."""

from __future__ import annotations

import pytest
from lxml import etree

from forensics.documents.docx_properties import Properties, Styles, W, firsts, value
from forensics.documents.numbering import Levels


def xml(inner, tag="body"):
    return etree.fromstring(f'<w:{tag} xmlns:w="{W[1:-1]}">{inner}</w:{tag}>')


def paragraphs(*inner):
    return list(xml("".join(f"<w:p><w:pPr>{each}</w:pPr></w:p>" for each in inner)))


def test_equal_properties_are_one():
    said = '<w:pStyle w:val="A"/><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    first, second, third = paragraphs(said, said, f"{said}<w:rPr><w:b/><w:rFonts w:ascii='X'/></w:rPr>")
    properties = Properties()
    assert properties.of(first) is first[0]
    assert properties.of(second) is first[0]
    assert properties.of(third) is first[0]  # how its mark looks is nothing to its words
    assert properties.same(second[0]) is first[0]


@pytest.mark.parametrize(
    "other",
    [
        '<w:tabs><w:tab w:val="left" w:pos="721"/></w:tabs>',
        '<w:tabs><w:tab w:val="left"/><w:tab w:pos="720"/></w:tabs>',
        '<w:tabs w:val="left" w:pos="720"><w:tab/></w:tabs>',
        '<w:tabs/><w:tab w:val="left" w:pos="720"/>',
        '<w:tabs><w:tab w:val="left" w:pos="720"><w:b/></w:tab></w:tabs>',
        "",
    ],
)
def test_other_properties_are_not(other):
    first, second = paragraphs('<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>', other)
    properties = Properties()
    properties.of(first)
    assert properties.of(second) is second[0]


def test_properties_of_a_run_are_none_of_a_paragraph():
    paragraph = xml("<w:pPr><w:shd/></w:pPr><w:r><w:rPr><w:shd/></w:rPr></w:r>", "p")
    properties = Properties()
    properties.of(paragraph)
    assert properties.same(paragraph[1][0]) is paragraph[1][0]


def test_none_and_many_are_themselves():
    properties = Properties()
    assert properties.same(None) is None
    assert properties.of(xml("", "p")) is None
    first, second = paragraphs(*["<w:b/>" * 100] * 2)
    assert properties.of(first) is first[0] and properties.of(second) is second[0]


def test_the_first_of_two_counts():
    said = firsts(xml('<w:sz w:val="4"/><w:b/><w:sz w:val="24"/>', "rPr"))
    assert value(said, "sz") == "4" and value(said, "b") is None and value(said, "i") is None
    assert firsts(None) == {}
    styles = Styles(xml('<w:style w:styleId="A" w:type="paragraph"/><w:style w:styleId="A"/>', "styles"))
    assert styles.named["A"].get(f"{W}type") == "paragraph" and not styles.usual


def test_the_level_of_a_list():
    levels = Levels(
        xml(
            '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"/><w:lvl w:ilvl="1"/></w:abstractNum>'
            '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>',
            "numbering",
        )
    )
    assert levels.of(("3", "1")).get(f"{W}ilvl") == "1"
    assert levels.of(("3", "2")) is None and levels.of(("4", "0")) is None
    assert Levels(None).of(("", "0")) is None


def test_the_last_of_lists_that_share_an_id():
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="{at}"/><w:lvl w:ilvl="0" w:tplc="{at}"/></w:abstractNum>'
        for at in (1, 2)
    )
    nums = "".join(f'<w:num w:numId="3"><w:abstractNumId w:val="{at}"/></w:num>' for at in (1, 2, 1) * 9_999)
    levels = Levels(xml(lists + nums, "numbering"))
    assert levels.of(("3", "0")).get(f"{W}tplc") == "1"
    assert levels.of(("3", "2")).get(f"{W}ilvl") == "2"
