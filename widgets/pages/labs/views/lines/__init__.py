"""What is seen of the laboratory of lines."""

from widgets.pages.labs.views.lines.view import LinesView

__all__ = ["LinesView"]
