"""What argparse complains of, in the language that is spoken."""

from __future__ import annotations

import re

from playground.text import Text, say

_ARGUMENT = re.compile(r"argument (?P<name>[^:]+): (?P<what>.+)", re.DOTALL)


def complaint(message: str) -> str:
    """A message of argparse in that language; one that is not known stays as it is."""
    if found := _ARGUMENT.fullmatch(message):
        what = _told(found["what"]) or found["what"]
        return str(say("cli.argument", "argument {name}: {what}", name=found["name"], what=what))
    return str(_told(message) or message)


def _told(message: str) -> Text | None:
    """The same as a sentence of ours; None for what stays as it is."""
    if found := re.fullmatch(r"the following arguments are required: (.+)", message, re.DOTALL):
        return say("cli.required", "the following arguments are required: {names}", names=found[1])
    if found := re.fullmatch(r"unrecognized arguments: (.*)", message, re.DOTALL):
        return say("cli.unrecognized", "unrecognized arguments: {given}", given=found[1])
    if found := re.fullmatch(r"invalid choice: (.+) \(choose from (.+)\)", message, re.DOTALL):
        return say(
            "cli.invalid_choice",
            "invalid choice: {given} (choose from {known})",
            given=found[1],
            known=found[2],
        )
    if message == "expected one argument":
        return say("cli.expected_one", "expected one argument")
    if message == "expected at least one argument":
        return say("cli.expected_some", "expected at least one argument")
    if found := re.fullmatch(r"not allowed with argument (.+)", message, re.DOTALL):
        return say("cli.not_allowed_with", "not allowed with argument {other}", other=found[1])
    if found := re.fullmatch(r"ignored explicit argument (.+)", message, re.DOTALL):
        return say("cli.takes_nothing", "ignored explicit argument {given}", given=found[1])
    return None
