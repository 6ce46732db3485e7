"""What is seen of moving averages."""

from widgets.pages.labs.views.averages.view import AveragesView

__all__ = ["AveragesView"]
