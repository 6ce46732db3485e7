"""What lies under a name now: whether a file is still what it was when it was read, by its content."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from playground.files.atomic import reason
from playground.files.problem import FileProblem
from playground.record import record
from playground.text import say
from playground.words import moment_of, shortened

NO_FILE = ""
"""The fingerprint of a file that is not there."""


def fingerprint(data: bytes) -> str:
    """The same for the same content, and different for any other."""
    return hashlib.sha256(data).hexdigest()


@record
class Found:
    """What was found under a name: a file of this content, written at this time in UTC, or none."""

    fingerprint: str = NO_FILE
    time: datetime | None = None


def look(path: Path) -> Found:
    """What lies under this name.

    Raises:
        FileProblem: when that cannot be read.
    """
    try:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        return Found(content, moment_of(path.stat().st_mtime))
    except FileNotFoundError:
        return Found()
    except (OSError, ValueError) as error:
        raise FileProblem(
            say(
                "file.not_looked_at",
                "Could not look at {path}: {error}.",
                path=shortened(path),
                error=reason(error),
            )
        ) from None
