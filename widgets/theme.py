"""The colours, font and style sheet of the program, so that every widget and plot looks of one piece.

Widgets are styled by their class and by a dynamic property `role`, set with `setProperty("role", ...)`:
`panel` and `finding` (rounded frames), `heading`, `muted`, `caption`, `figure`, `warning` and `error`
(labels), `chip`, `primary`, `main`, `section`, `group` and `link` (buttons), `value` (a line edit that
looks like plain text until it is pointed at).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from playground.record import record
from widgets import fonts

RESOURCES = Path(__file__).parent.parent / "resources" / "themes"

Scheme = Literal["dark", "light", "contrast", "system"]

OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00", "#c0c0c0")
"""Eight colours that people with any colour vision tell apart (Okabe and Ito 2008), black lightened."""


@record
class Theme:
    """The named colours of one scheme, each written `#rrggbb`."""

    name: str

    window: str
    """Behind the panels."""
    panel: str
    canvas: str
    """Behind the network and inside thumbnails and plots."""
    card: str
    """A layer's card on the canvas."""
    control: str
    """Buttons, combo boxes, text fields, tool tips: what is raised above a panel."""
    hover: str
    """A control under the pointer."""
    border: str
    outline: str
    """The edge of a small control that must be found, such as an empty check box."""

    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    """Text and signs drawn on the accent colour."""
    focus: str
    """The edge of what has the keyboard: 3 to 1 from the edge that it has without (WCAG 2.4.13)."""

    good: str
    warning: str
    bad: str

    negative: str
    zero: str
    positive: str
    """The diverging scale of weights and outputs: -1, 0 and +1."""

    training: str
    test: str
    """The lines and figures of the training and the test set."""
    lines: tuple[str, ...]
    """Further lines of a plot, in order; no two look alike with any kind of colour blindness."""

    @property
    def pictures(self) -> str:
        """Which of the pictures that are there in two schemes go with it: "dark" or "light"."""
        return "light" if QColor(self.window).lightness() > 127 else "dark"


DARK = Theme(
    name="dark",
    window="#16181d",
    panel="#1e2128",
    canvas="#191c22",
    card="#1e2128",
    control="#262a33",
    hover="#2e333e",
    border="#333845",
    outline="#7a8396",
    text="#e4e7ee",
    muted="#9aa3b5",
    disabled="#626a7b",
    accent="#5b9dff",
    on_accent="#10141c",
    focus="#5b9dff",
    good="#57c785",
    warning="#f2c14e",
    bad="#ff7b7b",
    negative="#f39237",
    zero="#262a33",
    positive="#3b8fd9",
    training="#4a9ae2",
    test="#f39237",
    lines=("#21a344", "#99b2ee", "#c165fc", "#f4db95", "#87edec", "#dd8a9b"),
)

LIGHT = Theme(
    name="light",
    window="#eceef2",
    panel="#fbfbfd",
    canvas="#f4f5f8",
    card="#fbfbfd",
    control="#ffffff",
    hover="#eef1f6",
    border="#d5d9e2",
    outline="#7c8598",
    text="#1e2430",
    muted="#5b6579",
    disabled="#a0a8b7",
    accent="#2460e6",
    on_accent="#ffffff",
    focus="#2460e6",
    good="#187a49",
    warning="#8f5f00",
    bad="#c62f2f",
    negative="#f39237",
    zero="#e8eaeb",
    positive="#3b8fd9",
    training="#1f6fb8",
    test="#b1560a",
    lines=("#0a6430", "#0162f3", "#4e3075", "#876900", "#062a37", "#af4b77"),
)

CONTRAST = Theme(
    name="contrast",
    window="#000000",
    panel="#000000",
    canvas="#000000",
    card="#0a0a0a",
    control="#161616",
    hover="#303030",
    border="#8c8c8c",
    outline="#ffffff",
    text="#ffffff",
    muted="#d6d6d6",
    disabled="#949494",
    accent="#8cc8ff",
    on_accent="#000000",
    focus="#ffff4d",
    good="#5dff9b",
    warning="#ffd75e",
    bad="#ff9d9d",
    negative="#ffa64d",
    zero="#1c1c1c",
    positive="#4da6ff",
    training="#6db8ff",
    test="#ffa64d",
    lines=("#baffd0", "#74bbe6", "#c095ff", "#ffe13b", "#66f7f1", "#f47e86"),
)
"""For eyes that need more: text stands 7 to 1 from what is behind it (WCAG, level AAA)."""


class Themes(QObject):
    """Holds the theme being shown and tells when it changes."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme = DARK
        self.scheme: Scheme = "dark"

    def show(self) -> Theme:
        """Put the colours of the chosen scheme on the application."""
        application = QApplication.instance()
        before, self.theme = self.theme, _theme(self.scheme)
        application.setPalette(palette(self.theme))
        application.setStyleSheet(style_sheet(self.theme))
        if self.theme is not before:
            self.changed.emit(self.theme)
        return self.theme

    def enlarge(self, on: bool) -> None:
        """Let text be larger, or as usual again."""
        if fonts.enlarge(on):
            QApplication.setFont(fonts.font())
            self.show()

    def follow_system(self) -> None:
        """Answer a change of the desktop's colour scheme."""
        if self.scheme == "system" and _theme("system") is not self.theme:
            self.show()


themes = Themes()
"""`themes.changed` is emitted with the new `Theme`."""


def current() -> Theme:
    """The theme being shown."""
    return themes.theme


@contextmanager
def shown_as(theme: Theme) -> Iterator[None]:
    """Let what is painted meanwhile be in the colours of another theme, though nobody is told of it."""
    before, themes.theme = themes.theme, theme
    try:
        yield
    finally:
        themes.theme = before


def apply(application: QApplication, scheme: Scheme) -> Theme:
    """Dress the whole application in a scheme; "system" follows the desktop from then on."""
    hints = application.styleHints()
    themes.scheme = scheme
    hints.colorSchemeChanged.connect(themes.follow_system, Qt.ConnectionType.UniqueConnection)
    hints.setColorScheme(_SCHEMES[scheme])  # so that title bars and system dialogs match
    application.setStyle("Fusion")
    application.setFont(fonts.font())
    return themes.show()


_SCHEMES = {
    "dark": Qt.ColorScheme.Dark,
    "light": Qt.ColorScheme.Light,
    "contrast": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


def _theme(scheme: Scheme) -> Theme:
    if scheme == "system":
        return LIGHT if system_scheme() == Qt.ColorScheme.Light else DARK
    return {"light": LIGHT, "contrast": CONTRAST}.get(scheme, DARK)


def system_scheme() -> Qt.ColorScheme:
    """The scheme of the desktop; unknown where it does not say."""
    return QApplication.styleHints().colorScheme()


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for what the style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.control,
        role.AlternateBase: theme.panel,
        role.ToolTipBase: theme.control,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Text: theme.text,
        role.Button: theme.control,
        role.ButtonText: theme.text,
        role.BrightText: theme.bad,
        role.Light: theme.hover,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.window,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
    }
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled))
    return result


def style_sheet(theme: Theme) -> str:
    """The application's style sheet in the theme's colours."""
    template = Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    sizes = {f"size_{usual}": f"{fonts.pixels(usual)}px" for usual in (11, 20)}
    return template.substitute(asdict(theme), **sizes, signs=(RESOURCES / theme.name).as_posix())


@cache
def diverging_table(theme: Theme) -> np.ndarray:
    """Colours from -1 over 0 to +1: a read-only array (256, 3) of uint8."""
    anchors = [QColor(colour).getRgb()[:3] for colour in (theme.negative, theme.zero, theme.positive)]
    place = np.linspace(-1, 1, 256)
    channels = [np.interp(place, (-1, 0, 1), channel) for channel in zip(*anchors, strict=True)]
    table = np.stack(channels, axis=1).round().astype(np.uint8)
    table.flags.writeable = False
    return table


def class_colours(count: int) -> tuple[str, ...]:
    """One colour a class: the two data colours, or Okabe–Ito (repeating after eight) beyond two."""
    if count <= 2:
        return (DARK.negative, DARK.positive)[:count]
    return tuple(OKABE_ITO[index % len(OKABE_ITO)] for index in range(count))
