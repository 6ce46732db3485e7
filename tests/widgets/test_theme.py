import re
from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette

from playground.engine.layers import Layer
from widgets import fonts, icons, theme
from widgets.theme import CONTRAST, DARK, LIGHT, OKABE_ITO, themes

SCHEMES = pytest.mark.parametrize("shown", [DARK, LIGHT, CONTRAST], ids=lambda shown: shown.name)


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    channels = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one, other):
    """Contrast ratio, WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@SCHEMES
@pytest.mark.parametrize("ground", ["window", "panel", "canvas", "card", "control", "hover"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent"])
def test_text_can_be_read_on_every_ground(shown, ink, ground):
    assert contrast(getattr(shown, ink), getattr(shown, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize("ground", ["panel", "canvas", "card"])
def test_status_and_plot_colours_can_be_read(shown, ground):
    inks = (shown.good, shown.warning, shown.bad, shown.training, shown.test, *shown.lines)
    for ink in inks:
        assert contrast(ink, getattr(shown, ground)) >= 4.5, ink


def test_high_contrast_is_that_of_the_highest_level():
    shown = CONTRAST
    inks = (shown.text, shown.muted, shown.accent, shown.good, shown.warning, shown.bad, *shown.lines)
    for ground in (shown.window, shown.panel, shown.canvas, shown.card, shown.control):
        assert min(contrast(ink, ground) for ink in inks) >= 7
    assert contrast(shown.border, shown.panel) >= 3


# --- colour blindness -------------------------------------------------------------------------------

SIGHT = {
    "usual": np.eye(3),
    "no red cones": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]
    ],
    "no green cones": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]
    ],
    "no blue cones": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]
    ],
}  # fmt: skip
"""What is left of linear red, green and blue: Machado, Oliveira and Fernandes 2009, severity 1."""


def lab(colour, sight):
    """CIE L*a*b* of a colour as it is seen, by the white of sRGB."""
    channels = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = to_xyz @ np.clip(SIGHT[sight] @ linear, 0, 1) / (0.9505, 1, 1.089)
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_red_and_green_are_far_apart_for_usual_sight_only():
    def apart(sight):
        return np.linalg.norm(lab("#c05050", sight) - lab("#808020", sight))

    assert apart("usual") > 3 * apart("no green cones")


@SCHEMES
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_of_data_are_told_apart_with_any_colour_vision(shown, sight):
    pairs = [(shown.negative, shown.positive), (shown.training, shown.test)]
    for first, second in [*pairs, *combinations(shown.lines, 2), *combinations(OKABE_ITO, 2)]:
        assert np.linalg.norm(lab(first, sight) - lab(second, sight)) > 11, (first, second)


@SCHEMES
def test_signs_on_the_accent_can_be_read(shown):
    assert contrast(shown.on_accent, shown.accent) >= 4.5


@SCHEMES
def test_the_edge_of_what_has_the_keyboard_is_another_one(shown):
    assert contrast(shown.focus, shown.border) >= 3
    assert min(contrast(shown.focus, ground) for ground in (shown.panel, shown.window, shown.control)) >= 3


@SCHEMES
def test_the_edge_of_an_empty_check_box_can_be_found(shown):
    assert contrast(shown.outline, shown.panel) >= 3


@SCHEMES
def test_every_colour_is_a_colour(shown):
    colours = [getattr(shown, field.name) for field in fields(shown) if field.name not in ("name", "lines")]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in [*colours, *shown.lines])


@SCHEMES
def test_the_signs_of_the_style_sheet_wear_the_colours_of_the_theme(shown):
    signs = sorted((theme.RESOURCES / shown.name).glob("*.svg"))
    assert signs
    for sign in signs:
        colours = set(re.findall("#[0-9a-f]{6}", sign.read_text()))
        assert colours <= {shown.muted, shown.text, shown.on_accent}, sign.name


@SCHEMES
def test_the_style_sheet_names_only_signs_that_exist(shown):
    sheet = theme.style_sheet(shown)
    assert "$" not in sheet
    for path in re.findall(r'url\("(.+?)"\)', sheet):
        assert not QImage(path).isNull(), path


@pytest.fixture
def application(qapp):
    yield qapp
    theme.apply(qapp, "dark")


def test_applying_a_scheme_colours_the_application_and_says_so(application, qtbot):
    theme.apply(application, "dark")
    with qtbot.waitSignal(themes.changed) as changed:
        assert theme.apply(application, "light") is LIGHT
    assert changed.args == [LIGHT]
    assert theme.current() is LIGHT
    assert application.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)
    assert application.palette().color(QPalette.ColorRole.Text) == QColor(LIGHT.text)


def test_applying_the_same_scheme_again_says_nothing(application, qtbot):
    theme.apply(application, "dark")
    with qtbot.assertNotEmitted(themes.changed):
        theme.apply(application, "dark")


def test_the_system_scheme_follows_the_desktop(application, monkeypatch):
    desktop = Qt.ColorScheme.Light
    monkeypatch.setattr(theme, "system_scheme", lambda: desktop)
    assert theme.apply(application, "system") is LIGHT
    desktop = Qt.ColorScheme.Dark
    application.styleHints().colorSchemeChanged.emit(desktop)
    assert theme.current() is DARK


def test_a_chosen_scheme_does_not_follow_the_desktop(application, monkeypatch):
    monkeypatch.setattr(theme, "system_scheme", lambda: Qt.ColorScheme.Light)
    theme.apply(application, "dark")
    application.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current() is DARK


def test_the_application_is_set_in_the_typeface_of_the_program(application):
    theme.apply(application, "dark")
    assert application.font() == fonts.font()


@SCHEMES
def test_the_diverging_table_runs_through_its_three_colours(shown):
    table = theme.diverging_table(shown)
    assert table.shape == (256, 3)
    assert table.dtype == np.uint8
    for index, colour in ((0, shown.negative), (255, shown.positive)):
        assert tuple(table[index]) == QColor(colour).getRgb()[:3]
    middle = table[127:129].astype(float).mean(axis=0)
    np.testing.assert_allclose(middle, QColor(shown.zero).getRgb()[:3], atol=1)


def test_two_classes_have_the_data_colours_and_more_have_their_own():
    assert theme.class_colours(2) == (DARK.negative, DARK.positive)
    assert len(set(theme.class_colours(8))) == 8
    assert len(theme.class_colours(10)) == 10


@pytest.mark.parametrize("name", sorted({*icons.NAMES, *(layer.icon for layer in (Layer, *Layer.members()))}))
def test_every_icon_can_be_drawn(qapp, name):
    image = icons.icon(name).pixmap(16, 16).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_an_icon_that_is_not_there_is_refused_when_it_is_asked_for(qapp):
    with pytest.raises(FileNotFoundError):
        icons.icon("sofa")


def test_an_icon_has_the_colour_asked_for(qapp):
    image = icons.icon("pause", "#ff0000").pixmap(32, 32).toImage()
    solid = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {"#ff0000"}
