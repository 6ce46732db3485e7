"""A network that remembers its gradients as long as an average of the laboratory does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.engine.optimizers import Momentum, Optimizer
from playground.numbers.writing import setting
from widgets.sentences import said
from widgets.workspace import Workspace

SHARES = ("beta", "beta1")
"""What optimizers call the share of the past that they keep."""


def use_beta(workspace: Workspace, beta: float) -> None:
    """Give the optimizer of the present network this β, or take momentum where it has none."""
    document = workspace.document
    training = document.experiment.training
    after = remembering(training.optimizer, beta)
    text = _tr("Use β = {beta}").format(beta=setting(beta))
    document.edit(document.experiment.with_(training=training.with_(optimizer=after)), text)
    workspace.page_asked.emit("design")
    words = _tr("{name} remembers gradients with β = {beta} now.")
    workspace.notice.say(words.format(name=said(after), beta=setting(beta)), bad=False)


def remembering(optimizer: Optimizer, beta: float) -> Optimizer:
    """The optimizer with this β, or averaged momentum of the same learning rate."""
    for name in SHARES:
        if name in type(optimizer).model_fields:
            return optimizer.with_(**{name: beta})
    return Momentum(beta=beta, form="averaged", learning_rate=optimizer.learning_rate)


def _tr(text: str) -> str:
    return QCoreApplication.translate("UsedBeta", text)
