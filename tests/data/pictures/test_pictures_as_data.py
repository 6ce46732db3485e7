"""A person's own pictures are a dataset: kept as bytes, saved once, opened again, and learnt from."""

import gc
import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from playground.data import OwnPictures, store
from playground.data.augmentation.picture_places import HorizontalFlip
from playground.data.datasets.digits import Digits
from playground.data.pictures.album import Album
from playground.data.pictures.foreign import sample_of, sample_of_file
from playground.data.pictures.looks import Looks
from playground.data.pictures.reading import Sizing, read
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.randomness import Pcg64
from playground.training.changes import changes
from playground.training.trainer import Trainer
from playground.value import InvalidValue


def album(count=30, classes=3, side=8, colour="colour", sides=None):
    sizing = Sizing(side=side, colour=colour)
    labels = np.arange(count) % classes
    pixels = np.random.default_rng(0).integers(0, 256, (count, side, side, sizing.channels), np.uint8)
    pixels[..., 0] = np.minimum(pixels[..., 0], 80 * labels[:, np.newaxis, np.newaxis] + 20)
    return Album("mine", pixels, labels, tuple("abcdefghij"[:classes]), sides, sizing)


def take(dataset):
    return dataset.take(Pcg64().streams().data)


def test_values_lie_from_0_to_1_and_classes_have_their_names():
    given = album()
    samples = take(OwnPictures.of(given))
    np.testing.assert_array_equal(samples.raw, given.pixels / 255)
    assert samples.targets.tolist() == given.labels.tolist()
    assert samples.task.class_names == ("a", "b", "c")
    assert samples.sides is None
    assert OwnPictures.of(given).shape.sizes == (8, 8, 3)


def test_the_store_keeps_bytes_alone():
    """60,000 pictures of 28 × 28 are 47 MB."""
    dataset = OwnPictures.of(album(count=60, side=28, colour="grey"))
    assert dataset.arrays.raw.nbytes == 60 * 28 * 28
    assert dataset.arrays.targets.nbytes == 60 * 2


def test_sides_part_the_samples():
    sides = np.array([0] * 20 + [1] * 4 + [2] * 6, np.int8)
    experiment = Experiment().with_dataset(OwnPictures.of(album(sides=sides)))
    assert experiment.data.split == "column"
    data = Trainer(experiment).data
    assert [len(side.targets) for side in (data.train, data.validation, data.test)] == [20, 4, 6]
    assert sorted(data.train.rows.tolist()) == list(range(20))


def test_a_file_brings_the_pictures_with_it_once():
    experiment = Experiment().with_dataset(OwnPictures.of(album()))
    raw, key = experiment.data.dataset.arrays.raw.copy(), experiment.data.dataset.key
    data = dumps(SavedExperiment(experiment))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (entry,) = [name for name in archive.namelist() if name.startswith("data/")]
        assert archive.getinfo(entry).file_size < raw.size + 1000
    del experiment
    store.put(store.Content(np.zeros(1), np.zeros(1)))
    gc.collect()
    assert not store.has(key)
    opened = loads(data).experiment.data.dataset
    np.testing.assert_array_equal(opened.arrays.raw, raw)


@pytest.mark.parametrize("colour", ["grey", "colour"])
def test_a_run_on_varied_pictures_goes_on_bit_for_bit(colour):
    experiment = Experiment().with_dataset(OwnPictures.of(album(colour=colour)))
    experiment = experiment.with_(data=experiment.data.with_(augmentations=(HorizontalFlip(),)))
    trainer = Trainer(experiment)
    trainer.run(5)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    resumed = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, resumed):
        each.run(40)
    np.testing.assert_array_equal(trainer.network.parameters, resumed.network.parameters)


def test_pictures_that_look_different_are_told_apart():
    experiment = Experiment().with_dataset(OwnPictures.of(album(count=90)))
    trainer = Trainer(experiment.with_(data=experiment.data.with_(train_percent=70)))
    for _ in range(30):
        trainer.run_epoch()
    assert trainer.recorder.measures[1].metrics["accuracy"] > 0.7


def test_pictures_that_were_read_are_one_dataset_whichever_way_they_came(two, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for file in sorted(two.rglob("*.png")):
            archive.write(file, file.relative_to(two))
    whole, packed = (OwnPictures.of(read(source, Sizing(side=8))) for source in (two, tmp_path / "a.zip"))
    assert whole.key == packed.key


def test_pictures_in_place_of_others_are_one_change():
    before = Experiment().with_dataset(OwnPictures.of(album()))
    after = before.with_dataset(OwnPictures.of(album(count=40, side=9)))
    assert all(change.what != "Samples" for change in changes(before, after))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"class_names": ("a",)}, "class_names"),
        ({"class_names": ("a", "b", "b")}, "two of its classes have the same name"),
        ({"side": 65}, "side"),
        ({"pictures": 10_000_000, "content": "0" * 64}, "are too many values"),
        ({"shares": (1, 2, 3), "content": "0" * 64}, "its sides do not hold all pictures"),
        ({"shares": (0, 20, 10), "content": "0" * 64}, "its sides do not hold all pictures"),
        ({"side": 9}, "not those that it was made with"),
        ({"pictures": 29}, "not those that it was made with"),
        ({"class_names": ("a", "b")}, "not those that it was made with"),
        ({"shares": (10, 10, 10)}, "not those that it was made with"),
    ],
    ids=str,
)
def test_what_does_not_fit_the_pictures_is_refused(fields, words):
    dataset = OwnPictures.of(album())
    with pytest.raises(InvalidValue, match=words):
        dataset.with_(**fields)


def test_a_bad_dataset_puts_nothing_into_the_store():
    bad = album(classes=1)
    with pytest.raises(InvalidValue):
        OwnPictures.of(bad)
    assert not store.has(store.Content(bad.pixels, np.zeros((30, 2), np.uint8)).key)


@pytest.mark.parametrize("fit", ["crop", "pad"])
def test_a_file_that_was_learnt_from_is_the_same_sample_when_it_is_asked_about(folder, fit):
    """Also where all pictures show one thing in one place, which others would be brought to."""
    source = folder({})
    for name, colour in (("a", 255), ("b", 200)):
        (source / name).mkdir()
        for number in range(6):
            image = Image.new("L", (60, 40), 0)
            image.paste(colour, (12, 4, 48 - number % 2, 36))
            image.save(source / name / f"{number}.png")
    dataset = OwnPictures.of(read(source, Sizing(side=16, fit=fit)))
    looks = Looks.of(take(dataset).raw)
    found = sample_of_file(source / "a" / "0.png", looks, dataset.sizing)
    np.testing.assert_array_equal(found, take(dataset).raw[0])


def test_a_picture_of_the_size_of_the_set_is_taken_as_it_is():
    looks = Looks.of(take(Digits()).raw)
    assert looks.fill is not None
    picture = np.zeros((8, 8), np.uint8)
    picture[1:3, 1:3] = 255
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    np.testing.assert_array_equal(sample_of(buffer.getvalue(), looks)[..., 0], picture / 255 * 16)


def test_another_picture_is_brought_where_those_of_the_set_are():
    looks = Looks.of(take(Digits()).raw)
    image = Image.new("L", (200, 200), 255)
    image.paste(0, (20, 20, 40, 60))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    found = sample_of(buffer.getvalue(), looks)[..., 0]
    assert found[:, 0].max() == 0
    assert found[2:6, 3:5].min() > 8
