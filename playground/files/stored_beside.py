"""The runs beside the one in front: `beside/1/experiment.json` and so on, with a checkpoint each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.experiment import Experiment
from playground.files import checkpoint_entries, data_entries
from playground.files.archive import BESIDE, EXPERIMENT, LEARNT, MOST_BESIDE
from playground.files.problem import FileProblem
from playground.text import say
from playground.training.checkpoint import Checkpoint

Beside = tuple[tuple[Experiment, Checkpoint], ...]
Written = Callable[[Experiment], bytes]
Read = Callable[[str, bytes], Experiment]


def to_entries(beside: Beside, written: Written) -> dict[str, bytes]:
    """The entries by name, and those of their samples."""
    entries: dict[str, bytes] = {}
    for place, (experiment, checkpoint) in enumerate(beside[:MOST_BESIDE], 1):
        found = {EXPERIMENT: written(experiment)} | checkpoint_entries.to_entries(checkpoint)
        if checkpoint.experiment is not None:
            found[LEARNT] = written(checkpoint.experiment)
        entries |= {f"{BESIDE}{place}/{name}": content for name, content in found.items()}
        entries |= data_entries.to_entries(experiment.data.dataset)
    return entries


def experiments_of(entries: Mapping[str, bytes], read: Read) -> list[tuple[Experiment, Experiment | None]]:
    """What each learns, and what belongs to its checkpoint where that is another.

    Raises:
        FileProblem: naming the entry that is missing or wrong.
    """
    found: list[tuple[Experiment, Experiment | None]] = []
    for place in range(1, MOST_BESIDE + 1):
        start, learnt = f"{BESIDE}{place}/", f"{BESIDE}{place}/{LEARNT}"
        if not any(name.startswith(start) for name in entries):
            continue
        if (name := f"{start}{EXPERIMENT}") not in entries or place > len(found) + 1:
            raise FileProblem(say("entry.missing", "{missing}: is missing", missing=name))
        other = read(learnt, entries[learnt]) if learnt in entries else None
        found.append((read(name, entries[name]), other))
    return found


def of(entries: Mapping[str, bytes], known: list[tuple[Experiment, Experiment | None]]) -> Beside:
    """The runs, once their samples are known.

    Raises:
        FileProblem: naming the entry that is missing or wrong.
    """
    return tuple(_run(entries, place, *each) for place, each in enumerate(known, 1))


def _run(
    entries: Mapping[str, bytes], place: int, experiment: Experiment, learnt: Experiment | None
) -> tuple[Experiment, Checkpoint]:
    start = f"{BESIDE}{place}/"
    own = {name.removeprefix(start): content for name, content in entries.items() if name.startswith(start)}
    checkpoint = checkpoint_entries.from_entries(own, learnt or experiment)
    if checkpoint is None:
        raise FileProblem(say("entry.missing", "{missing}: is missing", missing=f"{start}session.json"))
    return experiment, checkpoint if learnt is None else checkpoint_entries.of_another(checkpoint, learnt)
