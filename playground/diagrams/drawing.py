"""The diagram of an experiment's network, in the style that suits its size."""

from __future__ import annotations

from playground.diagrams import neurons
from playground.diagrams.blocks import draw_blocks
from playground.diagrams.columns import Word, layer_columns
from playground.diagrams.marks import NetworkDrawing
from playground.experiment import Experiment
from playground.text import say


def diagram(experiment: Experiment, style: str = "automatic", word: Word = str) -> NetworkDrawing:
    """The network as a drawing.

    Neurons are drawn one by one where there are few and all layers give rows of values; else, or when asked
    for ("blocks"), layers are blocks.
    """
    columns = layer_columns(experiment, word)
    title = word(say("diagram.title", "Network"))
    fits = neurons.suits(columns)
    if style == "blocks" or not fits:
        return draw_blocks(title, columns)
    return neurons.draw_neurons(title, columns)
