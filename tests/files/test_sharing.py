"""An experiment travels as a link in a message, and inside a picture."""

import base64
import gc
import io
import re
import zlib

import numpy as np
import pytest
from PIL import Image

from playground.data import store
from playground.data.datasets.painted import Painted
from playground.experiment import Experiment
from playground.files import experiment_file, picture_file, share_link
from playground.files.examples import examples
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.files.sources import resolve
from playground.training.trainer import Trainer

RECIPES = [each for each in examples() if not isinstance(each.load().experiment.data.dataset, Painted)]


def own():
    """Of points that a person has painted."""
    points = Painted.empty().with_points([[0, 0], [1, 1], [-3, 2]], 0).with_points([[4, -2], [5, 5]], 1)
    return Experiment().with_dataset(points)


def png():
    buffer = io.BytesIO()
    Image.fromarray(np.arange(48, dtype=np.uint8).reshape(4, 4, 3)).save(buffer, "PNG")
    return buffer.getvalue()


# --- links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", RECIPES, ids=lambda example: example.name)
def test_every_example_fits_a_message_and_comes_back_as_it_was(example):
    experiment = example.load().experiment
    link = share_link.link(experiment)
    assert len(link) < 3000
    assert re.fullmatch(r"nnplay:///[A-Za-z0-9_-]+", link), "no program for messages changes such letters"
    assert share_link.parse(link) == experiment


def test_a_link_is_what_anyone_can_unpack():
    letters = share_link.link(Experiment()).removeprefix("nnplay:///")
    content = zlib.decompress(base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4)), -15)
    assert experiment_file.loads(content).experiment == Experiment()


def test_a_link_of_before_has_two_slashes_and_opens_still():
    link = share_link.link(Experiment()).replace(":///", "://")
    assert share_link.parse(link) == Experiment()
    assert share_link.parse(f"see {link}/") == Experiment()


@pytest.mark.parametrize(
    "around",
    ["{}", "  {}\n", "Look at <{}>!", "{}/", "see {}."],
    ids=["alone", "spaces", "in a sentence", "with a slash", "with a full stop"],
)
def test_words_around_a_link_do_no_harm(around):
    experiment = Experiment().with_(notes="Ü and 学习")
    text = around.format(share_link.link(experiment))
    assert share_link.is_link(text)
    assert share_link.parse(text) == experiment
    assert resolve(text).saved.experiment == experiment


def test_a_link_broken_into_lines_by_a_mail_program_is_whole():
    link = share_link.link(Experiment())
    lines = "\r\n> ".join(link[start : start + 60] for start in range(0, len(link), 60))
    assert share_link.parse(lines) == Experiment()


@pytest.mark.parametrize("damage", [lambda link: link[:-20], lambda link: "nnplay://", lambda link: link[:9]])
def test_a_link_that_is_cut_off_is_refused_in_a_sentence(damage):
    with pytest.raises(FileProblem, match="damaged or not whole"):
        share_link.parse(damage(share_link.link(Experiment())))


def test_a_link_does_not_unpack_to_more_than_an_experiment():
    bomb = zlib.compress(b" " * 50_000_000, 9, -15)
    with pytest.raises(FileProblem, match="damaged or not whole"):
        share_link.parse("nnplay://" + base64.urlsafe_b64encode(bomb).decode().rstrip("="))


def test_a_link_with_something_else_inside_says_what_is_wrong():
    packed = zlib.compress(b'{"format": 1, "data": {"dataset": {"kind": "moon"}}}', 9, -15)
    with pytest.raises(FileProblem, match="dataset"):
        share_link.parse("nnplay://" + base64.urlsafe_b64encode(packed).decode().rstrip("="))


def test_data_of_ones_own_are_refused_with_a_reason():
    with pytest.raises(FileProblem, match="data of your own"):
        share_link.link(own())


def test_what_is_too_much_for_a_message_is_refused_with_a_reason():
    rng = np.random.default_rng(0)
    notes = "".join(map(chr, rng.integers(33, 126, 9000)))
    with pytest.raises(FileProblem, match="too much for a link"):
        share_link.link(Experiment().with_(notes=notes))


# --- pictures ---------------------------------------------------------------------------------------


def trained():
    trainer = Trainer(Experiment())
    trainer.run_epoch()
    return SavedExperiment(trainer.experiment, trainer.checkpoint())


def test_a_picture_with_an_experiment_inside_opens_as_it_and_stays_a_picture(tmp_path):
    saved, path = trained(), tmp_path / "shared.png"
    experiment_file.save_picture(path, png(), saved)
    opened = experiment_file.load(path)
    assert (opened.experiment, opened.checkpoint.step) == (saved.experiment, saved.checkpoint.step)
    assert opened.checkpoint.step > 0
    assert picture_file.holds_file(path)
    with Image.open(path) as shown, Image.open(io.BytesIO(png())) as drawn:
        np.testing.assert_array_equal(np.asarray(shown), np.asarray(drawn))


def test_data_of_ones_own_travel_in_a_picture(tmp_path):
    experiment, path = own(), tmp_path / "own.png"
    experiment_file.save_picture(path, png(), SavedExperiment(experiment))
    places = experiment.data.dataset.places.copy()
    del experiment
    store.put(Painted.empty().arrays)
    gc.collect()
    np.testing.assert_array_equal(experiment_file.load(path).experiment.data.dataset.places, places)


def test_an_ordinary_picture_says_that_nothing_is_inside(tmp_path):
    path = tmp_path / "plain.png"
    path.write_bytes(png())
    assert not picture_file.holds_file(path)
    with pytest.raises(FileProblem, match="no experiment inside"):
        experiment_file.load(path)


@pytest.mark.parametrize("kept", [30, 100, -30])
def test_a_picture_that_is_cut_off_is_refused_in_a_sentence(kept):
    whole = picture_file.with_file(png(), experiment_file.dumps(SavedExperiment(Experiment())))
    with pytest.raises(FileProblem, match="damaged"):
        picture_file.file_in(whole[:kept])
