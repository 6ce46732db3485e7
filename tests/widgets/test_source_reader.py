"""A reader of files stops when its dialog goes."""

from widgets.dialogs.reader import SourceReader


def test_what_is_chosen_for_a_dialog_that_is_gone_is_not_read(qtbot):
    reader, told = SourceReader(), []
    reader.close()
    reader.run(lambda: "read", told.append, told.append)
    qtbot.wait(30)
    assert told == []
    assert not reader.busy
