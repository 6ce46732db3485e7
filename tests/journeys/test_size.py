"""How large all is drawn is chosen in the menu, kept, and told to Qt at the next start."""

import pytest

from widgets import sizes
from widgets.preferences import Preferences


def test_a_size_is_kept_and_comes_with_the_next_start(window):
    window.actions_["size_150"].trigger()
    assert window.preferences.size == 150
    assert window.workspace.notice.text == "The window has this size from its next start on."
    window.actions_["size_100"].trigger()
    assert window.workspace.notice.text == "", "as it is already"


@pytest.mark.parametrize("kept", [None, "", "0", "99999", "large", 3.5])
def test_a_size_that_cannot_be_is_the_usual_one(kept):
    store = Preferences.unkept()
    if kept is not None:
        store._settings.setValue("size", kept)
    assert store.size == 100


def test_qt_is_told_of_the_size_unless_it_was_told_already():
    environment = {}
    sizes.ask_qt(environment, 125)
    assert environment == {"QT_SCALE_FACTOR": "1.25"}
    asked = {"QT_SCALE_FACTOR": "3"}
    sizes.ask_qt(asked, 200)
    assert asked == {"QT_SCALE_FACTOR": "3"}


def test_nothing_is_told_at_the_usual_size():
    environment = {}
    sizes.ask_qt(environment, 100)
    assert environment == {}
