"""Networks that learn by schedules: what is trained, which did best, and how the best is used."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.labs.schedules import Schedules
from playground.labs.schedules.rates import lasting
from playground.labs.trial import Trial, TrialState
from widgets.pages.labs.trained import experiment_of
from widgets.sentences import said
from widgets.workspace import Workspace


def begun(lab: Schedules, workspace: Workspace) -> Trial:
    """A trial of what is to be trained; nothing is read or made before it learns."""
    experiment = experiment_of(lab.trained, workspace)
    return Trial(lambda: lab.variants(experiment()), lab.epochs)


def best(state: TrialState) -> int | None:
    """The place of the one whose test loss (or training loss, without a test) ended lowest."""
    ends = [
        (float(losses[course.epochs]), place)
        for place, course in enumerate(state.courses)
        if not course.diverged and course.epochs
        for losses in (course.test if np.isfinite(course.test[0]) else course.train,)
    ]
    return min((end for end in ends if np.isfinite(end[0])), default=(0.0, None))[1]


def use(workspace: Workspace, lab: Schedules, place: int) -> None:
    """Let the present network learn by the schedule at a place, stretched to the epochs planned there."""
    document, schedule = workspace.document, lab.used[place]
    training = document.experiment.training
    after = training.with_(
        optimizer=training.optimizer.with_(learning_rate=lab.rate),
        schedule=lasting(schedule, training.epochs, lab.epochs),
    )
    name = said(lab.schedules[place])
    text = QCoreApplication.translate("UsedSchedule", "Use {name}").format(name=name)
    document.edit(document.experiment.with_(training=after), text)
    workspace.page_asked.emit("design")
    words = QCoreApplication.translate(
        "UsedSchedule", "The learning rate follows {name} now, stretched to the epochs of this training."
    )
    workspace.notice.say(words.format(name=name), bad=False)
