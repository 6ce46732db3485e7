"""Three workers on a real PostgreSQL, as on three machines, of which one is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from databases import postgresql, why_not
from searches import SMALL, plan

from playground.search.reading import StudyReader
from playground.search.study import begin

ROOT = Path(__file__).parents[2]
TRIALS = 8

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


def worker(url, study, name):
    """A worker that nobody looks after; its orders say how soon others hold it for dead."""
    process = subprocess.Popen(
        [sys.executable, "-m", "playground.search.child"],
        stdin=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )
    orders = {"storage": url, "study": study, "worker": name, "rhythm": [0.3, 2.0]}
    process.stdin.write(json.dumps(orders) + "\n")
    process.stdin.flush()
    return process


def at_work(reader):
    return {each.worker for each in reader.read().changed if each.state == "running"}


@pytest.fixture(scope="module")
def searched():
    """The plan, what a reader reads in the end, the trials of the killed worker, and how the others ended."""
    with postgresql() as url, ExitStack() as closed:
        planned = plan(url, trials=TRIALS, epochs=400, variations=plan("").variations[:1])
        begin(planned, SMALL).close()
        reader = closed.enter_context(closing(StudyReader(url, planned.study)))
        workers = {each.pid: each for each in (worker(url, planned.study, name) for name in "abc")}
        for each in workers.values():
            closed.enter_context(each)
            closed.callback(each.kill)
        while not (busy := at_work(reader) & set(workers)):
            assert None in [each.poll() for each in workers.values()]
            time.sleep(0.05)
        killed = workers.pop(busy.pop())
        os.kill(killed.pid, signal.SIGKILL)
        again = closed.enter_context(closing(StudyReader(url, planned.study)))
        held = [each.number for each in again.read().changed if each.worker == killed.pid]
        codes = [each.wait(100) for each in workers.values()]
        last = closed.enter_context(closing(StudyReader(url, planned.study)))
        yield planned, last.read(), held, codes


def test_no_trial_is_lost_or_done_twice(searched):
    _, news, held, codes = searched
    assert codes == [0, 0]
    assert news.counts.done == news.counts.total == TRIALS
    assert held


def test_another_worker_did_the_trial_of_the_dead_one_with_its_settings(searched):
    planned, news, held, _ = searched
    by_number = {each.number: each for each in news.changed}
    for number in held:
        assert by_number[number].settings == pytest.approx(planned.sampler.settings(planned.asked(number)))


def test_several_workers_shared_the_work(searched):
    assert len({each.worker for each in searched[1].changed}) >= 2
