"""Settings: what the environment says, and what it says where it says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from forensics.errors import UsageError
from forensics.settings import settings


@pytest.fixture(autouse=True)
def fresh():
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_an_empty_place_is_not_the_folder_one_is_in(monkeypatch):
    monkeypatch.delenv("FORENSICS_HOME", raising=False)
    usual = settings().home
    settings.cache_clear()
    monkeypatch.setenv("FORENSICS_HOME", "")
    assert settings().home == usual != Path()


def test_an_empty_number_is_no_number(monkeypatch):
    monkeypatch.setenv("FORENSICS_WORKERS", "")
    with pytest.raises(UsageError, match="FORENSICS_WORKERS"):
        settings()
