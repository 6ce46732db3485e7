"""Where a study is kept, by what a person writes: a file, the URL of a database, or that of a proxy."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from playground.folders import home
from playground.text import say
from playground.value import InvalidValue
from playground.words import shortened

Sort: TypeAlias = Literal["sqlite", "journal", "database", "grpc"]

DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "mysql": "mysql+pymysql"}
"""The dialects and drivers of databases, where a URL names none."""

JOURNALS = (".journal", ".log", ".jsonl")
REMOTE = 4
"""A drive of another machine, as Windows counts kinds of drives."""

SQLITE = (".db", ".sqlite", ".sqlite3")
PROXY_PORT = 13000
FILE = "search.db"


@dataclass(frozen=True)
class Address:
    """Where a study is kept: a `path` of a file, or a `url` of what answers over the network."""

    sort: Sort
    path: Path = Path()
    url: str = ""

    @property
    def shown(self) -> str:
        """The address for people and for other machines, without a password."""
        if self.sort in ("sqlite", "journal"):
            return shortened(self.path)
        plain = re.sub(r"\+(psycopg|pymysql)(?=://)", "", self.url)
        return shortened(re.sub(r"(://[^/@:]*):[^/]*@", r"\1:…@", plain))

    @property
    def host(self) -> tuple[str, int]:
        """Name and port of a proxy."""
        parts = urlsplit(self.url)
        return parts.hostname or "localhost", parts.port or PROXY_PORT


def address(text: str) -> Address:
    """What a person wrote as an address; nothing is the user's own file.

    Raises:
        InvalidValue: when it is none.
    """
    text = text.strip()
    if not text:
        return Address("sqlite", usual_file())
    scheme, separator, rest = text.partition("://")
    scheme = scheme.casefold()
    if not separator:
        return _file(Path(text))
    if scheme in ("sqlite", "journal"):
        return _of_here(_path(rest)) if scheme == "sqlite" else Address("journal", _shared(rest))
    if scheme == "grpc":
        return Address("grpc", url=_checked(text))
    dialect = scheme.partition("+")[0]
    if dialect not in DRIVERS:
        raise InvalidValue(
            say(
                "storage.unknown",
                "{address} is no storage: name a file, or a URL that begins with sqlite, journal, "
                "postgresql, mysql or grpc.",
                address=shortened(text),
            )
        )
    return Address("database", url=_checked(f"{scheme if '+' in scheme else DRIVERS[dialect]}://{rest}"))


def usual_file() -> Path:
    """The file of the user's searches, in their folder for data."""
    own = home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or own / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = own / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or own / ".local" / "share")
    return folder / "neural-playground" / FILE


def _file(path: Path) -> Address:
    suffix = path.suffix.casefold()
    if suffix in JOURNALS:
        return Address("journal", path)
    if suffix in SQLITE:
        return _of_here(path)
    raise InvalidValue(
        say(
            "storage.unknown_file",
            "{path} is no storage: a database ends in .db and a journal in .journal.",
            path=shortened(path),
        )
    )


def _of_here(path: Path) -> Address:
    """A database in a file, which must lie on a disk of this machine: others share no memory with it.

    Raises:
        InvalidValue: where Windows says that it lies elsewhere; other systems do not tell.
    """
    if sys.platform == "win32" and lies_elsewhere(path.absolute().drive):
        raise InvalidValue(
            say(
                "storage.elsewhere",
                "{path} lies on a network drive, where a database in a file loses trials: call it .journal "
                "in place of {suffix}.",
                path=shortened(path),
                suffix=path.suffix,
            )
        )
    return Address("sqlite", path)


def lies_elsewhere(drive: str) -> bool:
    """Whether a drive, as Windows calls it, is one of another machine: a share, or a letter for one."""
    if drive.startswith(("\\\\", "//")):
        return not drive.startswith(("\\\\?\\", "\\\\.\\")) or drive.upper().startswith("\\\\?\\UNC")
    return drive_type(f"{drive}\\") == REMOTE


def drive_type(root: str) -> int:
    """What kind of drive a root is, as Windows counts them."""
    import ctypes

    windows: Any = ctypes
    return int(windows.windll.kernel32.GetDriveTypeW(root))


def _path(rest: str) -> Path:
    """The path behind `sqlite://`: `/relative`, `//absolute` or `/C:/absolute`, as SQLAlchemy has it."""
    return Path(rest[1:] if rest.startswith("/") else rest)


def _shared(rest: str) -> Path:
    """The path behind `journal://`, absolute where it begins with a slash."""
    return Path(rest[1:] if re.match(r"/[A-Za-z]:", rest) else rest)


def _checked(url: str) -> str:
    try:
        urlsplit(url).port  # noqa: B018 - it is read for its refusal
    except ValueError:
        raise InvalidValue(
            say("storage.wrong_url", "{address} is no URL of a storage.", address=shortened(url))
        ) from None
    return url
