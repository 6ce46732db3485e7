"""The tables that scikit-learn carries, read from its own files: to load the library itself takes seconds."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from playground.data.sample import Floats
from playground.data.store import Content
from playground.text import say
from playground.value import InvalidValue

PLACE = Path("datasets", "data")


def classified(name: str) -> Content:
    """The samples of a file whose last column is the class.

    Raises:
        InvalidValue: as `rows` does.
    """
    found = rows(name)
    return Content(found[:, :-1].copy(), found[:, -1].astype(np.int64))


def rows(name: str, heading: int = 1, delimiter: str | None = ",") -> Floats:
    """The numbers (n, d) of one of its files, below so many lines of heading.

    Raises:
        InvalidValue: when the library, or the file in it, is not there.
    """
    spec = find_spec("sklearn")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    try:
        return np.loadtxt(Path(*folders[:1]) / PLACE / name, delimiter=delimiter, skiprows=heading)
    except OSError:
        problem = say(
            "data.not_carried", "scikit-learn is not installed here, or carries no {name}", name=name
        )
        raise InvalidValue(problem) from None
