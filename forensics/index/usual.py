"""How similar to a look strangers usually are, told from a corpus that may hold its own kind: numbers only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SAMPLE = 256
"""Of so many looks, evenly spaced, each is asked how similar they are: what is usual needs no more."""

_BULK, _BEYOND, _TAIL = 0.8, 2.4, 0.97
_STRANGERS, _STRANGE, _OFFSET = 30, 0.1, 0.02
_AT_ONCE = 4096  # columns

Floats = npt.NDArray[np.float32]


def usual(similar: Floats, of: int | None = None) -> Floats:
    """What is usual in each column of similarities ``(asked, n)``, above 0; ``asked`` of ``of`` looks were asked.

    It is what 97 of 100 strangers stay below. Who is more than 2.4 times as similar as four of five others are is
    taken for the same kind, not for a stranger, so a template that many use does not hide itself. Some made-up
    strangers of 0.1 are among them: where a corpus is small, its own documents cannot say.
    """
    asked, count = similar.shape
    made = round(_STRANGERS * min(1.0, asked / of)) if of else _STRANGERS
    found = np.empty(count, np.float32)
    for at in range(0, count, _AT_ONCE):
        part = similar[:, at : at + _AT_ONCE]
        rows = np.sort(np.concatenate([part, np.full((made, part.shape[1]), _STRANGE, np.float32)]), axis=0)
        bulk = np.quantile(rows, _BULK, axis=0) + _OFFSET
        strangers = np.maximum(1, (rows < _BEYOND * bulk).sum(axis=0))
        place = _TAIL * (strangers - 1)
        low = np.floor(place).astype(np.int64)
        high = np.minimum(low + 1, strangers - 1)
        each = np.arange(part.shape[1])
        found[at : at + _AT_ONCE] = rows[low, each] * (1 - place + low) + rows[high, each] * (place - low)
    return found + np.float32(_OFFSET)
