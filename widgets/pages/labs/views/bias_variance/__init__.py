"""What is seen of a model that is fitted again and again."""

from widgets.pages.labs.views.bias_variance.view import BiasVarianceView

__all__ = ["BiasVarianceView"]
