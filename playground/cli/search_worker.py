"""The `search-worker` command: trials of a search that was begun on another machine."""

from __future__ import annotations

import os
import time
import uuid
from contextlib import closing

from playground.cli.commands import JoinSearch
from playground.cli.faults import SUCCESS, fail
from playground.cli.stopping import Stop, stoppable

LOOK = 0.2


def work(command: JoinSearch) -> int:
    """Train trials until there are no more; the exit code.

    Raises:
        InvalidValue: when there is no such study, in a sentence.
    """
    from playground.search.one_thread import ONE_THREAD

    os.environ |= dict.fromkeys(ONE_THREAD, "1")  # before anything that multiplies is loaded
    with stoppable() as stop:
        return _alone(command, stop) if command.workers == 1 else _together(command, stop)


def _alone(command: JoinSearch, stop: Stop) -> int:
    from playground.search.child import be_nice, owner
    from playground.search.orders import Orders
    from playground.search.study import join
    from playground.search.worker import SearchWorker

    class Heard(Orders):
        """Ends by a signal."""

        @property
        def stopped(self) -> bool:
            return bool(stop.number)

    be_nice()
    with closing(join(command.storage, command.study)) as study:
        SearchWorker(study, owner(uuid.uuid4().hex), Heard()).work()
    return stop.code if stop.number else SUCCESS


def _together(command: JoinSearch, stop: Stop) -> int:
    from playground.search.pulse import Rhythm
    from playground.search.study import join
    from playground.search.workers import WorkerPool

    join(command.storage, command.study, writes=False).close()
    pool = WorkerPool(command.storage, command.study, command.workers, Rhythm())
    pool.start()
    while pool.works:
        time.sleep(LOOK)
        pool.look()
        if stop.number or pool.problem is not None:
            pool.stop()
    if pool.problem is not None:
        return fail(str(pool.problem))
    return stop.code if stop.number else SUCCESS
