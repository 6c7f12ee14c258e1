"""What other organisations have shared: keyed fingerprints of their campaigns, and the keys to compare by."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A campaign of somebody else: its STIX id, the month it was last seen in, and the file it came with.

    ``sizes`` says how many digests of each kind it has.
    """

    id: str
    key: str
    month: str
    file: str
    sizes: Mapping[str, int]


class Shared:
    """The tables ``sharing_key``, ``shared_campaign`` and ``indicator``, on the connection of a store.

    Nothing in them is about a document of this corpus. What writes stands inside a transaction.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keys(self) -> dict[str, bytes]:
        """The secrets by their ids."""
        return dict(self._db.execute("SELECT id, secret FROM sharing_key ORDER BY id"))

    def put(
        self, key: str, secret: bytes, found: Iterable[tuple[Foreign, Mapping[str, Iterable[bytes]]]]
    ) -> None:
        """Campaigns and their digests by kind; one that is known already is replaced."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.execute("INSERT OR IGNORE INTO sharing_key VALUES (?, ?, ?)", (key, secret, now))
        for campaign, digests in found:
            self._db.execute("DELETE FROM shared_campaign WHERE id = ?", (campaign.id,))
            number = self._db.execute(
                "INSERT INTO shared_campaign (id, key, month, file, added) VALUES (?, ?, ?, ?, ?)",
                (campaign.id, key, campaign.month, campaign.file, now),
            ).lastrowid
            self._db.executemany(
                "INSERT OR IGNORE INTO indicator VALUES (?, ?, ?)",
                ((digest, kind, number) for kind, several in digests.items() for digest in several),
            )

    def campaigns(self, key: str) -> dict[int, Foreign]:
        """The campaigns under a key, by number."""
        sizes: dict[int, dict[str, int]] = {}
        for number, kind, count in self._db.execute(
            "SELECT campaign, kind, count(*) FROM indicator GROUP BY campaign, kind"
        ):
            sizes.setdefault(number, {})[kind] = count
        found = self._db.execute(
            "SELECT number, id, key, month, file FROM shared_campaign WHERE key = ? ORDER BY number", (key,)
        )
        return {
            number: Foreign(id=id, key=of, month=month, file=file, sizes=sizes.get(number, {}))
            for number, id, of, month, file in found
        }

    def holding(self, digests: Iterable[bytes]) -> list[tuple[bytes, str, int]]:
        """Which of the digests are known: digest, kind and number of the campaign."""
        found: list[tuple[bytes, str, int]] = []
        for digest in digests:
            found += self._db.execute(
                "SELECT digest, kind, campaign FROM indicator WHERE digest = ?", (digest,)
            ).fetchall()
        return found

    def holders(self, prints: Iterable[int]) -> dict[int, list[int]]:
        """Which documents have each of these fingerprints."""
        found: dict[int, list[int]] = {}
        for hash_, doc in self._db.execute(
            "SELECT hash, doc FROM print WHERE hash IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(prints))),),
        ):
            found.setdefault(hash_, []).append(doc)
        return found
