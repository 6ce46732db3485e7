"""A wall of pictures: wrong ones are framed and named, and only what is seen is drawn."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from widgets.plots.pictures.told import Told, WallContent, lines_for, told
from widgets.plots.pictures.wall import PictureWall
from widgets.theme import current

Key = Qt.Key


class Hung:
    """Pictures whose first pixel tells which they are; notes which were looked at."""

    def __init__(self, count, wrong=(), channels=1):
        self.looked_at = set()
        self.wrong = set(wrong)
        self.shape = (4, 4, channels)
        self.content = WallContent(self, np.arange(count), self.raw, self.told, (0.0, 1.0))

    def raw(self, sample):
        self.looked_at.add(sample)
        return np.full(self.shape, 0.5)

    def told(self, sample):
        return Told(f"{sample}", sample in self.wrong, f"sample {sample}")


@pytest.fixture
def hang(show):
    def hang(*args, size=(230, 200), **kwargs):
        hung, wall = Hung(*args, **kwargs), PictureWall("Samples", 40)
        show(wall, *size)
        wall.show_content(hung.content)
        wall.repaint()
        return wall, hung

    return hang


def test_of_sixty_thousand_only_those_in_sight_are_looked_at(hang):
    wall, hung = hang(60_000)
    wall.bar.setValue(wall.bar.maximum() // 2)
    wall.repaint()
    wall.bar.setValue(wall.bar.maximum())
    wall.repaint()
    assert 59_999 in hung.looked_at
    assert len(hung.looked_at) < 100


def test_a_wheel_and_a_touch_pad_scroll(hang):
    wall, _ = hang(500)
    for pixels, notches, expected in [((0, -37), (0, 0), 37), ((0, 0), (0, -120), 37 + wall.cell.height())]:
        event = QWheelEvent(
            QPointF(20, 20), wall.mapToGlobal(QPointF(20, 20)), QPoint(*pixels), QPoint(*notches),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(wall, event)
        assert wall.bar.value() == expected


def test_a_click_chooses_the_picture_below_it(qtbot, hang):
    wall, _ = hang(50)
    with qtbot.waitSignal(wall.chosen) as chosen:
        qtbot.mouseClick(wall, Qt.MouseButton.LeftButton, pos=wall.rect_of(6).center().toPoint())
    assert chosen.args == [6]
    assert wall.current == 6
    assert wall.accessibleDescription() == "sample 6"


def test_a_click_between_the_pictures_and_the_edge_chooses_none(qtbot, hang):
    wall, _ = hang(2)
    with qtbot.assertNotEmitted(wall.chosen):
        qtbot.mouseClick(wall, Qt.MouseButton.LeftButton, pos=QPoint(10, wall.height() - 5))


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ([Key.Key_Right], 0),
        ([Key.Key_Right, Key.Key_Right], 1),
        ([Key.Key_Right, Key.Key_Down], 4),
        ([Key.Key_End], 49),
        ([Key.Key_End, Key.Key_Up, Key.Key_Left], 44),
        ([Key.Key_End, Key.Key_Home], 0),
        ([Key.Key_Left], 0),
    ],
)
def test_keys_go_from_picture_to_picture_and_keep_it_in_sight(qtbot, hang, keys, place):
    wall, _ = hang(50)
    assert wall.columns_shown == 4
    for key in keys:
        qtbot.keyClick(wall, key)
    assert wall.current == place
    assert wall.rect().contains(wall.rect_of(place).toRect())


def test_a_wrong_one_has_a_frame_in_the_colour_of_errors(hang):
    wall, _ = hang(8, wrong=[1])
    image = wall.grab().toImage()
    ratio = image.devicePixelRatio()

    def frame(place):
        rect = wall.rect_of(place)
        at = (QPointF(rect.center().x(), rect.top() + 1) * ratio).toPoint()
        return QColor(image.pixel(at))

    assert frame(1) == QColor(current().bad)
    assert frame(0) != QColor(current().bad)


def test_an_answer_is_told_by_a_sign_and_in_words_not_by_colour_alone():
    wrong = told("test sample 5", "7", "61 %", "1")
    assert wrong == Told("✗ 7 (1)", True, "test sample 5: 7 61 %, truth 1 · wrong")
    assert told("test sample 5", "7", "61 %", "7").caption == "7"
    assert not told("test sample 5", "0", "", "7", certain=False).wrong


def test_it_is_copied_with_numbers_and_words(hang):
    wall, _ = hang(3, wrong=[2])
    columns = wall.columns()
    np.testing.assert_array_equal(columns["sample"], [1, 2, 3])
    assert list(columns["told"]) == ["sample 0", "sample 1", "sample 2"]
    wall.copy()
    assert not QApplication.clipboard().image().isNull()


def test_nothing_hangs_where_there_is_nothing(qtbot, hang):
    wall, _ = hang(0)
    wall.show_content(None)
    qtbot.keyClick(wall, Key.Key_Right)
    assert wall.current == -1
    assert wall.columns() == {}


def test_long_names_stand_below_one_another():
    assert lines_for(["0", "9"]) == 1
    assert lines_for(["apple", "orange"]) == 2
    assert told("test sample 5", "orange", "", "apple", lines=2).caption == "✗ orange\n(apple)"
