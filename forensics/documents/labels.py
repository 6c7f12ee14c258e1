"""Labels: what icons, web forms and templates say of themselves, which is no text that somebody hid."""

from __future__ import annotations

import re

_LABELS = frozenset(
    """
    address alt at award baby bars birthday book bookmark bottom briefcase brief building cake calendar call
    camera cap car card case cell cellphone certificate chain chart check chess chimney circle city clipboard
    clock cloud code coffee comment contact cv date day desktop document dot down download earth edit email
    emails envelope external facebook fax feather female file film flag flask folder form gamepad gears gear
    gitlab github globe globes google graduate graduation graph hand handshake hat heart heartbeat hollow home
    homepage hourglass house http https icon icons id image infinity info instagram institution key keyboard
    landmark language languages laptop leaf left life lightbulb line link linked linkedin list location lock
    magic mail mailaddress mailto male man map mark marker mastodon medal medium message microscope mobile money
    music mug news number o off office on open orcid organization palette paper paperclip passport pen pencil
    people person phone phones phonebook photo picture pin plane plus pointer portfolio portrait print profile
    project projects quote regular researchgate retro right ring road rocket rss scholar school search share
    shield sign signal site skype social solid square stackoverflow star suitcase symbol tag tags tasks tel
    telegram telephone text thumbtack tie time tools trophy twitter university up url user users video volume
    watch web website wechat whatsapp window woman world wrench www xing xtwitter youtube americas africa asia
    europe chevron angle arrow caret bullet blank
    """.split()
)
"""What icons are named after, as the fonts of icons and the classes for résumés have it. None of it is a skill."""

_MACRO = re.compile(r"\\([A-Za-z]+)")
_WRAPPED = re.compile(r"^(?:csuse|fa|ai)(?=[A-Z]|$)")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SUFFIX = re.compile(r"(?:symbol|icon)$")
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")

_ASKS = frozenset("choose click enter insert pick select type your".split())
_ASKED = _ASKS | frozenset(
    """
    a abstract accomplishments address an author category city code comments company contact date degree
    document e email end fax first from here information job keywords last list mail name number objective of or
    organization phone position recipient responsibilities school sender site skills st start state street
    subject subtitle text the title to web website year zip
    """.split()
)
_PLACEHOLDER = re.compile(r"\[([^\[\]]{1,60})\]")

_MADE = frozenset("converted created generated made powered printed produced".split())
_MADE_BY = frozenset("by from in on using with".split())
_PHOTOS = frozenset("photo photograph photographs photos".split())
_ABOUT_PHOTOS = frozenset(
    """
    a affix and applicant attach attested background candidate cm color colour coloured copies copy do for formal here in
    insert mm no not of one passport paste place please recent self size stamp staple the two white with x your
    """.split()
)
_TOPS = frozenset("com io me net org".split())
_MOST_WORDS = 7  # of what a program says of itself, and of an address in pieces

_FORM_ENDS = (
    "top of form", "bottom of form", "haut du formulaire", "bas du formulaire", "formularbeginn", "formularende",
    "principio del formulario", "final del formulario", "parte superior do formulário",
    "parte inferior do formulário", "inizio modulo", "fine modulo", "bovenkant formulier", "onderkant formulier",
    "początek formularza", "dół formularza", "начало формы", "конец формы", "formun üstü", "formun altı", "窗体顶端",
    "窗体底端", "フォームの始まり", "フォームの終わり", "양식의 맨 위", "양식의 맨 아래",
)  # fmt: skip
_FORM = re.compile(rf"\s*(?:(?:{'|'.join(_FORM_ENDS)})\s*)+", re.IGNORECASE)


def is_form_end(text: str) -> bool:
    """Whether a text is nothing but the hidden marks that Word leaves around a form pasted from a web page."""
    return _FORM.fullmatch(text) is not None


def is_left_behind(text: str) -> bool:
    """Whether a text is a program's own name, the address of a page, or a place for a photograph."""
    words, pieces = _WORD.findall(text.casefold()), text.casefold().split()
    if not words:
        return False
    if words[0] in _MADE and len(words) > 1 and words[1] in _MADE_BY:
        return len(words) <= _MOST_WORDS
    if words[0] in ("http", "https", "www"):
        rest = all(piece in ("page", "of", "am", "pm") or not _LETTER.search(piece) for piece in pieces[1:])
        return rest or (len(words) <= _MOST_WORDS and not _TOPS.isdisjoint(words[1:4]))
    about = (word in _PHOTOS or word in _ABOUT_PHOTOS or word.isdecimal() for word in words)
    return not _PHOTOS.isdisjoint(words) and all(about)


def without_placeholders(text: str) -> str:
    """``text`` without what Word's templates ask for: ``[Type your phone number]``.

    Only brackets that ask, in words that templates ask with, are taken out.
    """

    def kept(found: re.Match[str]) -> str:
        words = _WORD.findall(found[1].casefold())
        return " " if _ASKS.intersection(words) and _ASKED.issuperset(words) else found[0]

    return _PLACEHOLDER.sub(kept, text)


def without_label(text: str) -> list[str]:
    """The words of ``text``, in small letters, without the name of an icon that it begins with.

    ``\\faMapMarker : Bilbao`` and ``location: Bilbao`` say ``bilbao``. Only words that icons are named after go, so
    that no name can be made up to say something.
    """
    spread = _MACRO.sub(lambda found: f" {_HUMP.sub(' ', _WRAPPED.sub('', found[1]))} ", text)
    words = _WORD.findall(spread.casefold())
    first = next(
        (
            at
            for at, word in enumerate(words)
            if _SUFFIX.sub("", word) not in _LABELS and _SUFFIX.sub("", word)
        ),
        len(words),
    )
    return words[first:]
