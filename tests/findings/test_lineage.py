"""Files of two applicants that come from one file, one machine or one photo; and what must not count."""

import io
import random
from dataclasses import replace
from pathlib import Path

import pytest
from build_files import docx
from marked import part, relationships
from PIL import Image

from forensics.documents.parse import parse
from forensics.engine import check
from forensics.features.lineage import traces
from forensics.features.measure import measure
from forensics.index.corpus import Corpus
from forensics.index.store import Application
from forensics.settings import Settings
from forensics.who_else import who_else

PEOPLE = {
    "Orla Brandreth": "Moved a fleet of payment terminals to signed updates without losing a transaction",
    "Tamsin Oakeshott": "Designed an archive for weather balloons that keeps a decade of readings searchable",
    "Bertrand Ilves": "Tuned the planner of a library catalogue until every search took under a second",
    "Wendell Ashgrove": "Taught a harbour to talk to its lighthouses over a line that nobody wanted to mend",
    "Maren Thistlewood": "Counted the sheep of four valleys by drone and published how often it was wrong",
    "Cosmo Fairweather": "Wrote a compiler for knitting machines and a debugger for people who knit",
}
NAMES = list(PEOPLE)


def ids(seed, count):
    dice = random.Random(seed)
    return [f"{dice.getrandbits(24) & ~0x8000:08X}" for _ in range(count)]


def resume(
    name, rsids=(), *, lines=(), creator=None, company=None, styles=(), media=None, settings="", tagged=()
):
    """A DOCX by Word of somebody; ``tagged`` are lines with a revision id each."""
    handle = name.lower().replace(" ", ".")
    said = [
        name,
        f"{handle}@post.example",
        "Experience",
        "Engineer, Acme Corp, 2019 - 2021",
        PEOPLE[name],
        *lines,
    ]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in said)
    body += "".join(f'<w:p w:rsidR="{id}"><w:r><w:t>{line}</w:t></w:r></w:p>' for id, line in tagged)
    table = "".join(f'<w:rsid w:val="{each}"/>' for each in rsids)
    looks = "".join(
        f'<w:style w:styleId="S{n}"><w:rsid w:val="{each}"/></w:style>' for n, each in enumerate(styles)
    )
    parts = {f"word/media/image{n}.jpeg": data for n, data in enumerate(media or ())}
    if creator or company:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{creator}</dc:creator></cp:coreProperties>'
        )
        parts["docProps/app.xml"] = (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            f"<Company>{company or ''}</Company></Properties>"
        )
    inside = part("settings", f"<w:rsids>{table}</w:rsids>{settings}")
    parts |= {"word/settings.xml": inside, "word/styles.xml": part("styles", looks)}
    parts["word/_rels/document.xml.rels"] = relationships(
        ("settings", "settings.xml"), ("styles", "styles.xml")
    )
    return docx(body, parts)


def exhibit(data, path):
    from hashlib import sha256

    id = "sha256:" + sha256(data).hexdigest()
    document = parse(data, id=id, path=path, plain=True, limits=Settings())
    return measure(replace(document, kind="resume"))


@pytest.fixture
def corpus(tmp_path):
    with Corpus.open(tmp_path / "corpus", create=True) as opened:
        yield opened


def store(corpus, files, role="applicant"):
    with corpus.writing():
        for name, data in files:
            path = f"{name}-{len(data)}.docx"
            corpus.add(exhibit(data, path), [Application(path=path, applicant=name, role=role)])


def found(corpus, name, data):
    case = check(exhibit(data, "query.docx"), corpus, applicant=name)
    return {each.signal: each for each in case.findings}


def test_a_retyped_file_is_found_by_its_sessions_though_no_word_is_shared(corpus):
    base = ids(1, 60)
    store(
        corpus, [(NAMES[1], resume(NAMES[1], [*base, *ids(2, 20)])), (NAMES[2], resume(NAMES[2], ids(3, 70)))]
    )
    query = resume(NAMES[0], [*base, *ids(4, 30)])
    one = found(corpus, NAMES[0], query)["shared-lineage"]
    assert one.weight == "A" and len(one.documents) == 1
    assert NAMES[1] in one.summary and "60 revision ids" in one.summary and "same file" in one.summary
    assert {each.where for each in one.evidence} == {"word/settings.xml"}
    assert one.base_rate.documents == 1 and one.base_rate.of == 2
    answer = who_else(exhibit(query, "query.docx"), corpus, by="lineage", applicant=NAMES[0])
    (other,) = answer.documents
    assert other.applicant == NAMES[1] and len(other.lineage) == 60 and other.lineage[0].startswith("rsid:")


def test_large_tables_and_default_ids_prove_nothing(corpus):
    defaults = ["00172A27", "00B47730", "00FC693F", "00000000"]
    store(corpus, [(NAMES[1], resume(NAMES[1], [*defaults, *ids(2, 2_000)]))])
    query = resume(NAMES[0], [*defaults, *ids(4, 3_000), *ids(2, 2_000)[:2]])
    assert "shared-lineage" not in found(corpus, NAMES[0], query)


def test_a_template_that_many_have_is_context(corpus):
    base = ids(1, 40)
    store(corpus, [(name, resume(name, [*base, *ids(n + 5, 30)])) for n, name in enumerate(NAMES[1:])])
    one = found(corpus, NAMES[0], resume(NAMES[0], [*base, *ids(99, 30)]))["shared-lineage"]
    assert one.weight == "C" and len(one.documents) == 5 and one.base_rate.documents == 5
    stored = found(corpus, NAMES[3], resume(NAMES[3], [*base, *ids(8, 30)]))["shared-lineage"]
    assert stored.thing == one.thing != ""


def test_what_fewest_have_is_the_thing_of_a_rare_link_though_a_template_is_shared_too(corpus):
    template, rare = ids(1, 40), ids(2, 12)
    store(corpus, [(name, resume(name, [*template, *ids(n + 5, 30)])) for n, name in enumerate(NAMES[2:])])
    store(corpus, [(NAMES[1], resume(NAMES[1], [*template, *rare]))])
    said = check(exhibit(resume(NAMES[0], [*template, *rare]), "q.docx"), corpus, applicant=NAMES[0]).findings
    lineage = [each for each in said if each.signal == "shared-lineage"]
    assert sorted(each.weight for each in lineage) == ["A", "C"]
    assert sorted(each.weight for each in lineage) == ["A", "C"]
    for each in lineage:
        assert (each.thing.removeprefix("rsid:") in rare) == (each.weight == "A")


def test_what_a_background_document_holds_is_public(corpus):
    base = ids(1, 40)
    store(corpus, [(NAMES[5], resume(NAMES[5], base))], role="background")
    store(corpus, [(NAMES[1], resume(NAMES[1], [*base, *ids(2, 30)]))])
    assert "shared-lineage" not in found(corpus, NAMES[0], resume(NAMES[0], base))


def test_ones_own_earlier_version_is_no_finding(corpus):
    base = ids(1, 40)
    store(corpus, [(NAMES[0], resume(NAMES[0], base, lines=("An older line of this very person",)))])
    assert "shared-lineage" not in found(corpus, NAMES[0], resume(NAMES[0], base))


def test_ids_of_styles_alone_may_be_a_template(corpus):
    base = ids(1, 30)
    store(corpus, [(NAMES[1], resume(NAMES[1], ids(2, 9), styles=base))])
    one = found(corpus, NAMES[0], resume(NAMES[0], ids(3, 9), styles=base))["shared-lineage"]
    assert one.weight == "B" and "one template" in one.summary


def test_one_document_id_is_one_file(corpus):
    id = '<w15:docId w15:val="{0A1B2C3D-1111-4000-8000-0000000000F1}"/>'
    store(corpus, [(NAMES[1], resume(NAMES[1], settings=id))])
    one = found(corpus, NAMES[0], resume(NAMES[0], settings=id))["shared-lineage"]
    assert one.weight == "A" and one.evidence[0].text == "{0A1B2C3D-1111-4000-8000-0000000000F1}"


def test_one_preparer_and_company_are_a_hand_and_common_words_are_none(corpus):
    store(corpus, [(NAMES[1], resume(NAMES[1], creator="Petra Quill", company="Hollis Search"))])
    one = found(corpus, NAMES[0], resume(NAMES[0], creator="Petra Quill", company="Hollis Search"))
    assert one["shared-lineage"].weight == "B" and "machine or helper" in one["shared-lineage"].summary
    other = found(corpus, NAMES[2], resume(NAMES[2], creator="Admin", company="Hollis Search"))
    assert "shared-lineage" not in other


def test_one_preparer_and_one_picture_are_listed_though_no_other_id_is_left(corpus):
    photo = jpeg(4)
    store(
        corpus,
        [
            (NAMES[0], resume(NAMES[0], creator="Jutta Harwell", media=[photo])),
            (NAMES[3], resume(NAMES[3], creator="Jutta Harwell", media=[jpeg(9)])),
        ],
    )
    again = jpeg(4, quality=60)  # another file, the same look
    asked = exhibit(resume(NAMES[1], creator="Jutta Harwell", media=[again]), "tamsin.docx")
    answer = who_else(asked, corpus, by="lineage")
    (listed,) = answer.documents
    assert listed.applicant == NAMES[0] and listed.similarity == 0.5
    assert listed.shared == ("the same author or last editor", "the same picture look")
    case = check(asked, corpus)
    assert "shared-lineage" not in {
        each.signal for each in case.findings
    }  # the picture is told as shared-image


def test_the_path_of_a_template_in_the_properties_is_a_trace():
    said = "<Template>file:///C:\\Users\\jharwell\\Templates\\CV.dotx</Template>"
    data = docx(
        "<w:p><w:r><w:t>Orla Brandreth</w:t></w:r></w:p>",
        {
            "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
            f'extended-properties">{said}</Properties>'
        },
    )
    held = {(each.kind, each.fact) for each in traces(exhibit(data, "orla.docx").document)}
    assert ("template-path", "docx.template") in held


def test_pasted_paragraphs_are_named(corpus):
    base = ids(1, 30)
    line = "Halved the nightly reconciliation of berths and tariffs"
    theirs = resume(NAMES[1], base, tagged=[(base[0], line), (base[1], "Kept a log of every storm")])
    store(corpus, [(NAMES[1], theirs)])
    mine = resume(NAMES[0], [*base[2:], *ids(9, 5)], tagged=[(base[0], f"• {line}")])
    one = found(corpus, NAMES[0], mine)["shared-lineage"]
    assert "1 of its paragraphs and 1 of the other's" in one.summary
    assert (
        "1 with the same words" in one.summary and "1 carry ids that only the other file lists" in one.summary
    )
    assert sum(line in each.text for each in one.evidence) == 2


def test_the_author_of_the_file_is_another_applicant(corpus):
    store(corpus, [(NAMES[1], resume(NAMES[1])), (NAMES[3], resume(NAMES[3], creator=NAMES[4]))])
    one = found(corpus, NAMES[0], resume(NAMES[0], creator=NAMES[1].upper()))["author-is-other-applicant"]
    assert one.weight == "B" and one.evidence[0].where == "docProps/core.xml" and len(one.evidence) == 2
    back = found(corpus, NAMES[4], resume(NAMES[4]))["author-is-other-applicant"]
    assert back.weight == "B" and NAMES[3] in back.summary
    assert "author-is-other-applicant" not in found(corpus, NAMES[0], resume(NAMES[0], creator=NAMES[0]))


def test_the_author_whose_text_was_copied_weighs_more(corpus):
    things = (
        "breakwater ledger",
        "ferry planner",
        "tide almanac",
        "berth auction",
        "pilot roster",
        "fog archive",
    )
    long = [
        f"Built the {each} and taught others how to mend it when the winter storms came in" for each in things
    ]
    store(corpus, [(NAMES[1], resume(NAMES[1], lines=long))])
    one = found(corpus, NAMES[0], resume(NAMES[0], lines=long, creator=NAMES[1]))
    assert one["author-is-other-applicant"].weight == "A"


def jpeg(seed, size=(160, 200), quality=90):
    dice = random.Random(seed)
    small = Image.new("L", (6, 7))
    small.putdata([dice.randrange(256) for _ in range(42)])
    out = io.BytesIO()
    small.resize((480, 600), Image.Resampling.BICUBIC).resize(size).convert("RGB").save(
        out, "JPEG", quality=quality
    )
    return out.getvalue()


def test_one_photo_byte_for_byte_or_by_its_look(corpus):
    store(
        corpus, [(NAMES[1], resume(NAMES[1], media=[jpeg(1)])), (NAMES[2], resume(NAMES[2], media=[jpeg(2)]))]
    )
    exact = found(corpus, NAMES[0], resume(NAMES[0], media=[jpeg(1)]))["shared-image"]
    assert (exact.weight, len(exact.documents)) == ("A", 1)
    assert [each.where for each in exact.evidence] == ["word/media/image0.jpeg"] * 2
    look = found(corpus, NAMES[0], resume(NAMES[0], media=[jpeg(1, (120, 150), 60)]))["shared-image"]
    assert (look.weight, look.documents) == ("B", exact.documents)
    assert "shared-image" not in found(corpus, NAMES[0], resume(NAMES[0], media=[jpeg(3)]))


def test_logos_are_told_by_their_number_and_icons_by_their_size(corpus):
    logo, icon = jpeg(7), jpeg(8, (40, 50))
    store(corpus, [(name, resume(name, media=[logo, icon])) for name in NAMES[1:]])
    one = found(corpus, NAMES[0], resume(NAMES[0], media=[logo, icon]))["shared-image"]
    assert one.weight == "C" and len(one.documents) == 5
    assert (
        one.thing == found(corpus, NAMES[2], resume(NAMES[2], media=[logo, icon]))["shared-image"].thing != ""
    )
    assert "shared-image" not in found(corpus, NAMES[0], resume(NAMES[0], media=[icon]))


def test_rare_slips_are_shared_and_two_weigh_more_than_one(corpus):
    store(corpus, [(NAMES[1], resume(NAMES[1], lines=("Took on the thermomater of the landscpae group",)))])
    two = found(corpus, NAMES[0], resume(NAMES[0], lines=("A better landscpae and thermomater for all",)))
    assert two["shared-error"].weight == "A" and "“landscpae” for “landscape”" in two["shared-error"].summary
    assert {each.text for each in two["shared-error"].evidence} == {"landscpae", "thermomater"}
    one = found(corpus, NAMES[2], resume(NAMES[2], lines=("Asked for a better landscpae in the garden",)))
    assert one["shared-error"].weight == "B"


def test_slips_that_the_whole_world_makes_are_context_among_few(corpus, monkeypatch):
    """Two strangers who cannot spell two hard words have nothing in common but that."""
    from forensics.findings import hands

    store(
        corpus, [(NAMES[1], resume(NAMES[1], lines=("Took on the managment of a group that recieved it",)))]
    )
    query = resume(NAMES[0], lines=("Asked for the managment of what they recieved",))
    one = found(corpus, NAMES[0], query)["shared-error"]
    assert one.weight == "C" and "Many people make these slips" in one.summary
    monkeypatch.setattr(hands, "ENOUGH", 1)
    assert found(corpus, NAMES[0], query)["shared-error"].weight == "B"
    camel = resume(NAMES[2], lines=("Ran MariaDb and PowerBi for the whole of the company",))
    store(corpus, [(NAMES[2], camel)])
    monkeypatch.undo()
    again = found(
        corpus, NAMES[3], resume(NAMES[3], lines=("Sold PowerBi and MariaDb to the whole of a town",))
    )
    assert again["shared-error"].weight == "C"


def test_a_common_slip_is_no_finding(corpus):
    line = "Took on the landscpae of a large group"
    store(corpus, [(name, resume(name, lines=(line,))) for name in NAMES[1:]])
    assert "shared-error" not in found(
        corpus, NAMES[0], resume(NAMES[0], lines=("Asked for a landscpae today",))
    )


def test_a_slip_of_the_job_posting_is_nobody_s_however_it_stands_there(corpus):
    ours = ("Drew the landscpae of a large town",)
    store(corpus, [(NAMES[1], resume(NAMES[1], lines=ours))])
    query = resume(NAMES[0], lines=("Planted a landscpae for the whole town",))
    assert found(corpus, NAMES[0], query)["shared-error"].weight == "B"
    store(corpus, [(NAMES[4], resume(NAMES[4], lines=("Wanted: Landscpae Gardeners",)))], role="background")
    assert "shared-error" not in found(corpus, NAMES[0], query)


def test_style_is_for_linked_pairs_only_and_never_opens_a_case(corpus, monkeypatch):
    from forensics.features import style
    from forensics.findings import hands

    dice = random.Random(5)
    listed = Path(__file__).parents[1] / "benchmarks" / "generated" / "data" / "synonyms.txt"
    words = sorted({each for each in listed.read_text(encoding="utf-8").split() if each.isalpha()})

    def prose(seed, favourite):
        mine = random.Random(seed)
        return [f"{favourite} {' '.join(mine.choice(words) for _ in range(14))}." for _ in range(14)]

    crowd = [f"{one} {other}" for one in ("Ada", "Bo", "Cy", "Di", "Eva", "Fay", "Gus") for other in
             ("Marsh", "Nettle", "Oakes", "Perch", "Quail", "Reed")]  # fmt: skip
    for name in crowd:
        monkeypatch.setitem(PEOPLE, name, f"Kept {dice.choice(words)} and {dice.choice(words)}")
    store(corpus, [(name, resume(name, lines=prose(n, dice.choice(words)))) for n, name in enumerate(crowd)])
    base = ids(1, 30)
    hers = "whereupon, notwithstanding; albeit --"
    store(corpus, [(NAMES[1], resume(NAMES[1], base, lines=prose(901, hers)))])
    bin_ = style.Bin(
        words=100, slope=2, offset=0, pairs=3000, auc=0.7, cllr=0.9, cllr_least=0.9, misleading=0
    )
    monkeypatch.setattr(style, "bins", lambda: (bin_,))
    linked = found(corpus, NAMES[0], resume(NAMES[0], base, lines=prose(902, hers)))
    assert linked["shared-style"].weight == "C" and "Cllr 0.90" in linked["shared-style"].summary
    assert "3000 pairs" in linked["shared-style"].summary
    alone = found(corpus, NAMES[0], resume(NAMES[0], ids(7, 9), lines=prose(902, hers)))
    assert "shared-style" not in alone
    answer = who_else(exhibit(resume(NAMES[0], lines=prose(902, hers)), "q.docx"), corpus, by="style")
    assert answer.documents[0].applicant == NAMES[1] and any("weak hint" in each for each in answer.notes)
    assert any("3000 pairs" in each and "Cllr of 0.90" in each for each in answer.notes)
    coin = style.Bin(words=100, slope=2, offset=0, pairs=3000, auc=0.5, cllr=1, cllr_least=1, misleading=0)
    monkeypatch.setattr(style, "bins", lambda: (coin,))
    assert "shared-style" not in found(corpus, NAMES[0], resume(NAMES[0], base, lines=prose(902, hers)))
    answer = who_else(exhibit(resume(NAMES[0], lines=prose(902, hers)), "q.docx"), corpus, by="style")
    assert any("no better than a coin" in each for each in answer.notes)
    assert not any("Cllr" in each for each in answer.notes)
    assert hands.NEAREST <= 0.01
