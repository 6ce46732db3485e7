"""A picture that is asked about shows, on a click, which of its pixels the answer hangs on."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.analysis.attribution import occlusion, sensitivity
from playground.data.datasets.digits import Digits
from playground.engine.activations import Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from widgets import theme
from widgets.pages.data.asked_attribution import AskedAttribution
from widgets.plots.pictures.attribution import GRADIENT, OCCLUSION, PICTURE
from widgets.plots.pictures.draw_panel import SeenPicture


def moment_of(**data):
    layers = (Flatten(id="flat"), Dense(id="output", units=10, activation=Softmax()))
    start = Experiment().with_dataset(Digits())
    start = start.with_(data=start.data.with_(**data), network=Architecture(layers=layers))
    return Moment.of(Trainer(start.fitted()))


class Later:
    """Samples whose work is done when the test says so."""

    def __init__(self, moment):
        self.moment, self.sheet = moment, SimpleNamespace(data=moment.data)
        self.waiting = []

    def in_background(self, work, done):
        self.waiting.append((work, done))

    def do_it(self):
        while self.waiting:
            work, done = self.waiting.pop(0)
            done(work())


@pytest.fixture
def asked(qtbot, qapp):
    theme.apply(qapp, "dark")
    samples, seen = Later(moment_of()), SeenPicture(120)
    qtbot.addWidget(seen)
    found = AskedAttribution(samples, seen, seen)
    qtbot.addWidget(found.bar)
    seen.show()
    return found, samples, seen


def choose(qtbot, asked, kind):
    qtbot.mouseClick(asked.bar.tabs[kind], Qt.MouseButton.LeftButton)


def test_occlusion_and_gradient_are_laid_over_the_picture_and_taken_off_again(asked, qtbot):
    asked, samples, seen = asked
    raw = samples.moment.data.train.raw[4]
    seen.show_picture(raw, None)
    asked.ask(raw)
    assert not asked.bar.isHidden()
    assert samples.waiting == []  # nobody looks
    plain = seen.grab().toImage()
    for kind, expected in ((OCCLUSION, occlusion), (GRADIENT, sensitivity)):
        choose(qtbot, asked, kind)
        assert asked.bar.state.text() == "working it out…"
        samples.do_it()
        np.testing.assert_array_equal(seen.hangs_on.found.values, expected(samples.moment, raw).values)
        assert asked.bar.state.text() == ""
        assert seen.hangs_on.words in seen.accessibleDescription()
        assert seen.sizeHint().height() > 120
        assert seen.grab().toImage() != plain
    choose(qtbot, asked, PICTURE)
    assert seen.hangs_on is None
    assert seen.sizeHint().height() == 120


def test_what_comes_too_late_is_not_shown_over_another_picture(asked, qtbot):
    asked, samples, seen = asked
    first, second = samples.moment.data.train.raw[:2]
    asked.ask(first)
    choose(qtbot, asked, OCCLUSION)
    asked.ask(second)
    assert len(samples.waiting) == 1  # one after the other, however often it is asked
    work, done = samples.waiting.pop()
    done(work())
    assert seen.hangs_on is None
    samples.do_it()
    assert seen.hangs_on.raw is second


def test_it_follows_what_the_network_learns(asked, qtbot):
    asked, samples, seen = asked
    raw = samples.moment.data.train.raw[4]
    asked.ask(raw)
    choose(qtbot, asked, GRADIENT)
    samples.do_it()
    before = seen.hangs_on.found.values
    samples.moment.parameters[:] *= -2
    asked.ask(raw)
    samples.do_it()
    assert not np.array_equal(seen.hangs_on.found.values, before)


def test_nothing_is_offered_without_a_picture_or_where_pictures_are_given_back(asked, qtbot):
    found, samples, _ = asked
    found.ask(None)
    assert found.bar.isHidden()
    samples.moment = moment_of(targets="inputs")
    samples.sheet = SimpleNamespace(data=samples.moment.data)
    found.ask(samples.moment.data.train.raw[0])
    assert found.bar.isHidden()
