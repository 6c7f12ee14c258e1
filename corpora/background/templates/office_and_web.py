"""Templates that are no LaTeX: LibreOffice's own, and themes of JSON Resume and of HackMyResume, printed."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from persons import Person, Post, person

THEMES = ("even", "flat", "macchiato", "stackoverflow")
"""Themes of JSON Resume that need nothing from the web, each the npm package ``jsonresume-theme-`` of this name."""

_FREE = {"Calibri": "Carlito", "Helvetica Neue": "Liberation Sans"}
"""Fonts of equal widths in place of those that HackMyResume's themes ask for."""

HACKED = ("positive", "modern", "compact")
"""Themes that HackMyResume brings, but for *basis*, which is a page without any design."""

OFFICE = {"LibreOffice Resume": "Resume1page.ott", "LibreOffice CV": "CV.ott"}
"""What LibreOffice ships, by the name of the file in its folder of templates."""

_RENDER = """
const [theme, target] = process.argv.slice(2);
let text = '';
process.stdin.on('data', (part) => { text += part; });
process.stdin.on('end', async () => {
  const made = await import(theme);
  const page = await (made.render || made.default.render)(JSON.parse(text));
  require('fs').writeFileSync(target, page);
});
"""


def office(folder: Path) -> Iterator[tuple[str, str, list[bytes]]]:
    """Name, source and file of each template that LibreOffice ships, as it writes it as PDF and as DOCX."""
    for name, file in OFFICE.items():
        template = next(folder.rglob(file))
        for form in ("pdf", "docx"):
            with tempfile.TemporaryDirectory() as scratch:
                words = [
                    "soffice",
                    "--headless",
                    f"-env:UserInstallation=file://{scratch}/home",
                    "--convert-to",
                    form,
                ]
                subprocess.run(
                    [*words, "--outdir", scratch, str(template)], check=True, capture_output=True, timeout=120
                )
                yield (
                    name,
                    "the template that LibreOffice ships (MPL 2.0), as it writes it",
                    [(Path(scratch) / f"{template.stem}.{form}").read_bytes()],
                )


def json_resume(packages: Path, persons: Iterable[int]) -> Iterator[tuple[str, str, list[bytes]]]:
    """Name, source and files of each theme, A4 and Letter, from a folder where ``npm install`` has put them."""
    persons = list(persons)
    (packages / "render.cjs").write_text(_RENDER, encoding="utf-8")
    for theme in THEMES:
        package = f"jsonresume-theme-{theme}"
        said = json.loads((packages / "node_modules" / package / "package.json").read_text(encoding="utf-8"))
        source = f"npm {package} {said['version']} ({said['license']}), printed by Chromium"
        for paper in ("A4", "letter"):
            yield (
                f"JSON Resume {theme}",
                source,
                [_printed(packages, package, person(seed), paper) for seed in persons],
            )


def hack_my_resume(packages: Path, persons: Iterable[int]) -> Iterator[tuple[str, str, list[bytes]]]:
    """Name, source and files of each theme of HackMyResume, A4 and Letter, as its engine wkhtmltopdf prints it.

    Nothing is asked of the web: Carlito and Liberation Sans have to be installed, and the icons are missing.
    """
    persons = list(persons)
    for theme in HACKED:
        for paper in ("A4", "Letter"):
            yield (
                f"HackMyResume {theme}",
                "npm hackmyresume 1.8.0 with fresh-themes 0.15.1-beta (MIT), printed by wkhtmltopdf 0.12.6",
                [_hacked(packages, theme, person(seed), paper) for seed in persons],
            )


def _hacked(packages: Path, theme: str, found: Person, paper: str) -> bytes:
    (packages / "person.json").write_text(json.dumps(_resume(found)), encoding="utf-8")
    words = [
        "node",
        "node_modules/hackmyresume/dist/cli/index.js",
        "build",
        "person.json",
        "to",
        "hacked.html",
    ]
    words += ["-t", f"node_modules/fresh-themes/themes/{theme}"]
    subprocess.run(words, check=True, cwd=packages, timeout=120, capture_output=True)
    page = packages / "hacked.html"
    said = re.sub(r"<link [^>]*https?://[^>]*>", "", page.read_text(encoding="utf-8"))
    for font, free in _FREE.items():
        said = said.replace(f"'{font}'", f"'{free}'")
    page.write_text(said, encoding="utf-8")
    words = [
        "wkhtmltopdf",
        "-q",
        "--enable-local-file-access",
        "--page-size",
        paper,
        "hacked.html",
        "page.pdf",
    ]
    subprocess.run(words, check=True, cwd=packages, timeout=120, capture_output=True)
    return (packages / "page.pdf").read_bytes()


def _printed(packages: Path, package: str, found: Person, paper: str) -> bytes:
    words = ["node", "render.cjs", package, "page.html"]
    subprocess.run(words, input=json.dumps(_resume(found)), text=True, check=True, cwd=packages, timeout=120)
    page = packages / "page.html"
    style = f"<style>@page {{ size: {paper}; }}</style>"
    page.write_text(page.read_text(encoding="utf-8").replace("</head>", style + "</head>"), encoding="utf-8")
    words = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    words += ["--host-resolver-rules=MAP * ~NOTFOUND", "--print-to-pdf=page.pdf", page.as_uri()]
    subprocess.run(words, check=True, cwd=packages, timeout=120, capture_output=True)
    return (packages / "page.pdf").read_bytes()


def _resume(found: Person) -> dict[str, object]:
    def dates(post: Post) -> dict[str, object]:
        return {"startDate": f"{post.begun}-03-01", "endDate": f"{post.ended}-02-01", "location": post.town}

    basics = {"name": f"{found.given} {found.family}", "label": found.jobs[0].what, "email": found.email}
    work = [
        {
            "name": each.where,
            "company": each.where,
            "position": each.what,
            "highlights": list(each.points),
            **dates(each),
        }
        for each in found.jobs
    ]
    schools = [
        {"institution": each.where, "area": each.what, "studyType": "Diploma", **dates(each)}
        for each in found.schools
    ]
    skills = [{"name": each, "level": "Master", "keywords": [each]} for each in found.skills]
    placed = {"location": {"city": found.town, "countryCode": "DE"}, "profiles": [], "phone": "+1 555 0100"}
    empty = {
        kind: [] for kind in ("volunteer", "awards", "publications", "languages", "interests", "references")
    }
    return {
        "basics": {**basics, **placed, "summary": found.jobs[0].points[0]},
        "work": work,
        "education": schools,
        "skills": skills,
        **empty,
    }
