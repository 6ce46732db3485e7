"""What the window is set in: the program's typeface, with figures of equal width, everywhere."""

from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QGraphicsView, QWidget

from widgets import fonts


def equally_wide(font):
    widths = [QFontMetricsF(font).horizontalAdvance(figure * 10) for figure in "0123456789"]
    return max(widths) - min(widths) < 1


def test_every_widget_is_set_in_the_typeface_with_figures_of_equal_width(window, qtbot):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    window.welcome.show()
    odd = [
        widget
        for widget in window.findChildren(QWidget)
        if QFontInfo(widget.font()).family() != fonts.FAMILY or not equally_wide(widget.font())
    ]
    assert not odd


def test_the_axes_of_the_plots_are_set_in_it_too(window, qtbot):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    loss = window.design.plots.plots["loss"]
    view = loss.findChild(QGraphicsView)
    set_in = [item.style["tickFont"] for item in view.scene().items() if hasattr(item, "setTickFont")]
    assert len(set_in) == 2
    for font in set_in:
        assert QFontInfo(font).family() == fonts.FAMILY
        assert equally_wide(font)
