"""The one exception of this package, so that a caller needs one `except` for every file and link."""

from collections.abc import Iterator
from contextlib import contextmanager

from playground.text import Text
from playground.value import Fault, InvalidValue, told


class FileProblem(ValueError):
    """Why a file or a link cannot be read or written: sentences for the person, naming the place."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.text = sentence


@contextmanager
def naming(entry: str) -> Iterator[None]:
    """Turn an invalid value into a problem, with the name of the entry before each of its lines."""
    try:
        yield
    except InvalidValue as problem:
        faults = problem.faults or (Fault("", problem.text),)
        raise FileProblem(told([fault.within(entry) for fault in faults])) from None
