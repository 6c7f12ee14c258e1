"""Layouts in Typst. The texts are passed as JSON, so that no character of theirs is markup."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from recipe.texts import Letter, Resume

HEAD = """#let r = json(bytes(sys.inputs.text))
#set document(title: r.name + sys.inputs.suffix, author: r.name)
#let accent = rgb(sys.inputs.accent)
"""

COMPACT = """
#set page(paper: "us-letter", margin: (x: 19mm, y: 16mm))
#set text(font: "Libertinus Serif", size: 10pt)
#set par(justify: true, leading: 0.56em)
#set list(indent: 3pt, spacing: 0.6em)
#show heading.where(level: 2): it => block(above: 11pt, below: 6pt)[
  #text(size: 11.5pt, weight: "bold", fill: accent, smallcaps(it.body)) #v(-9pt)
  #line(length: 100%, stroke: 0.5pt)]
#align(center)[#text(size: 21pt, weight: "bold", r.name) \\ #v(-4pt) #r.title \\
  #r.contacts.join([ #h(4pt) • #h(4pt) ])]
== Summary
#for p in r.paragraphs [#p #parbreak()]
== Experience
#for j in r.jobs [
  #block(above: 8pt, below: 5pt)[*#j.employer*, #j.place #h(1fr) #j.dates \\ _#j.title _]
  #if j.about != "" [#j.about #parbreak()]
  #list(..j.bullets)
]
== Technical skills
#for s in r.skills [*#s.at(0):* #s.at(1) #parbreak()]
== Education
#for e in r.education [#e.at(0), #e.at(1), #e.at(2) #h(1fr) #e.at(3) #parbreak()]
#if r.certifications.len() > 0 [== Certifications
  #list(..r.certifications)]
#if r.strengths.len() > 0 [== Strengths
  #list(..r.strengths)]
#heading(level: 2, r.more.at(0))
#list(..r.more.at(1))
#r.closing
"""

MARGIN = """
#set page(paper: "us-letter", margin: (left: 16mm, right: 18mm, y: 15mm),
  footer: align(right, text(size: 8pt, fill: luma(120))[#r.name —
    #context counter(page).display("1 / 1", both: true)]))
#set text(font: "New Computer Modern", size: 9.6pt)
#set par(leading: 0.58em)
#set list(marker: text(fill: accent)[▪], spacing: 0.62em)
#let part(name, body) = grid(columns: (36mm, 1fr), gutter: 5mm,
  align(right, text(fill: accent, weight: "bold", name)), body)
#grid(columns: (1fr, auto), [#text(size: 24pt, fill: accent, r.name) #v(-8pt)
  #text(size: 11pt, style: "italic", r.title)],
  align(right, text(size: 9pt, r.contacts.join(linebreak()))))
#v(2pt) #line(length: 100%, stroke: 1.2pt + accent) #v(3pt)
#part("Snapshot", r.paragraphs.map(p => par(p)).join())
#v(5pt)
#for j in r.jobs [
  #part(text(size: 8.6pt, j.dates), [*#j.title*, #j.employer, #j.place #parbreak()
    #if j.about != "" [#emph(j.about) #parbreak()] #list(..j.bullets)]) #v(4pt)]
#part("Toolbox", r.skills.map(s => [*#s.at(0)*: #s.at(1)]).join(linebreak()))
#v(4pt)
#part("Studies", r.education.map(e => [#e.at(0), #e.at(1), #e.at(2), #e.at(3)]).join(linebreak()))
#if r.certifications.len() > 0 [#v(4pt) #part("Certificates", list(..r.certifications))]
#if r.strengths.len() > 0 [#v(4pt) #part("Strengths", list(..r.strengths))]
#v(4pt)
#part(r.more.at(0), list(..r.more.at(1)))
#if r.closing != "" [#part("", r.closing)]
"""

TWO = """
#set page(paper: "us-letter", margin: 0pt,
  background: place(left, rect(width: 66mm, height: 100%, fill: accent.lighten(88%))))
#set text(font: "Liberation Sans", size: 9pt)
#set par(leading: 0.6em)
#set list(spacing: 0.65em)
#set page(margin: (x: 10mm, y: 14mm))
#show heading: it => block(above: 12pt, below: 6pt, text(size: 10.5pt, fill: accent, upper(it.body)))
#grid(columns: (50mm, 1fr), gutter: 13mm, [
  #text(size: 19pt, weight: "bold", fill: accent, hyphenate: false, r.name)
  #v(-4pt) #text(size: 10.5pt, r.title)
  = Contact
  #r.contacts.join(linebreak())
  = Skills
  #for s in r.skills [*#s.at(0)* \\ #s.at(1) #parbreak()]
  = Education
  #for e in r.education [*#e.at(0)* \\ #e.at(1) \\ #e.at(2), #e.at(3) #parbreak()]
  #if r.certifications.len() > 0 [= Certifications
    #list(..r.certifications)]
  #if r.strengths.len() > 0 [= Strengths
    #list(..r.strengths)]
  #heading(r.more.at(0))
  #list(..r.more.at(1))
  #r.closing
], [
  = Profile
  #for p in r.paragraphs [#p #parbreak()]
  = Professional experience
  #for j in r.jobs [
    #block(above: 9pt, below: 5pt)[#text(size: 10pt, weight: "bold", j.title) \\
      #j.employer | #j.place | #j.dates]
    #if j.about != "" [#emph(j.about) #parbreak()]
    #list(..j.bullets)
  ]
])
"""

LETTER = """
#set page(paper: "us-letter", margin: (x: 28mm, y: 26mm))
#set text(font: "Libertinus Serif", size: 11pt)
#set par(leading: 0.68em, spacing: 1.1em, justify: true)
#text(size: 17pt, fill: accent, r.name) \\ #text(size: 9.5pt, r.contacts.join(" · "))
#v(14pt) #r.date #v(8pt) #r.to.join(linebreak()) #v(8pt)
*Re: #r.subject*

#r.greeting

#for p in r.paragraphs [#p #parbreak()]
#v(6pt) #r.name
"""

SOURCES = {"compact": COMPACT, "public": MARGIN, "two": TWO, "letter": LETTER}


def render(layout: str, text: Resume | Letter, accent: str, when: datetime) -> bytes:
    """The PDF of a text, dated ``when``. Byte-stable for one version of the ``typst`` package."""
    import typst

    inputs = {
        "text": json.dumps(asdict(text)),
        "accent": accent,
        "suffix": ", cover letter" if layout == "letter" else ", résumé",
    }
    source = (HEAD + SOURCES[layout]).encode()
    pdf: bytes = typst.compile(source, sys_inputs=inputs, timestamp=int(when.timestamp()), format="pdf")
    return pdf
