"""The one place where a command's troubles become a line on stderr and an exit code."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from playground.cli.display import QT_LIBRARIES, install_line
from playground.cli.usage import UsageProblem
from playground.words import shortened

SUCCESS = 0
FAILURE = 2
INTERRUPTED = 130  # 128 + SIGINT, as shells count

ROOT = Path(__file__).parents[2]


def guard(command: Callable[[], int]) -> int:
    """The exit code of a command; whatever goes wrong in it is one line on stderr, never a traceback.

    `python -X dev` lets an unexpected fault through, for those who want the traceback.
    """
    try:
        return command()
    except SystemExit as end:  # argparse, after --help
        return int(end.code or SUCCESS)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # nobody listens any more, and Python's last flush shall not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    except Exception as fault:
        if sys.flags.dev_mode and not is_expected(fault):
            raise
        return fail(_sentence(fault))


def fail(message: str) -> int:
    """Say on one line of stderr what is wrong; the exit code of failure."""
    line = "; ".join(part.strip() for part in message.splitlines())
    print("error:", "".join(c if c.isprintable() else "?" for c in line), file=sys.stderr)
    return FAILURE


def _sentence(fault: Exception) -> str:
    if isinstance(fault, ImportError) and (words := _missing(fault)):
        return words
    if isinstance(fault, MemoryError):
        return "There is not enough memory for this."
    if is_expected(fault):
        return str(fault)
    if isinstance(fault, OSError):
        return shortened(fault, 200)
    place = traceback.extract_tb(fault.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    return f"Unexpected fault, please report it: {type(fault).__name__} in {where}: {shortened(fault, 200)}"


def _missing(fault: ImportError) -> str:
    """What to install when an import failed for want of it; empty when that is not why."""
    if (
        isinstance(fault, ModuleNotFoundError)
        and fault.name
        and not (ROOT / fault.name.split(".")[0]).exists()
    ):
        return f"The package {fault.name} is missing.  Install all: {sys.executable} -m pip install -e {ROOT}"
    if found := re.match(r"(lib[\w.+-]+): cannot open shared object file", str(fault)):
        how = (
            install_line([found[1]]) if found[1] in QT_LIBRARIES else "Install it with the system's packages."
        )
        return f"The system library {found[1]} is missing.  {how}"
    return ""


def is_expected(fault: Exception) -> bool:
    """Whether this is trouble that the program foresees, whose text is written for the person."""
    if isinstance(fault, UsageProblem):
        return True
    from playground.engine.layers import LayerProblem
    from playground.files.problem import FileProblem
    from playground.value import InvalidValue

    return isinstance(fault, (FileProblem, InvalidValue, LayerProblem))
