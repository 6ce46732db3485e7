"""A report holds all of a run, needs nothing else, and gives the experiment back."""

import base64
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from playground.diagrams.curves import ReportCurve, curves_svg, ticks
from playground.engine.activations import Linear
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.files.experiment_file import loads
from playground.report.facts import gather
from playground.report.page import ReportPicture, page
from playground.report.settings import rows
from playground.training.trainer import Trainer
from playground.version import VERSION

EXAMPLES = {example.name: example for example in examples()}
VOID = {"meta", "img", "source", "br", "link"}


class Reader(HTMLParser):
    """Reads a page: that all tags are closed in their order, its texts, and what it refers to."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts, self.refers, self.downloads = [], [], [], {}
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.refers += [found[name] for name in ("src", "href", "srcset") if found.get(name)]
        if "download" in found:
            data = base64.b64decode(found["href"].partition(",")[2])
            self.downloads[found["download"]] = data
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"] and data.strip():
            self.texts.append(data.strip())


def trained(experiment, epochs=3):
    trainer = Trainer(experiment)
    with np.errstate(all="ignore"):
        for _ in range(epochs):
            trainer.run_epoch()
    return trainer


@pytest.fixture(scope="module")
def iris():
    trainer = trained(EXAMPLES["iris"].experiment)
    return trainer, Reader(page(gather(trainer, "Iris & <friends>")))


def test_it_tells_of_results_layers_settings_and_how_to_repeat_it(iris):
    _, read = iris
    texts = " ".join(read.texts)
    for words in ("Iris & <friends>", "Accuracy", "setosa", "Dense 1", "30 parameters", "Adam", "Batch size"):
        assert words in texts, words
    assert {"Training", "Test", "16", "Seed", "42", VERSION, np.__version__} <= set(read.texts)
    assert "neural-playground train experiment.json --epochs 3" in texts
    assert "petal length" in texts


def test_the_confusion_matrix_holds_every_sample_once(iris):
    trainer, read = iris
    train = gather(trainer, "").train.confusion
    assert train.sum() == len(trainer.data.train.raw)
    start = read.texts.index("What is taken for what")
    end = read.texts.index("Network", start)
    numbers = [int(text) for text in read.texts[start:end] if text.isdigit()]
    assert sum(numbers) == len(trainer.data.train.raw) + len(trainer.data.test.raw)


def test_it_needs_nothing_but_itself(iris):
    _, read = iris
    assert all(each.startswith("data:") for each in read.refers)


def test_the_experiment_comes_out_as_it_went_in(iris):
    trainer, read = iris
    assert json.loads(read.downloads["experiment.json"])
    saved = loads(read.downloads["experiment.nnplay"])
    assert saved.experiment == trainer.experiment
    again = Trainer(saved.experiment, saved.checkpoint)
    assert np.array_equal(again.network.parameters, trainer.network.parameters)
    link = next(text for text in read.texts if text.startswith("nnplay://"))
    from playground.files.share_link import parse

    assert parse(link) == trainer.experiment


def test_pictures_are_in_it_in_both_colours(iris):
    trainer, _ = iris
    text = page(gather(trainer, "a"), [ReportPicture("Map", b"light", b"dark")])
    read = Reader(text)
    assert f"data:image/png;base64,{base64.b64encode(b'light').decode()}" in read.refers
    assert "prefers-color-scheme: dark" in text.partition("</style>")[2]
    assert "@media print" in text


@pytest.mark.parametrize("name", ["sine", "karate_gcn", "digits_cnn", "skip"])
def test_every_kind_of_data_and_network_has_one(name):
    read = Reader(page(gather(trained(EXAMPLES[name].experiment, 1), name)))
    assert "How to repeat it" in read.texts
    assert not re.search(r"\bnan\b", " ".join(read.texts))


def test_what_is_wrong_is_told():
    facts = gather(trained(EXAMPLES["vanishing"].experiment, 30), "vanishing")
    assert facts.findings
    read = Reader(page(facts))
    assert str(facts.findings[0].evidence) in read.texts


def test_a_run_that_has_not_begun_has_a_report_without_curves():
    read = Reader(page(gather(Trainer(Experiment()), "new")))
    assert "Curves" not in read.texts


def test_settings_are_told_in_the_words_of_their_fields():
    told = dict(rows(Experiment().training, str))
    assert told["Optimizer"].startswith("Adam (Learning rate 0.01")
    assert told["Shuffle"] == "yes"
    assert told["Stop after"].endswith("000 epochs")
    assert "kind" not in " ".join(told)
    assert dict(rows(Linear(), str)) == {}


# --- curves -------------------------------------------------------------------------------------------


def test_ticks_are_round_and_hold_all_values():
    for low, high in ((0, 0.7), (0, 93), (-3.1, 4), (0, 1e-6), (0, 0)):
        found = ticks(low, high)
        assert found[0] <= low
        assert found[-1] >= high
        assert 2 <= len(found) <= 9


def test_a_curve_is_where_its_numbers_are_with_gaps_where_there_are_none():
    x = np.arange(5.0)
    drawn = curves_svg("Loss", "epoch", x, [ReportCurve("a", "train", np.array([4, 2, np.nan, 1, 0.0]))])
    (path,) = re.findall(r'class="curve train" d="([^"]+)"', drawn)
    assert path.count("M") == 2
    heights = [float(each) for each in re.findall(r",(-?[\d.]+)", path)]
    assert heights == sorted(heights)  # a loss that falls goes down the page
    assert "nan" not in drawn


def test_a_long_run_makes_no_large_page():
    x = np.arange(100_000.0)
    assert len(curves_svg("a", "epoch", x, [ReportCurve("a", "train", np.sin(x))])) < 20_000
