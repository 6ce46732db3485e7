import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication

from playground.data.datasets.recipes import Blobs, Plane
from playground.experiment import Experiment
from playground.training.measures import Measures
from widgets import theme
from widgets.contrast import contrast, mixed, readable_on
from widgets.figures import files as export
from widgets.plots.confusion_plot import BOTH_FROM, ConfusionPlot
from widgets.plots.confusion_words import FIGURES, percent
from widgets.plots.plots_panel import PlotsPanel


def measures(counts, **metrics):
    return Measures(0.5, dict.fromkeys(FIGURES, 0.75) | metrics, np.array(counts))


@pytest.fixture
def snapshot(train):
    """Gives a snapshot of two classes with made-up counts on both sides."""

    def snapshot(test=((3, 1), (2, 4)), **metrics):
        training = measures(((9, 1), (0, 10)))
        return replace(train(epochs=0), train=training, test=measures(test, **({"auc": 0.8751} | metrics)))

    return snapshot


@pytest.fixture
def plot(show, snapshot):
    plot = show(ConfusionPlot(), 420, 230)
    plot.show_snapshot(snapshot())
    return plot


def words_at(qtbot, plot, place):
    qtbot.mouseMove(plot, QPoint(round(place.x()), round(place.y())))
    return plot.label.text() if plot.label.isVisible() else None


def centre(plot, row, column, picture=0):
    return plot.pictures[picture].cell(row, column).center()


# --- what is shown ---


def test_the_test_samples_are_shown_at_first(plot):
    assert plot.shown == ("test",)
    assert plot.pictures[0].counts.tolist() == [[3, 1], [2, 4]]


def test_a_tab_shows_the_training_samples(qtbot, plot):
    qtbot.mouseClick(plot.tabs["training"], Qt.MouseButton.LeftButton)

    assert plot.pictures[0].counts.tolist() == [[9, 1], [0, 10]]
    assert not plot.tabs["test"].isChecked()


def test_both_sides_are_shown_where_there_is_room(plot):
    plot.resize(BOTH_FROM, 230)

    assert [picture.title for picture in plot.pictures] == ["training", "test"]
    assert not plot.tabs["test"].isVisible()


def test_rows_are_shares_of_the_true_class(plot):
    assert plot.pictures[0].shares.tolist() == [[3 / 4, 1 / 4], [2 / 6, 4 / 6]]


def test_a_class_without_samples_has_no_shares(plot, snapshot):
    plot.show_snapshot(snapshot(test=((0, 0), (2, 4))))

    assert plot.pictures[0].shares[0].tolist() == [0, 0]


def test_the_figures_stand_below(plot):
    texts = [(name, text) for _, name, text in plot.pictures[0].figures]

    assert texts == [("precision", "0.75"), ("recall", "0.75"), ("F1", "0.75"), ("AUC", "0.88")]


def test_a_figure_that_is_not_defined_is_a_dash(plot, snapshot):
    plot.show_snapshot(snapshot(test=((3, 1), (0, 0)), auc=np.nan))

    assert plot.pictures[0].figures[-1][2] == "–"


def test_regression_has_a_friendly_sentence(show, train):
    plot = show(ConfusionPlot())

    plot.show_snapshot(train(Experiment().with_dataset(Plane())))

    assert plot.shown == ()
    assert "numbers are predicted" in plot.message
    assert plot.columns() == {}


def test_what_a_network_classifies_is_shown(show, train):
    plot = show(ConfusionPlot(), 830, 270)
    snapshot = train(Experiment().with_dataset(Blobs(samples=80, classes=3)))

    plot.show_snapshot(snapshot)

    assert [picture.counts.sum() for picture in plot.pictures] == [40, 40]
    assert plot.confusions.names == snapshot.experiment.task.class_names


def test_while_detail_is_not_measured_the_last_matrix_stays(plot, snapshot):
    plot.show_snapshot(replace(snapshot(), test=Measures(0.1, {"accuracy": 1.0})))

    assert plot.pictures[0].counts.tolist() == [[3, 1], [2, 4]]


def test_other_classes_do_not_stay_behind(plot, train):
    made = train(Experiment().with_dataset(Blobs(samples=80, classes=3)))
    brief = Measures(0.1, {"accuracy": 1.0})
    plot.show_snapshot(replace(made, train=brief, test=brief))

    assert plot.shown == ()
    assert plot.message == "Nothing is classified yet."


@pytest.mark.parametrize(("width", "height"), [(160, 60), (160, 120), (420, 230), (830, 270), (2000, 900)])
@pytest.mark.parametrize("classes", [2, 8])
def test_nothing_overlaps_at_any_size(show, train, width, height, classes):
    plot = show(ConfusionPlot(), width, height)
    plot.show_snapshot(train(Experiment().with_dataset(Blobs(samples=80, classes=classes)), epochs=1))
    plot.grab()

    for picture in plot.pictures:
        for area, *_ in picture.figures:
            assert picture.grid.bottom() <= area.top()
            assert area.right() <= plot.width() + 1


# --- pointing ---


def test_a_cell_says_what_was_taken_for_what(qtbot, plot):
    found = words_at(qtbot, plot, centre(plot, 0, 1))

    assert found == "1 of 4 orange samples\nwere taken for blue (25 %)"


def test_a_cell_of_the_diagonal_says_what_was_right(qtbot, plot):
    assert words_at(qtbot, plot, centre(plot, 1, 1)) == "4 of 6 blue samples\nwere right (67 %)"


def test_a_figure_explains_itself(qtbot, plot):
    area, *_ = plot.pictures[0].figures[1]

    assert words_at(qtbot, plot, area.center()) == "Of the blue samples,\nthe share that are called blue."


def test_beside_the_matrix_nothing_is_said(qtbot, plot):
    words_at(qtbot, plot, centre(plot, 0, 1))

    assert words_at(qtbot, plot, QPointF(4, 60)) is None


def test_the_words_stay_inside_the_plot(qtbot, plot):
    for row in range(2):
        for column in range(2):
            words_at(qtbot, plot, centre(plot, row, column))
            assert plot.rect().contains(plot.label.geometry())


def test_the_words_follow_the_numbers(qtbot, plot, snapshot):
    words_at(qtbot, plot, centre(plot, 0, 1))

    plot.show_snapshot(snapshot(test=((0, 4), (2, 4))))

    assert plot.label.text() == "4 of 4 orange samples\nwere taken for blue (100 %)"


def test_arrow_keys_move_from_cell_to_cell(qtbot, plot):
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(plot, key)
    assert plot.label.text().startswith("4 of 6 blue")
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.label.text().startswith("1 of 4 orange")
    for _ in range(9):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.label.text().startswith("How often a blue sample")


def test_fewer_spots_leave_nothing_pointed_at(qtbot, plot, train):
    plot.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(9):
        qtbot.keyClick(plot, Qt.Key.Key_Right)

    plot.show_snapshot(train(Experiment().with_dataset(Plane())))

    assert plot.pointed is None
    assert not plot.label.isVisible()


# --- files ---


def test_the_csv_has_a_row_for_each_pair_of_classes(plot):
    text = export.drawn(plot, Path("confusion.csv"))().decode()

    assert list(csv.reader(text.splitlines())) == [
        ["true", "predicted", "training", "test"],
        ["orange", "orange", "9", "3"],
        ["orange", "blue", "1", "1"],
        ["blue", "orange", "0", "2"],
        ["blue", "blue", "10", "4"],
    ]


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_it_can_be_saved_as_a_picture(plot, suffix):
    assert len(export.drawn(plot, Path(f"confusion.{suffix}"))()) > 1000


def test_an_svg_tells_which_samples_it_is_of(plot):
    text = export.to_svg(plot).decode()

    assert ">test<" in text.replace("\n", "")
    assert "predicted" in text


def test_it_can_be_copied(plot):
    plot.menu.actions()[0].trigger()

    assert QGuiApplication.clipboard().image().width() == 840


# --- keeping up ---


def test_hidden_it_costs_nothing_and_catches_up_when_shown(qtbot, plot, snapshot):
    plot.hide()
    plot.show_snapshot(snapshot(test=((7, 0), (0, 7))))
    assert plot.confusions.measures["test"].confusion.tolist() == [[3, 1], [2, 4]]

    plot.show()

    assert plot.confusions.measures["test"].confusion.tolist() == [[7, 0], [0, 7]]


def test_the_panel_offers_it(qtbot, show, snapshot):
    panel = show(PlotsPanel(), 1100, 270)
    panel.show_snapshot(snapshot())

    qtbot.mouseClick(panel.tabs["confusion"], Qt.MouseButton.LeftButton)

    assert panel.plots["confusion"].isVisible()
    assert panel.plots["confusion"].shown == ("test",)
    assert panel.state() == ["loss", "confusion", "gradients"]


# --- colours and words ---


@pytest.mark.parametrize("shown", [theme.DARK, theme.LIGHT], ids=lambda shown: shown.name)
@pytest.mark.parametrize("share", np.linspace(0, 1, 21))
def test_the_counts_can_be_read_on_every_cell(shown, share):
    for colour in (shown.accent, shown.bad):
        ground = mixed(shown.zero, colour, share)
        assert contrast(readable_on(ground), ground) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#777777")) == 1
    assert contrast(QColor("#767676"), QColor("white")) == pytest.approx(4.54, abs=0.01)


def test_a_mixture_reaches_both_ends():
    assert mixed("#102030", "#ff8040", 0.0) == QColor("#102030")
    assert mixed("#102030", "#ff8040", 1.0) == QColor("#ff8040")


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.001, "< 1 %"), (0.254, "25 %"), (0.994, "99 %"), (0.999, "> 99 %"), (1, "100 %")],
)
def test_only_nothing_is_no_percent_and_only_all_is_all(share, text):
    assert percent(share) == text
