"""The targets of exports, one module or folder each; every one is found here by itself."""

from playground.value import know_members

know_members(__name__, __path__)
