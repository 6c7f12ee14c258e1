"""Instructions to a language model: how they are worded, in the languages people are likely to try.

Kinds of injection follow Greshake et al., "Not what you've signed up for" (2023): overriding what came before,
speaking to the model, asking for a verdict, forging the marks of a conversation, asking for silence.
"""

# ruff: noqa: E501 (one wording a line)

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MODEL = (
    r"(?:a\.?i\.?|l\.?l\.?m\.?s?|gpt(?:-?\d)?|chatgpt|claude|gemini|copilot|chatbot|language models?|ai assistants?"
    r"|ai (?:models?|systems?|agents?|recruiters?|reviewers?|screeners?|tools?)"
    r"|automated (?:screening|review|resume|cv|hiring)\w*(?: \w+)?|(?:resume|cv|ats) (?:screener|parser|bot)s?|ats)"
)
_SHEET = r"(?:candidate|applicant|resume|résumé|cv|application|profile|person)"
_PRAISE = (
    r"(?:highest|top|first|10 ?/ ?10|100 ?(?:%|/|percent|points)?|best|excellent|exceptional\w*|perfect\w*|strong\w*"
    r"|highly|outstanding|qualified|ideal|positive\w*|favou?rabl\w*|next (?:round|stage)|immediately|maximum|hire)"
)
_BEFORE = r"(?:previous|prior|above|earlier|preceding|foregoing|former|your|system|initial|original|existing)"
_ORDERS = (
    r"(?:instructions?|prompts?|directions?|directives?|rules|guidelines|commands?|orders|context|messages?)"
)

_WORDINGS: tuple[tuple[str, str], ...] = (
    ("overrides what a model was told", rf"\b(?:ignore|disregard|forget|override|bypass|skip|do not follow|don'?t follow|stop following)\b(?:\W+\w+){{0,3}}?\W+{_BEFORE}\b(?:\W+\w+){{0,3}}?\W+{_ORDERS}\b"),
    ("overrides what a model was told", rf"\b(?:ignore|disregard|forget)\W+(?:all|any|every|everything)\W+(?:of\W+)?(?:the\W+|these\W+|those\W+)?(?:{_ORDERS}|(?:that|which|you)\b.{{0,30}}\b(?:told|before|above|said)|(?:written |said )?(?:above|before))\b"),
    ("overrides what a model was told", r"\b(?:ignorier\w*|vergiss\w*|vergessen sie|missachte\w*)\b.{0,40}\b(?:anweisung\w*|instruktion\w*|vorgaben|prompts?)\b"),
    ("overrides what a model was told", r"\b(?:ignor[ae]n?|olvid[ae]n?|omit[ae]n?|descart[ae]n?)\b.{0,40}\b(?:instrucciones|indicaciones|órdenes|prompts?)\b"),
    ("overrides what a model was told", r"\b(?:ignore[zr]?|oublie[zr]?|ne ten(?:ez|ir) pas compte)\b.{0,40}\b(?:instructions|consignes|directives)\b.{0,20}\b(?:précédentes|antérieures|ci-dessus|reçues)\b"),
    ("overrides what a model was told", r"\b(?:ignore|desconsidere|esqueça|ignora)\b.{0,40}\b(?:instruções|orientações|comandos|istruzioni|indicazioni)\b"),
    ("overrides what a model was told", r"\b(?:negeer|vergeet)\b.{0,40}\b(?:instructies|opdrachten|prompts?)\b"),
    ("overrides what a model was told", r"\b(?:zignoruj|ignoruj|pomiń|zapomnij)\b.{0,40}\b(?:instrukcj\w+|poleceni\w+)"),
    ("overrides what a model was told", r"(?:игнорируй\w*|забудь\w*|не учитывай\w*).{0,40}(?:инструкци\w+|указани\w+)"),
    ("overrides what a model was told", r"(?:önceki|yukarıdaki|tüm).{0,30}(?:talimat\w*|komut\w*).{0,20}(?:yok say|görmezden gel|unut)\w*"),
    ("overrides what a model was told", r"(?:忽略|无视|無視|忘记|忘記|忽視).{0,12}(?:指令|指示|提示|说明|說明)"),
    ("overrides what a model was told", r"(?:以前|上記|これまで|前)の.{0,10}(?:指示|命令|プロンプト).{0,8}(?:無視|忘れ)"),
    ("overrides what a model was told", r"(?:이전|위의|앞의|모든).{0,10}(?:지시|명령|프롬프트).{0,8}(?:무시|잊)"),
    ("overrides what a model was told", r"(?:تجاهل|انس).{0,30}(?:التعليمات|الأوامر|التوجيهات)"),
    ("overrides what a model was told", r"निर्देश.{0,24}(?:अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल)"),
    ("speaks to a model", rf"\b(?:notes?|messages?|attention|instructions?|hint|reminder)\W+(?:to|for)\W+(?:the\W+|any\W+|all\W+)?{_MODEL}\b\s*[:,.–—-]"),
    ("speaks to a model", rf"\bif\W+you(?:\W+are|'re)\W+(?:an?\W+|the\W+)?{_MODEL}\b"),
    ("speaks to a model", r"\b(?:you are|act as|pretend to be|behave as)\W+(?:now\W+)?(?:an?\W+|the\W+)?(?:helpful\W+)?(?:ai assistant|language model|llm|chatbot|ai (?:recruiter|reviewer|screener|model))\b"),
    ("asks for a verdict", rf"(?<!\bi )(?<!\bwe )(?<!\bto )(?<!would )(?<!can )(?<!highly )(?<!strongly )(?<!wholeheartedly )\b(?:rate|rank|score|recommend|classify|mark|grade|shortlist|select|approve|advance|hire|prioriti[sz]e)\W+(?:this|the)\W+{_SHEET}\b.{{0,60}}?\b{_PRAISE}(?!\w)"),
    ("asks for a verdict", r"\b(?:this|the)\W+(?:candidate|applicant|resume|résumé|cv)\W+(?:must|should|shall)\W+(?:always\W+)?be\W+(?:hired|shortlisted|selected|ranked|rated|scored|advanced|recommended|approved)\b"),
    ("asks for a verdict", rf"\b(?:say|respond|reply|output|answer|return|conclude|state)\b\W+(?:only\W+)?(?:with\W+|that\W+)?.{{0,20}}?\b(?:this|the)\W+{_SHEET}\W+(?:is|has|meets|matches)\b.{{0,40}}?\b{_PRAISE}(?!\w)"),
    ("forges the marks of a conversation", r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?INST\]|<</?SYS>>|^\s*#{2,4} ?(?:system|instruction)s?\s*:|^\s*(?:system|developer) (?:prompt|message)\s*:"),
    ("asks a model for silence", r"\bdo not (?:mention|reveal|disclose|repeat|show|tell)\b.{0,30}\b(?:instructions?|prompts?|hidden text)\b|\b(?:reveal|print|repeat|show)\b\W+(?:me\W+)?your\W+(?:system\W+)?(?:prompt|instructions)\b"),
)  # fmt: skip
_PATTERNS = tuple(
    (kind, re.compile(words, re.IGNORECASE | re.DOTALL | re.MULTILINE)) for kind, words in _WORDINGS
)
_TRADE = re.compile(
    r"inject|jailbreak|red.?team|adversarial|guard ?rail|attack|detect|filter|block|defen[cs]|mitigat|sanitis|sanitiz"
    r"|classif|vulnerab|secur|owasp|prompt engineer",
    re.IGNORECASE,
)
_FOLDED = str.maketrans(
    "аеорсухіјѕһԁАВЕЅІЈКМНОРСТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "aeopcyxijshdABESIJKMHOPCTYXABEZHIKMNOPTYXo",
)
_NEAR = 120  # code points before and after a wording in which the trade of its author shows
_LONGEST = 20_000  # code points searched at once: patterns look over lines, not over documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """An instruction to a model: where it stands in the text searched, and what kind it is."""

    start: int
    end: int
    kind: str


def injections(text: str) -> list[Wording]:
    """The instructions to a model in ``text``, in order, each place once.

    Somebody whose trade it is writes of such words ("blocked attacks like …"): where the neighbourhood
    speaks of attacks, filters or guard rails, a wording is an example.
    """
    found: list[Wording] = []
    for read in {
        text,
        text.translate(_FOLDED),
    }:  # letters of another script as such, and as what they look like
        for start, end in _stretches(read):
            for kind, pattern in _PATTERNS:
                for match in pattern.finditer(read, start, end):
                    first, last = match.span()
                    around = text[max(0, first - _NEAR) : first] + text[last : last + _NEAR]
                    if not _TRADE.search(around):
                        found.append(Wording(start=first, end=last, kind=kind))
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Wording] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for start in range(0, max(1, len(text)), _LONGEST):
        yield max(0, start - 200), min(len(text), start + _LONGEST)
