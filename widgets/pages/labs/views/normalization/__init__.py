"""What is seen of the laboratory of normalization."""

from widgets.pages.labs.views.normalization.view import NormalizationView

__all__ = ["NormalizationView"]
