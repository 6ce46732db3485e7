"""The `.nnplay` file: an experiment and, if it was trained, the checkpoint from which it goes on bit for bit.

It is a zip of `experiment.json`, the four entries of a checkpoint (`session.json`, `parameters.safetensors`,
`optimizer.safetensors`, `history.csv`), the samples of a dataset that has them (`data/…`) and `preview.png`.
Where the experiment cannot train as it is, `learnt.json` is the one before, to which the checkpoint belongs.
All runs of the document are in `runs.json` and `runs/…`, as far as there is room, those that train in
lockstep with it in `beside/…`, and what came of repeating over seeds in `seeds.json` and `seeds.safetensors`.
The plan of a search is in `search.json`; its trials are in its study, which any machine may join.
A file that a pupil handed in says in `lesson.json` what was done in the lesson.
Only the first is required, and it opens alone too.  Nothing in a file is trusted: sizes are bounded before
anything is unpacked, and what is wrong is said in a sentence that names the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from playground.experiment import Experiment
from playground.files import (
    checkpoint_entries,
    data_entries,
    json_object,
    picture_file,
    run_writing,
    stored_beside,
    stored_seeds,
)
from playground.files.archive import (
    EXPERIMENT,
    FILE_LIMIT,
    LABORATORY,
    LEARNT,
    LESSON,
    MIB,
    PREVIEW,
    SEARCH,
    check_sizes,
    fits,
    holds,
    pack,
    unpack,
)
from playground.files.atomic import reason, write_atomically
from playground.files.fingerprint import NO_FILE, fingerprint
from playground.files.problem import FileProblem, naming
from playground.files.run_reading import ReadRuns
from playground.files.upgrades import FORMAT, upgrade
from playground.record import record
from playground.text import say
from playground.training.checkpoint import Checkpoint
from playground.training.kept_run import KeptRuns
from playground.training.seed_run import RepeatedRun
from playground.words import shortened

_ZIP = b"PK"
_BOM = b"\xef\xbb\xbf"


@record
class SavedExperiment:
    """What a file holds.

    Attributes:
        experiment, checkpoint: where it stands.
        preview: a PNG picture, empty for none.
        fingerprint: of the file it was read from; that of no file when it was not.
        repeated: what came of repeating runs over seeds.
        search: the plan of a search as it is written, and the name of its study; nothing where there is none.
        lesson: what was done in a lesson, where it was handed in (see `playground.lessons.handing_in`).
    """

    experiment: Experiment
    checkpoint: Checkpoint | None = None
    preview: bytes = b""
    fingerprint: str = field(default=NO_FILE, compare=False)
    repeated: tuple[RepeatedRun, ...] = field(default=(), compare=False)
    search: Mapping[str, Any] = field(default_factory=dict, compare=False)
    lesson: Mapping[str, Any] = field(default_factory=dict, compare=False)


def save(path: Path, saved: SavedExperiment) -> str:
    """Write a file, in an older one's place only once all of it is on the disk; returns its fingerprint.

    Raises:
        FileProblem: when that fails; then the older file is as it was.
    """
    data = dumps(saved)
    write_atomically(path, data)
    return fingerprint(data)


def load(path: Path) -> SavedExperiment:
    """Read a file, or a bare `experiment.json`.

    Raises:
        FileProblem: when there is none, or what it holds is wrong.
    """
    data = read(path)
    return replace(loads(data), fingerprint=fingerprint(data))


def is_laboratory(path: Path) -> bool:
    """Whether a file holds a laboratory in the place of an experiment; not where it cannot be read."""
    return holds(path, LABORATORY)


def read(path: Path) -> bytes:
    """The bytes of a file, whatever they are.

    Raises:
        FileProblem: when there is none, or it is too large to be one of ours.
    """
    name = shortened(path)
    try:
        size = path.stat().st_size
        ordinary = path.is_file()
        data = path.read_bytes() if ordinary and size <= FILE_LIMIT else b""
    except (OSError, ValueError) as error:
        raise FileProblem(
            say("file.not_opened", "Could not open {name}: {error}.", name=name, error=reason(error))
        ) from None
    if not ordinary:
        if path.is_dir():
            raise FileProblem(say("file.folder", "Could not open {name}: it is a folder.", name=name))
        raise FileProblem(say("file.no_file", "Could not open {name}: it is not a file.", name=name))
    if size > FILE_LIMIT:
        raise FileProblem(
            say(
                "file.too_large",
                "Could not open {name}: it is larger than {file_limit} MiB.",
                name=name,
                file_limit=FILE_LIMIT // MIB,
            )
        )
    return data


def save_picture(path: Path, picture: bytes, saved: SavedExperiment) -> None:
    """Write a PNG picture that opens as the experiment which is inside it.

    Raises:
        FileProblem: when that fails; then an older file is as it was.
    """
    write_atomically(path, picture_file.with_file(picture, dumps(saved)))


def dumps(saved: SavedExperiment) -> bytes:
    """The bytes of a file, the same for the same content.

    Raises:
        FileProblem: when they would be too many to be opened again.
    """
    entries = _experiment_entries(EXPERIMENT, saved.experiment)
    if saved.checkpoint is not None:
        entries |= checkpoint_entries.to_entries(saved.checkpoint)
        if saved.checkpoint.experiment is not None:
            entries |= _experiment_entries(LEARNT, saved.checkpoint.experiment)
    if saved.preview:
        entries[PREVIEW] = saved.preview
    if saved.checkpoint is not None:
        beside = stored_beside.to_entries(saved.checkpoint.beside, experiment_bytes)
        entries = _where_it_fits(entries, beside | entries)
        entries = _with_runs(entries, saved.checkpoint.kept, saved.experiment)
    if saved.search:
        entries[SEARCH] = json_object.to_bytes(saved.search)
    if saved.lesson:
        entries[LESSON] = json_object.to_bytes(saved.lesson)
    return pack(_where_it_fits(entries, entries | stored_seeds.to_entries(saved.repeated)))


def _where_it_fits(entries: dict[str, bytes], more: dict[str, bytes]) -> dict[str, bytes]:
    """The entries, and more of them where there is room."""
    return more if fits(more) else entries


def _with_runs(entries: dict[str, bytes], kept: KeptRuns, experiment: Experiment) -> dict[str, bytes]:
    """The entries with those of the runs, or of what there is room for."""
    for runs in (kept, run_writing.without_moments(kept)):
        found = entries | run_writing.to_entries(runs, experiment.data.dataset)
        if fits(found):
            return found
    return entries


def loads(data: bytes) -> SavedExperiment:
    """What the bytes of a file hold.

    Raises:
        FileProblem: when anything in them is wrong.
    """
    entries = _entries(data)
    if LABORATORY in entries:
        raise FileProblem(
            say("file.laboratory", "This file holds a laboratory and no experiment: open it in the window.")
        )
    if EXPERIMENT not in entries:
        raise FileProblem(say("entry.no_experiment", "{entry}: is missing", entry=EXPERIMENT))
    experiment = _experiment(EXPERIMENT, entries[EXPERIMENT])
    learnt = _experiment(LEARNT, entries[LEARNT]) if LEARNT in entries else None
    runs = ReadRuns.of(entries)
    beside = stored_beside.experiments_of(entries, _experiment)
    known = [each for each in (experiment, learnt, *runs.experiments, *chain(*beside)) if each is not None]
    data_entries.keep(entries, *(each.data.dataset for each in known))
    preview = entries.get(PREVIEW, b"")
    if preview and not preview.startswith(picture_file.SIGNATURE):
        raise FileProblem(say("entry.no_picture", "{preview}: is not a PNG picture", preview=PREVIEW))
    checkpoint = checkpoint_entries.from_entries(entries, learnt or experiment)
    if learnt is not None:
        if checkpoint is None:
            raise FileProblem(
                say("entry.nothing_learnt", "{learnt}: is there without what was learnt", learnt=LEARNT)
            )
        checkpoint = replace(checkpoint, experiment=learnt)
    if checkpoint is not None:
        kept, others = runs.kept(entries, checkpoint.history), stored_beside.of(entries, beside)
        checkpoint = replace(checkpoint, kept=kept, beside=others)
    search, lesson = (
        json_object.from_bytes(name, entries[name]) if name in entries else {} for name in (SEARCH, LESSON)
    )
    repeated = stored_seeds.from_entries(entries)
    return SavedExperiment(experiment, checkpoint, preview, repeated=repeated, search=search, lesson=lesson)


def _experiment_entries(entry: str, experiment: Experiment) -> dict[str, bytes]:
    return {entry: experiment_bytes(experiment)} | data_entries.to_entries(experiment.data.dataset)


def experiment_bytes(experiment: Experiment) -> bytes:
    """An `experiment.json`, which opens alone too."""
    return json_object.to_bytes({"format": FORMAT} | experiment.model_dump(mode="json"))


def written(data: bytes) -> dict[str, Any]:
    """The experiment in the bytes of a file as it is written there, of which nothing was validated."""
    return _content(EXPERIMENT, _entries(data)[EXPERIMENT])


def _content(entry: str, data: bytes) -> dict[str, Any]:
    return upgrade(json_object.from_bytes(entry, data), entry)


def _experiment(entry: str, data: bytes) -> Experiment:
    content = _content(entry, data)
    with naming(entry):
        return Experiment.build(content)


def _entries(data: bytes) -> dict[str, bytes]:
    """The entries of the archive, which a picture may hold, or the one that a bare `experiment.json` is."""
    if data.startswith(picture_file.SIGNATURE):
        data = picture_file.file_in(data)
    if data.startswith(_ZIP):
        return unpack(data)
    if not data[:100].removeprefix(_BOM).lstrip().startswith(b"{"):
        raise FileProblem(
            say(
                "file.not_ours", "This is not a Neural Playground file: it is neither a zip archive nor JSON."
            )
        )
    check_sizes({EXPERIMENT: len(data)})
    return {EXPERIMENT: data}
