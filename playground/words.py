"""Words for people: what a sentence quotes of what was wrong is cut to a length that can be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def shortened(text: object, most: int = 120) -> str:
    """The text, with … for its middle where it is longer than so many characters."""
    whole = str(text)
    if len(whole) <= most:
        return whole
    end = (most - 1) // 3
    return f"{whole[: most - 1 - end]}…{whole[len(whole) - end :]}"


def quoted(value: object, most: int = 60) -> str:
    """A value as Python writes it, text in quotation marks, shortened."""
    return shortened(repr(value), most)


def moment(time: datetime) -> str:
    """A moment as the clock here shows it, in digits alone: the names of months belong to a language."""
    return f"{local(time):%Y-%m-%d %H:%M:%S}"


def local(time: datetime) -> datetime:
    """A moment by the clock here; as it is where that knows no such year, as Windows before 1970."""
    try:
        return time.astimezone()
    except (OSError, OverflowError, ValueError):
        return time


def moment_of(seconds: float) -> datetime:
    """The moment so many seconds after 1970 in UTC, whatever a damaged disk says of the time of a file."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return datetime(1970, 1, 1, tzinfo=UTC)
