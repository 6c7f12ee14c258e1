"""Lists of institutions: what official files and a user's own become, where they lie, what is told of bad rows."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from forensics.errors import UsageError
from forensics.index.institutions import (
    bring_in,
    days_old,
    everything,
    find,
    folder,
    imported,
    looking_up,
    remove,
    shipped,
)
from forensics.index.sanctions import parse
from forensics.settings import settings

SDN = b"""\
101,"ZORVEX QUANTAL INSTITUTE",-0- ,"DPRK3] [NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Secondary sanctions risk: \
North Korea Sanctions Regulations; a.k.a. 'ZQI'; a.k.a. 'QUANTAL HOUSE'."
102,"EXAMPLE, Ada","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 1980."
103,"BRANDELHOF MARITIME",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
104,"SEA BEAR","vessel","IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
105,"TOO SHORT A ROW",-0-
x,"NO NUMBER",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
106,"- & -",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
101,"TWICE THE SAME NUMBER",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
\x1a"""
ALT = b"""\
101,1,"aka","QUANTAL RESEARCH CENTRE OF ZORVEX",-0-
102,2,"aka","E. ADA",-0-
999,3,"aka","OF NOTHING KNOWN",-0-
103,4,"fka","BRANDELHOF \xc9TOILE SHIPPING",-0-
"""
ADD = b"""\
101,1,"12 Long Street","Hamhung","Korea, North",-0-
103,2,-0- ,"Bandar Abbas","Iran",-0-
"""
CSL = """\
_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,source_list_url,alt_names
a,Entity List (EL) - Bureau of Industry and Security,,,,"Zorvex Research Institute (ZRI); and any successor, sub-unit",,\
"12 Long Street, Tehran, IR",85 FR 1,2020-12-23,,https://example.org/el,"Zorvex Institut; and Quantal House (QH)"
b,Specially Designated Nationals (SDN) - Treasury Department,7,Individual,SDGT,Ada EXAMPLE,,,,,,,
c,Denied Persons List (DPL) - Bureau of Industry and Security,,,,ADA EXAMPLE,,,,2016-01-01,2020-01-01,,
d,Denied Persons List (DPL) - Bureau of Industry and Security,,,,Brandelhof Trading Ltd,,,,2016-01-01,2020-01-01,,
e,too,many,cells,here,1,2,3,4,5,6,7,8,9,10,11
"""
OWN = """\
Name,Aliases,Reason,Approver,Expiry
Zorvex Quantal Institute,ZQI Labs; Quantal House,diploma mill,J. Doe,2027-03-31
Brandelhof Trading,,,,
,no name,x,y,
Northern Quorvex School,,closed,J. Doe,soon
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FORENSICS_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def written(folder, **files):
    paths = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths


def test_shipped_lists_are_three_tiers_with_sources_and_dates():
    designated, located = (each.listing for each in shipped())
    assert (designated.tier, located.tier) == ("designated", "fact")
    assert len(designated.entries) == 23 and len(located.entries) == 19
    for entry in (*designated.entries, *located.entries):
        assert entry.citation and entry.citation.startswith("https://")
        assert entry in located.entries or (entry.authority and entry.as_of)
    assert all(entry.basis in ("location", "reported") for entry in located.entries)
    assert imported() == ()


def test_ofac_files_together(home):
    stored = bring_in(written(home, SDN_CSV=SDN, ALT_CSV=ALT, ADD_CSV=ADD), as_of="2026-11-01")
    one, two = stored.listing.entries
    assert one.names == (
        "ZORVEX QUANTAL INSTITUTE",
        "ZQI",
        "QUANTAL HOUSE",
        "QUANTAL RESEARCH CENTRE OF ZORVEX",
    )
    assert one.weak == ("ZQI", "QUANTAL HOUSE")
    assert (one.programme, one.number, one.korean, one.countries) == ("DPRK3, NPWMD", "101", True, ("KP",))
    assert one.places[0] == "Hamhung" and "Pyongyang" in one.places
    assert two.names == ("BRANDELHOF MARITIME", "BRANDELHOF ÉTOILE SHIPPING") and not two.korean
    assert stored.skipped == {"individual": 1, "vessel": 1, "alias or address of what is left out": 1}
    assert [(each.file, each.line) for each in stored.bad] == [
        ("SDN.CSV", 5), ("SDN.CSV", 6), ("SDN.CSV", 7), ("SDN.CSV", 8), ("ALT.CSV", 3),
    ]  # fmt: skip
    assert (stored.listing.id, stored.listing.tier, stored.listing.as_of) == (
        "ofac",
        "designated",
        "2026-11-01",
    )
    assert [each["name"] for each in stored.files] == ["SDN.CSV", "ALT.CSV", "ADD.CSV"]


def test_the_consolidated_list_as_csv_and_as_json(home):
    (path,) = written(home, consolidated_csv=CSL)
    stored = bring_in([path])
    first, second = stored.listing.entries
    assert first.names == ("Zorvex Research Institute", "Zorvex Institut", "Quantal House", "ZRI", "QH")
    assert first.countries == ("IR",) and first.listed == "2020-12-23" and first.programme == "85 FR 1"
    assert second.names == ("Brandelhof Trading Ltd",) and second.expiry == "2020-01-01"
    assert stored.skipped == {"individual": 1, "may be a person: no type is given": 1}
    assert [each.line for each in stored.bad] == [6]
    results = [
        {"name": "Zorvex Research Institute", "type": "Entity", "source": "Entity List", "alt_names": ["Quantal House"],
         "programs": ["EL"], "addresses": [{"city": "Tehran", "country": "IR"}], "end_date": None},
        "nonsense",
    ]  # fmt: skip
    (path,) = written(home, csl_json=json.dumps({"total": 2, "results": results}))
    stored = bring_in([path], name="csl-json")
    assert stored.listing.entries[0].names == ("Zorvex Research Institute", "Quantal House")
    assert stored.listing.entries[0].countries == ("IR",) and len(stored.bad) == 1


def test_the_users_own_list(home):
    stored = bring_in(written(home, mine_csv=OWN))
    one, two = stored.listing.entries
    assert (stored.listing.id, stored.listing.tier) == ("own", "own")
    assert one.names == ("Zorvex Quantal Institute", "ZQI Labs", "Quantal House")
    assert (one.reason, one.approver, one.expiry) == ("diploma mill", "J. Doe", "2027-03-31")
    assert two.reason is None and [each.line for each in stored.bad] == [4, 5]


def test_the_shipped_form_of_the_third_tier_is_empty_and_can_be_filled(home):
    from forensics.settings import data_folder

    form = data_folder("corpora") / "lists" / "institutions" / "own.csv"
    assert len(form.read_text().splitlines()) == 1
    filled = form.read_bytes() + b"Zorvex Quantal Institute,ZQI Labs,diploma mill,J. Doe,2099-12-31,Tehran\n"
    stored = bring_in(written(home, filled_csv=filled))
    assert stored.listing.entries[0].places == ("Tehran",)


def test_a_list_is_looked_up_replaced_and_removed(home):
    names = len(looking_up().entries)
    bring_in(written(home, mine_csv=OWN))
    assert len(looking_up().entries) == names + 2
    assert looking_up() is looking_up()
    bring_in(written(home, mine_csv=OWN.rsplit("Brandelhof", 1)[0]))
    assert len(looking_up().entries) == names + 1
    assert [each.listing.id for each in everything()] == ["designated", "located", "own"]
    assert find("own").listing.where == "lists/own"
    assert remove("own") == 1 and remove("own") == 0 and len(looking_up().entries) == names
    assert not list(folder().iterdir())


def test_expiry_is_honoured(home):
    bring_in(written(home, mine_csv=OWN))
    assert looking_up(date(2027, 3, 31)).expired == 0
    late = looking_up(date(2027, 4, 1))
    assert late.expired == 1 and all(entry.names[0] != "Zorvex Quantal Institute" for entry in late.entries)


def test_the_date_of_a_list_is_told_or_the_files(home):
    import os

    paths = written(home, mine_csv=OWN)
    os.utime(paths[0], (0, datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp()))
    stored = bring_in(paths)
    assert stored.listing.as_of == "2026-03-05"
    assert days_old(stored.listing, date(2026, 3, 15)) == 10
    for wrong in ("soon", "2026-13-01", (datetime.now(UTC).date() + timedelta(days=2)).isoformat()):
        with pytest.raises(UsageError):
            bring_in(paths, as_of=wrong)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", "x,y\n1,2\n"), ("a.csv", ""), ("a.json", "{broken"), ("a.json", '{"results": 3}'),
     ("a.csv", "name,reason\n,none\n"), ("alt.csv", ALT), ("a.csv", b"\xff\xfe\x00\x01")],
)  # fmt: skip
def test_what_is_no_list_says_so(home, name, content):
    path = home / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError):
        bring_in([path])
    assert imported() == ()


def test_names_of_lists_stay_inside_their_folder(home):
    paths = written(home, mine_csv=OWN)
    for name in ("../x", "", "a/b", "designated", "A", "."):
        with pytest.raises(UsageError):
            bring_in(paths, name=name or "  ")
    assert remove("../home") == 0
    with pytest.raises(UsageError):
        remove("located")
    with pytest.raises(UsageError):
        bring_in([home / "absent.csv"])


def test_a_damaged_list_is_told_and_not_passed_over(home):
    bring_in(written(home, mine_csv=OWN))
    file = folder() / "own" / "list.json"
    file.write_text(file.read_text()[:-40], encoding="utf-8")
    with pytest.raises(UsageError, match="lists remove own"):
        looking_up()


def test_thousands_of_rows():
    rows = "name,aliases\n" + "".join(
        f"Zorvex {n} Quantal Institute,Quorvex {n} House\n" for n in range(20_000)
    )
    assert len(parse([("many.csv", rows.encode())]).entries) == 20_000
