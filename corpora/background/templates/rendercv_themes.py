"""RenderCV's themes, filled with an invented person by a Python that has RenderCV."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from persons import Person, Post

THEMES = ("classic", "sb2nov", "moderncv", "engineeringresumes", "engineeringclassic")

_RENDER = """import json, pathlib, sys
from rendercv.api import create_a_pdf_from_a_python_dictionary as create
said = json.load(sys.stdin)
wrong = create(said, pathlib.Path(sys.argv[1]))
sys.exit(str(wrong) if wrong else 0)
"""


def rendercv(theme: str, found: Person, python: Path, target: Path) -> bytes:
    """A PDF of one of RenderCV's themes, in its own colours, sizes and margins."""

    def entry(post: Post, **said: str) -> dict[str, object]:
        dates = {"start_date": f"{post.begun}-03", "end_date": f"{post.ended}-02", "location": post.town}
        return {**said, **dates, "highlights": list(post.points)}

    work, school, skills = found.headings
    sections = {
        work: [entry(each, company=each.where, position=each.what) for each in found.jobs],
        school: [entry(each, institution=each.where, area=each.what, degree="BSc") for each in found.schools],
        skills: [{"label": "Practical", "details": ", ".join(found.skills)}],
    }
    cv = {"name": f"{found.given} {found.family}", "location": found.town, "email": found.email}
    cv["sections"] = sections  # type: ignore[assignment]  # a document of nested values
    said = json.dumps({"cv": cv, "design": {"theme": theme}})
    words = [str(python), "-c", _RENDER, str(target)]
    subprocess.run(words, input=said, text=True, check=True, timeout=120, stdout=subprocess.DEVNULL)
    return target.read_bytes()
