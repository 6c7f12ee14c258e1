"""Stored documents with what was measured in them; those that were asked for last are remembered."""

from __future__ import annotations

from collections import OrderedDict

from forensics.features import wire
from forensics.features.features import Exhibit
from forensics.features.layout import fingerprint
from forensics.features.measure import measure
from forensics.index.store import Store
from forensics.index.traces import taken

LAST = 64
"""So many documents are remembered: what one check finds in ten ways is read once."""


class Measured:
    """The documents of a store. State: those that were asked for last, as long as nobody writes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._version = -1
        self._last: OrderedDict[tuple[int, str], Exhibit] = OrderedDict()

    def exhibit(self, doc: int, path: str, version: int) -> Exhibit:
        """A stored document as of ``version``, under one of its paths; measured anew if the rules have changed."""
        if version != self._version:
            self._version = version
            self._last.clear()
        found = self._last.pop((doc, path), None)
        if found is None:
            document = self._store.content(doc, path=path)
            packed = self._store.measured(doc, wire.stamp())
            found = (
                measure(document)
                if packed is None
                else Exhibit(document=document, features=wire.unpack(packed))
            )
        self._last[doc, path] = found
        if len(self._last) > LAST:
            self._last.popitem(last=False)
        return found

    def lacking(self) -> list[int]:
        """Documents of which something is missing or was measured by other rules, in ascending order."""
        stale = {*self._stale(), *self._store.traces.lacking(), *self._store.layouts.lacking()}
        return sorted(stale)

    def put(self, found: dict[int, Exhibit]) -> None:
        """Store anew what is measured in these documents, inside a transaction; those erased meanwhile are not."""
        here = {row.doc for row in self._store.rows()}
        stale = self._stale()
        for doc, exhibit in found.items():
            if doc in here:
                self._store.traces.put(doc, taken(exhibit))
                self._store.layouts.put(doc, fingerprint(exhibit.document))
                if doc in stale:
                    self._store.set_measured(doc, wire.stamp(), wire.pack(exhibit.features))

    def _stale(self) -> set[int]:
        return set(self._store.unmeasured(wire.stamp()))
