from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt

from playground.data.datasets.recipes import MultiGauss, Sine
from playground.engine.layers.sparsity import Sparsity
from playground.experiment import Experiment
from playground.training.changes import Change
from playground.training.marks import Mark
from widgets import theme
from widgets.figures import files as export
from widgets.plots.accuracy_plot import AccuracyPlot
from widgets.plots.gradient_plot import GradientPlot
from widgets.plots.history_plot import HistoryPlot
from widgets.plots.loss_plot import LossPlot
from widgets.plots.plots_panel import PLOTS
from widgets.plots.rate_plot import RatePlot

EVERY = pytest.mark.parametrize(
    "kind", [kind for kind in PLOTS.values() if issubclass(kind, HistoryPlot)], ids=lambda kind: kind.NAME
)


@EVERY
def test_every_plot_shows_the_history(kind, show, train):
    snapshot = train()
    plot = show(kind())

    plot.show_snapshot(snapshot)

    columns = plot.columns()
    assert columns["epoch"].tolist() == [0, 1, 2, 3, 4, 5]
    assert len(columns) >= 2
    assert plot.legend.accessibleName() == ", ".join(list(columns)[1:])


@EVERY
def test_every_plot_bears_a_history_that_is_not_there(kind, show, train):
    plot = show(kind())

    plot.show_snapshot(replace(train(), history={}))

    assert list(plot.columns()) == ["epoch"]


def test_the_loss_of_both_sides_is_shown(show, train):
    snapshot = train()
    plot = show(LossPlot())

    plot.show_snapshot(snapshot)

    assert plot.columns()["training"] is snapshot.history["train_loss"]
    assert plot.columns()["test"] is snapshot.history["test_loss"]


def test_where_labels_are_smoothed_the_legend_tells_what_can_be_compared(show, train):
    start = Experiment()
    loss = start.training.loss.with_(label_smoothing=0.1)
    snapshot = train(start.with_(training=start.training.with_(loss=loss)))
    plot = show(LossPlot())

    plot.show_snapshot(snapshot)

    assert list(plot.columns()) == ["epoch", "training", "test", "smoothed"]
    assert plot.columns()["smoothed"] is snapshot.history["train_loss_smoothed"]
    assert "true labels" in plot.legend.toolTip()
    plot.show_snapshot(train())
    assert list(plot.columns()) == ["epoch", "training", "test"]
    assert plot.legend.toolTip() == ""


def test_where_a_layer_adds_to_the_loss_that_of_the_data_is_drawn_too(show, train):
    start = Experiment()
    (first, *rest) = start.network.layers
    layers = (first, Sparsity(id="sparse"), *rest)
    snapshot = train(start.with_(network=start.network.with_(layers=layers)))
    plot = show(LossPlot())

    plot.show_snapshot(snapshot)

    assert plot.columns()["training, data alone"] is snapshot.history["train_loss_data"]
    assert "what layers add to it" in plot.legend.toolTip()


def test_accuracy_is_in_percent(show, train):
    snapshot = train()
    plot = show(AccuracyPlot())

    plot.show_snapshot(snapshot)

    assert plot.columns()["test accuracy"] == pytest.approx(100 * snapshot.history["test_accuracy"])


@pytest.mark.parametrize("dataset", [MultiGauss(samples=60), Sine(samples=60)], ids=lambda data: data.kind)
def test_for_numbers_the_error_takes_the_place_of_accuracy(dataset, show, train):
    snapshot = train(Experiment().with_dataset(dataset))
    plot = show(AccuracyPlot())

    plot.show_snapshot(snapshot)

    assert plot.columns()["test error (RMSE)"] == pytest.approx(snapshot.history["test_rmse"])


def test_every_layer_has_its_gradient_the_output_first(show, train):
    snapshot = train()
    plot = show(GradientPlot())

    plot.show_snapshot(snapshot)

    assert list(plot.columns()) == ["epoch", "Output", "Dense 2", "Dense 1"]
    assert plot.columns()["Dense 1"] is snapshot.history["gradient_norm.dense1"]
    assert plot.scale.logarithmic


def test_the_learning_rate_is_shown(show, train):
    snapshot = train()
    plot = show(RatePlot())

    plot.show_snapshot(snapshot)

    assert plot.columns()["learning rate"] is snapshot.history["learning_rate"]


def test_a_hidden_plot_catches_up_when_it_is_shown(show, train):
    plot = show(LossPlot())
    plot.hide()

    plot.show_snapshot(train())
    assert plot.columns()["epoch"].size == 0
    plot.show()

    assert plot.columns()["epoch"].size == 6


def test_what_is_drawn_already_is_not_drawn_again(show, train, monkeypatch):
    snapshot = train()
    plot = show(LossPlot())
    plot.show_snapshot(snapshot)
    drawn = []
    monkeypatch.setattr(plot, "show_curves", lambda *curves: drawn.append(curves))

    plot.show_snapshot(replace(snapshot, step=snapshot.step + 1))
    assert not drawn
    plot.show_snapshot(replace(snapshot, history=dict(snapshot.history)))

    assert len(drawn) == 1


def test_a_diverged_loss_is_drawn_as_far_as_it_goes(show, train):
    snapshot = train()
    history = dict(snapshot.history) | {"train_loss": np.array([1, 2, 3, np.inf, np.nan, np.nan])}
    plot = show(LossPlot())

    plot.show_snapshot(replace(snapshot, history=history))

    assert plot.canvas.getViewBox().viewRange()[1][1] == pytest.approx(3, abs=0.1)


def test_curves_take_the_colours_of_the_theme(show, train, qapp):
    plot = show(LossPlot())
    plot.show_snapshot(train())

    theme.apply(qapp, "light")

    colours = {name for _, name in plot.legend.names}
    assert colours == {theme.LIGHT.training, theme.LIGHT.test}


# --- marks ---


def changed_at(*epochs):
    change = Change(what="Learning rate", was="0.01", now="0.1")
    return tuple(Mark(epoch=epoch, step=1 + int(epoch), changes=(change,)) for epoch in epochs)


@pytest.fixture
def marked(show, train):
    plot = show(LossPlot())
    plot.show_snapshot(replace(train(epochs=100), marks=changed_at(40.4)))
    return plot


def hover(qtbot, plot, epoch, aside=0):
    QCoreApplication.processEvents()
    place = plot.canvas.getViewBox().mapViewToScene(QPointF(epoch, 0.5)).toPoint() + QPoint(aside, 0)
    qtbot.mouseMove(plot.canvas.viewport(), QPoint(1, 1))
    qtbot.mouseMove(plot.canvas.viewport(), place)


def read_out(plot):
    return plot.pointer.label.text() if plot.pointer.label.isVisible() else ""


@EVERY
def test_every_plot_has_the_marks(kind, show, train):
    plot = show(kind())

    plot.show_snapshot(replace(train(), marks=changed_at(2.4, 4)))

    assert [(note.x, note.lines) for note in plot.marks.notes] == [
        (2.4, ("Learning rate 0.01 → 0.1",)),
        (4, ("Learning rate 0.01 → 0.1",)),
    ]


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_mark_is_an_upright_line_where_the_change_was(marked, qapp, scheme):
    theme.apply(qapp, scheme)
    QCoreApplication.processEvents()
    picture = marked.canvas.grab().toImage()
    view = marked.canvas.getViewBox()
    x = view.mapViewToScene(QPointF(40.4, 0)).x()
    top = view.sceneBoundingRect().top()

    wedge = [picture.pixelColor(round(x) + dx, round(top) + 1) for dx in (-1, 0, 1)]
    beside = picture.pixelColor(round(x) + 12, round(top) + 1)
    assert all(abs(colour.lightness() - beside.lightness()) > 60 for colour in wedge)


def test_hovering_a_mark_says_what_was_changed(qtbot, marked):
    hover(qtbot, marked, 40.4, aside=3)
    assert "Learning rate 0.01 → 0.1" in read_out(marked)
    hover(qtbot, marked, 60)
    assert "Learning rate" not in read_out(marked)


def test_arrow_keys_stop_at_marks(qtbot, marked):
    seen = []
    for _ in range(60):
        qtbot.keyClick(marked, Qt.Key.Key_Left)
        seen.append(marked.pointed)
    assert 40 in seen
    assert seen == sorted(seen, reverse=True)
    while marked.pointed < 40:
        qtbot.keyClick(marked, Qt.Key.Key_Right)
    assert "Learning rate 0.01 → 0.1" in read_out(marked)


def test_marks_are_told_to_those_who_do_not_see_them(marked):
    assert marked.accessibleDescription() == "epoch 40.4: Learning rate 0.01 → 0.1"


def test_a_long_change_fits_beside_its_mark(qtbot, show, train):
    plot = show(LossPlot(), 260, 200)
    long = Change(what="Inputs", was="x₁, x₂, x₁², x₂², x₁x₂", now="x₁, x₂, x₁², x₂², x₁x₂, sin x₁, sin x₂")
    plot.show_snapshot(replace(train(), marks=(Mark(epoch=2, step=3, changes=(long,)),)))

    hover(qtbot, plot, 2)

    assert "Inputs" in read_out(plot)
    assert plot.canvas.rect().contains(plot.pointer.label.geometry())


def test_the_changes_are_a_column_of_the_table(marked):
    changed = marked.columns()["changed"]
    assert changed[40] == "Learning rate 0.01 → 0.1"
    assert set(np.delete(changed, 40)) == {""}
    assert b"Learning rate" in export.to_csv(marked)


def test_marks_of_another_run_go(marked, train):
    marked.show_snapshot(train())
    assert not marked.marks.notes
    assert marked.accessibleDescription() == ""
    assert "changed" not in marked.columns()
