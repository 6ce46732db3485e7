"""The one exception of this package, so that a caller needs one `except` for every file and link."""

from collections.abc import Iterator
from contextlib import contextmanager

from playground.text import Text, say
from playground.value import InvalidValue


class FileProblem(ValueError):
    """Why a file or a link cannot be read or written: sentences for the person, naming the place.

    What comes of reading a part of it may be in words alone, which the reading put together.
    """

    def __init__(self, sentence: Text | str) -> None:
        super().__init__(sentence)
        self.text = sentence if isinstance(sentence, Text) else say("file.problem", "{why}", why=sentence)


@contextmanager
def naming(entry: str) -> Iterator[None]:
    """Turn an invalid value into a problem, with the name of the entry before each of its lines."""
    try:
        yield
    except InvalidValue as problem:
        raise FileProblem("\n".join(f"{entry}: {line}" for line in str(problem).splitlines())) from None
