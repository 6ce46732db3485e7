"""What the program remembers between starts and nobody wants to undo: theme, layout, recent files."""

from __future__ import annotations

import math
import re
import secrets
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QByteArray, QSettings

from playground.training.choosing import Name
from widgets.sizes import SIZES
from widgets.theme import Scheme

RECENT_FILES = 10
WATCHABLE = 2000.0
"""Batches a second: the default network then learns for about ten seconds before eyes."""


class _Unkept(dict[str, Any]):
    """A store of settings in memory."""

    def sync(self) -> None:
        pass

    def value(self, key: str, default: Any = None) -> Any:
        return self.get(key, default)

    def setValue(self, key: str, value: Any) -> None:
        self[key] = value

    def remove(self, key: str) -> None:
        self.pop(key, None)


class Preferences:
    """Typed access to the settings store."""

    def __init__(self, store: QSettings | _Unkept | None = None) -> None:
        named = ("Neural Playground", "Neural Playground")
        self._settings = QSettings(*named) if store is None else store

    @classmethod
    def unkept(cls) -> Preferences:
        """Preferences that are forgotten at the end."""
        return cls(_Unkept())

    @property
    def theme(self) -> str:
        """One of the schemes."""
        theme = self._settings.value("theme", "system")
        return theme if theme in get_args(Scheme) else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._settings.setValue("theme", theme)

    @property
    def language(self) -> str:
        """The code of a language, or system."""
        return str(self._settings.value("language", "system"))

    @language.setter
    def language(self, language: str) -> None:
        self._settings.setValue("language", language)

    @property
    def size(self) -> int:
        """How large all is drawn, in percent."""
        size = str(self._settings.value("size", "100"))
        return next((each for each in SIZES if str(each) == size), 100)

    @size.setter
    def size(self, size: int) -> None:
        self._settings.setValue("size", size)

    @property
    def reduced_motion(self) -> bool | None:
        """Whether less is to move; None for what the system says."""
        return {"true": True, "false": False}.get(str(self._settings.value("reduced_motion", "")).lower())

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._settings.setValue("reduced_motion", reduced)

    @property
    def machine(self) -> Name:
        """What is to do the steps of training."""
        machine = self._settings.value("machine", "automatic")
        return next((name for name in get_args(Name) if name == machine), "automatic")

    @machine.setter
    def machine(self, machine: Name) -> None:
        self._settings.setValue("machine", machine)

    @property
    def shows_start_page(self) -> bool:
        """Whether the start page greets at the start."""
        return str(self._settings.value("start_page", "true")).lower() == "true"

    @shows_start_page.setter
    def shows_start_page(self, shows: bool) -> None:
        self._settings.setValue("start_page", shows)

    @property
    def speed(self) -> float | None:
        """Batches a second; None for as fast as it goes.  At first it is a pace that can be watched."""
        try:
            speed = float(self._settings.value("speed", WATCHABLE))
        except (TypeError, ValueError):
            return WATCHABLE
        if not speed > 0:  # nor a number at all
            return WATCHABLE
        return None if math.isinf(speed) else speed

    @speed.setter
    def speed(self, speed: float | None) -> None:
        self._settings.setValue("speed", math.inf if speed is None else speed)

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved, the latest first; some may be gone, what cannot be a file is left out."""
        kept: Any = self._settings.value("recent")
        names = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        paths = (Path(name) for name in names if isinstance(name, str) and "\0" not in name)
        return list(dict.fromkeys(path for path in paths if path.is_absolute()))[:RECENT_FILES]

    def add_recent(self, path: Path) -> None:
        """Put a file at the top of the recent ones; not one whose name no text can hold."""
        path = path.absolute()
        if str(path) != str(path).encode(errors="ignore").decode():
            return
        others = [other for other in self.recent if other != path]
        self._settings.setValue("recent", [str(other) for other in [path, *others][:RECENT_FILES]])

    @property
    def lesson_folder(self) -> Path | None:
        """Where the last lesson of one's own lay; None before there was one."""
        kept = self.text("lesson_folder")
        return Path(kept) if kept and "\0" not in kept else None

    @lesson_folder.setter
    def lesson_folder(self, folder: Path) -> None:
        self.keep_text("lesson_folder", str(folder))

    @property
    def pupil(self) -> str:
        """Under which name lessons are handed in; "" before any was."""
        return self.text("pupil")

    @pupil.setter
    def pupil(self, name: str) -> None:
        self.keep_text("pupil", name)

    @property
    def author(self) -> str:
        """By which the same person is known where another one has the same name."""
        kept = self.text("author")
        if not re.fullmatch(r"[0-9a-f]{16}", kept):
            kept = secrets.token_hex(8)
            self.keep_text("author", kept)
        return kept

    def flush(self) -> None:
        """Write down now what would be written soon."""
        self._settings.sync()

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._settings.remove("recent")

    def layout(self, name: str) -> QByteArray | None:
        """The geometry or dock state that was kept under this name."""
        value: Any = self._settings.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Keep a geometry or dock state."""
        self._settings.setValue(f"layout/{name}", state)

    def text(self, name: str) -> str:
        """Any small text kept under this name."""
        return str(self._settings.value(name, ""))

    def keep_text(self, name: str, text: str) -> None:
        """Keep a small text."""
        self._settings.setValue(name, text)
