"""Faces: how the card of each kind of layer is laid out and painted, one file a face.

A face that names kinds of layers draws these and what is derived from them; the others draw what they suit.
"""

from functools import cache

from playground.engine.layers import Layer
from playground.value import know_members
from widgets.canvas.faces.base import Face, Subject

__all__ = ["Face", "Subject", "face_of"]


@cache
def face_of(kind: type[Layer] | None) -> Face:
    """The face of a kind of layer, None for the inputs."""
    for base in kind.__mro__ if kind else ():
        for face in Face.members:
            if base in face.kinds:
                return face()
    return next(face() for face in Face.members if face.suits(kind))


know_members(__name__, __path__)
