import pytest

from widgets.document import Document


@pytest.fixture
def document():
    document = Document()
    yield document
    document.undo_stack.clear()


@pytest.fixture
def usual_size():
    return (300, 700)
