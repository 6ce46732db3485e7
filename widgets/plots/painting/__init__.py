"""Painting points on the map of the output: brushes, what is being painted, and the surface for it."""

from widgets.plots.painting.bar import BrushBar
from widgets.plots.painting.button import PaintButton
from widgets.plots.painting.edits import sheet
from widgets.plots.painting.painting import Painting
from widgets.plots.painting.surface import Surface

__all__ = ["BrushBar", "PaintButton", "Painting", "Surface", "sheet"]
