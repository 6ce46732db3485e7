"""The processes of a search on this machine: started, told what to do, and replaced when they die."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from playground.processes import APART, BEHIND, HIDDEN, flags
from playground.search.child import REFUSED
from playground.search.one_thread import ONE_THREAD
from playground.search.pulse import Rhythm
from playground.text import Text, say, written_elsewhere
from playground.words import shortened

ROOT = Path(__file__).parents[2]
REPLACED = 3
"""So often the processes are replaced, each, before it is said that they die."""


@dataclass
class _Child:
    """A process, its name as a worker, and the file with what it prints."""

    process: subprocess.Popen[str]
    name: str
    output: IO[str] = field(repr=False)

    def tell(self, line: str) -> None:
        """Write a line to its input, if it still reads."""
        assert self.process.stdin is not None
        with suppress(OSError, ValueError):
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()

    def last_line(self) -> str:
        """The last of what it printed."""
        self.output.seek(0)
        lines = self.output.read().splitlines()
        return lines[-1] if lines else ""


class WorkerPool:
    """So many worker processes on one study.

    Attributes:
        problem: why the workers cannot work; None while they can.
    """

    def __init__(self, storage: str, study: str, count: int, rhythm: Rhythm) -> None:
        self._orders = {"storage": storage, "study": study, "rhythm": [rhythm.beat, rhythm.grace]}
        self._count = count
        self._children: list[_Child] = []
        self._paused = self._stopped = False
        self._replaced = 0
        self.problem: Text | None = None

    @property
    def processes(self) -> list[int]:
        """The ids of those that live."""
        return [child.process.pid for child in self._children if child.process.poll() is None]

    @property
    def works(self) -> bool:
        """Whether there are any still, by the last look."""
        return bool(self._children)

    def start(self) -> None:
        """Start all."""
        for _ in range(self._count):
            self._children.append(self._born())

    def pause(self) -> None:
        """Let all wait where they are."""
        self._paused = True
        self._tell("pause")

    def go_on(self) -> None:
        """Let all work again."""
        self._paused = False
        self._tell("go on")

    def stop(self) -> None:
        """Let all give back what they have and end; nobody waits for that."""
        self._stopped = True
        self._tell("stop")

    def look(self) -> list[str]:
        """The names of those that died since the last look; they are replaced, as long as that helps."""
        dead = [child for child in self._children if child.process.poll() is not None]
        for child in dead:
            self._children.remove(child)
            self._bury(child)
        return [child.name for child in dead if child.process.returncode != 0]

    def _tell(self, line: str) -> None:
        for child in self._children:
            child.tell(line)

    def _born(self) -> _Child:
        name = uuid.uuid4().hex
        output = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            [sys.executable, "-m", "playground.search.child"],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            text=True,
            encoding="utf-8",
            env=os.environ
            | dict.fromkeys(ONE_THREAD, "1")
            | {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            creationflags=flags(HIDDEN, BEHIND, APART),
            start_new_session=sys.platform != "win32",  # Ctrl+C is for the program that they belong to
        )
        child = _Child(process, name, output)
        child.tell(json.dumps(self._orders | {"worker": name}))
        if self._paused:
            child.tell("pause")
        return child

    def _bury(self, child: _Child) -> None:
        """Note why one ended, and replace one that died of a trial."""
        code, last = child.process.returncode, child.last_line()
        self._close(child)
        if code == 0 or self._stopped:
            return
        if code == REFUSED:
            self.problem = written_elsewhere("worker.refused", last)
        elif self._replaced < REPLACED * self._count:
            self._replaced += 1
            self._children.append(self._born())
        else:
            self.problem = say(
                "worker.dies", "The worker processes die: {words}", words=shortened(last) or str(code)
            )

    def _close(self, child: _Child) -> None:
        with suppress(OSError):
            if child.process.stdin is not None:
                child.process.stdin.close()
        child.output.close()
