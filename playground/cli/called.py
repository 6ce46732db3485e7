"""What was typed to start the program."""

from __future__ import annotations

import sys
from pathlib import Path

CALLED = {"neural-playground": "neural-playground", "widgets": "python -m widgets"}
"""What is typed to start the program, by the name of the script or of the folder that was run."""


def called() -> str:
    """How the program was started, for its usage."""
    script = Path(sys.argv[0])
    return CALLED.get(script.parent.name if script.stem == "__main__" else script.stem, "python main.py")


PROGRAM = called()
