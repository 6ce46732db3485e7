"""The files that a command writes: looked at before the work begins, so that none is lost to a wrong name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from playground.cli.usage import UsageProblem
from playground.files.atomic import reason, write_atomically
from playground.files.problem import FileProblem
from playground.words import shortened


def check_writable(path: Path) -> None:
    """Refuse a name under which nothing can be written.

    Raises:
        UsageProblem: saying why.
    """
    try:
        why = _why_not(path)
    except (OSError, ValueError) as error:
        why = reason(error)
    if why:
        raise UsageProblem(f"Could not save to {shortened(path)}: {why}.")


def _why_not(path: Path) -> str:
    """Why nothing can be written there, or ""."""
    if path.is_dir():
        return "it is a folder"
    if path.exists() and not path.is_file():
        return "it is not a file"
    if not path.parent.is_dir():
        return "there is no such folder"
    writable = os.access(path if path.exists() else path.parent, os.W_OK)
    return "" if writable else "permission denied"


def write(path: Path, content: Callable[[], bytes]) -> Iterator[str]:
    """Write a file; gives what went wrong, if anything did."""
    try:
        write_atomically(path, content())
    except FileProblem as problem:
        yield str(problem)
