"""A study: a search as it is kept, with its experiment and plan, so that any machine can join it."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.search.addresses import address
from playground.search.plan import SearchPlan
from playground.search.storages import ANSWER_WITHIN, close, in_time, open_storage
from playground.text import say
from playground.value import InvalidValue
from playground.words import shortened

if TYPE_CHECKING:
    from optuna.storages import BaseStorage

FORMAT = 1
MARK = "neural_playground"
"""Under this name a study keeps format, fingerprint and plan; it is written last."""

EXPERIMENT = "experiment"
PIECE = 60_000
"""Characters of one attribute: a text of MySQL holds no more."""

MOST_BYTES = 64 * 2**20
LONGEST = 60.0
"""Seconds after which a storage that did answer is given up, as with much data over a slow line."""

FIRST_LOOKS = 20
"""So often a tenth of a second is waited for a study that is being made."""


@dataclass(frozen=True)
class OpenStudy:
    """A study that was opened.

    Attributes:
        id: its number in the storage.
        experiment: what every trial begins from.
    """

    storage: BaseStorage
    id: int
    plan: SearchPlan
    experiment: Experiment

    def close(self) -> None:
        """Close its connections; nothing is asked of it any more."""
        close(self.storage)


def begin(plan: SearchPlan, experiment: Experiment) -> OpenStudy:
    """Make the study of a plan, or go on with it where it is there.

    Raises:
        InvalidValue: when it cannot begin, or the study of that name is another one's.
    """
    if (problem := plan.problem(experiment)) is not None:
        raise InvalidValue(problem)
    if not plan.study:
        raise InvalidValue(say("study.no_name", "Give the study a name."))
    storage = open_storage(plan.storage)
    try:
        return in_time(lambda: _begun(storage, plan, experiment), address(plan.storage), LONGEST)
    except InvalidValue:
        close(storage)
        raise


def join(where: str, name: str, writes: bool = True, wait: float = ANSWER_WITHIN) -> OpenStudy:
    """A study that is there, where its storage answers within so many seconds.

    Raises:
        InvalidValue: when there is none, or it is no search of this program.
    """
    storage = open_storage(where, writes, wait)
    try:
        return in_time(lambda: _joined(storage, where, name), address(where), LONGEST)
    except InvalidValue:
        close(storage)
        raise


def fingerprint(plan: SearchPlan, experiment: Experiment) -> str:
    """The same for the same search, whatever it is called and however many trials it has."""
    told = {"plan": plan.decided, "experiment": experiment.model_dump(mode="json", exclude={"notes"})}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _begun(storage: BaseStorage, plan: SearchPlan, experiment: Experiment) -> OpenStudy:
    from optuna.exceptions import DuplicatedStudyError
    from optuna.study import StudyDirection

    directions = [StudyDirection.MAXIMIZE if goal.large else StudyDirection.MINIMIZE for goal in plan.goals]
    content = dumps(SavedExperiment(experiment))
    if len(content) > MOST_BYTES:
        raise InvalidValue(
            say(
                "study.too_large",
                "The data of this experiment are too large for a study; take fewer samples.",
            )
        )
    mark = _marked(plan, experiment)
    try:
        found = storage.create_new_study(directions, plan.study)
    except DuplicatedStudyError:
        found = storage.get_study_id_from_name(plan.study)
        _refuse_another(_mark(storage, found, plan.study), mark, plan.study)
    else:
        for name, piece in pieces(EXPERIMENT, content):
            storage.set_study_user_attr(found, name, piece)
    storage.set_study_user_attr(found, MARK, mark)
    return OpenStudy(storage, found, plan, experiment)


def _marked(plan: SearchPlan, experiment: Experiment) -> Mapping[str, object]:
    kept = plan.model_dump_json(exclude={"storage", "workers"})
    return {"format": FORMAT, "fingerprint": fingerprint(plan, experiment), "plan": kept}


def _refuse_another(there: Mapping[str, Any], mark: Mapping[str, Any], name: str) -> None:
    if there["fingerprint"] != mark["fingerprint"]:
        raise InvalidValue(
            say(
                "study.another",
                "The study {name} is of another experiment or plan; choose another name.",
                name=shortened(name),
            )
        )


def _joined(storage: BaseStorage, where: str, name: str) -> OpenStudy:
    try:
        found = storage.get_study_id_from_name(name)
    except KeyError:
        raise InvalidValue(
            say(
                "study.unknown",
                "There is no study {name} in {address}.",
                name=shortened(name),
                address=address(where).shown,
            )
        ) from None
    mark = _mark(storage, found, name)
    plan = SearchPlan.build(json.loads(mark["plan"]))
    saved = loads(joined(storage.get_study_user_attrs(found), EXPERIMENT))
    return OpenStudy(storage, found, plan.with_(storage=where), saved.experiment)


def _mark(storage: BaseStorage, study: int, name: str) -> Mapping[str, Any]:
    """What stands under our name in a study; another process may be about to write it.

    Raises:
        InvalidValue: when nothing comes, or a newer program wrote it.
    """
    for _ in range(FIRST_LOOKS):
        mark: Mapping[str, Any] | None = storage.get_study_user_attrs(study).get(MARK)
        if mark is not None:
            break
        time.sleep(0.1)
    else:
        raise InvalidValue(
            say("study.not_ours", "The study {name} is no search of this program.", name=shortened(name))
        )
    if mark.get("format") != FORMAT:
        raise InvalidValue(
            say(
                "study.newer",
                "The study {name} was made by a newer version of this program.",
                name=shortened(name),
            )
        )
    return mark


# --- contents in pieces -----------------------------------------------------------------------------


def pieces(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Content as attributes of a bounded length, under numbered names."""
    text = base64.b85encode(content).decode()
    for place in range(0, len(text), PIECE):
        yield f"{name}:{place // PIECE}", text[place : place + PIECE]


def joined(attributes: Mapping[str, Any], name: str) -> bytes:
    """The content of numbered attributes; empty where there are none."""
    parts: list[str] = []
    while (piece := attributes.get(f"{name}:{len(parts)}")) is not None:
        parts.append(piece)
    return base64.b85decode("".join(parts))
