"""Settings named by a path: `training.batch_size`, or `layers.hidden.units` for a layer by its id."""

from __future__ import annotations

from playground.engine.layers import Layer
from playground.experiment import Experiment
from playground.fields import describe, field_texts
from playground.text import Text, say, written_elsewhere
from playground.value import Kind, Value

NOT_THERE = object()
"""What is found where a path leads nowhere."""


def found_at(experiment: Experiment, path: str) -> object:
    """What stands at a path: a number, a text, or the kind of what was chosen; `NOT_THERE` for nothing."""
    first, *rest = path.split(".")
    found: object = experiment
    if first == "layers" and rest:
        layers = experiment.network.layers
        found = next((layer for layer in layers if layer.id == rest[0]), NOT_THERE)
        rest = rest[1:]
    else:
        rest = [first, *rest]
    for name in rest:
        if not (isinstance(found, Value) and name in type(found).model_fields):
            return NOT_THERE
        found = getattr(found, name)
    return found.tag() if isinstance(found, Kind) else found


def path_problem(experiment: Experiment, path: str) -> Text | None:
    """Why nothing stands at a path; None when something does."""
    if found_at(experiment, path) is not NOT_THERE:
        return None
    return say(
        "goal.no_setting",
        "there is no setting {path}; one is written training.batch_size, layers.hidden.units or "
        "training.optimizer.learning_rate",
        path=path,
    )


def shown_path(path: str) -> Text:
    """What people call a setting: the title of its field; that of what holds it, where it is a kind."""
    return _followed(path)[0]


def shown_value(path: str, value: str) -> Text | str:
    """What people call a kind that may stand at a path; what is none, as it is."""
    members = (each for each in _followed(path)[1] if issubclass(each, Kind) and each.tag() == value)
    return next((each.named() for each in members), value)


def _followed(path: str) -> tuple[Text, tuple[type[Value], ...]]:
    """What a path leads to: what people call it, and the classes of which one stands there."""
    first, *rest = path.removesuffix(".kind").split(".")
    owners: tuple[type[Value], ...] = (Experiment,)
    if first == "layers":
        owners, rest = Layer.members(), rest[1:]
    else:
        rest = [first, *rest]
    shown = written_elsewhere("setting.path", path)
    for name in rest:
        owner = next((each for each in owners if name in each.model_fields), None)
        if owner is None:
            break
        field = next(field for field in describe(owner) if field.name == name)
        shown = field_texts(owner, field).get("title", shown)
        owners = _below(owner, name)
    return shown, owners


def _below(owner: type[Value], name: str) -> tuple[type[Value], ...]:
    """The classes of which one stands in a field: the members of a family, or a class of settings."""
    held = owner.model_fields[name].annotation
    if not (isinstance(held, type) and issubclass(held, Value)):
        return ()
    return held.members() if issubclass(held, Kind) else (held,)
