"""The centrepiece: the network, drawn while it learns and edited by hand."""

from widgets.canvas.canvas import NetworkCanvas

__all__ = ["NetworkCanvas"]
