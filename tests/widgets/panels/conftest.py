import pytest

from widgets import theme
from widgets.document import Document


@pytest.fixture
def document():
    document = Document()
    yield document
    document.undo_stack.clear()


@pytest.fixture
def show(qtbot, qapp):
    """Shows a widget as the program does."""

    def show(widget, width=300, height=700):
        if theme.current() is not theme.DARK or not qapp.styleSheet():
            theme.apply(qapp, "dark")
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show
