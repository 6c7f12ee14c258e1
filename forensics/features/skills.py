"""Skills and certificates: what stands in the sections that list them, piece by piece."""

from __future__ import annotations

import re

from forensics.features.sheet import BLANK, Row, Sheet

_CUT = re.compile(rf"[{BLANK},;|•·∙▪●◦/\t]+|[ ]{{2,}}|[ ][-–—][ ]|[ ]and[ ](?=[A-Z])|\.(?=\s|$)")
_LEVEL = re.compile(
    r"\s*\((?:[^()]{0,40})\)|\b(?:expert|advanced|intermediate|beginner|basic|fluent|native|proficient)\b\s*:?",
    re.I,
)
_HEAD = re.compile(r"\s*(?:[•‣⁃◦∙▪▫■□►▹▶➢➤➔✓✔❖○●◆◇★·\uf0b7\uf0a7*+–—-]\s*)?(?:[^\W\d][^:,;|•]{1,40}:\s*)?")
_EDGE = " .,;:*_–—•·▪●-"
_WORDS = 4
_CERTIFIED = re.compile(
    r"(?<!\w)(?:(?:AWS|Microsoft|Azure|Google(?: Cloud)?|Oracle|Cisco|Red Hat|Salesforce|SAP|CompTIA|ITIL|VMware|"
    r"HashiCorp|Certified|Licensed|Registered)[ ](?:[A-Z][\w+#./-]*[ ](?:(?:of|in|and|for|–|-)[ ])?){0,6}?"
    r"(?:Certified|Certification|Certificate|Associate|Professional|Expert|Practitioner|Specialist|Administrator|"
    r"Foundation|Master)\b(?:[ ](?:[A-Z][\w+#./-]*|[–-])){0,5}|"
    r"(?:CISSP|CISA|CISM|PMP|CCNA|CCNP|CCIE|CEH|OSCP|CKA|CKAD|CFA|CPA|PRINCE2|CSM|CSPO|TOGAF)(?!\w))"
)


def find_skills(sheet: Sheet) -> None:
    """Take each item of the sections of skills (at most four words) and of certificates (a row or its first part).

    Elsewhere a certificate is known by its name: "AWS Certified …", "CISSP". Everything else must have been read.
    """
    for row in sheet.rows:
        if row.heading:
            continue
        if row.section == "skills":
            _items(sheet, row)
        elif row.section == "certifications":
            _certificate(sheet, row)
        elif row.section not in {"references", "education"}:
            for match in _CERTIFIED.finditer(sheet.rest(row)):
                sheet.take(
                    "CERTIFICATION",
                    row.start + match.start(),
                    row.start + match.end(),
                    match[0],
                    "certificate",
                )


def _items(sheet: Sheet, row: Row) -> None:
    text = _LEVEL.sub(lambda match: BLANK * len(match[0]), sheet.rest(row))
    at = match.end() if (match := _HEAD.match(text)) else 0
    for cut in [*_CUT.finditer(text, at), None]:
        end = cut.start() if cut else len(text)
        piece = text[at:end]
        kept = piece.strip(_EDGE)
        if kept and len(kept.split()) <= _WORDS and re.search(r"[^\W\d_]", kept):
            start = row.start + at + piece.index(kept)
            sheet.take("SKILL", start, start + len(kept), kept, "skill-list")
        at = cut.end() if cut else end


def _certificate(sheet: Sheet, row: Row) -> None:
    text = sheet.rest(row)
    at = match.end() if (match := re.match(r"[\s•‣◦▪■►➢✓❖○●◆·\uf0b7*+–—-]+", text)) else 0
    part = re.split(rf"[{BLANK}|\t(]|,[ ](?=[A-Z][\w&]+(?:[ ][\w&]+)?$)|[ ][–—-][ ]|[ ]{{2,}}", text[at:])[0]
    kept = part.strip(_EDGE)
    if len(kept.split()) <= 12 and re.search(r"[^\W\d_]{2}", kept):
        start = row.start + at + part.index(kept)
        sheet.take("CERTIFICATION", start, start + len(kept), " ".join(kept.split()), "certificate-row")
