"""The files that a command writes, each whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from playground.files.atomic import write_atomically
from playground.files.problem import FileProblem


def write(path: Path, content: Callable[[], bytes]) -> Iterator[str]:
    """Write a file; gives what went wrong, if anything did."""
    try:
        write_atomically(path, content())
    except FileProblem as problem:
        yield str(problem)
