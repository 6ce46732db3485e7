"""The datasets whose samples are sequences, one step after the other, by what is to be learnt of them."""

from playground.data.datasets.sequences.continued import Waves
from playground.data.datasets.sequences.memory import Adding, Echo
from playground.data.datasets.sequences.symbols import Brackets, SequenceParity

__all__ = ["Adding", "Brackets", "Echo", "SequenceParity", "Waves"]
