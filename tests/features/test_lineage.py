"""Which ids of a file are kept, which never count, and how many two strangers share by chance."""

import random

from build_files import docx
from marked import W14, parsed, value, word_like

from forensics.documents import paragraph_ids
from forensics.features.lineage import (
    SPACE,
    Ids,
    author,
    chance,
    poisson_tail,
    revision_ids,
    stop_list,
    traces,
)
from forensics.features.pictures import NEAR, bands, distance


def table(*ids):
    items = "".join(f'<w:rsid w:val="{each}"/>' for each in ids)
    return f"<w:rsids>{items}</w:rsids>"


def kinds(document):
    return {(each.kind, each.value) for each in traces(document)}


def test_ids_that_programs_write_into_every_file_are_no_traces():
    settings = table("00172A27", "00B47730", "00000000", "FFFFFFFF", "00A77B3E") + (
        '<w14:docId w14:val="24062061"/><w15:docId w15:val="{FFFFF82B-A1D2-465B-82CE-BF2A1CA965C2}"/>'
    )
    numbering = (
        '<w:abstractNum><w:nsid w:val="FFFFFF7C"/></w:abstractNum><w:abstractNum><w:nsid w:val="0000A990"/>'
        "</w:abstractNum>"
    )
    assert kinds(parsed(word_like(settings=settings, numbering=numbering))) == {("rsid", "00A77B3E")}


def test_document_ids_and_paragraph_ids_are_traces():
    settings = '<w15:docId w15:val="{0a1b2c3d-0000-4000-8000-0000000000f1}"/>'
    body = f'<w:p xmlns:w14="{W14}" w14:paraId="7AA00001"><w:r><w:t>Jane Sample</w:t></w:r></w:p>'
    assert kinds(parsed(word_like(body, settings=settings))) == {
        ("doc-id", "{0A1B2C3D-0000-4000-8000-0000000000F1}"),
        ("para-id", "7AA00001"),
    }


def test_a_python_docx_file_and_a_copy_by_another_share_nothing():
    import io

    from docx import Document

    out = io.BytesIO()
    made = Document()
    made.add_paragraph("Jane Sample, engineer", style="List Bullet")
    made.save(out)
    assert kinds(parsed(out.getvalue())) == set()


def test_words_that_stand_where_a_name_should_are_no_authors():
    assert [
        author(each) for each in ("user", "HP Inc.", "Microsoft Office User", "python-docx", "4711", "")
    ] == [""] * 6
    assert author("SAMPLE, Jane Q.") == author("Jane Sample") == "jane sample"


def test_chance_is_poisson_over_the_ids_that_word_gives():
    assert poisson_tail(0, 3.0) == 1.0
    assert abs(poisson_tail(1, 1.0) - 0.6321205588) < 1e-9
    assert abs(poisson_tail(3, 0.5) - 0.0143876) < 1e-6
    a, b = (Ids(values=frozenset(f"{each:08X}" for each in range(start, start + 100))) for start in (0, 98))
    shared = a.values & b.values
    count, odds = chance(a, b, shared)
    assert count == 2 and abs(odds - (100 * 100 / SPACE) ** 2 / 2) < 1e-8


def draws(dice, count):
    """Ids as Word draws them: 24 bits, bit 15 always 0."""
    found = set()
    while len(found) < count:
        number = dice.getrandbits(24) & ~0x8000
        found.add(f"{number:08X}")
    return found


def test_where_a_limit_cuts_a_table_the_sample_tells_the_same():
    dice = random.Random(3)
    common = draws(dice, 300)
    one, other, stranger = (sorted(draws(dice, 700) | more) for more in (common, common, set()))
    whole, whole_other, apart = (
        revision_ids(parsed(word_like(settings=table(*each)), max_fact_ids=200))
        for each in (one, other, stranger)
    )
    assert whole.cut is not None and len(whole.values) == 200
    count, odds = chance(whole, whole_other, whole.values & whole_other.values)
    assert 30 <= count <= 90 and odds < 1e-30
    assert chance(whole, apart, whole.values & apart.values)[1] > 1e-6


def test_large_tables_of_strangers_are_not_significant():
    dice = random.Random(5)
    a, b = (Ids(values=frozenset(draws(dice, 6_000))) for _ in range(2))
    shared = a.values & b.values
    assert len(shared) >= 1 and chance(a, b, shared)[1] > 1e-6


def test_paragraphs_are_listed_with_the_sessions_that_wrote_them():
    body = (
        '<w:p w:rsidR="00A1B2C3"><w:r w:rsidR="00D4E5F6"><w:t>Moved the billing </w:t></w:r>'
        "<w:r><w:t>platform</w:t></w:r></w:p>"
        '<w:p w:rsidR="00A1B2C3"><w:r><w:t>2019</w:t></w:r></w:p>'
    )
    document = parsed(word_like(body))
    key = paragraph_ids.key("• Moved the billing platform")
    assert value(document, "docx.rsid.paragraphs") == f"00A1B2C3:{key} 00D4E5F6:{key}"


def test_the_list_of_paragraphs_stays_small_and_says_what_it_left_out():
    body = "".join(
        f'<w:p w:rsidR="{0x00100000 + n:08X}"><w:r><w:t>Paragraph number {n}</w:t></w:r></w:p>'
        for n in range(900)
    )
    document = parsed(docx(body))
    assert len(value(document, "docx.rsid.paragraphs")) <= paragraph_ids.MOST
    assert value(document, "docx.rsid.paragraphs.truncated").endswith("of 900 paragraphs")


def test_looks_that_differ_in_few_bits_share_a_band():
    dice = random.Random(7)
    for _ in range(300):
        look = dice.getrandbits(64)
        other = look
        for bit in dice.sample(range(64), dice.randint(0, NEAR)):
            other ^= 1 << bit
        a, b = f"{look:016x}", f"{other:016x}"
        assert distance(a, b) <= NEAR and set(bands(a)) & set(bands(b))


def test_stop_lists_hold_only_kinds_that_exist():
    assert stop_list("rsid") >= {"00172A27", "00000000"} and stop_list("nonsense") == frozenset()
