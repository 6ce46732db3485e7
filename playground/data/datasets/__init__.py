"""The datasets: recipes by formula in one file, each collection in one of its own; all here are known."""

from playground.value import know_members

know_members(__name__, __path__)
