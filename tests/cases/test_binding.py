"""One page or a folder of pages: in place whole or not at all, and nobody else's files touched."""

import pytest
from conftest import DEMO
from markup import Markup, assert_stands_alone, parsed

from forensics.cases.binding import OURS, binding, file_name
from forensics.commands.reporting import Reports
from forensics.documents.document import Problem, Unreadable
from forensics.errors import UsageError

INDEX = f"<html>{OURS.decode()}"


def names(folder):
    return sorted(each.name for each in folder.iterdir())


def test_a_page_takes_its_place_only_when_finished(tmp_path):
    out = tmp_path / "r.html"
    out.write_text("before")
    with binding(out, several=False) as bound:
        bound.add("a.pdf", "after")
        assert out.read_text() == "before"
        bound.finish(None)
    assert out.read_text() == "after" and names(tmp_path) == ["r.html"]


@pytest.mark.parametrize("several", [False, True])
def test_what_is_not_finished_leaves_nothing_behind(tmp_path, several):
    with pytest.raises(KeyboardInterrupt), binding(tmp_path / "r", several=several) as bound:
        bound.add("a.pdf", "half")
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_folder_is_made_and_an_earlier_report_replaced(tmp_path):
    out = tmp_path / "reports"
    for titles in (["a.pdf", "b!x/Ünïcode — CV.docx"], ["c.txt"]):
        with binding(out, several=True) as bound:
            written = [bound.add(title, title) for title in titles]
            bound.finish(INDEX)
        assert names(out) == sorted([*written, "index.html"])
    assert names(tmp_path) == ["reports"] and names(out)[0] == "0001-c.html"


def test_other_files_are_never_touched(tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match="holds other files"), binding(out, several=True):
        pass
    (out / "index.html").write_text(INDEX)
    with pytest.raises(UsageError, match="holds other files"), binding(out, several=True):
        pass
    assert (out / "thesis.docx").read_text() == "years of work"


def test_places_that_will_not_do_are_refused_at_once(tmp_path):
    (tmp_path / "file").write_text("x")
    for out, several, words in (
        (tmp_path, False, "is a folder and this is one page"),
        (tmp_path / "file", True, "is a file and there are several documents"),
        (tmp_path / "nowhere" / "r.html", False, "cannot be written"),
        (tmp_path / "nowhere" / "r", True, "cannot be written"),
    ):
        with pytest.raises(UsageError, match=words), binding(out, several=several):
            pass


def test_a_full_disk_is_said_in_one_sentence(tmp_path):
    with (
        pytest.raises(UsageError, match="No space left"),
        binding(tmp_path / "r.html", several=False) as bound,
    ):
        bound._draft.unlink()
        bound._draft.symlink_to("/dev/full")
        bound.add("a", "x" * 100_000)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b/Ada Example CV.pdf", "0007-ada-example-cv.html"),
        ("z.zip!in/Ünï.docx", "0007-uni.html"),
        ("../../etc/passwd", "0007-passwd.html"),
        ("履歴書.pdf", "0007-document.html"),
        ("CON.txt", "0007-con.html"),
        ("x" * 300 + ".pdf", f"0007-{'x' * 60}.html"),
        ("", "0007-document.html"),
    ],
)
def test_names_are_harmless(title, name):
    assert file_name(7, title) == name


def test_several_files_become_a_folder_with_an_index(run, demo, tmp_path):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 cut short")
    files = [
        DEMO / "incoming" / name for name in ("Anselm_Pruitt_ML.docx", "castellane_release_engineer.pdf")
    ]
    out = tmp_path / "reports"
    done = run("check", files[1], bad, files[0], "--html", out, "--json", corpus=demo)
    assert done.code == 1 and len(done.lines) == 3
    index = parsed(out / "index.html")
    pages = {name for name in names(out) if name != "index.html"}
    assert len(pages) == 3
    assert_stands_alone((out / "index.html").read_text(encoding="utf-8"), files=pages)
    links = [href for href in index.hrefs if href in pages]
    assert links == ["0003-anselm-pruitt-ml.html", "0001-castellane-release-engineer.html", "0002-bad.html"]
    for name in pages:
        assert_stands_alone((out / name).read_text(encoding="utf-8"))
    assert "copied-content (A)" in index.words and "The PDF is damaged" in index.words


def bad(path):
    problem = Problem(code="damaged", message="Ask for it again.", fatal=True)
    return Unreadable(id=None, path=path, problems=(problem,))


def test_ctrl_c_keeps_the_reports_that_are_done_and_says_so(tmp_path):
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt), Reports(out, several=True, corpus=lambda: None) as reports:
        reports.check(bad("a.pdf"))
        raise KeyboardInterrupt
    assert names(out) == ["0001-a.html", "index.html"]
    assert "It was stopped before all were looked at." in parsed(out / "index.html").words


def test_an_error_keeps_nothing(tmp_path):
    with (
        pytest.raises(ZeroDivisionError),
        Reports(tmp_path / "out", several=True, corpus=lambda: None) as reports,
    ):
        reports.check(bad("a.pdf"))
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_one_file_and_a_folder_do_not_go_together(run, demo, tmp_path):
    done = run("check", DEMO / "incoming" / "Anselm_Pruitt_ML.docx", "--html", tmp_path, corpus=demo)
    assert done.code == 2 and "name a file, as in --html" in done.err and not done.out


def test_compare_of_pairs_makes_a_folder(run, tmp_path):
    files = DEMO / "files"
    table = tmp_path / "pairs.tsv"
    table.write_text(
        f"{files / 'haverstock-dylan.pdf'}\t{files / 'Jared Kilbourne CV.pdf'}\n"
        f"{files / 'haverstock-dylan.pdf'}\t{tmp_path / 'gone.pdf'}\n"
    )
    done = run("compare", "--pairs", table, "--html", tmp_path / "out", "--json")
    assert done.code == 0, done.err
    pages = [name for name in names(tmp_path / "out") if name != "index.html"]
    assert len(pages) == 2
    first = (tmp_path / "out" / pages[0]).read_text(encoding="utf-8")
    assert_stands_alone(first)
    page = Markup(first)
    assert {"page-a-p1", "page-m1-p1"} <= set(page.ids)
    assert "They name different applicants." in page.words
    assert "could not be read" in parsed(tmp_path / "out" / pages[1]).words


def test_dedup_lists_pairs_and_draws_clusters_with_the_same_rows(run, own_demo, tmp_path):
    done = run("dedup", "--html", tmp_path / "d.html", "--json", corpus=own_demo)
    assert done.code == 0, done.err
    html = (tmp_path / "d.html").read_text(encoding="utf-8")
    assert_stands_alone(html)
    page, said = Markup(html), done.json
    assert len(page.all("svg", class_="graph")) == len(said["clusters"])
    assert len(page.all("circle")) == sum(len(each["paths"]) for each in said["clusters"])
    assert len(page.all("line", class_="edge")) == len(said["pairs"])
    ids = set(page.ids)
    for cluster in said["clusters"]:
        assert {f"{cluster['id']}-{number}" for number in range(1, len(cluster["paths"]) + 1)} <= ids
    table = page.all("table", class_="sortable")[0].words
    for pair in said["pairs"]:
        assert pair["a_path"].rsplit("/", 1)[-1] in table and pair["kind"] in table
