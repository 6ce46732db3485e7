"""The datasets: recipes by formula in a folder, each collection in a file of its own; all are known."""

from playground.value import know_members

know_members(__name__, __path__)
