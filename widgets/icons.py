"""The program's icons by its own names, drawn in the colours of the theme being shown."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from widgets import theme

NAMES = {
    # running
    "run": "ph.play-fill",
    "pause": "ph.pause-fill",
    "step_batch": "ph.caret-right-bold",
    "step_epoch": "ph.skip-forward",
    "reset": "ph.arrow-counter-clockwise",
    "same_start": "ph.clock-counter-clockwise",
    "speed": "ph.gauge",
    "seed": "ph.dice-five",
    # layers
    "input": "ph.sign-in",
    "dense": "ph.squares-four",
    "activation": "mdi6.sine-wave",
    "maxout": "ph.arrow-line-up",
    "dropout": "ph.circle-dashed",
    "gaussian_noise": "ph.sparkle",
    "batch_norm": "ph.waves",
    "layer_norm": "ph.align-center-vertical",
    "add": "ph.plus-circle",
    "concatenate": "ph.columns",
    "flatten": "ph.rows",
    "reshape": "ph.bounding-box",
    "convolution": "ph.frame-corners",
    "pool": "ph.arrows-in",
    "recurrent": "ph.repeat",
    "graph_layer": "ph.share-network",
    "output": "ph.sign-out",
    # editing
    "undo": "ph.arrow-u-up-left",
    "redo": "ph.arrow-u-up-right",
    "cut": "ph.scissors",
    "copy": "ph.copy",
    "paste": "ph.clipboard-text",
    "duplicate": "ph.copy-simple",
    "delete": "ph.trash",
    "rename": "ph.pencil-simple",
    "edit": "ph.pencil-simple",
    "plus": "ph.plus",
    "minus": "ph.minus",
    "freeze": "ph.snowflake",
    "lock": "ph.lock-simple",
    "unlock": "ph.lock-simple-open",
    "pin": "ph.push-pin",
    "shuffle": "ph.shuffle",
    # files
    "new": "ph.file-plus",
    "open": "ph.folder-open",
    "recent": "ph.clock-counter-clockwise",
    "save": "ph.floppy-disk",
    "save_as": "ph.floppy-disk-back",
    "import": "ph.download-simple",
    "export": "ph.export",
    "link": "ph.link",
    "image": "ph.image",
    "table": "ph.table",
    "code": "ph.code",
    "examples": "ph.books",
    # looking
    "zoom_in": "ph.magnifying-glass-plus",
    "zoom_out": "ph.magnifying-glass-minus",
    "zoom_fit": "ph.corners-out",
    "search": "ph.magnifying-glass",
    "show": "ph.eye",
    "hide": "ph.eye-slash",
    "chart": "ph.chart-line",
    "histogram": "ph.chart-bar",
    "logarithmic": "ph.chart-line-up",
    "layout": "ph.layout",
    "float": "ph.arrow-square-out",
    "close": "ph.x",
    "more": "ph.dots-three",
    "down": "ph.caret-down",
    "up": "ph.caret-up",
    "left": "ph.caret-left",
    "right": "ph.caret-right",
    # data
    "draw": "ph.paint-brush",
    "erase": "ph.eraser",
    "data": "ph.database",
    "formula": "mdi6.function-variant",
    # the program
    "command": "ph.command",
    "keyboard": "ph.keyboard",
    "preferences": "ph.gear",
    "dark": "ph.moon",
    "light": "ph.sun",
    "language": "ph.translate",
    "lab": "ph.flask",
    "help": "ph.question",
    "explain": "ph.book-open",
    "info": "ph.info",
    "good": "ph.check-circle",
    "warning": "ph.warning",
    "error": "ph.warning-circle",
    "check": "ph.check",
    "home": "ph.house",
}
"""The program's name of each icon, and its name in the Phosphor (ph) or Material Design (mdi6) icon font."""


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon in the given colour, or in the theme's text colour.

    An icon keeps its colour: ask again when `themes.changed` is emitted.
    """
    import qtawesome  # loads its fonts: only where an icon is drawn

    now = theme.current()
    return qtawesome.icon(NAMES[name], color=colour or now.text, color_disabled=now.disabled)
