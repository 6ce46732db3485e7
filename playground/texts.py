"""Every text that the program without its window says to people, by key: what there is to translate.

`python -m playground.texts` prints key and text, with a tab between them, a line each.  With
`--missing zh_CN` it prints what that language lacks, of the window as well, and with `--update zh_CN` it
brings the language's file up to date before that.
"""

from __future__ import annotations

import ast
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import playground
from playground.cli.arguments import help_texts
from playground.data import Dataset, available
from playground.data.features import columns
from playground.data.sample import column_text
from playground.fields import describe, field_texts
from playground.files.examples import examples
from playground.value import BOUNDS, REFUSALS, Kind, Value

READ_AS_TEXT = re.compile(r"playground\.exports\.targets\.\w+\.functions")
"""Modules that go into exported scripts as they stand, and may need what is not installed here."""


def all_texts() -> dict[str, str]:
    """Every text by its key, in the order of keys.

    Raises:
        ValueError: when two texts have one key.
    """
    found: dict[str, str] = {}
    sources = (_of_families, _of_fields, _of_refusals, _of_sentences, _of_columns, _of_examples, help_texts)
    for key, text in (pair for source in sources for pair in source()):
        if found.setdefault(key, text) != text:
            raise ValueError(f"{key} is the key of two texts")
    return dict(sorted(found.items()))


def families() -> tuple[type[Kind], ...]:
    """Every family of alternatives of the program."""
    _know_all()
    return tuple(family for family in Kind.__subclasses__() if _is_ours(family))


def _of_families() -> Iterator[tuple[str, str]]:
    for family in families():
        for member in family.members():
            yield from ((text.key, text.template) for text in member.texts().values())


def _of_fields() -> Iterator[tuple[str, str]]:
    _know_all()
    for owner in _values(Value):
        for field in describe(owner):
            yield from ((text.key, text.template) for text in field_texts(owner, field).values())


def _values(cls: type[Value]) -> Iterator[type[Value]]:
    for subclass in cls.__subclasses__():
        if _is_ours(subclass):
            yield subclass
        yield from _values(subclass)


def _of_columns() -> Iterator[tuple[str, str]]:
    """What datasets call their columns and classes."""
    for dataset in (member.usual() for member in Dataset.ready()):
        shown = columns(available(dataset), dataset) if dataset.shape.is_row else ()
        names = (column_text(column.name) for column in (*dataset.columns, *shown))
        yield from ((text.key, text.template) for text in (*names, *dataset.task.class_texts))


def _of_examples() -> Iterator[tuple[str, str]]:
    for example in examples():
        yield from ((text.key, text.template) for text in example.texts().values())


def _of_refusals() -> Iterator[tuple[str, str]]:
    yield from ((f"invalid.{kind}", template) for kind, template in REFUSALS.items())
    yield from ((f"bound.{kind}", template) for kind, template in BOUNDS.items())


def _of_sentences() -> Iterator[tuple[str, str]]:
    """The templates of all calls of `say`, as they stand in the source, and those for one of what counts."""
    for call in _calls("say", "say_counted"):
        key, template, *_ = call.args
        yield ast.literal_eval(key), ast.literal_eval(template)


def plurals() -> dict[str, str]:
    """The texts for one thing that have another for many."""
    counting = ((call.args[1], call.args[2]) for call in _calls("say_counted"))
    return {ast.literal_eval(one): ast.literal_eval(many) for one, many in counting}


def _calls(*names: str) -> Iterator[ast.Call]:
    for path in sorted(Path(playground.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield node


def _know_all() -> None:
    """Import every module of the program without its window, but for what stands in exported scripts."""
    for module in walk_packages(playground.__path__, f"{playground.__name__}."):
        if not module.name.endswith("__main__") and not READ_AS_TEXT.fullmatch(module.name):
            import_module(module.name)


def _is_ours(cls: type[Value]) -> bool:
    return cls.__module__.startswith(f"{playground.__name__}.")


def main(arguments: Sequence[str]) -> None:
    """Print all texts, or those that a language lacks."""
    parser = ArgumentParser("python -m playground.texts", description=__doc__)
    parser.add_argument("--missing", metavar="LANGUAGE", help="print what it lacks")
    parser.add_argument("--update", metavar="LANGUAGE", help="the same, after bringing its file up to date")
    asked = parser.parse_args(arguments)
    if language := asked.update or asked.missing:
        translating = import_module("playground.translating")  # which asks this module for all texts
        if asked.update:
            translating.update(language)
        print(*translating.missing(language), sep="\n")
        return
    for key, text in all_texts().items():
        print(key, text.replace("\n", r"\n"), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
