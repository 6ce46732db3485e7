"""The datasets whose samples are sequences, one step after the other, by what is to be learnt of them."""

from typing import TYPE_CHECKING

from playground.value import looked_up

if TYPE_CHECKING:
    from playground.data.datasets.sequences.continued import Waves
    from playground.data.datasets.sequences.memory import Adding, Echo
    from playground.data.datasets.sequences.symbols import Brackets, SequenceParity
else:
    __getattr__ = looked_up(__name__, __path__)

__all__ = ["Adding", "Brackets", "Echo", "SequenceParity", "Waves"]
