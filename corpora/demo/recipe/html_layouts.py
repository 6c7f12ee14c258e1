"""Layouts in HTML: headless Chromium prints them, LibreOffice turns the simplest one into DOCX."""

from __future__ import annotations

from html import escape

from recipe.texts import Letter, Resume

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>@page {{ size: Letter; margin: {margin}; }} @page :first {{ margin-top: {top}; }}
body {{ margin: 0; font: {font}; color: #222; }}
ul {{ margin: 2pt 0 7pt; padding-left: 13pt; }} li {{ margin-bottom: 2pt; }} p {{ margin: 0 0 5pt; }}
h1, h2, h3 {{ margin: 0; break-after: avoid; }} li, .entry {{ break-inside: avoid; }}
{css}</style></head><body>{body}</body></html>"""


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>" if items else ""


def _section(heading: str, inner: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{inner}</section>" if inner else ""


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _jobs(resume: Resume) -> str:
    return "".join(
        f"<h3>{escape(job.title)} <span class='when'>{escape(job.dates)}</span></h3>"
        f"<p class='where'>{escape(job.employer)}, {escape(job.place)}</p>"
        + (f"<p class='about'>{escape(job.about)}</p>" if job.about else "")
        + _list(job.bullets)
        for job in resume.jobs
    )


def _education(resume: Resume) -> str:
    return "".join(
        f"<p><b>{escape(degree)}</b>, {escape(school)}, {escape(place)}, {year}</p>"
        for degree, school, place, year in resume.education
    )


def modern(resume: Resume, accent: str) -> str:
    """A coloured band with the name, then one column."""
    css = f"""header {{ background: {accent}; color: #fff; padding: 16pt 40pt; margin: 0 0 12pt; }}
    header h1 {{ font-size: 23pt; font-weight: 600; }} header p {{ margin: 3pt 0 0; }}
    main {{ padding: 0 40pt; }} h2 {{ font-size: 12pt; color: {accent}; margin: 9pt 0 4pt;
    border-bottom: 1px solid #ccc; padding-bottom: 2pt; }} h3 {{ font-size: 10.5pt; }}
    .when {{ float: right; font-weight: normal; color: #555; }} .where {{ margin-bottom: 1pt; color: #444; }}
    .about {{ font-style: italic; margin-bottom: 2pt; }}"""
    skills = "".join(f"<p><b>{escape(name)}:</b> {escape(items)}</p>" for name, items in resume.skills)
    body = (
        f"<header><h1>{escape(resume.name)}</h1><p>{escape(resume.title)}</p>"
        f"<p>{escape('  |  '.join(resume.contacts))}</p></header><main>"
        + _section("Profile", _paragraphs(resume.paragraphs))
        + _section("Experience", _jobs(resume))
        + _section("Skills", skills)
        + _section("Strengths", _list(resume.strengths))
        + _section("Projects", _list(resume.projects))
        + _section("Education", _education(resume))
        + _section("Certifications", _list(resume.certifications))
        + _section(resume.more[0], _list(resume.more[1]))
        + _paragraphs(tuple(filter(None, [resume.closing])))
        + "</main>"
    )
    return PAGE.format(
        title=escape(resume.name),
        margin="14mm 0",
        top="0",
        font="10pt/1.33 'Liberation Sans'",
        css=css,
        body=body,
    )


def grid(resume: Resume, accent: str) -> str:
    """Wide column on the left, shaded side bar on the right."""
    css = f"""body {{ display: grid; grid-template-columns: 1fr 166pt; gap: 18pt; }}
    header {{ grid-column: 1 / 3; border-left: 6pt solid {accent}; padding-left: 11pt; }}
    header h1 {{ font-size: 25pt; font-weight: bold; letter-spacing: -0.4pt; }}
    header p {{ color: {accent}; font-size: 12pt; }}
    aside {{ background: #f1efe9; padding: 8pt 11pt; font-size: 9pt; align-self: start; }}
    aside ul {{ padding-left: 11pt; }} aside h2 {{ margin-top: 7pt; }}
    h2 {{ font-size: 10.5pt; text-transform: uppercase; letter-spacing: 0.8pt; color: {accent};
    margin: 8pt 0 4pt; }} h3 {{ font-size: 10.5pt; }} .when {{ display: block; font-weight: normal;
    color: #666; font-size: 9pt; }} .where {{ font-style: italic; margin-bottom: 2pt; }}
    .about {{ color: #555; margin-bottom: 2pt; }}"""
    skills = "".join(f"<p><b>{escape(name)}</b><br>{escape(items)}</p>" for name, items in resume.skills)
    body = (
        f"<header><h1>{escape(resume.name)}</h1><p>{escape(resume.title)}</p></header><main>"
        + _section("About me", _paragraphs(resume.paragraphs))
        + _section("Work history", _jobs(resume))
        + _section("Projects", _list(resume.projects))
        + "</main><aside>"
        + _section("Contact", _paragraphs(resume.contacts))
        + _section("Skills", skills)
        + _section("Education", _education(resume))
        + _section("Certificates", _list(resume.certifications))
        + _section("Strengths", _list(resume.strengths))
        + _section(resume.more[0], _list(resume.more[1]))
        + _paragraphs(tuple(filter(None, [resume.closing])))
        + "</aside>"
    )
    font = "9.2pt/1.32 'DejaVu Serif'"
    return PAGE.format(
        title=escape(resume.name), margin="13mm 15mm", top="13mm", font=font, css=css, body=body
    )


def plain(resume: Resume, accent: str) -> str:
    """The plain HTML that LibreOffice reads as a word-processor document: headings, lists, a skills table."""
    rows = "".join(
        f"<tr><td width='22%'><b>{escape(name)}</b></td><td>{escape(items)}</td></tr>"
        for name, items in resume.skills
    )
    jobs = "".join(
        f"<p><b>{escape(job.employer)}</b>, {escape(job.place)}<br><i>{escape(job.title)}</i>, "
        f"{escape(job.dates)}</p>" + (f"<p>{escape(job.about)}</p>" if job.about else "") + _list(job.bullets)
        for job in resume.jobs
    )
    head = f"style='color: {accent}; font-size: 13pt; margin-bottom: 2pt'"
    sections = [
        ("Summary", _paragraphs(resume.paragraphs)),
        ("Core skills", f"<table width='100%' cellpadding='2'>{rows}</table>" + _list(resume.strengths)),
        ("Professional experience", jobs),
        ("Education", _education(resume)),
        ("Licenses and certifications", _list(resume.certifications)),
        ("Projects", _list(resume.projects)),
        (resume.more[0], _list(resume.more[1])),
    ]
    body = (
        f"<h1 style='color: {accent}; font-size: 21pt; margin-bottom: 0'>{escape(resume.name)}</h1>"
        f"<p>{escape(resume.title)}<br>{escape(' · '.join(resume.contacts))}</p>"
        + "".join(f"<h2 {head}>{escape(name)}</h2>{inner}" for name, inner in sections if inner)
        + (f"<p>{escape(resume.closing)}</p>" if resume.closing else "")
    )
    return (
        f"<!doctype html><html lang='en-US'><head><meta charset='utf-8'><title>{escape(resume.name)}</title>"
        "<style>@page { size: 8.5in 11in; margin: 0.65in 0.8in } body { font-family: 'Liberation Sans'; "
        "font-size: 10pt } p, li { font-family: 'Liberation Sans'; font-size: 10pt; margin-top: 0; "
        "margin-bottom: 4pt } td { font-size: 10pt } td p { margin: 0 }</style></head>"
        f"<body>{body}</body></html>"
    )


def letter(text: Letter, accent: str) -> str:
    """A letter with the sender at the right."""
    css = f"""header {{ text-align: right; border-top: 3pt solid {accent}; padding-top: 8pt; }}
    h1 {{ font-size: 15pt; }} header p {{ margin: 0; color: #555; }} .to p {{ margin: 0; }}
    .date {{ margin: 16pt 0 12pt; }} .subject {{ font-weight: bold; margin: 18pt 0 10pt; }}
    .body p {{ margin-bottom: 9pt; }}"""
    body = (
        f"<header><h1>{escape(text.name)}</h1>{_paragraphs(text.contacts)}</header>"
        f"<p class='date'>{escape(text.date)}</p><div class='to'>{_paragraphs(text.to)}</div>"
        f"<p class='subject'>{escape(text.subject)}</p><div class='body'><p>{escape(text.greeting)}</p>"
        f"{_paragraphs(text.paragraphs)}<p>{escape(text.name)}</p></div>"
    )
    font = "11pt/1.45 'Liberation Serif'"
    return PAGE.format(title=escape(text.name), margin="24mm 28mm", top="24mm", font=font, css=css, body=body)
