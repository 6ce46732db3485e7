"""The process of a worker: its orders come as a line on its input, and so does what it is told later.

When its input ends, as the program that started it did, it gives its trial back and ends too.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from contextlib import closing, suppress
from typing import TextIO

from playground.search.orders import Orders
from playground.search.patience import PATIENCE
from playground.search.pulse import Rhythm
from playground.search.queue import Owner
from playground.search.study import join
from playground.search.worker import SearchWorker
from playground.value import InvalidValue

NICENESS = 10
REFUSED = 3
"""The exit code of a worker that cannot work and says why."""


def owner(worker: str) -> Owner:
    """This process as a worker of that name."""
    return Owner(worker, socket.gethostname(), os.getpid())


def obey(orders: Orders, lines: TextIO) -> None:
    """Do what the lines say, one after the other; stop when there are no more."""
    told = {"pause": orders.pause, "go on": orders.go_on, "stop": orders.stop}
    for line in lines:
        told[line.strip()]()
    orders.stop()


def be_nice() -> None:
    """Let everybody else come first."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICENESS)


def main() -> int:
    """Work as ordered; the exit code."""
    be_nice()
    given = json.loads(sys.stdin.readline())
    orders = Orders()
    threading.Thread(target=obey, args=(orders, sys.stdin), daemon=True).start()
    try:
        study = join(given["storage"], given["study"], wait=PATIENCE)
        with closing(study):
            SearchWorker(study, owner(given["worker"]), orders, Rhythm(*given["rhythm"])).work()
    except InvalidValue as problem:
        print(problem)
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
