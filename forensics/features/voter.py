"""An optional vote of a spaCy model: which words of a heading it takes for an organisation.

Used only where the user sets ``FORENSICS_SPACY_MODEL`` to the folder of a model. By measurement the votes move
little (docs/entities.md), so none is asked by default.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from forensics.errors import ModelError
from forensics.settings import settings

WEIGHT = 1.5
"""What the vote adds to the promise of a piece; 3 was worse with both models."""
_UNUSED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "senter")


def organisations(text: str) -> tuple[tuple[int, int], ...]:
    """Spans ``[start, end)`` of the text that the model calls ORG; empty without a model.

    Raises :class:`~forensics.errors.ModelError` where the folder holds no spaCy model.
    """
    folder = settings().spacy_model
    if not folder:
        return ()
    return tuple((one.start_char, one.end_char) for one in _model(folder)(text).ents if one.label_ == "ORG")


@cache
def _model(folder: str) -> Any:
    import spacy

    path = Path(folder).expanduser()
    if not (path / "config.cfg").is_file():
        raise ModelError(
            f"FORENSICS_SPACY_MODEL={folder} holds no config.cfg: set it to the folder of a spaCy model, or unset it."
        )
    try:
        return spacy.load(path, exclude=[*_UNUSED])
    except (OSError, ValueError) as error:
        raise ModelError(f"FORENSICS_SPACY_MODEL={folder} cannot be loaded ({error}): unset it.") from error
