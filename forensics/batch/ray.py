"""Many files on a cluster of machines: Ray Data deals them out, tries again what died, and keeps their order."""

from __future__ import annotations

import logging
import os
import pickle
import platform
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, TypeVar
from warnings import catch_warnings, simplefilter

from forensics import __version__
from forensics.errors import ForensicsError, MissingExtra, UsageError
from forensics.features import wire
from forensics.settings import Settings, settings

T = TypeVar("T")
R = TypeVar("R")

_TOGETHER = 16  # items of a task, at most
_AGAIN = 3  # times that a task is done again that has lost its process; by itself Ray Data never gives up
_STORE = 128 * 2**20  # bytes of shared memory for each core, where the cluster is this machine alone
_LONGEST = 30  # characters of a folder below which Ray's sockets may lie
_NOT_SENT = ("home", "workers", "shared")  # each machine has its own home; a task has one core


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Machines that work together. ``shared`` is a folder that all of them see; ``None`` if it is this one alone."""

    shared: Path | None

    def run(
        self, work: Callable[[T], R], items: Iterable[T], *, workers: int, failed: Callable[[T, str], R]
    ) -> Iterator[R]:
        """As :func:`forensics.batch.local.run`, with as many ``workers`` as the cluster has cores.

        All items are taken at once: they should say where something is, not hold it. A task whose process or machine
        has died is done again elsewhere. Items that are lost all the same are tried alone, twice.
        """
        given = list(items)
        done = 0
        for at, answer in _answers(work, given, losing=True):
            yield from (_alone(work, lost, failed) for lost in given[done:at])
            yield answer
            done = at + 1
        yield from (_alone(work, lost, failed) for lost in given[done:])


@contextmanager
def cluster() -> Iterator[Cluster]:
    """The cluster of ``RAY_ADDRESS``, or else one of this machine's cores that is gone when the block is left.

    Raises :class:`MissingExtra` without Ray, :class:`UsageError` when the cluster cannot be used as it is.
    """
    with ExitStack() as closing:
        closing.enter_context(redirect_stdout(sys.stderr))  # what Ray says is talk, and stdout is data
        address = os.environ.get("RAY_ADDRESS")
        ray = _ray(alone=not address)
        words = {"address": address} if address else closing.enter_context(_this_machine())
        shared = closing.enter_context(_shared())
        closing.callback(ray.shutdown)
        before = signal.getsignal(signal.SIGTERM)
        try:
            ray.init(runtime_env={"env_vars": _sent()}, log_to_driver=False, logging_level="ERROR", **words)
        except (OSError, RuntimeError, ValueError) as error:
            place = f"the Ray cluster at {address}" if address else "Ray on this machine"
            hint = (
                ". See that it is up, and set RAY_AUTH_MODE=token if it asks for a token" if address else ""
            )
            raise UsageError(f"{place} cannot be used: {error}{hint}.") from error
        finally:
            signal.signal(signal.SIGTERM, before)  # Ray puts its own in its place
        if shared is None and sum(each["Alive"] for each in ray.nodes()) > 1:
            raise UsageError(
                "this Ray cluster has several machines: set FORENSICS_SHARED to a folder that all of them have under "
                "the same path. A copy of the corpus lies there while its documents are compared."
            )
        yield Cluster(shared=shared)


def _ray(*, alone: bool) -> Any:
    """Ray, which reads its environment once, when it is imported, and reports nothing to anybody.

    ``alone``: it listens on every address of this machine, and so takes work from nobody without a secret.
    """
    os.environ |= {
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_COLOR_PREFIX": "0",
        "RAY_task_oom_retries": f"{_AGAIN}",
    }
    if alone and "ray" not in sys.modules:
        os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": token_hex(32)}
    try:
        import ray.data
    except ImportError as error:
        raise MissingExtra(
            f"--engine ray needs Ray Data ({error.name} is not installed): pip install 'forensics[ray]', or in a "
            "checkout pip install -c constraints.txt '.[ray]'."
        ) from error
    return ray


@contextmanager
def _this_machine() -> Iterator[dict[str, Any]]:
    """What starts Ray on this machine alone, without a dashboard, and with its files in one folder of this user."""
    below = gettempdir() if len(gettempdir()) <= _LONGEST else "/tmp"
    with TemporaryDirectory(prefix="ray-", dir=below, ignore_cleanup_errors=True) as folder:
        workers = settings().workers
        yield {
            "address": "local",
            "num_cpus": workers,
            "object_store_memory": _STORE * (workers + 1),
            "include_dashboard": False,
            "_node_ip_address": "127.0.0.1",
            "_temp_dir": folder,
        }


@contextmanager
def _shared() -> Iterator[Path | None]:
    """A folder of our own in the one of the settings, if there is one."""
    if not settings().shared:
        yield None
        return
    try:
        folder = TemporaryDirectory(prefix="forensics-", dir=settings().shared)
    except OSError as error:
        raise UsageError(
            f"FORENSICS_SHARED={settings().shared} cannot be written ({error.strerror}): name a folder that every "
            "machine of the cluster has under the same path."
        ) from error
    with folder as name:
        yield Path(name).absolute()


def _sent() -> dict[str, str]:
    """The settings under which every machine works: those of this process, whatever its own environment says."""
    found = {each.name: str(getattr(settings(), each.name)) for each in fields(Settings)}
    names = [name for name in found if name not in _NOT_SENT or f"FORENSICS_{name.upper()}" in os.environ]
    return {f"FORENSICS_{name.upper()}": found[name] for name in names} | {"FORENSICS_WORKERS": "1"}


def _answers(work: Callable[[T], R], items: Sequence[T], *, losing: bool) -> Iterator[tuple[int, R]]:
    """What the work comes to, each with the place of its item; with ``losing``, not for those that kill a process."""
    if not items:
        return
    import ray.data

    cores = int(ray.cluster_resources().get("CPU", 1))
    together = min(_TOGETHER, max(1, len(items) // (4 * max(1, cores))))
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    context.max_errored_blocks = -1 if losing else 0
    rows = [{"at": at, "item": pickle.dumps(item)} for at, item in enumerate(items)]
    told = {"work": work, "by": _by()}
    asked = ray.data.from_items(rows, override_num_blocks=-(-len(rows) // together))
    with catch_warnings():
        simplefilter(
            "ignore", DeprecationWarning
        )  # Ray 2.64 is to take `max_retries` away: pyproject.toml stays below
        done = asked.map(_answer, fn_kwargs=told, num_cpus=1, max_retries=_AGAIN if losing else 1)
    for row in done.iter_rows():
        answer, wrong = pickle.loads(row["said"])
        if wrong is not None:
            raise wrong
        yield row["at"], answer


def _answer(row: dict[str, Any], work: Callable[[Any], Any], by: str) -> dict[str, Any]:
    """One item, in a process of the cluster: what the work comes to, or what it raises."""
    answer: Any = None
    wrong: Exception | None = None
    if by != _by():
        wrong = ForensicsError(
            f"{platform.node()} has another version of forensics ({_by()}) than this machine ({by}): install the same "
            "on every machine of the cluster."
        )
    else:
        try:
            answer = work(pickle.loads(row["item"]))
        except ForensicsError as error:
            wrong = ForensicsError(str(error))
        except Exception as error:
            wrong = RuntimeError(f"{type(error).__name__}: {error}")
    return {"at": row["at"], "said": pickle.dumps((answer, wrong))}


@cache
def _by() -> str:
    """Which code works: results of different code never mix."""
    return f"{__version__}, {wire.stamp()}"


def _alone(work: Callable[[T], R], item: T, failed: Callable[[T, str], R]) -> R:
    from ray import exceptions

    try:
        ((_, answer),) = _answers(work, [item], losing=False)
    except (
        exceptions.WorkerCrashedError,
        exceptions.OutOfMemoryError,
        exceptions.NodeDiedError,
    ):
        return failed(item, "the process that worked on it died, each time")
    except exceptions.RayError as error:
        raise ForensicsError(
            f"the cluster cannot do the work ({error}): install the same version of forensics on every machine."
        ) from error
    return answer
