"""Settings as a person types them: a name, and how it varies, such as `rate=1e-4..1:log`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from playground.fields import beyond
from playground.search.settings import Setting
from playground.search.variation import Plain, Variation
from playground.text import either, say
from playground.value import InvalidValue
from playground.words import shortened

SHORT = {
    "rate": "training.optimizer.learning_rate",
    "lr": "training.optimizer.learning_rate",
    "layers": "network.layers",
    "units": "network.units",
    "neurons": "network.units",
    "activation": "network.activation",
    "optimizer": "training.optimizer",
    "batch": "training.batch_size",
    "loss": "training.loss",
    "schedule": "training.schedule",
    "lambda": "training.regularizer.strength",
}
"""What people call settings that they vary most."""

SCALES = {"log": True, "linear": False}
SWITCHES: dict[str, Plain] = {"on": True, "off": False, "true": True, "false": False}
MOST_NAMED = 8


def varied(settings: Sequence[Setting], text: str) -> Variation:
    """How a setting varies by what was typed: `NAME`, `NAME=LOW..HIGH`, `NAME=LOW..HIGH:log` or `NAME=A,B`.

    Raises:
        InvalidValue: when that says nothing, in a sentence.
    """
    name, separator, how = text.partition("=")
    setting = found(settings, name.strip())
    if not separator:
        return setting.usual
    if ".." in how:
        return _between(setting, how.strip())
    return _among(setting, [part.strip() for part in how.split(",") if part.strip()])


def found(settings: Sequence[Setting], name: str) -> Setting:
    """The setting of a name: its path, the end of it, what people call it, or a short name.

    Raises:
        InvalidValue: when there is none, or more than one; it names those that are near.
    """
    by_path = {setting.path: setting for setting in settings}
    wanted = name.casefold().replace("-", "_")
    path = SHORT.get(wanted, name)
    if path in by_path:
        return by_path[path]
    named = [each for each in settings if str(each.words).casefold() == name.casefold()]
    ending = [each for each in settings if each.path.casefold().endswith(f".{wanted}")]
    if len(fitting := named or ending) == 1:
        return fitting[0]
    if fitting:
        paths: list[str] = [each.path for each in fitting[:MOST_NAMED]]
        raise InvalidValue(
            say("search.several", "{name} may be {paths}.", name=shortened(name), paths=either(paths))
        )
    raise InvalidValue(
        say(
            "search.unknown",
            "There is no setting {name}; there is {near}.",
            name=shortened(name),
            near=either(_near(by_path, wanted)),
        )
    )


def _near(by_path: dict[str, Setting], wanted: str) -> list[str]:
    """Names like the one that was typed, or the first ones of all."""
    shorts = [short for short, path in SHORT.items() if path in by_path]
    ends = [path.rpartition(".")[2] for path in by_path]
    names = list(dict.fromkeys((*shorts, *ends, *by_path)))
    return get_close_matches(wanted, names, MOST_NAMED, 0.6) or [*shorts, *by_path][:MOST_NAMED]


def _between(setting: Setting, how: str) -> Variation:
    """Numbers from one to another."""
    bounds, _, scale = how.partition(":")
    low, high = (_number(setting, part) for part in bounds.split("..", 1))
    usual = setting.usual
    if usual.choices:
        raise InvalidValue(
            say("search.no_number", "{name} is no number; write its choices with commas.", name=setting.path)
        )
    if scale and scale not in SCALES:
        raise InvalidValue(
            say("search.scale", "A scale is log or linear, not {scale}.", scale=shortened(scale))
        )
    logarithmic = SCALES[scale] if scale else usual.logarithmic and low > 0
    return usual.with_(low=low, high=high, logarithmic=logarithmic)


def _number(setting: Setting, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise InvalidValue(
            say(
                "search.not_a_number", "{name}: {text} is no number.", name=setting.path, text=shortened(text)
            )
        ) from None
    if setting.field is not None and (why := beyond(setting.field, number)) is not None:
        raise InvalidValue(say("fault.at", "{place}: {problem}", place=setting.path, problem=why))
    return number


def _among(setting: Setting, parts: Sequence[str]) -> Variation:
    """One of some values."""
    if not parts:
        raise InvalidValue(say("search.no_values", "{name}: say which values.", name=setting.path))
    return Variation(path=setting.path, choices=tuple(_choice(setting, part) for part in parts))


def _choice(setting: Setting, text: str) -> Plain:
    if not setting.choices:
        number = _number(setting, text)
        return round(number) if setting.usual.whole and number.is_integer() else number
    wanted = re.sub(r"[\s-]+", "_", text.casefold())
    if wanted in SWITCHES and True in setting.choices:
        return SWITCHES[wanted]
    for choice in setting.choices:
        title = setting.titles.get(choice)
        if str(choice).casefold() == wanted or (title and str(title).casefold() == text.casefold()):
            return choice
    raise InvalidValue(
        say(
            "search.no_choice",
            "{name}: {text} is none of {choices}.",
            name=setting.path,
            text=shortened(text),
            choices=", ".join(map(str, setting.choices)),
        )
    )
