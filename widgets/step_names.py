"""What steps of sequences are called, and symbols that they may have; nothing where they are numbers."""

from __future__ import annotations

from playground.data.sample import lengths
from playground.training.snapshot import Snapshot


def step_names(snapshot: Snapshot) -> tuple[str, ...]:
    """A name for each step that the sample has, "" for one of numbers; none where it is no sequence."""
    chosen, shape = snapshot.data.chosen, snapshot.experiment.data.dataset.shape
    if chosen is None or not shape.is_sequence:
        return ()
    if shape.symbols:
        from widgets.sequence_picture import shown_symbol, text_of  # when there are sequences

        return tuple(map(shown_symbol, text_of(chosen.raw, shape.symbols)))
    return ("",) * int(lengths(chosen.raw[None])[0])


def symbol_names(snapshot: Snapshot) -> tuple[str, ...]:
    """A name for each symbol that sequences may have; none where they are no symbols."""
    symbols = snapshot.experiment.data.dataset.shape.symbols
    if not symbols:
        return ()
    from widgets.sequence_picture import shown_symbol  # when there are sequences

    return tuple(map(shown_symbol, symbols))
