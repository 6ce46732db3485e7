"""A person sees pictures with the answers to them beside the data, wrong ones first, while training runs."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_files import train_epochs

from playground.analysis.attribution import occlusion, sensitivity
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.data.spaces import OneSample
from playground.files.experiment_file import SavedExperiment
from playground.training.moment import Moment
from playground.training.snapshot import State
from widgets.plots.pictures.attribution import GRADIENT, OCCLUSION, PICTURE

LEFT = Qt.MouseButton.LeftButton


def choose(window, dataset):
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(dataset), "")


def strip_of(window):
    return window.design.views.of("height width channels").strip


def moment(window):
    return window.workspace.link.session.answer(lambda run: Moment.of(run.learner.trainer)).result()


@pytest.fixture
def digits(open_window, qtbot):
    """A window on digits that were learnt for two epochs, with all answers of now on the strip."""
    window = open_window(size=(1440, 900))
    choose(window, Digits())
    qtbot.waitUntil(lambda: window.workspace.link.latest.data.chosen is not None, timeout=10_000)
    train_epochs(qtbot, window, 2)
    settle(qtbot, window)
    return window


def settle(qtbot, window):
    """Wait until the strip shows what the network says now."""
    expected = moment(window).judge(moment(window).data.test).classes
    strip = strip_of(window)
    qtbot.waitUntil(
        lambda: strip.judged is not None and np.array_equal(strip.judged.answers.classes, expected),
        timeout=10_000,
    )


def shown(window):
    """Which sample the output panel shows."""
    chosen = window.workspace.link.latest.data.chosen
    return None if chosen is None else (chosen.side, chosen.index)


def test_wrong_ones_come_first_and_of_these_the_worst(digits):
    strip, now = strip_of(digits), moment(digits)
    answers, labels = now.judge(now.data.test), now.data.test.labels
    wrong = answers.classes != labels
    order = strip.wall.content.samples
    count = int(wrong.sum())
    assert 0 < count < len(labels)
    assert wrong[order[:count]].all()
    assert not wrong[order[count:]].any()
    losses = answers.losses[order]
    assert (np.diff(losses[:count]) <= 0).all()
    assert (np.diff(losses[count:]) <= 0).all()
    assert f"{count} of {len(labels)} wrong" in strip.count.text()


def test_a_click_shows_the_sample_in_output_and_canvas(digits, qtbot):
    strip = strip_of(digits)
    sample = int(strip.wall.content.samples[2])
    qtbot.mouseClick(strip.wall, LEFT, pos=strip.wall.rect_of(2).center().toPoint())
    qtbot.waitUntil(lambda: shown(digits) == ("test", sample))
    raw = moment(digits).data.test.raw[sample]
    np.testing.assert_array_equal(digits.design.output.sample.content.picture, raw)
    assert not digits.workspace.document.undo_stack.canRedo()


def test_links_go_to_the_next_and_the_previous_wrong_one_around_the_end(digits, qtbot):
    strip = strip_of(digits)
    wrong = [int(each) for each in strip.wall.content.samples[: strip.judged.count_wrong]]
    assert len(wrong) > 4
    qtbot.keyClick(strip.wall, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: shown(digits) == ("test", wrong[0]))
    for link, sample in (
        (strip.after, wrong[1]),
        (strip.after, wrong[2]),
        (strip.before, wrong[1]),
        (strip.before, wrong[0]),
        (strip.before, wrong[-1]),
        (strip.after, wrong[0]),
    ):
        link.click()
        qtbot.waitUntil(lambda sample=sample: shown(digits)[1] == sample)
        qtbot.waitUntil(lambda: strip.wall.content.samples[strip.wall.current] == shown(digits)[1])


def test_arrow_keys_choose_samples_and_random_shows_one(digits, qtbot):
    strip = strip_of(digits)
    strip.wall.setFocus()
    qtbot.keyClick(strip.wall, Qt.Key.Key_Home)
    qtbot.keyClick(strip.wall, Qt.Key.Key_Right)
    second = int(strip.wall.content.samples[1])
    qtbot.waitUntil(lambda: shown(digits) == ("test", second))
    strip.random.click()
    qtbot.waitUntil(lambda: shown(digits)[0] == "test")


def test_a_click_on_a_link_leaves_the_space_bar_to_the_window(digits, qtbot):
    strip, canvas = strip_of(digits), digits.design.canvas.view
    canvas.setFocus()
    qtbot.mouseClick(strip.random, LEFT)
    assert canvas.hasFocus()
    assert not strip.after.hasFocus()


def test_it_follows_while_training_runs(digits, qtbot):
    strip = strip_of(digits)
    digits.actions_["run"].trigger()
    qtbot.waitUntil(lambda: digits.workspace.link.latest.state is State.RUNNING, timeout=10_000)
    before = strip.judged
    qtbot.waitUntil(lambda: strip.judged is not before, timeout=10_000)
    digits.actions_["run"].trigger()
    qtbot.waitUntil(lambda: digits.workspace.link.latest.state is State.PAUSED, timeout=10_000)


def test_pictures_keep_their_places_while_the_keyboard_is_on_them(digits, qtbot):
    strip = strip_of(digits)
    strip.wall.setFocus()
    before, judged = strip.wall.content.samples.copy(), strip.judged
    train_epochs(qtbot, digits, 1)
    qtbot.waitUntil(lambda: strip.judged is not judged, timeout=10_000)
    np.testing.assert_array_equal(strip.wall.content.samples, before)
    digits.design.canvas.view.setFocus()
    train_epochs(qtbot, digits, 1)
    settle(qtbot, digits)
    np.testing.assert_array_equal(strip.wall.content.samples, strip.judged.order)


def test_another_side_of_the_split_is_followed(digits, qtbot):
    bar, strip = digits.design.output.space_bar, strip_of(digits)
    bar.side.setCurrentIndex(bar.side.findData("train"))
    bar.side.activated.emit(bar.side.currentIndex())
    qtbot.waitUntil(lambda: strip.judged is not None and strip.judged.side == "train", timeout=10_000)
    assert len(strip.wall.content.samples) == len(moment(digits).data.train.raw)


def test_a_network_that_never_could_work_answers_nothing_and_all_links_rest(digits, qtbot):
    document, strip = digits.workspace.document, strip_of(digits)
    network = document.experiment.network
    blocked = document.experiment.with_(network=network.with_(layers=network.layers[1:]))
    assert blocked.problems()
    digits.workspace.filing.show(SavedExperiment(blocked, None), name="blocked")
    qtbot.waitUntil(lambda: strip.judged is None, timeout=10_000)
    assert not strip.after.isEnabled()
    assert not strip.random.isEnabled()
    assert strip.count.text() == "The network cannot answer as it is."
    document.edit(blocked.with_(network=network), "")
    qtbot.waitUntil(lambda: strip.judged is not None, timeout=10_000)


def test_it_is_there_for_pictures_alone(digits, qtbot):
    view = digits.design.views.of("height width channels")
    choose(digits, Circle())
    assert view.isHidden()
    digits.workspace.document.undo_stack.undo()
    assert view.isVisible()


def test_what_an_answer_hangs_on_is_laid_over_the_picture_and_follows_the_sample(digits, qtbot):
    output, link = digits.design.output, digits.workspace.link
    bar = digits.design.views.of("height width channels").attributions.bar

    def settled(kind, index):
        chosen = link.latest.data.chosen
        over = output.sample.hangs_on
        return chosen.index == index and over is not None and over.kind == kind and over.raw is chosen.raw

    start = link.latest.data.chosen.index
    plain = output.sample.grab().toImage()
    qtbot.mouseClick(bar.tabs[OCCLUSION], LEFT)
    qtbot.waitUntil(lambda: settled(OCCLUSION, start), timeout=10_000)
    wanted = occlusion(moment(digits), link.latest.data.chosen.raw)
    np.testing.assert_allclose(output.sample.hangs_on.found.values, wanted.values, atol=1e-6)
    assert output.sample.grab().toImage() != plain
    output.sample.stepped.emit(1)
    qtbot.waitUntil(lambda: settled(OCCLUSION, start + 1), timeout=10_000)
    qtbot.mouseClick(bar.tabs[GRADIENT], LEFT)
    qtbot.waitUntil(lambda: settled(GRADIENT, start + 1), timeout=10_000)
    wanted = sensitivity(moment(digits), link.latest.data.chosen.raw)
    np.testing.assert_allclose(output.sample.hangs_on.found.values, wanted.values, atol=1e-6)
    qtbot.mouseClick(bar.tabs[PICTURE], LEFT)
    assert output.sample.hangs_on is None
    choose(digits, Wine())
    link.looking.over(OneSample())
    qtbot.waitUntil(lambda: bar.isHidden(), timeout=10_000)
