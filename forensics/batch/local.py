"""Many files on this machine: processes, results in order, nobody's failure anybody else's."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4


def run(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    failed: Callable[[T, str], R],
) -> Iterator[R]:
    """``work`` of each item, in order, in ``workers`` processes; with one worker, in this process.

    ``work`` must be importable and hold no state that its result depends on. An item whose process dies
    is tried once more alone; if that dies too, its result is ``failed(item, why)``.
    """
    if workers <= 1:
        yield from map(work, items)
        return
    pool = _pool(workers)
    waiting: deque[tuple[T, Future[R]]] = deque()
    try:
        for item in items:
            waiting.append((item, _submit(pool, work, item)))
            if len(waiting) >= workers * _AHEAD:
                pool = yield from _next(pool, waiting, work, workers, failed)
        while waiting:
            pool = yield from _next(pool, waiting, work, workers, failed)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _next(
    pool: ProcessPoolExecutor,
    waiting: deque[tuple[T, Future[R]]],
    work: Callable[[T], R],
    workers: int,
    failed: Callable[[T, str], R],
) -> Generator[R, None, ProcessPoolExecutor]:
    item, future = waiting.popleft()
    try:
        yield future.result()
    except BrokenProcessPool:
        # One of the items in flight killed its process, and the pool with it: each again, alone.
        suspects = [item, *(other for other, _ in waiting)]
        waiting.clear()
        for suspect in suspects:
            with _pool(1) as alone:
                try:
                    yield alone.submit(work, suspect).result()
                except BrokenProcessPool:
                    yield failed(suspect, "the process that worked on it died, twice")
        pool = _pool(workers)
    return pool


def _submit(pool: ProcessPoolExecutor, work: Callable[[T], R], item: T) -> Future[R]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as error:
        broken: Future[R] = Future()
        broken.set_exception(error)
        return broken


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_quiet)


def _quiet() -> None:
    """Ctrl-C is the parent's to handle; when the parent is killed, this process ends as well."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker holds both ends of its queue of work, so the queue never tells it that nobody is left.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
