"""A sentence for people as a value: what it says, and the numbers and names in it, not yet put together.

The command line writes it in the language spoken there; the window translates the template, writes the
numbers in its own way and adds what to press.  A template stands where it is said, under a key that names it
for good.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeAlias

from playground.languages.spoken import spoken
from playground.numbers.writing import plain, plain_count
from playground.record import record

Argument: TypeAlias = "Text | str | int | float"


@record
class Text:
    """A template, and what is put into its `{places}`.

    One that counts has a template for many things too, and the number that chooses between them, or among
    as many as the language has.
    """

    key: str
    template: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    plural: str = ""
    number: int = 1

    def written(self, template: str, word: Callable[[Argument], str]) -> str:
        """The sentence by another template, its arguments made into words one by one."""
        if not self.arguments:
            return template
        return template.format(**{name: word(argument) for name, argument in self.arguments})

    def __str__(self) -> str:
        if self.plural:
            return self.written(spoken.counted(self.template, self.plural, self.number, self.key), plainly)
        return self.written(spoken.translated(self.template, self.key), plainly)


def plainly(argument: Argument) -> str:
    """An argument as a terminal shows it."""
    if isinstance(argument, bool | Text | str):
        return str(argument)
    return plain_count(argument) if isinstance(argument, int) else plain(argument)


def say(key: str, template: str, /, **arguments: Argument) -> Text:
    """The sentence of a template, which is written out here for the list of all texts to find it."""
    return Text(key, template, tuple(arguments.items()))


def say_counted(key: str, one: str, many: str, number: int, /, **arguments: Argument) -> Text:
    """The sentence that counts so many, `{count}` in both templates, which are written out here."""
    return Text(key, one, tuple(({"count": number} | arguments).items()), many, number)


def written_elsewhere(key: str, words: str) -> Text:
    """Words that stand with the data or in a file of ours, where the list of all texts finds them."""
    return Text(key, words)


def lines(items: Sequence[Text]) -> Text:
    """All of them, each on a line of its own."""
    return reduce(
        lambda first, then: say("list.lines", "{first}{end}{then}", first=first, end="\n", then=then), items
    )


def listed(items: Sequence[Text | str]) -> Text | str:
    """All of them, one behind the other: "a, b"."""
    return reduce(lambda first, then: say("list.then", "{first}, {then}", first=first, then=then), items)


def both(items: Sequence[Text | str]) -> Text | str:
    """All of them: "a and b"."""
    return reduce(lambda first, last: say("list.and", "{first} and {last}", first=first, last=last), items)


def either(items: Sequence[Text | str]) -> Text | str:
    """Any of them: "a or b"."""
    return reduce(lambda first, last: say("list.or", "{first} or {last}", first=first, last=last), items)
