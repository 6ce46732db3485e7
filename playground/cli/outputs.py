"""The files that a command writes: looked at before the work begins, so that none is lost to a wrong name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from playground.cli.usage import UsageProblem
from playground.files.atomic import write_atomically
from playground.files.problem import FileProblem


def check_writable(path: Path) -> None:
    """Refuse a name under which nothing can be written.

    Raises:
        UsageProblem: saying why.
    """
    if path.is_dir():
        why = "it is a folder"
    elif path.exists() and not path.is_file():
        why = "it is not a file"
    elif not path.parent.is_dir():
        why = "there is no such folder"
    elif not os.access(path if path.exists() else path.parent, os.W_OK):
        why = "permission denied"
    else:
        return
    raise UsageProblem(f"Could not save to {path}: {why}.")


def write(path: Path, content: Callable[[], bytes]) -> Iterator[str]:
    """Write a file; gives what went wrong, if anything did."""
    try:
        write_atomically(path, content())
    except FileProblem as problem:
        yield str(problem)
