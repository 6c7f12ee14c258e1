"""What a hostile page, file or stranger may try, and what becomes of it."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from forensics.errors import UsageError
from forensics.settings import settings
from forensics.web import security
from forensics.web.app import OWN, application
from forensics.web.uploads import file_name

ROOT = Path(__file__).parents[2]
BASE = "http://127.0.0.1:8765"

TEXT = b"Ada Example\nada@example.org\n\nBuilt a small ledger for a bakery and kept it running for years.\n"
TOKEN = "correct horse battery staple"
PAGES = (
    "/",
    "/uploads",
    "/documents",
    "/audit",
    "/sign-in",
    "/nope",
    "/api/documents",
    "/api/nope",
    "/healthz",
)


@pytest.fixture
def changed(monkeypatch):
    """Change settings for one test."""

    def change(**values):
        for name, value in values.items():
            monkeypatch.setenv(f"FORENSICS_{name.upper()}", str(value))
        settings.cache_clear()

    yield change
    settings.cache_clear()


# -- headers


@pytest.mark.parametrize("path", [*PAGES, "/static/serve.css", "/static/shared/forensics.css"])
def test_every_answer_has_the_headers(empty, path):
    answer = empty.get(path)
    for name, value in security.HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert ("no-store" in answer.headers.get("cache-control", "")) == (not path.startswith("/static/"))
    assert "server" not in answer.headers


def test_a_bug_is_answered_with_a_page_and_the_headers(empty, monkeypatch):
    monkeypatch.setattr("forensics.index.listing.count", lambda folder: 1 / 0)
    answer = empty.get("/")
    assert (
        answer.status_code == 500 and "bug of forensics" in answer.text and "ZeroDivisionError" in answer.text
    )
    assert answer.headers["content-security-policy"] == security.POLICY


def test_no_page_has_inline_script_or_style(site):
    path = site.checked()
    stored = site.get("/api/documents").json()["documents"][0]["id"]
    for address in (*PAGES[:6], path, f"/documents/{stored}"):
        page = site.get(address).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page), address
        assert all('src="/static/' in tag for tag in re.findall(r"<script[^>]*>", page)), address


# -- other sites


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[::2]", "a@127.0.0.1.x"]
)
def test_a_foreign_name_for_this_machine_is_refused(empty, host):
    answer = empty.get("/documents", headers={"host": host})
    assert answer.status_code == 421 and "39" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:8765", "[::1]:8765", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(empty, host):
    assert empty.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_post_from_another_site_is_refused(empty, headers):
    for path in ("/uploads", "/names", "/sign-in", "/api/uploads", "/uploads/x/erase"):
        answer = empty.client.post(path, data={"csrf": empty.csrf()}, headers={"x-forensics": "1", **headers})
        assert answer.status_code == 403, path


def test_a_post_from_here_is_taken(empty):
    for headers in ({"origin": BASE}, {"origin": "null", "sec-fetch-site": "same-origin"}, {}):
        answer = empty.post("/names", {"hide": "1"}, headers=headers, follow_redirects=False)
        assert answer.status_code == 303


def test_a_form_without_the_value_of_the_cookie_is_refused(site):
    site.csrf()
    paths = ("/names", "/sign-in", f"{site.checked()}/add", f"{site.checked()}/erase")
    stored = site.get("/api/documents").json()["documents"][0]["id"]
    for path in (*paths, f"/documents/{stored}/check"):
        for said in ("", "x" * 43):
            assert site.client.post(path, data={"csrf": said}).status_code == 403, path
    before = site.desk.count()
    files = [("files", ("a.txt", TEXT))]
    assert site.client.post("/uploads", data={"csrf": "x" * 43}, files=files).status_code == 403
    assert site.client.post("/api/uploads", files=files).status_code == 403
    assert site.desk.count() == before
    assert site.client.post("/api/uploads", files=files, headers={"x-forensics": "1"}).status_code == 202


def test_a_cookie_of_a_foreign_form_is_replaced(empty):
    empty.client.cookies.set(security.CSRF, "<script>")
    page = empty.get("/")
    assert "<script>" not in re.findall(r'name="csrf" value="([^"]+)"', page.text)
    assert security.CSRF in page.headers["set-cookie"]
    assert {"httponly", "samesite=strict"} <= set(
        page.headers["set-cookie"].lower().replace("; ", ";").split(";")
    )


# -- the token


@pytest.fixture
def locked(tmp_path, served):
    return served(tmp_path / "corpus", token=TOKEN, hosts=())


@pytest.mark.parametrize(
    "path", ["/", "/uploads", "/documents", "/documents/x", "/audit", "/uploads/x/progress"]
)
def test_without_the_token_pages_lead_to_the_sign_in(locked, path):
    answer = locked.get(path, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in?back=%2F")


@pytest.mark.parametrize("path", ["/api/documents", "/api/openapi.json", "/api/status", "/api/audit.csv"])
def test_without_the_token_the_api_says_401(locked, path):
    assert locked.get(path).status_code == 401
    for wrong in ("Bearer x", "Bearer ", "Basic x", TOKEN, f"Bearer {TOKEN}x"):
        assert locked.get(path, headers={"authorization": wrong}).status_code == 401
    assert locked.get(path, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_posts_need_the_token_too(locked):
    sign_in = locked.get("/sign-in").text
    csrf = re.search(r'name="csrf" value="([^"]+)"', sign_in)[1]
    for path in ("/uploads", "/names", "/api/uploads"):
        assert locked.client.post(path, data={"csrf": csrf}, follow_redirects=False).status_code == 401


def test_signing_in_gives_a_cookie_that_is_not_the_token(locked, monkeypatch):
    monkeypatch.setattr(security, "_GUESS_SECONDS", 0)
    csrf = re.search(r'name="csrf" value="([^"]+)"', locked.get("/sign-in").text)[1]
    said = {"csrf": csrf, "back": "/documents", "token": "wrong" * 5}
    wrong = locked.client.post("/sign-in", data=said)
    assert wrong.status_code == 401 and "That is not the token" in wrong.text
    right = locked.client.post("/sign-in", data={**said, "token": TOKEN}, follow_redirects=False)
    assert right.headers["location"] == "/documents"
    cookie = right.headers["set-cookie"]
    assert TOKEN not in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert locked.get("/documents").status_code == 200
    locked.client.cookies.clear()
    locked.client.cookies.set(security.SESSION, "0" * 64)
    assert locked.get("/documents", follow_redirects=False).status_code == 303


def test_health_is_told_to_everybody_and_nothing_else(locked):
    assert locked.get("/healthz").json() == {"ok": True}
    assert locked.get("/static/serve.css").status_code == 200


def test_a_token_that_can_be_guessed_is_refused():
    with pytest.raises(UsageError, match="16"):
        security.strong("secret")
    assert len(security.new_token()) >= 43 and security.new_token() != security.new_token()


def test_over_https_cookies_say_so(tmp_path):
    with TestClient(
        application(tmp_path, token=TOKEN, hosts=(), work=False), base_url="https://x.example"
    ) as client:
        assert "Secure" in client.get("/sign-in").headers["set-cookie"]


def test_the_proxy_may_say_who_it_is_if_the_settings_name_the_header(site, changed):
    stored = site.get("/api/documents").json()["documents"][0]["id"]
    headers = {"remote-user": "r.reviewer"}
    site.get(f"/documents/{stored}", headers=headers)
    assert site.desk.views()[0].who == "testclient"
    changed(user_header="Remote-User")
    site.get(f"/documents/{stored}", headers=headers)
    assert site.desk.views()[0].who == "r.reviewer"


# -- too much


def test_too_large_too_many_and_nothing_are_refused_with_the_limit(empty, changed):
    changed(upload_bytes=100_000, upload_files=3, max_file=40_000)
    large = empty.hand_in(("large.pdf", b"x" * 50_000))
    assert large.status_code == 413 and "large.pdf" in large.text and "<h1>" in large.text
    assert empty.hand_in(*[(f"{at}.txt", b"x") for at in range(4)]).status_code == 413
    whole = empty.hand_in(*[(f"{at}.txt", b"x" * 39_000) for at in range(3)])
    assert whole.status_code == 413 and "0.1 MB" in whole.text
    assert empty.client.post("/uploads", data={"csrf": empty.csrf()}).status_code == 400
    assert empty.hand_in().status_code == 400
    assert empty.desk.count() == 0


def test_a_body_without_end_is_cut_off(empty, changed):
    changed(upload_bytes=100_000)
    sent = 0

    def endless():
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
        while sent < 50_000_000:
            sent += 10_000
            yield b"x" * 10_000

    headers = {"content-type": "multipart/form-data; boundary=b", "x-forensics": "1"}
    answer = empty.client.post("/api/uploads", content=endless(), headers=headers)
    assert answer.status_code == 413 and empty.desk.count() == 0


@pytest.mark.parametrize("kind", ["multipart/form-data", "text/plain", "multipart/form-data; boundary=b"])
def test_a_form_that_is_none_is_refused(empty, kind):
    answer = empty.client.post("/uploads", content=b"\xff" * 100, headers={"content-type": kind})
    assert answer.status_code == 400 and "<h1>" in answer.text


def test_a_full_queue_says_so(empty, changed):
    changed(upload_queue=2)
    assert empty.hand_in(("1.txt", TEXT), ("2.txt", TEXT)).status_code == 303
    answer = empty.hand_in(("3.txt", TEXT))
    assert answer.status_code == 503 and answer.headers["retry-after"] and "waiting" in answer.text
    api = empty.client.post("/api/uploads", files=[("files", ("4.txt", TEXT))], headers={"x-forensics": "1"})
    assert api.status_code == 503 and api.json()["next"]


# -- files


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\cv\\ada.pdf", "ada.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("..", ".."),
        ("/", "unnamed"),
        ("x" * 500 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name_is_only_a_name(said, kept):

    assert file_name(said) == kept


def test_a_stored_file_is_saved_and_never_shown(site):
    evil = TEXT * 5 + b"<script>alert(1)</script>\n"
    site.checked("evil.html.txt", evil, keep="1")
    found = site.get("/api/documents", params={"q": "evil.html"}).json()["documents"]
    assert found, site.desk.jobs()
    answer = site.get(f"/api/documents/{found[0]['id']}/file")
    assert answer.content == evil and answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(
        r'attachment; filename="[0-9a-f]{16}\.\w+\.untrusted"', answer.headers["content-disposition"]
    )


def test_uploads_leave_no_temporary_file(site, tmp_path, monkeypatch):
    import tempfile

    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    rolled = []
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", lambda self: rolled.append(self))
    site.hand_in(("large.txt", TEXT * 30_000))
    assert (
        not rolled and not list(folder.iterdir()) and len(site.desk.data(site.desk.jobs()[0].id)) > 2 * 2**20
    )


# -- what others wrote


def test_vendored_files_are_the_ones_that_were_looked_at():
    listed = tomllib.loads((OWN / "vendored.toml").read_text(encoding="utf-8"))["file"]
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for each in listed:
        assert hashlib.sha256((OWN / each["name"]).read_bytes()).hexdigest() == each["sha256"]
        assert (
            each["version"] in each["name"] and each["name"] in notice and each["version"] in each["source"]
        )
    own = {"serve.css", "serve.js", "vendored.toml"}
    assert {file.name for file in OWN.iterdir()} - own == {each["name"] for each in listed}


def test_script_and_style_are_small():
    from forensics.cases.paper import STATIC

    files = [f for folder in (OWN, STATIC) for f in folder.iterdir() if f.suffix in {".js", ".css"}]
    assert sum(file.stat().st_size for file in files) < 100_000
    page = (OWN.parent / "templates" / "frame.html").read_text(encoding="utf-8")
    assert all(f.name in page for f in files)
