"""Locks on files: they end with the program that holds them, however it ends."""

from __future__ import annotations

import sys
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def lock(file: BinaryIO) -> None:
        """Lock a file until it is closed; BlockingIOError when another holds it."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError as error:  # by which Windows says that it is locked
            raise BlockingIOError(error.errno, error.strerror) from None

else:
    import fcntl

    def lock(file: BinaryIO) -> None:
        """Lock a file until it is closed; BlockingIOError when another holds it."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
