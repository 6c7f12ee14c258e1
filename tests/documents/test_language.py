from __future__ import annotations

import tempfile

import pytest

from forensics.documents.kinds import language

GERMAN = (
    "Er schrieb viele Jahre lang Programme für eine Bank und leitete dort zuletzt eine kleine Gruppe. " * 4
)


def test_german_is_told() -> None:
    assert language(GERMAN) == "de"


def test_no_room_for_temporary_files_leaves_the_language_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """py3langid unpacks its model into a temporary file; a full disk must not end a batch."""
    from py3langid import langid

    def full(*said: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    monkeypatch.setattr(langid, "IDENTIFIER", None)
    assert language(GERMAN) is None
