"""Where studies are kept: what is typed, what does not answer, and what another program wrote."""

import socket
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import optuna
import pytest
from searches import ME, SMALL, plan, searched, work

from playground.search.addresses import address, usual_file
from playground.search.applying import apply
from playground.search.patience import patient
from playground.search.queue import Owner, TrialQueue
from playground.search.reading import StudyReader
from playground.search.storages import close, in_time, open_storage
from playground.search.study import MARK, begin, join
from playground.value import InvalidValue


@pytest.mark.parametrize(
    ("text", "sort", "path"),
    [
        ("study.db", "sqlite", "study.db"),
        ("sqlite:///study.db", "sqlite", "study.db"),
        ("sqlite:////home/me/study.db", "sqlite", "/home/me/study.db"),
        ("sqlite:///C:/Users/me/study.db", "sqlite", "C:/Users/me/study.db"),
        (r"sqlite:///C:\Users\me\study.db", "sqlite", r"C:\Users\me\study.db"),
        ("shared/a.journal", "journal", "shared/a.journal"),
        ("journal:///shared/a", "journal", "/shared/a"),
        ("journal:///C:/shared/a", "journal", "C:/shared/a"),
    ],
)
def test_a_file_is_named_by_its_path_or_as_a_url(text, sort, path):
    found = address(text)
    assert (found.sort, found.path) == (sort, Path(path))


def test_nothing_typed_is_a_file_of_the_user():
    assert address("  ").path == usual_file()
    assert usual_file().is_absolute()


def test_a_url_names_its_driver_and_hides_its_password():
    found = address("postgresql://me:secret@host/np")
    assert found.url == "postgresql+psycopg://me:secret@host/np"
    assert found.shown == "postgresql://me:…@host/np"
    assert address("grpc://host").host == ("host", 13000)


@pytest.mark.parametrize("text", ["redis://x", "study.txt", "grpc://host:port"])
def test_what_is_no_storage_is_said(text):
    with pytest.raises(InvalidValue, match="storage"):
        address(text)


def test_a_server_that_says_nothing_is_given_up_in_time():
    place = address("postgresql://me@127.0.0.1:1/np")
    with pytest.raises(InvalidValue, match=r"127\.0\.0\.1.*does not answer within 0\.1 seconds"):
        in_time(lambda: time.sleep(0.5), place, wait=0.1)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidValue, match="could not be opened"):
        open_storage(str(tmp_path / "file" / "study.db"))


def test_a_file_that_is_no_database_is_said(tmp_path):
    (tmp_path / "study.db").write_text("certainly not a database, though it is long enough to be one")
    with pytest.raises(InvalidValue, match="file is not a database"):
        open_storage(str(tmp_path / "study.db"))


def test_a_database_of_an_unknown_version_is_said(tmp_path):
    path = tmp_path / "study.db"
    close(open_storage(str(path)))
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'v99.0.0.a'")
        database.commit()
    with pytest.raises(InvalidValue, match="made by another version of Optuna"):
        open_storage(str(path))


@pytest.fixture
def kept(tmp_path):
    """A study that was begun."""
    planned = plan(tmp_path / "s.journal")
    return planned, begin(planned, SMALL)


def test_a_study_is_joined_with_its_plan_and_experiment(kept):
    planned, _ = kept
    joined = join(planned.storage, planned.study)
    assert (joined.plan.decided, joined.plan.trials) == (planned.decided, planned.trials)
    assert joined.experiment == SMALL


@pytest.mark.parametrize("changes", [{"epochs": 9}, {"seed": 7}, {"variations": plan("").variations[:1]}])
def test_a_study_of_another_plan_is_refused(kept, changes):
    with pytest.raises(InvalidValue, match="tried is of another experiment or plan"):
        begin(kept[0].with_(**changes), SMALL)


def test_a_study_of_another_experiment_is_refused(kept):
    with pytest.raises(InvalidValue, match="of another experiment or plan"):
        begin(kept[0], apply(SMALL, {"training.batch_size": 7}))


def test_more_trials_and_other_workers_are_the_same_study(kept):
    planned, opened = kept
    assert begin(planned.with_(trials=9, workers=3), SMALL).id == opened.id
    assert join(planned.storage, planned.study).plan.trials == 9


def test_a_study_of_a_newer_program_is_refused(kept):
    planned, opened = kept
    mark = opened.storage.get_study_user_attrs(opened.id)[MARK]
    opened.storage.set_study_user_attr(opened.id, MARK, mark | {"format": 99})
    with pytest.raises(InvalidValue, match="newer version of this program"):
        join(planned.storage, planned.study)


def test_a_study_of_another_program_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("playground.search.study.FIRST_LOOKS", 1)
    where = str(tmp_path / "s.journal")
    open_storage(where).create_new_study([optuna.study.StudyDirection.MINIMIZE], "theirs")
    with pytest.raises(InvalidValue, match="theirs is no search of this program"):
        join(where, "theirs")


# --- workers and the queue --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["q.db", "q.journal"])
def test_workers_that_take_at_the_same_time_never_take_the_same(tmp_path, name):
    planned = plan(tmp_path / name, trials=12)
    begin(planned, SMALL).close()
    taken, barrier = [], threading.Barrier(3)

    def take(worker):
        study = join(planned.storage, planned.study)
        queue = TrialQueue(study.storage, study.id, planned.total, Owner(worker, "here", 1))
        barrier.wait()
        while (trial := queue.take()) is not None:
            taken.append(trial.number)
        study.close()

    threads = [threading.Thread(target=take, args=(each,)) for each in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(12))


def test_a_trial_of_a_dead_worker_is_done_by_another_under_its_number(kept):
    planned, opened = kept
    dead = TrialQueue(opened.storage, opened.id, planned.total, Owner("dead", "there", 2))
    first = dead.take()
    mine = TrialQueue(opened.storage, opened.id, planned.total, ME)
    mine.put_back(first._trial_id)
    assert not dead.is_mine(first._trial_id)
    again = mine.take()
    assert again.number == first.number == 0
    assert mine.owner(again._trial_id).tries == 2
    assert not dead.beat(first._trial_id)


def test_a_worker_that_wakes_up_late_writes_nothing_over_what_another_did(kept):
    planned, opened = kept
    late = TrialQueue(opened.storage, opened.id, planned.total, Owner("late", "there", 2))
    trial = late.take()
    late.put_back(trial._trial_id)
    work(planned.storage)
    before = StudyReader(planned.storage, planned.study).read().changed
    late.put_back(trial._trial_id)
    late.give_back(trial._trial_id)
    assert StudyReader(planned.storage, planned.study).read().changed == before
    assert all(record.state == "done" for record in before)


def test_a_trial_that_kills_its_workers_is_given_up(kept):
    planned, opened = kept
    for name in "abc":
        queue = TrialQueue(opened.storage, opened.id, planned.total, Owner(name, "there", 2))
        queue.put_back(queue.take()._trial_id)
    work(planned.storage)
    first = StudyReader(planned.storage, planned.study).read().changed[0]
    assert (first.state, str(first.reason)) == ("failed", "3 processes died while they trained it.")


def test_surplus_trials_are_neither_done_nor_shown(kept):
    planned, opened = kept
    for _ in range(3):
        opened.storage.create_new_trial(opened.id, optuna.create_trial(state=optuna.trial.TrialState.WAITING))
    fewer = begin(planned.with_(trials=2), SMALL)
    work(planned.storage)
    news = StudyReader(planned.storage, planned.study).read()
    assert (len(news.changed), news.counts.done, fewer.plan.total) == (2, 2, 2)


def test_a_reader_is_told_only_what_is_new(tmp_path):
    reader = searched(plan(tmp_path / "s.journal", trials=3))
    assert [record.number for record in reader.read().changed] == [0, 1, 2]
    assert reader.read().changed == ()
    begin(reader.plan.with_(trials=4), SMALL)
    work(reader.plan.storage)
    assert StudyReader(reader.plan.storage, "tried").read().counts.done == 4


def test_a_short_trouble_of_a_storage_is_waited_for():
    class Shaky:
        calls = 0

        def get_n_trials(self):
            self.calls += 1
            if self.calls < 3:
                raise optuna.exceptions.StorageInternalError("database is locked")
            return 7

        def get_study_id_from_name(self):
            raise KeyError("no such study")

    assert patient(Shaky()).get_n_trials() == 7
    with pytest.raises(optuna.exceptions.StorageInternalError):
        patient(Shaky(), patience=0).get_n_trials()
    with pytest.raises(KeyError):
        patient(Shaky()).get_study_id_from_name()


def test_a_proxy_before_a_journal_is_a_storage_too(tmp_path):
    pytest.importorskip("grpc")
    from optuna.storages._grpc.server import make_server

    with closing(socket.socket()) as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    server = make_server(open_storage(str(tmp_path / "s.journal")), "127.0.0.1", port)
    server.start()
    try:
        reader = searched(plan(f"grpc://127.0.0.1:{port}", trials=3))
        assert reader.read().counts.done == 3
        reader.close()
    finally:
        server.stop(None).wait()
    assert StudyReader(str(tmp_path / "s.journal"), "tried").read().counts.done == 3
