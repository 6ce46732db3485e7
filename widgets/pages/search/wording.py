"""What people call settings that vary and their choices, also where the experiment has them no more."""

from __future__ import annotations

from playground.search.settings import Setting
from playground.search.variation import Plain
from widgets.sentences import sentence


def setting_title(path: str, setting: Setting | None) -> str:
    """What a setting is called; its path where it is gone."""
    return path if setting is None else sentence(setting.words)


def choice_title(choice: Plain, setting: Setting | None) -> str:
    """What a choice of a setting is called; as it is kept where that is not known."""
    title = None if setting is None else setting.titles.get(choice)
    return str(choice) if title is None else sentence(title)
