"""Worker processes: one search, of which one process is killed, paused, and stopped and gone on with."""

import io
import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest
from searches import SMALL, plan, work

from playground.search.child import REFUSED, obey
from playground.search.orders import Orders
from playground.search.pulse import Rhythm
from playground.search.queue import Owner, TrialQueue
from playground.search.reading import StudyReader
from playground.search.running import RunningSearch
from playground.search.study import begin
from widgets.program import main

QUICK = Rhythm(beat=0.2, grace=30)
TRIALS = 4


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """Two processes, of which one is killed; all are stopped, and later the search goes on."""
    planned = plan(
        tmp_path_factory.mktemp("processes") / "p.db",
        trials=TRIALS,
        workers=2,
        epochs=250,
        variations=plan("").variations[:1],
    )
    seen = {}
    search = RunningSearch(planned, SMALL, QUICK)
    search.start()
    try:
        reader = StudyReader(planned.storage, planned.study)
        first = set(search.processes)
        busy = []
        until(lambda: busy.extend(each.worker for each in reader.read().changed if each.worker) or busy)
        os.kill(busy[0], signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        until(lambda: set(search.processes) - first)
        search.pause()
        seen["paused"] = search.paused
        search.go_on()
        until(lambda: reader.read().counts.ended >= 1)
        search.stop()
        assert search.wait(30)
        seen["stopped"] = reader.read().counts
        seen["problem"] = search.problem
        work(planned.storage, planned.study)
    finally:
        search.stop()
    reader.close()
    with closing(StudyReader(planned.storage, planned.study)) as last:
        return planned, seen, last.read()


def test_no_trial_is_lost_or_done_twice(killed):
    news = killed[2]
    assert [record.number for record in news.changed] == list(range(TRIALS))
    assert news.counts.done == TRIALS


def test_the_settings_of_a_trial_do_not_depend_on_who_did_it(killed):
    planned, _, news = killed
    for record in news.changed:
        assert record.settings == pytest.approx(planned.sampler.settings(planned.asked(record.number)))


def test_a_stopped_search_leaves_nothing_running_behind(killed):
    counts = killed[1]["stopped"]
    assert counts.running == 0
    assert counts.ended >= 1
    assert killed[1]["problem"] is None


def test_a_worker_stops_when_the_program_that_started_it_is_gone():
    orders = Orders()
    obey(orders, io.StringIO("pause\ngo on\n"))  # and then the input ends
    assert orders.stopped
    assert not orders.may_go_on()


# --- processes that do not work at all --------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch):
    """Lets every worker process say something and end at once, with an exit code."""
    real = subprocess.Popen

    def break_them(code):
        says = [sys.executable, "-S", "-c", f"print('No room.'); raise SystemExit({code})"]
        monkeypatch.setattr(subprocess, "Popen", lambda _, **how: real(says, **how))

    return break_them


def test_what_the_only_process_had_waits_again_as_soon_as_it_is_dead(tmp_path, monkeypatch, broken):
    monkeypatch.setattr("uuid.uuid4", lambda: type("Named", (), {"hex": "the only one"}))
    planned = plan(tmp_path / "o.db", workers=1)
    with closing(begin(planned, SMALL)) as opened:
        TrialQueue(opened.storage, opened.id, planned.total, Owner("the only one", "here", 1)).take()
    broken(1)
    search = RunningSearch(planned, SMALL, QUICK)
    search.start()
    assert search.wait(30)
    assert "No room." in str(search.problem)
    with closing(StudyReader(planned.storage, planned.study)) as reader:
        assert reader.read().counts.running == 0


def test_a_machine_whose_processes_all_refuse_says_why(tmp_path, capsys, broken):
    planned = plan(tmp_path / "r.db")
    begin(planned, SMALL).close()
    broken(REFUSED)
    command = ["search-worker", "--storage", planned.storage, "--study", planned.study, "--workers", "2"]
    assert main(command) != 0
    assert "No room." in capsys.readouterr().err
