from __future__ import annotations

from collections.abc import Iterator

import pytest

from forensics.documents.sandbox import Reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader() as warm:
        yield warm
