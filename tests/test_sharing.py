"""Indicators: two organisations find that they see one campaign, and the file tells nobody else anything."""

import json
import random
import re
import shutil
import stat

import pytest
from conftest import DEMO
from test_schemas import validate

from forensics.features.indicators import keyed, lineage, passages, template
from forensics.index.corpus import Corpus

KEY = "3f9a1c5be2d07468" + "0123456789abcdef" * 3
OTHER = "a91c3f5be2d07468" + "fedcba9876543210" * 3


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    file = tmp_path_factory.mktemp("key") / "sharing.key"
    file.write_text(KEY + "\n", encoding="ascii")
    return file


@pytest.fixture(scope="module")
def checked(run, demo, tmp_path_factory):
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("checked") / "corpus")
    assert run("campaigns", "--refresh", corpus=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def ours(run, checked, key, tmp_path_factory):
    file = tmp_path_factory.mktemp("out") / "ours.json"
    done = run("export", "--indicators", file, "--key-file", key, "--json", corpus=checked)
    assert done.code == 0, done.err
    validate("export", done.json)
    assert done.json["unchecked"] == 0 and done.json["campaigns"] >= 6 and done.json["passages"] > 30
    return file


def strings(found):
    """Every string of a JSON value, keys included."""
    if isinstance(found, dict):
        for key_, value in found.items():
            yield key_
            yield from strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from strings(value)
    elif isinstance(found, str):
        yield found


def test_nothing_of_any_document_is_in_it(checked, ours):
    """Neither a word of a text nor a name, contact, path, id or fingerprint that is not keyed."""
    said = {
        word.casefold()
        for each in strings(json.loads(ours.read_text()))
        for word in re.findall(r"[^\W_]+", each)
    }
    whole = ours.read_text(encoding="utf-8").casefold()
    ids, words, names, prints = set(), set(), set(), set()
    with Corpus.open(checked) as corpus:
        people = corpus.population()
        for doc in people.rows:
            exhibit = corpus.exhibit(doc)
            document, applicant = exhibit.document, exhibit.features.applicant
            ids |= {document.id, document.id[7:19]}
            words |= {each.casefold() for each in re.findall(r"[^\W_]+", document.text)}
            names |= {applicant.name, *applicant.emails, *applicant.phones, *applicant.handles}
            names |= {each.text for each in exhibit.features.entities}
            names |= {each.path for each in people.applications[doc]}
            names |= {each.applicant for each in people.applications[doc]} | {
                fact.value for fact in document.facts
            }
            prints |= {value for fact in document.facts for value in fact.value.split()}
            prints |= (
                set(map(str, passages(exhibit, corpus.background(exhibit))))
                | lineage(exhibit)
                | template(exhibit)
            )
    assert len(words) > 2_000 and len(names) > 300
    own = {"forensics", "version", "key", "campaign", "indicator", "relationship", "indicates", "passage", "lineage",
           "template", "bundle", "name", "id", "type", "pattern", "labels", "created", "modified", "valid", "from",
           "objects", "spec", "source", "target", "ref", "hmac", "sha256"}  # fmt: skip
    hexes = {word for word in said if re.fullmatch(r"[0-9a-f]{4,32}", word)}
    dates = {word for word in said if re.fullmatch(r"\d{1,4}|\d{2}t\d{2}|000?z|01t00", word)}
    assert (said - own - hexes - dates) == set()
    assert {word for word in words & (said - own) if not re.fullmatch(r"[0-9a-f]+|\d+", word)} == set()
    for each in filter(None, [*names, *ids]):
        assert len(each) < 8 or each.casefold() not in whole, each
    assert not any(len(each) >= 8 and each.casefold() in whole for each in prints)


def test_it_is_stix_that_others_read_and_the_same_each_time(run, checked, ours, key, tmp_path):
    import stix2

    bundle = stix2.parse(ours.read_text(encoding="utf-8"), version="2.1")
    kinds = {each.type for each in bundle.objects}
    assert kinds == {"campaign", "indicator", "relationship"}
    again = tmp_path / "again.json"
    run("export", "--indicators", again, "--key-file", key, corpus=checked)
    assert again.read_bytes() == ours.read_bytes()
    assert all(each["created"][8:] == "01T00:00:00.000Z" for each in json.loads(ours.read_text())["objects"])


def test_another_key_gives_other_digests(run, checked, ours, tmp_path):
    other = tmp_path / "other.key"
    other.write_text(OTHER, encoding="ascii")
    file = tmp_path / "theirs.json"
    run("export", "--indicators", file, "--key-file", other, corpus=checked)
    digests = [set(re.findall(r"\b[0-9a-f]{32}\b", each.read_text())) for each in (ours, file)]
    assert len(digests[0]) == len(digests[1]) > 50 and not digests[0] & digests[1]


def test_a_digest_is_hmac_of_version_kind_and_value():
    import hashlib
    import hmac

    wanted = hmac.new(bytes.fromhex(KEY), b"forensics/1/passage\x00123", hashlib.sha256).hexdigest()[:32]
    assert keyed(bytes.fromhex(KEY), "passage", "123").hex() == wanted
    assert keyed(bytes.fromhex(KEY), "lineage", "123").hex() != wanted


def test_two_employers_see_one_campaign_without_a_resume(run, ours, key, tmp_path):
    """The other has one persona of the ring, and an honest applicant; later another persona comes."""
    theirs = tmp_path / "theirs"
    ring = next((DEMO / "files").glob("haverstock*"))
    files = [ring, next(each for each in sorted((DEMO / "files").iterdir()) if each != ring)]
    run("ingest", *files, corpus=theirs)
    done = run("ingest", "--indicators", ours, "--key-file", key, "--json", corpus=theirs)
    validate("ingest", done.json)
    met = done.json["indicators"]["matches"]
    dylan = run("show", files[0], "--json").json["id"]
    assert dylan in {each["document"] for each in met}
    (best, *_) = next(each["matches"] for each in met if each["document"] == dylan)
    assert best["passages"] > 10 and re.fullmatch(r"\d{4}-\d\d", best["month"])
    later = run("check", DEMO / "incoming" / "Pemberwick_FullStack.pdf", "--json", corpus=theirs).json
    validate("check", later)
    assert later["indicators"] and later["indicators"][0]["campaign"] == best["campaign"]
    assert all(each["signal"] != "shared-indicator" for each in later["findings"])
    assert (
        "another organisation"
        in run("check", DEMO / "incoming" / "Pemberwick_FullStack.pdf", corpus=theirs).out
    )


def test_an_honest_document_meets_nothing(run, ours, key, tmp_path):
    folder = tmp_path / "corpus"
    text = tmp_path / "a.txt"
    text.write_text(
        "Ada Example\nada@example.org\n\nExperience\nBuilt a small ledger for a bakery and kept it running.\n"
    )
    run("ingest", text, "--indicators", ours, "--key-file", key, corpus=folder)
    assert run("check", text, "--json", corpus=folder).json["indicators"] == []


def test_taking_the_same_file_in_twice_changes_nothing(run, own_demo, ours, key):
    first = run("ingest", "--indicators", ours, "--key-file", key, "--json", corpus=own_demo).json
    again = run("ingest", "--indicators", ours, "--key-file", key, "--json", corpus=own_demo).json
    assert first == again and first["indicators"]["matches"]
    assert run("ingest", DEMO / "files", "--json", corpus=own_demo).json["indicators"] is None


def word_file(text, rsids):
    """A DOCX by Word with these revision ids."""
    from build_files import docx
    from marked import part, relationships

    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.splitlines())
    table = "".join(f'<w:rsid w:val="{each}"/>' for each in rsids)
    inside = part("settings", f"<w:rsids>{table}</w:rsids>")
    links = relationships(("settings", "settings.xml"))
    return docx(body, {"word/settings.xml": inside, "word/_rels/document.xml.rels": links})


def drawn(seed, count):
    dice = random.Random(seed)
    return [f"{dice.getrandbits(24) & ~0x8000:08X}" for _ in range(count)]


WHO = (
    "Nils Abernathy",
    "Odile Brandt",
    "Petra Coombes",
    "Quentin Dale",
    "Rosa Eckhart",
    "Sverre Falk",
    "Una Gant",
)


def applications(folder, tables):
    folder.mkdir()
    for at, (name, rsids) in enumerate(tables):
        mail = f"{name.split()[0].lower()}@example.org"
        said = f"{name}\n{mail}\nExperience\nBaker, Acme Corp, 2019 - 2021\nBaked {at} loaves"
        (folder / f"{at}.docx").write_bytes(word_file(said, rsids))
    return folder


def test_ids_that_many_have_are_not_shared_and_those_of_one_family_are(run, key, tmp_path):
    """Two personas have one file; five others, and one of these two, have a school's template."""
    template, family = drawn(1, 40), drawn(2, 40)
    tables = [(name, [*template, *drawn(n + 9, 20)]) for n, name in enumerate(WHO[:5])]
    tables += [(WHO[5], [*template, *family]), (WHO[6], [*template, *family])]
    corpus, out = tmp_path / "corpus", tmp_path / "out.json"
    run("ingest", applications(tmp_path / "in", tables), corpus=corpus)
    run("campaigns", "--update", corpus=corpus)
    run("export", "--indicators", out, "--key-file", key, corpus=corpus)
    text = out.read_text()
    assert all(keyed(bytes.fromhex(KEY), "lineage", f"rsid:{each}").hex() in text for each in family)
    assert not any(keyed(bytes.fromhex(KEY), "lineage", f"rsid:{each}").hex() in text for each in template)


@pytest.mark.parametrize(("shared", "size", "met"), [(4, 60, True), (2, 2_000, False), (12, 2_000, True)])
def test_ids_that_meet_by_chance_are_no_match(run, key, tmp_path, shared, size, met):
    family = drawn(3, size)
    ours, theirs, out = tmp_path / "ours", tmp_path / "theirs", tmp_path / "out.json"
    run("ingest", applications(tmp_path / "a", [(WHO[0], family), (WHO[1], family)]), corpus=ours)
    run("campaigns", "--update", corpus=ours)
    run("export", "--indicators", out, "--key-file", key, corpus=ours)
    stranger = [*family[:shared], *drawn(4, size - shared)]
    run("ingest", applications(tmp_path / "b", [(WHO[2], stranger)]), corpus=theirs)
    done = run("ingest", "--indicators", out, "--key-file", key, "--json", corpus=theirs)
    found = done.json["indicators"]["matches"]
    assert [each["matches"][0]["lineage"] for each in found] == ([shared] if met else [])


# -- keys


def test_a_new_key_is_long_private_and_never_overwrites(run, checked, tmp_path):
    file, out = tmp_path / "k", tmp_path / "o.json"
    assert run("export", "--indicators", out, "--key-file", file, "--new-key", corpus=checked).code == 0
    assert len(bytes.fromhex(file.read_text().strip())) == 32 and stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    done = run("export", "--indicators", out, "--key-file", file, "--new-key", corpus=checked)
    assert done.code == 2 and "never overwritten" in done.err and file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "secret", "00" * 31, "00" * 32, "ab" * 64, "zz" * 32, "\u00e9" * 64])
def test_a_weak_key_is_refused(run, checked, tmp_path, text):
    file, out = tmp_path / "k", tmp_path / "o.json"
    file.write_text(text, encoding="utf-8")
    done = run("export", "--indicators", out, "--key-file", file, corpus=checked)
    assert done.code == 2 and "--new-key" in done.err and not out.exists()


def test_without_a_key_nothing_is_written_or_taken(run, checked, ours, tmp_path):
    assert run("export", "--indicators", tmp_path / "o", corpus=checked).code == 2
    done = run("ingest", "--indicators", ours, corpus=tmp_path / "none")
    assert done.code == 2 and "--key-file" in done.err and not (tmp_path / "none").exists()


# -- hostile files


def changed(ours, change):
    bundle = json.loads(ours.read_text())
    change(bundle)
    return json.dumps(bundle)


def first(bundle, kind):
    return next(each for each in bundle["objects"] if each["type"] == kind)


HOSTILE = {
    "no JSON": lambda ours: "{",
    "deep": lambda ours: "[" * 100_000,
    "no bundle": lambda ours: "[]",
    "no objects": lambda ours: '{"type": "bundle"}',
    "an object that is none": lambda ours: '{"type": "bundle", "objects": [1]}',
    "nothing of ours": lambda ours: '{"type": "bundle", "objects": [{"type": "identity"}]}',
    "text in a pattern": lambda ours: changed(
        ours, lambda b: first(b, "indicator").update(pattern="Ada Example")
    ),
    "an unknown kind": lambda ours: changed(ours, lambda b: first(b, "indicator").update(name="name")),
    "an extra field": lambda ours: changed(ours, lambda b: first(b, "campaign").update(x_note="<script>")),
    "no date": lambda ours: changed(ours, lambda b: first(b, "campaign").pop("modified")),
    "a number for an id": lambda ours: changed(ours, lambda b: first(b, "campaign").update(id=7)),
    "a link to nothing": lambda ours: changed(ours, lambda b: b["objects"].remove(first(b, "campaign"))),
    "another version": lambda ours: changed(
        ours, lambda b: first(b, "campaign").update(labels=["forensics", "version-9"])
    ),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(run, own_demo, ours, key, tmp_path, how):
    file = tmp_path / "hostile.json"
    file.write_text(HOSTILE[how](ours), encoding="utf-8")
    done = run("ingest", "--indicators", file, "--key-file", key, corpus=own_demo)
    assert done.code == 2 and "hostile.json" in done.err and "unexpected" not in done.err, done.err
    with Corpus.open(own_demo) as corpus:
        assert corpus.shared.keys() == {}


def test_limits_are_said(run, own_demo, ours, key, monkeypatch):
    for name, value in (
        ("MOST_BYTES", 1_000),
        ("MOST_OBJECTS", 5),
        ("MOST_CAMPAIGNS", 2),
        ("MOST_DIGESTS", 10),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"forensics.sharing.{name}", value)
            done = run("ingest", "--indicators", ours, "--key-file", key, corpus=own_demo)
            assert done.code == 2 and "in parts" in done.err, name


def test_a_file_under_another_key_is_refused(run, own_demo, ours, tmp_path):
    other = tmp_path / "other.key"
    other.write_text(OTHER, encoding="ascii")
    done = run("ingest", "--indicators", ours, "--key-file", other, corpus=own_demo)
    assert done.code == 2 and "another key" in done.err


def test_an_export_of_documents_that_nobody_has_checked_says_so(run, demo, key, tmp_path):
    done = run("export", "--indicators", tmp_path / "o.json", "--key-file", key, "--json", corpus=demo)
    validate("export", done.json)
    stored = run("status", "--json", corpus=demo).json["documents"]
    assert (done.json["campaigns"], done.json["unchecked"]) == (0, stored)
    told = run("export", "--indicators", tmp_path / "o.json", "--key-file", key, corpus=demo)
    assert f"{stored} documents not checked yet" in told.out and "campaigns --update" in told.out
