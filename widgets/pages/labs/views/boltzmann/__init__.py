"""What is seen of restricted Boltzmann machines."""

from widgets.pages.labs.views.boltzmann.view import BoltzmannView

__all__ = ["BoltzmannView"]
