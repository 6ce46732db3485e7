"""What the tests of all widgets share."""

import pytest
from PySide6.QtCore import QLocale

from widgets import theme


@pytest.fixture
def english():
    """A person in America, where a comma stands between thousands."""
    yield from living_in("en_US")


@pytest.fixture
def german():
    """A person in Germany, where decimals follow a comma."""
    yield from living_in("de_DE")


def living_in(name):
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def show(qtbot, qapp, usual_size):
    """Shows a widget as the program does, at the size that is usual in its folder of tests."""

    def show(widget, width=usual_size[0], height=usual_size[1]):
        if theme.current() is not theme.DARK or not qapp.styleSheet():
            theme.apply(qapp, "dark")
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show
