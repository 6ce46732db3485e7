"""Writing files so that a failure at any moment leaves the old one whole."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from pathlib import Path

from playground.files.problem import FileProblem
from playground.words import shortened


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file beside the old one, and put it in its place once it is on the disk.

    Raises:
        FileProblem: when that fails; then the old file is as it was and nothing else is left behind.
    """
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))  # a link stays a link
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "read-only")  # renaming over it would not ask
        temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except (OSError, ValueError) as error:
        raise FileProblem(f"Could not save to {shortened(path)}: {reason(error)}.") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError, ValueError):
                temporary.unlink(missing_ok=True)


def reason(error: OSError | ValueError) -> str:
    """Why the operating system refused, in plain words."""
    if not isinstance(error, OSError):
        return "this cannot be the name of a file"
    return _REASONS.get(error.errno or 0) or (error.strerror or str(error)).lower()


_REASONS = {
    errno.ENOENT: "there is no such file or folder",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "there is no such folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EROFS: "the device can only be read",
    errno.ENOSPC: "no space left on the device",
    errno.EDQUOT: "no space left on the device",
    errno.ENAMETOOLONG: "the name is too long",
}
