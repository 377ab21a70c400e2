"""Bounded processes for untrusted bytes: a parser that hangs or eats memory takes its process along, not the desk."""

import asyncio
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self, TypeVar

from briefing.model.entry import Failed, FailureReason

Result = TypeVar("Result")

PROCESSES = 2  # parsing scales 1.9 times with two; threads do not help it at all
LIMIT_S = 20  # the slowest real document takes below 2
MEMORY_MB = 1_000  # beyond what the process has when it starts; 200,000 items need 210
GRACE_S = 5.0  # for a process that does not even die of its alarm
JOIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one task may use."""

    seconds: int = LIMIT_S
    memory_mb: int = MEMORY_MB


class Workers:
    """Runs top-level functions in bounded processes. With `processes=0` here, unbounded: for bytes that are our own.

    A process is started when it is first needed (about 0.1 s, and the imports of what it runs) and kept.
    """

    def __init__(self, processes: int = PROCESSES, *, bounds: Bounds = Bounds()) -> None:
        self._threads = ThreadPoolExecutor(processes, "parsing") if processes else None
        self._benches: SimpleQueue[Bench] = SimpleQueue()
        self._all = tuple(Bench(bounds) for _ in range(processes))
        for bench in self._all:
            self._benches.put(bench)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._threads is not None:
            if kind is not None:  # interrupted: what still runs is of no use to anybody
                for bench in self._all:
                    bench.kill()
            self._threads.shutdown(wait=True, cancel_futures=True)
        for bench in self._all:
            bench.close()

    async def run(self, function: Callable[..., Result], *args: object, address: str = "") -> Result | Failed:
        """What the function gives, or a failure in plain words under `address`. Its own errors are failures too."""
        if self._threads is None:
            answer = _done(pickle.dumps((function, args)))
        else:  # packed only when its turn has come: until then a large body is held once
            running = asyncio.get_running_loop()
            answer = await running.run_in_executor(self._threads, self._on_a_bench, function, args)
        if isinstance(answer, str):
            return Failed(address, FailureReason.UNREADABLE, answer)
        given: Result = pickle.loads(answer)  # noqa: S301 - written by our own process
        return given

    def _on_a_bench(self, function: Callable[..., object], args: tuple[object, ...]) -> bytes | str:
        bench = self._benches.get()  # as many threads as benches: one is always free
        try:
            return bench.work(pickle.dumps((function, args)))
        finally:
            self._benches.put(bench)


class Bench:
    """One process and the pipe to it; a new process after one that died."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def work(self, task: bytes) -> bytes | str:
        """The pickled result, or why there is none."""
        process, pipe = self._open()
        try:
            pipe.send_bytes(task)
            if not pipe.poll(self._bounds.seconds + GRACE_S):
                self.close()
                return _last_words(-signal.SIGALRM, self._bounds)
            is_result, answer = pickle.loads(pipe.recv_bytes())  # noqa: S301 - written by our own process
        except (EOFError, OSError):
            process.join(JOIN_S)
            words = _last_words(process.exitcode, self._bounds)
            self.close()
            return words
        return bytes(answer) if is_result else str(answer)

    def _open(self) -> tuple[BaseProcess, Connection]:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self.close()
            spawning = get_context("spawn")  # forking a process with threads and open sockets is unsafe
            self._pipe, theirs = spawning.Pipe()
            self._process = spawning.Process(target=_serve, args=(theirs, self._bounds), daemon=True)
            self._process.start()
            theirs.close()  # so that the end of the process is the end of the pipe
        return self._process, self._pipe

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends the process at once: it holds nothing that could be lost, and leaving politely takes 0.2 s."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe = self._process = None


def _last_words(exitcode: int | None, bounds: Bounds) -> str:
    if exitcode == -signal.SIGALRM:
        return f"reading it took longer than {bounds.seconds} s"
    if exitcode == -signal.SIGKILL:
        return "the system ended the process that read it, perhaps for want of memory"
    return "the process that read it broke down"


def _serve(pipe: Connection, bounds: Bounds) -> None:
    """The whole life of a process: one task after the other, each against the clock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the desk, which ends its workers
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside a C function
    _bound_memory(bounds)
    while True:
        try:
            task = pipe.recv_bytes()
            signal.alarm(bounds.seconds)
            answer = _done(task)
            signal.alarm(0)
            pipe.send_bytes(pickle.dumps((isinstance(answer, bytes), answer)))
        except (EOFError, OSError):  # the desk closed the pipe, or is no more
            return


def _bound_memory(bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if sys.platform == "linux" and statm.exists():  # elsewhere the limit is not kept by the system anyway
        held = int(statm.read_text("ascii").split()[0]) * resource.getpagesize()
        limit = held + bounds.memory_mb * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _done(task: bytes) -> bytes | str:
    """The pickled result, or why there is none."""
    try:
        function, args = pickle.loads(task)  # noqa: S301 - written by our own desk
        return pickle.dumps(function(*args))
    except MemoryError:
        return "reading it needs too much memory"
    except Exception as error:  # noqa: BLE001 - the loop over items of this process: bytes may make a parser raise anything
        return f"reading it failed: {type(error).__name__}"
