"""Pictures without the window: a network is trained on a folder of them, and says what others are."""

import csv
import signal

import numpy as np
import pytest
from PIL import Image

from playground.data import OwnPictures
from playground.data.datasets.digits import Digits
from playground.data.datasets.shapes import Shapes
from playground.data.pictures import decoding
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, load, save
from playground.training.trainer import Trainer
from widgets.program import main


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def refused(capsys):
    """Runs a command that must fail; gives its one line on stderr, without "error: "."""

    def refuse(*arguments):
        assert run(*arguments) == 2
        (line,) = capsys.readouterr().err.splitlines()
        return line.removeprefix("error: ")

    return refuse


@pytest.fixture
def pets(tmp_path):
    """Red cats and blue dogs."""
    for name, colour in (("cat", (200, 30, 30)), ("dog", (30, 30, 200))):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(20):
            shade = tuple(max(0, part - number) for part in colour)
            Image.new("RGB", (40, 30), shade).save(tmp_path / "pets" / name / f"{number}.png")
    return tmp_path / "pets"


@pytest.fixture
def trained(pets, tmp_path):
    path = tmp_path / "pets.nnplay"
    assert run("train", pets, "--epochs", 40, "--save", path) == 0
    return path


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_network_learns_from_a_folder(pets, tmp_path, capsys):
    assert run("train", pets, "--epochs", 40, "--save", tmp_path / "pets.nnplay") == 0
    experiment = load(tmp_path / "pets.nnplay").experiment
    assert isinstance(experiment.data.dataset, OwnPictures)
    assert experiment.data.dataset.shape.sizes == (28, 28, 3)
    assert [layer.kind for layer in experiment.network.layers] == ["flatten", "dense", "dense", "dense"]
    assert "test accuracy 100.0 %" in capsys.readouterr().out


def test_size_colours_network_and_split_are_said(pets, tmp_path):
    out = tmp_path / "a.nnplay"
    options = ("--size", 12, "--colours", "grey", "--fit", "pad", "--network", "5", "--split", "stratified")
    assert run("train", pets, *options, "--epochs", 1, "--save", out) == 0
    experiment = load(out).experiment
    dataset = experiment.data.dataset
    assert (dataset.shape.sizes, dataset.fit, experiment.data.split) == ((12, 12, 1), "pad", "stratified")
    assert [getattr(layer, "units", 0) for layer in experiment.network.layers] == [0, 5, 1]


def test_a_run_is_gone_on_with_where_the_pictures_are_no_more(trained, pets, tmp_path):
    for file in pets.rglob("*.png"):
        file.unlink()
    assert run("train", trained, "--epochs", 3, "--save", tmp_path / "on.nnplay") == 0
    assert load(tmp_path / "on.nnplay").checkpoint.epoch == 43


def test_pictures_are_predicted_by_their_files(trained, pets, tmp_path, capsys):
    out = tmp_path / "out.csv"
    Image.new("RGB", (90, 90), (180, 20, 20)).save(pets / "new.png")
    (pets / "broken.png").write_text("no")
    assert run("predict", trained, "--data", pets, "--out", out) == 0
    rows = rows_of(out)
    assert list(rows[0]) == ["file", "prediction", "probability", "probability.cat", "probability.dog"]
    said = {row["file"]: row["prediction"] for row in rows}
    assert len(said) == 41
    assert said["new.png"] == said["cat/3.png"] == "cat"
    assert said["dog/19.png"] == "dog"
    for row in rows:
        assert float(row["probability"]) == float(row[f"probability.{row['prediction']}"])
    assert "Left out: broken.png (is no picture)." in capsys.readouterr().out


def test_predictions_are_those_of_the_network_itself(trained, pets, tmp_path):
    out = tmp_path / "out.csv"
    assert run("predict", trained, "--data", pets, "--out", out) == 0
    saved = load(trained)
    trainer = Trainer(saved.experiment, saved.checkpoint)
    raw = saved.experiment.data.dataset.arrays.raw / 255
    outputs = trainer.network.predict(trainer.data.transform(raw).astype(np.float32))[:, 0]
    found = [float(row["probability.dog"]) for row in rows_of(out)]
    np.testing.assert_allclose(found, outputs, atol=1e-6)


def test_one_picture_is_predicted(trained, pets, tmp_path):
    out = tmp_path / "out.csv"
    assert run("predict", trained, "--data", pets / "dog" / "5.png", "--out", out) == 0
    (row,) = rows_of(out)
    assert (row["file"], row["prediction"]) == ("5.png", "dog")


def test_a_network_of_the_programs_own_pictures_takes_files_too(tmp_path):
    """Digits go from 0 to 16; a file's white is their 16."""
    experiment = Experiment().with_dataset(Digits())
    trainer = Trainer(experiment)
    for _ in range(10):
        trainer.run_epoch()
    save(tmp_path / "digits.nnplay", SavedExperiment(experiment, trainer.checkpoint()))
    raw = Digits().arrays.raw[:50, ..., 0]
    (tmp_path / "files").mkdir()
    for number, picture in enumerate(raw):
        Image.fromarray((picture.astype(float) * 255 / 16).round().astype(np.uint8)).save(
            tmp_path / "files" / f"{number}.png"
        )
    out = tmp_path / "out.csv"
    assert run("predict", tmp_path / "digits.nnplay", "--data", tmp_path / "files", "--out", out) == 0
    expected = trainer.network.predict(
        trainer.data.transform(raw[..., np.newaxis].astype(float)).astype(np.float32)
    ).argmax(axis=1)
    assert [row["prediction"] for row in rows_of(out)] == [str(digit) for digit in expected]


def test_arrays_without_labels_are_predicted_by_number(tmp_path):
    experiment = Experiment().with_dataset(Shapes(samples=40, side=9))
    save(tmp_path / "s.nnplay", SavedExperiment(experiment, Trainer(experiment).checkpoint()))
    np.savez(tmp_path / "new.npz", images=np.zeros((3, 9, 9)))
    out = tmp_path / "out.csv"
    assert run("predict", tmp_path / "s.nnplay", "--data", tmp_path / "new.npz", "--out", out) == 0
    assert [row["picture"] for row in rows_of(out)] == ["1", "2", "3"]


def test_reading_is_stopped_as_training_is(pets, tmp_path, monkeypatch, capsys):
    usual = decoding.decoded

    def decoded(data, sizing):
        signal.raise_signal(signal.SIGTERM)
        return usual(data, sizing)

    monkeypatch.setattr(decoding, "decoded", decoded)
    assert run("train", pets, "--save", tmp_path / "a.nnplay") == 128 + signal.SIGTERM
    assert capsys.readouterr().out == "Stopped while reading; nothing was trained and nothing written.\n"
    assert not (tmp_path / "a.nnplay").exists()


# --- what is refused --------------------------------------------------------------------------------


def test_bad_pictures_are_one_line_with_their_name(refused, pets, tmp_path):
    (tmp_path / "empty").mkdir()
    assert refused("train", tmp_path / "empty").endswith("empty: It is empty.")
    (pets / "dog").rename(tmp_path / "away")
    assert "are of one class" in refused("train", pets, "--size", 8)
    assert refused("train", pets / "cat").endswith("put those of each class into a folder with its name.")
    assert refused("train", tmp_path / "none.zip").endswith("There is no such file or folder.")


def test_options_of_tables_are_not_for_pictures_nor_the_other_way(refused, pets):
    assert refused("train", pets, "--target", "x").endswith(
        "is no table, which the options of tables are for."
    )
    assert refused("train", "spiral", "--size", 9).endswith("which --size, --colours and --fit are for.")
    assert "must be pixels from 8 to 64" in refused("train", pets, "--size", 7)
    assert refused("train", "spiral", "--network", 9).endswith("which the options of tables are for.")


def test_what_is_no_picture_is_not_predicted(refused, trained, pets, tmp_path):
    (tmp_path / "rows.csv").write_text("a,b\n1,2\n")
    assert "There are no pictures in it, but rows.csv." in refused(
        "predict", trained, "--data", tmp_path / "rows.csv", "--out", tmp_path / "out.csv"
    )


def test_the_window_is_told_of_a_file_that_is_not_there(refused, tmp_path):
    assert refused(tmp_path / "none.zip").endswith("none.zip: There is no such file.")
