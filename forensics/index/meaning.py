"""What the sentences of a corpus mean: their vectors, the encoder behind them, and the views that find neighbours.

Without a model, or with another one than the corpus was made with, all this is absent and says why; the
rest of the corpus works without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from forensics.errors import ModelError
from forensics.features.encoder import Encoder
from forensics.features.features import Exhibit
from forensics.features.neutral import sentences
from forensics.features.vector_cache import VectorCache, encoded, key
from forensics.features.vectors import load_encoder
from forensics.index.public import shipped
from forensics.index.spoken import Made, Said, Speakers
from forensics.index.store import Store
from forensics.settings import Settings, settings

if TYPE_CHECKING:
    from forensics.index.batches import Report
    from forensics.index.lists import Lists
    from forensics.index.neighbours import View

KINDS = {"passages": "sentence", "documents": "centre"}
"""The views by name, and the vectors they show."""

_SAMPLE = (
    "Moved the nightly settlement of 41 warehouses to one queue, and wrote down what each step may cost."
)

Vectors = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]


@cache
def _encoder(backend: str, asked: Settings) -> Encoder:
    """An encoder once loaded serves every corpus of the process."""
    return load_encoder(backend)


def said_by(exhibits: Sequence[Exhibit]) -> tuple[list[Said], list[Vectors]] | None:
    """What exhibits say, by the encoder of the settings and without a corpus; ``None`` when there is none.

    With each, the cosine of the nearest public sentence to every one of its own, -1 where nothing is known.
    Nothing is kept.
    """
    try:
        encoder = _encoder(settings().backend, settings())
    except ModelError:
        return None
    found = _said(encoder, None, exhibits, keep=False)
    return found, [_public(encoder.sha256, each.vectors.astype(np.float32)) for each in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """What a document says, made by the encoder of another process; ``mark`` tells how that one computes."""

    said: Said
    mark: str


def voiced(exhibit: Exhibit) -> Voiced | None:
    """What an exhibit says, by the encoder of the settings, for :meth:`Meaning.taken_over` in another process.

    ``None`` without an encoder, or with one whose vectors depend on what else is encoded with a text.
    """
    try:
        encoder = _encoder(settings().backend, settings())
    except ModelError:
        return None
    if encoder.backend != "int8":
        return None
    return Voiced(
        said=_said(encoder, None, [exhibit], keep=False)[0], mark=_mark(encoder.backend, settings())
    )


@cache
def _mark(backend: str, asked: Settings) -> str:
    """The same for two encoders that give the same bits: another processor may round another way."""
    encoder = _encoder(backend, asked)
    bits = encoder.encode([_SAMPLE]).astype(np.float16).tobytes()
    return f"{encoder.fingerprint}-{blake2b(bits, digest_size=8).hexdigest()}"


def _said(
    encoder: Encoder, cache: VectorCache | None, exhibits: Sequence[Exhibit], *, keep: bool
) -> list[Said]:
    told = [sentences(each.document.text, each.features.tokens) for each in exhibits]
    vectors = encoded(encoder, cache, [text for each in told for _, text in each], keep=keep)
    found, at = [], 0
    for each in told:
        rows = vectors[at : at + len(each)].astype(np.float16)
        at += len(each)
        units = np.fromiter((unit for unit, _ in each), np.int64, len(each))
        found.append(Said(units=units, keys=tuple(key(text) for _, text in each), vectors=rows))
    return found


def _public(sha256: str, vectors: Vectors) -> Vectors:
    known = shipped(sha256)
    return np.full(len(vectors), -1, np.float32) if known is None else known.nearest(vectors)


class Meaning:
    """The vectors of a corpus in ``folder``. State: the encoder and the views, both loaded when first needed.

    ``warnings`` says what went wrong that a person should know of, and yet stopped nothing.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._cache = VectorCache()
        self._views: dict[str, View] = {}
        self._lists: Lists | None = None
        self._warnings: list[str] = []

    @property
    def made(self) -> Made | None:
        """The encoder of the vectors that are here; ``None`` as long as there are none."""
        return self._store.spoken.encoder()

    @cached_property
    def _loaded(self) -> Encoder | str:
        """The encoder, or why there is none. One that does not fit the corpus is none."""
        made = self.made
        try:
            encoder = _encoder(made.backend if made else settings().backend, settings())
        except ModelError as error:
            return str(error)
        if made is not None and made.fingerprint != encoder.fingerprint:
            return (
                f"the vectors of this corpus were made by {made.model} ({made.backend}, {made.sha256[:12]}), and the "
                f"settings ask for {encoder.model} ({encoder.sha256[:12]}), or this version computes otherwise: set "
                "FORENSICS_MODEL as it was, or make all vectors anew with `forensics embed`."
            )
        return encoder

    @property
    def absent(self) -> str | None:
        """Why nothing can be asked by meaning; ``None`` if all is well. May load the model."""
        if isinstance(self._loaded, str):
            return self._loaded
        return None if self.made else "no document of this corpus has vectors yet: run `forensics embed`."

    def encode(self, exhibits: Sequence[Exhibit], *, keep: bool) -> list[Said] | None:
        """What each exhibit says, as vectors; ``None`` when there is no encoder for this corpus.

        Each distinct sentence is encoded once; with ``keep`` its vector goes into the cache that all corpora
        of a user share.
        """
        encoder = self._loaded
        return None if isinstance(encoder, str) else _said(encoder, self._cache, exhibits, keep=keep)

    def taken_over(self, voiced: Voiced | None) -> Said | None:
        """What another process has made of a document, if it is to the bit what :meth:`encode` would give."""
        encoder = self._loaded
        if voiced is None or isinstance(encoder, str) or voiced.mark != _mark(encoder.backend, settings()):
            return None
        return voiced.said

    def put(self, doc: int, said: Said) -> None:
        """Store what a document says, inside a transaction. Only vectors that :meth:`encode` gave fit."""
        encoder = self._loaded
        assert not isinstance(encoder, str)
        made = self.made
        if made is None:
            made = Made(
                fingerprint=encoder.fingerprint,
                model=encoder.model,
                sha256=encoder.sha256,
                backend=encoder.backend,
                dimension=encoder.dimension,
            )
            self._store.spoken.set_encoder(made)
        if made.fingerprint != encoder.fingerprint:  # another process was first, with another encoder
            raise ModelError(
                f"another process has just begun this corpus with {made.model} ({made.backend}): run the same "
                "command again, it goes on with that."
            )
        self._store.spoken.put(doc, said)

    def said(self, doc: int) -> Said | None:
        """What a stored document says, ``None`` if it has no vectors."""
        return self._store.spoken.of(doc)

    def renew(self) -> None:
        """Forget the vectors if they are not of the encoder that the settings ask for.

        Raises what :func:`~forensics.features.vectors.load_encoder` does, and then nothing is lost.
        """
        encoder = _encoder(settings().backend, settings())
        made = self.made
        if made is not None and made.fingerprint != encoder.fingerprint:
            with self._store.transaction():
                self._store.spoken.clear()
            self._views.clear()
        self.__dict__["_loaded"] = encoder

    def forget(self, keys: Iterable[bytes]) -> None:
        """Erase these sentences from the cache and from the files of the views, for good."""
        from forensics.index import snapshots

        keys = list(keys)
        if keys:
            self._cache.forget(keys)
        for name, kind in KINDS.items():
            truth = self._store.truth(kind)
            if truth is not None:
                snapshots.sweep(self._folder, truth)
            self._views.pop(name, None)

    def view(self, name: str) -> View | None:
        """A view, ``passages`` or ``documents``, in step with the database; ``None`` without vectors."""
        from forensics.index.neighbours import View

        truth = self._store.truth(KINDS[name])
        if truth is None:
            return None
        if name not in self._views:
            self._views[name] = View(truth, self._folder, name)
        view = self._views[name]
        view.refresh()
        view.keep()
        return view

    def speakers(self, sentences: Numbers) -> Speakers:
        """Who says each of the sentences, whose numbers ascend; where lists are made of all, they answer."""
        known = None if self._lists is None else self._lists.speakers(sentences)
        return self._store.spoken.speakers(sentences) if known is None else known

    def vectors(self, sentences: Sequence[int]) -> Vectors:
        """The vectors of sentences by number, in that order: ``(n, dimension)``."""
        return self._store.spoken.vectors(sentences).astype(np.float32)

    def units(self, doc: int) -> Numbers:
        """The units of a document that have vectors, ascending."""
        return self._store.spoken.units(doc)

    def sentences(self, docs: Sequence[int]) -> Numbers:
        """The numbers of all sentences that these documents say, ascending."""
        return self._store.spoken.said_by(docs)

    def documents(self, centres: Sequence[int]) -> list[int]:
        """The documents that these vectors of the view ``documents`` stand for."""
        return self._store.spoken.centred(centres)

    def nearest(self, vectors: Vectors, numbers: Numbers | None, k: int) -> tuple[Vectors, Numbers]:
        """Cosines and numbers of the ``k`` sentences nearest to each, best first, -1 where there are fewer.

        ``numbers`` are those of the sentences that are asked for, if they are of this corpus: where lists are
        made of all, they answer.
        """
        if self._lists is not None and numbers is not None:
            found = self._lists.around(numbers, k)
            if found is not None:
                return found
        view = self.view("passages")
        if view is None:
            return np.full((len(vectors), k), -1, np.float32), np.full((len(vectors), k), -1, np.int64)
        return view.nearest(vectors, k)

    def public(self, vectors: Vectors, numbers: Numbers | None = None) -> Vectors:
        """The cosine of the nearest sentence of a public source that the package ships; -1 without any."""
        at = self._lists.places(numbers) if self._lists is not None and numbers is not None else None
        if self._lists is not None and at is not None:
            return self._lists.public[at].astype(np.float32)
        made = self.made
        return _public(made.sha256 if made else "", vectors)

    def make_lists(self, folder: Path, k: int) -> Report | None:
        """Find the neighbours of all sentences at once, for :meth:`use_lists`; ``None`` without vectors."""
        from forensics.index import lists

        truth = self._store.truth("sentence")
        return (
            None
            if truth is None
            else lists.make(truth, folder, k, self.public, self._store.spoken.everything)
        )

    def use_lists(self, folder: Path) -> None:
        """From now on, neighbours come from these lists where they know them."""
        from forensics.index import lists

        self._lists = lists.load(folder)

    def save(self) -> None:
        """Write the views down for the next process."""
        for name in KINDS:
            view = self.view(name)
            if view is not None:
                view.save()

    def warnings(self) -> list[str]:
        """What was worth telling since the last call."""
        found = [*self._warnings, *self._cache.warnings]
        self._warnings, self._cache.warnings = [], []
        for view in self._views.values():
            found += view.warnings
            view.warnings = []
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()
