"""While training runs some pictures come late; when it stops, every one of them is of the last step."""

import pytest

from playground.training.snapshot import State
from widgets.canvas.view import NetworkView
from widgets.panels.run_bar import RunBar
from widgets.plots.history_plot import HistoryPlot
from widgets.plots.spread.plot import SpreadPlot
from widgets.rest import Rest

PLACES = ("design", "histograms", "runs")


def stale(window):
    """What on the page in front does not show the latest snapshot."""
    latest = window.workspace.link.latest
    seen = [plot for plot in window.findChildren(HistoryPlot) if plot.isVisible()]
    found = [plot.title for plot in seen if plot._snapshot is not latest or not plot._is_drawn(latest)]
    for spread in window.findChildren(SpreadPlot):
        if spread.isVisible() and spread.spread and spread.spread[-1].epoch != latest.progress:
            found.append("histograms")
    for view in window.findChildren(NetworkView):
        if view.isVisible() and view.state.snapshot is not latest:
            found.append("canvas")
    if window.findChild(RunBar).progress.epoch.value.text().replace("\u2009", "") != str(latest.epoch):
        found.append("run bar")
    if window.pages.front == "runs":
        page = window.pages.page
        if page.table.rows[0].kept.epoch != latest.progress:
            found.append("list of runs")
        if page.plot.stops.x[-1] != latest.history["epoch"][-1]:
            found.append("curves of runs")
    return found + [rest for rest in window.findChildren(Rest) if rest._waits]


@pytest.mark.parametrize("place", PLACES)
def test_when_training_stops_all_pictures_are_of_the_last_step(window, qtbot, place):
    if place == "histograms":
        window.pages.hand("inside", place)
    else:
        window.pages.open(place)
    qtbot.waitUntil(lambda: place != "design" or window.design.plots is not None, timeout=10_000)
    for rest in window.findChildren(Rest):
        for timer in (rest._pause, rest._late):
            timer.setInterval(10_000_000)  # nothing but the end of training brings a picture
    window.workspace.link.session.set_speed(None)
    window.actions_["run"].trigger()
    seen = window.workspace.link
    qtbot.waitUntil(lambda: seen.latest.state is State.RUNNING and seen.latest.epoch > 20, timeout=20_000)

    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: seen.latest.state is State.PAUSED, timeout=10_000)

    qtbot.waitUntil(lambda: not stale(window), timeout=10_000)
