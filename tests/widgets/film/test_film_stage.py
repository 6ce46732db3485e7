"""What is seen in a film: the views that were chosen, in the colours that were chosen, at every moment."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication

from playground.animation.moments import trained
from playground.cli.commands import FILM_VIEWS
from playground.experiment import Experiment
from playground.training.trainer import Trainer
from widgets import theme
from widgets.film.stage import FilmLook, FilmStage, places


@pytest.fixture(scope="module")
def moments():
    return list(trained(Trainer(Experiment()), 6, 3))


@pytest.fixture
def stage(qtbot, qapp):
    def make(**look):
        theme.apply(qapp, "dark")
        made = FilmStage(Experiment(), FilmLook(**look))
        qtbot.addWidget(made)
        return made

    return make


def shot(stage, moment):
    for _ in stage.pieces(moment):
        QApplication.sendPostedEvents()
    return stage.frame()


@pytest.mark.parametrize(
    "views", [FILM_VIEWS, ("map",), ("network",), ("curves",), ("network", "map"), ("map", "curves")]
)
def test_parts_lie_beside_one_another_within_the_frame(views):
    found = list(places(views, 960, 540).values())
    assert len(found) == len(views) + ("curves" in views)
    for index, place in enumerate(found):
        assert place.left() > 0
        assert place.right() < 960
        assert place.bottom() < 540
        assert place.width() > 200
        assert place.height() > 100
        assert not any(place.intersects(other) for other in found[index + 1 :])


def test_a_frame_has_the_size_and_the_ground_that_were_asked_for(stage, moments):
    for size, colours in (((640, 360), theme.DARK), ((801, 451), theme.LIGHT)):
        frame = shot(stage(size=size, theme=colours), moments[0])
        assert frame.shape == (size[1], size[0], 3)
        assert tuple(frame[-1, 0]) == QColor(colours.window).getRgb()[:3]
        assert theme.current() is theme.DARK  # the window's own colours are as they were


def test_every_view_is_drawn_and_changes_with_training(stage, moments):
    whole = stage()
    first, last = shot(whole, moments[0]), shot(whole, moments[-1])
    for name, place in places(FILM_VIEWS, 960, 540).items():
        inside = np.s_[place.top() : place.bottom(), place.left() : place.right()]
        assert len(np.unique(last[inside].reshape(-1, 3), axis=0)) > 20, name
        assert (first[inside] != last[inside]).any(), name
    assert np.array_equal(shot(whole, moments[-1]), last)


def test_nothing_that_can_be_pressed_is_seen(stage, moments):
    whole = stage()
    shot(whole, moments[0])
    assert not [each for each in whole.findChildren(QAbstractButton) if each.isVisible()]


def test_a_larger_film_is_drawn_finer_and_not_blown_up(stage, moments):
    look = FilmLook(size=(1920, 1080))
    assert look.scale == 2
    large, usual = shot(stage(size=(1920, 1080)), moments[-1]), shot(stage(), moments[-1])
    blown = np.repeat(np.repeat(usual, 2, axis=0), 2, axis=1)
    assert (large != blown).mean() > 0.05
