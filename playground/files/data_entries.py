"""The entry of a file that holds the samples of a dataset which has them, under the hash of their content."""

from __future__ import annotations

from collections.abc import Mapping

from safetensors import SafetensorError
from safetensors import numpy as safetensors

from playground.data import Collection, Dataset, store
from playground.files.archive import DATA, DATA_SUFFIX
from playground.files.problem import FileProblem
from playground.text import say
from playground.value import Fault, InvalidValue


def to_entries(dataset: Dataset) -> dict[str, bytes]:
    """The entry by name; none for a recipe, and where the samples cannot be had."""
    if not isinstance(dataset, Collection):
        return {}
    try:
        held = dataset.arrays
    except InvalidValue:
        return {}  # whoever opens the file has to have them
    arrays = {**held.more, "raw": held.raw, "targets": held.targets}
    return {f"{DATA}{dataset.key}{DATA_SUFFIX}": safetensors.save(arrays)}


def keep(entries: Mapping[str, bytes], *datasets: Dataset) -> None:
    """Put the samples into the store.

    Raises:
        FileProblem: when they are damaged, or not those of one of the datasets.
    """
    collections = [dataset for dataset in datasets if isinstance(dataset, Collection)]
    wanted = {dataset.key for dataset in collections}
    for name, content in entries.items():
        if not name.startswith(DATA):
            continue
        key = name.removeprefix(DATA).removesuffix(DATA_SUFFIX)
        if key not in wanted:
            raise FileProblem(say("entry.foreign", "{name}: does not belong to this experiment", name=name))
        try:
            arrays = safetensors.load(content)
            held = store.Content(arrays.pop("raw"), arrays.pop("targets"), arrays)
        except (SafetensorError, ValueError, KeyError):
            raise FileProblem(say("entry.damaged", "{name}: is damaged", name=name)) from None
        if held.key != key:
            raise FileProblem(say("entry.damaged", "{name}: is damaged", name=name))
        store.put(held)
        _let_hold(name, *(dataset for dataset in collections if dataset.key == key))


def _let_hold(name: str, *datasets: Collection) -> None:
    """Let the datasets keep their samples, which are here now."""
    for dataset in datasets:
        try:
            _ = dataset.arrays
        except InvalidValue as problem:
            raise FileProblem(Fault(name, problem.text).told) from None
