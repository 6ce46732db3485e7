"""Where a person's files are."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir


def home() -> Path:
    """The person's own folder; one for files that may go where the system knows none, as in a container."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(gettempdir())
