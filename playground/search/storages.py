"""Opening what a study is kept in; what does not answer, or cannot be read, is a sentence within seconds."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from playground.search.addresses import Address, address
from playground.search.optuna_side import be_quiet
from playground.text import Text, say
from playground.value import InvalidValue
from playground.words import shortened

if TYPE_CHECKING:
    from optuna.storages import BaseStorage

T = TypeVar("T")

ANSWER_WITHIN = 5.0
"""Seconds after which a storage is said not to answer."""

LOCKED_FOR = 60.0
"""Seconds for which a file waits for other processes that write to it."""


def open_storage(text: str, writes: bool = True, wait: float = ANSWER_WITHIN) -> BaseStorage:
    """The storage at an address, made where it is a file that is not there yet.

    One that only reads holds up nobody who writes to the same file.

    Raises:
        InvalidValue: when it does not answer within so many seconds, or cannot be opened.
    """
    place = address(text)
    _load()
    return in_time(lambda: _opened(place, writes), place, wait)


def close(storage: BaseStorage) -> None:
    """Close the connections of a storage that nobody asks any more."""
    from optuna.storages import GrpcStorageProxy, RDBStorage

    storage.remove_session()
    backend = getattr(storage, "_backend", None)
    if isinstance(backend, RDBStorage):
        backend.engine.dispose()
    elif isinstance(storage, GrpcStorageProxy):
        storage.close()


def in_time(action: Callable[[], T], place: Address, wait: float = ANSWER_WITHIN) -> T:
    """What an action gives, which is left alone when it takes longer than so many seconds.

    Raises:
        InvalidValue: when it does, or fails.
    """
    answers: list[T] = []
    faults: list[Exception] = []

    def act() -> None:
        try:
            answers.append(action())
        except Exception as fault:  # told below, by the thread that waits
            faults.append(fault)

    thread = threading.Thread(target=act, name="storage", daemon=True)
    thread.start()
    thread.join(wait)
    if answers:
        return answers[0]
    if faults:
        raise InvalidValue(_why(faults[0], place)) from faults[0]
    raise InvalidValue(no_answer(place, wait))


def no_answer(place: Address, seconds: float) -> Text:
    """That a storage is silent."""
    return say(
        "storage.no_answer",
        "{address} does not answer within {seconds} seconds.",
        address=place.shown,
        seconds=seconds,
    )


def _load() -> None:
    """Load what is needed first, which is no fault of the storage where it takes long."""
    import optuna.storages  # noqa: F401
    import sqlalchemy.orm  # noqa: F401


def _opened(place: Address, writes: bool) -> BaseStorage:
    be_quiet()
    if place.sort == "journal":
        return _journal(place.path)
    if place.sort == "grpc":
        return _proxy(place)
    return _sqlite(place.path, writes) if place.sort == "sqlite" else _database(place.url)


def _journal(path: Path) -> BaseStorage:
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = JournalFileOpenLock(str(path)) if sys.platform == "win32" else None  # symlinks need rights there
    return JournalStorage(JournalFileBackend(str(path), lock_obj=lock))


def _proxy(place: Address) -> BaseStorage:
    from optuna.storages import GrpcStorageProxy

    host, port = place.host
    proxy = GrpcStorageProxy(host=host, port=port)
    try:
        proxy.wait_server_ready(ANSWER_WITHIN - 1)
    except ConnectionError:
        raise InvalidValue(no_answer(place, ANSWER_WITHIN - 1)) from None
    return proxy


def _database(url: str) -> BaseStorage:
    from optuna.storages import RDBStorage, _CachedStorage

    arguments: dict[str, Any] = {"pool_pre_ping": True}
    arguments["connect_args"] = {"connect_timeout": int(ANSWER_WITHIN) - 1}
    if url.startswith("postgresql"):
        arguments["connect_args"]["client_encoding"] = "utf8"  # of a database in ASCII texts would be bytes
    return _CachedStorage(RDBStorage(url.replace("{", "{{").replace("}", "}}"), arguments))


def _sqlite(path: Path, writes: bool) -> BaseStorage:
    """A file in which readers and one writer do not wait for one another.

    Whoever writes begins each transaction as a writer: Optuna looks whether a trial is free and takes it in
    two statements, between which another could have taken it.
    """
    from optuna.storages import RDBStorage, _CachedStorage
    from sqlalchemy import event

    path.parent.mkdir(parents=True, exist_ok=True)
    opened: list[sqlite3.Connection] = []

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=LOCKED_FOR, check_same_thread=False)
        opened.append(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    try:  # the path is in `connect`, with any letters
        storage = RDBStorage("sqlite:///study", {"creator": connect})
    except Exception:
        for connection in opened:
            connection.close()
        raise
    if writes:
        storage.engine.dispose()
        event.listen(storage.engine, "connect", _leave_transactions_to_us)
        event.listen(storage.engine, "begin", _begin_as_writer)
    return _CachedStorage(storage)


def _leave_transactions_to_us(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None


def _begin_as_writer(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _why(fault: Exception, place: Address) -> Text:
    """Why a storage could not be opened."""
    if isinstance(fault, InvalidValue):
        return fault.text
    if isinstance(fault, ImportError):
        return say(
            "storage.no_driver",
            "{address} needs a package that is not installed: {problem}.",
            address=place.shown,
            problem=_package(place),
        )
    if isinstance(fault, RuntimeError) and "table schema" in str(fault):
        return say(
            "storage.other_version",
            "{address} was made by another version of Optuna, which this one cannot read.",
            address=place.shown,
        )
    return say(
        "storage.not_opened",
        "{address} could not be opened: {problem}.",
        address=place.shown,
        problem=_first_line(fault),
    )


def _package(place: Address) -> str:
    if place.sort == "grpc":
        return "grpcio"
    return "psycopg[binary]" if place.url.startswith("postgresql") else "pymysql"


def _first_line(fault: BaseException) -> str:
    """What went wrong at the bottom of it, in one line."""
    while (cause := getattr(fault, "orig", None) or fault.__cause__) is not None:
        fault = cause
    first = next((line for line in str(fault).splitlines() if line.strip()), type(fault).__name__)
    return shortened(first.strip().rstrip("."), 160)
