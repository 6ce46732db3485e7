"""What there is to say about the selected layers, in words and without a widget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.engine import edits
from playground.engine.graph import INPUT, Node
from playground.engine.layers import Layer
from playground.experiment import Experiment
from playground.numbers.writing import NONE, by, whole
from playground.record import record
from widgets.field_words import field_told
from widgets.panels.sizes import part_sizes
from widgets.sentences import layer_name, said, sentence


@record
class Description:
    """The words of the layer panel.

    Attributes:
        facts: rows of a name and what it is.
        problems: what keeps the layer from working.
        can_be_fitted: whether one click mends the output layer.
    """

    heading: str
    sentence: str
    facts: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    can_be_fitted: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Selection", text)


def selected_layers(experiment: Experiment, ids: Sequence[str]) -> tuple[Layer, ...]:
    """The layers of these ids that there are, in the order of the network."""
    return tuple(layer for layer in experiment.network.layers if layer.id in ids)


def describe_selection(experiment: Experiment, ids: Sequence[str]) -> Description:
    """The description of the layers of these ids, of which one may be the input."""
    layers = selected_layers(experiment, ids)
    if len(layers) == 1:
        return _one(experiment, layers[0])
    if layers:
        return _several(layers)
    if INPUT in ids:
        return _input(experiment)
    sentence = _tr("Click a layer of the network to see and change what it does.")
    return Description(_tr("No layer selected"), sentence)


def _one(experiment: Experiment, layer: Layer) -> Description:
    problems = tuple(
        sentence(problem.text) for problem in experiment.problems() if problem.layer_id == layer.id
    )
    is_output = layer is experiment.network.output
    return Description(
        said(layer),
        said(layer, "help"),
        _facts(experiment, layer),
        problems,
        bool(problems) and is_output and experiment.fitted() != experiment,
    )


def _facts(experiment: Experiment, layer: Layer) -> tuple[tuple[str, str], ...]:
    network = experiment.network
    graph = experiment.graph
    node = graph.nodes[network.index(layer.id)]
    names = {INPUT: _tr("Inputs")} | {
        other.id: layer_name(network, place) for place, other in enumerate(network.layers)
    }
    sources = [names.get(source, source) for source in edits.sources(network)[layer.id]]
    parts = part_sizes(node)
    count, seen = whole(sum(parts.values())), field_told(graph, network.index(layer.id))
    if len(parts) > 1:
        count += " = " + " + ".join(f"{whole(size)} {name}" for name, size in parts.items())
    return (
        (_tr("Reads"), ", ".join(sources)),
        (_tr("Output size"), _size(node)),
        *(((_tr("Each sees"), seen),) if seen else ()),
        (_tr("Parameters"), count if node.units else NONE),
        *(
            (_tr("Good to know"), sentence(each.text))
            for each in experiment.remarks()
            if each.layer_id == layer.id
        ),
    )


def _size(node: Node) -> str:
    """How many values it gives, and of a grid how they are arranged."""
    if not node.units:
        return NONE
    return whole(node.units) if len(node.shape) == 1 else f"{by(node.shape)} = {whole(node.units)}"


def _several(layers: tuple[Layer, ...]) -> Description:
    heading = _tr("{count} layers selected").format(count=len(layers))
    if len({type(layer) for layer in layers}) > 1:
        return Description(
            heading, _tr("They are of different kinds; select layers of one kind to edit them.")
        )
    sentence = _tr("A change is made to all of them; where they differ, the first one's value is shown.")
    return Description(heading, sentence)


def _input(experiment: Experiment) -> Description:
    inputs = experiment.data.inputs
    facts = (
        (_tr("Inputs"), ", ".join(sentence(feature.name) for feature in inputs)),
        (_tr("Output size"), whole(len(inputs))),
    )
    return Description(
        _tr("Inputs"), _tr("What the network is given of each sample; choose it in the data panel."), facts
    )
