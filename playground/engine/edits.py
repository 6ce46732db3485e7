"""What a person does to a network, as pure functions from one architecture to the next.

A layer reads the one before it unless it names others.  Every edit first writes down what each layer reads,
changes the list, and leaves out again what goes without saying; so a layer that is put in between is read by
the next one, and the readers of a removed layer read what it read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import isqrt, prod

from playground.engine.arrays import Shape
from playground.engine.graph import INPUT, Architecture, Graph, resolve
from playground.engine.layers import Add, Concatenate, Dense, Flatten, Layer, Reshape, TiedDense
from playground.engine.layers.recurrent import Recurrent
from playground.text import Text, say
from playground.value import InvalidValue

OUTPUT_IS_LAST = say("edit.output_is_last", "Nothing can follow the output.")


# --- names ------------------------------------------------------------------------------------------


def label(architecture: Architecture, position: int) -> Text:
    """What people call a layer: its own name, or "Output", "Dense 1", "Dropout 1", numbered by kind."""
    layer = architecture.layers[position]
    if layer.name:
        return say("layer.own_name", "{name}", name=layer.name)
    if layer is architecture.output:
        return say("layer.output", "Output")
    number = sum(type(other) is type(layer) for other in architecture.layers[: position + 1])
    return say("layer.numbered", "{kind} {number}", kind=layer.named(), number=number)


def fresh_id(architecture: Architecture, kind: str) -> str:
    """An id that no layer has, and that none speaks of: "dense3" for the kind "dense"."""
    used = {layer.id for layer in architecture.layers}
    used.update(owner for layer in architecture.layers for owner in layer.shares.values())
    number = 1
    while f"{kind}{number}" in used:
        number += 1
    return f"{kind}{number}"


# --- one layer --------------------------------------------------------------------------------------


def suggest(architecture: Architecture, position: int, kind: type[Layer], input_shape: Shape) -> Layer:
    """A new layer of that class for this position, in a network on samples of that shape.

    Neurons are like those of the nearest hidden layer; a tied layer turns around one of fitting size.
    """
    if kind is TiedDense:
        return TiedDense(of=_encoder(resolve(architecture, input_shape), position))
    if kind is Reshape:
        return Reshape(shape=_grid(prod(_shape(resolve(architecture, input_shape), position - 1))))
    hidden = [
        (abs(place - position), -place, layer)
        for place, layer in enumerate(architecture.layers[:-1])
        if kind.has_neurons and type(layer) is kind
    ]
    if not hidden:
        return kind()
    fresh = {"id": "", "name": "", "inputs": (), "frozen": False}
    alike = min(hidden, key=lambda found: found[:2])[2]
    return alike.with_(**{name: value for name, value in fresh.items() if name in kind.model_fields})


def _encoder(graph: Graph, position: int) -> str:
    """The dense layer to tie one at a position to: of fitting size, not tied yet, and the nearest."""
    tied = {owner for node in graph.nodes for owner in node.layer.shares.values()}
    given = prod(_shape(graph, position - 1))
    earlier = [node for node in graph.nodes[:position] if isinstance(node.layer, Dense)]
    ranks = [(node.units == given, node.layer.id not in tied, place) for place, node in enumerate(earlier)]
    return earlier[max(ranks)[-1]].layer.id if ranks else ""


def tieable(architecture: Architecture, layer_id: str) -> tuple[str, ...]:
    """The ids of the dense layers that a tied one could turn around: those before it."""
    earlier = architecture.layers[: architecture.index(layer_id)]
    return tuple(layer.id for layer in earlier if isinstance(layer, Dense))


def _grid(units: int) -> tuple[int, ...]:
    """As square a shape as so many values make, the longer side last."""
    rows = max((rows for rows in range(1, isqrt(units) + 1) if units % rows == 0), default=0)
    return (rows, units // rows) if rows else (1,)


def insert(architecture: Architecture, position: int, layer: Layer) -> Architecture:
    """With a layer put before the one at `position`, which reads it from then on.

    The layer gets a fresh id when it has none, or one that is taken.  Of recurrent layers one behind the
    other, the earlier gives all its states from then on.

    Raises:
        InvalidValue: when it cannot be there, in a sentence.
    """
    if architecture.layers and position >= len(architecture.layers):
        raise InvalidValue(OUTPUT_IS_LAST)
    if not layer.id or layer.id in {other.id for other in architecture.layers}:
        layer = layer.with_(id=fresh_id(architecture, layer.tag()))
    return _stacked(_link(_explicit(architecture), max(position, 0), layer, layer.inputs), layer.id)


def append(architecture: Architecture, layer: Layer) -> Architecture:
    """With a layer put right before the output; the first layer of all becomes the output."""
    return insert(architecture, max(len(architecture.layers) - 1, 0), layer)


def why_not(architecture: Architecture, input_shape: Shape, position: int, layer: Layer) -> Text | None:
    """Why a layer would not work at a position; None when it would."""
    if not architecture.layers and not layer.can_be_output:
        return say(
            "edit.cannot_be_output",
            "{layer} cannot be the output; begin with a Dense layer.",
            layer=layer.named(),
        )
    layer = layer.with_(id=fresh_id(architecture, layer.tag()))
    try:
        graph = resolve(insert(architecture, position, layer), input_shape)
    except InvalidValue as error:
        return error.text
    return next((problem.text for problem in graph.problems if problem.layer_id == layer.id), None)


def fit_input(architecture: Architecture, input_shape: Shape) -> Architecture:
    """With a Flatten at the front, where that is all that keeps it from reading samples of that shape."""
    if not architecture.layers or not resolve(architecture, input_shape).problems:
        return architecture
    flat = insert(architecture, 0, Flatten())
    return architecture if resolve(flat, input_shape).problems else flat


def with_output(architecture: Architecture, output: Layer, input_shape: Shape) -> Architecture:
    """With another last layer, and a Flatten before it where that is all that keeps it from working."""
    ended = architecture.with_(layers=(*architecture.layers[:-1], output))
    if not resolve(ended, input_shape).problems:
        return ended
    flat = insert(ended, len(ended.layers) - 1, Flatten())
    return ended if resolve(flat, input_shape).problems else flat


def without_flatten(architecture: Architecture) -> Architecture:
    """Without a Flatten at the front, which a network does not need to read rows."""
    first = architecture.layers[:1]
    return remove(architecture, (first[0].id,)) if first and isinstance(first[0], Flatten) else architecture


def replace(architecture: Architecture, layer: Layer) -> Architecture:
    """With another layer in the place of the one that has its id."""
    position = architecture.index(layer.id)
    layers = architecture.layers
    return architecture.with_(layers=(*layers[:position], layer, *layers[position + 1 :]))


def rename(architecture: Architecture, layer_id: str, name: str) -> Architecture:
    """With a layer called by another name; an empty one brings back the numbered name.

    Raises:
        InvalidValue: when the name is too long.
    """
    layer = architecture.layers[architecture.index(layer_id)]
    return replace(architecture, layer.with_(name=" ".join(name.split())))


def move(architecture: Architecture, layer_id: str, position: int) -> Architecture:
    """With a layer standing at another position; skip connections stay where they still lead forward.

    Raises:
        InvalidValue: when the layer is the output, or would stand behind it.
    """
    layers = _explicit(architecture)
    start = architecture.index(layer_id)
    if start == len(layers) - 1 or position >= len(layers) - 1:
        raise InvalidValue(say("edit.output_stays_last", "The output stays the last layer."))
    if position == start:
        return architecture
    moved = layers.pop(start)
    main = moved.inputs[0]
    passed = {layer.id for layer in layers[start:position]}  # they stand before it from now on
    chain_reader = _first_reader(layers, start, layer_id)
    for place, reader in enumerate(layers):
        if layer_id in reader.inputs and (place == chain_reader or reader.id in passed):
            layers[place] = _reading(reader, layer_id, (main,))
    earlier = {INPUT, *(layer.id for layer in layers[:position])}
    skips = tuple(source for source in moved.inputs[1:] if source in earlier)
    previous = layers[position - 1].id if position else INPUT
    return _link(layers, position, moved, tuple(dict.fromkeys((previous, *skips))))


# --- several layers ---------------------------------------------------------------------------------


def remove(architecture: Architecture, ids: Collection[str]) -> Architecture:
    """Without these layers; who read one reads what it read.  The output always stays."""
    layers = _explicit(architecture)
    for position in range(len(layers) - 2, -1, -1):
        if layers[position].id in ids:
            gone = layers.pop(position)
            for place, reader in enumerate(layers):
                if gone.id in reader.inputs:
                    layers[place] = _reading(reader, gone.id, gone.inputs)
    return _implicit(layers)


def copy(architecture: Architecture, ids: Collection[str]) -> tuple[Layer, ...]:
    """These layers in their order, for `paste`."""
    return tuple(layer for layer in architecture.layers if layer.id in ids)


def paste(architecture: Architecture, position: int, layers: Iterable[Layer]) -> Architecture:
    """With copies of layers before the one at `position` (at the latest the output).

    They get fresh ids where theirs are taken.  Connections among the copies are kept, others are made anew
    along the chain; a copy shares the weights of another copy, or else those that the original shares.

    Raises:
        InvalidValue: when there would be too many layers.
    """
    position = min(position, max(len(architecture.layers) - 1, 0))
    fresh: dict[str, str] = {}
    for original in layers:
        previous = architecture.layers[position - 1].id if position else INPUT
        taken = any(layer.id == original.id for layer in architecture.layers)
        fresh[original.id] = fresh_id(architecture, original.tag()) if taken else original.id
        skips = (fresh[source] for source in original.inputs if source in fresh)
        inputs = tuple(dict.fromkeys((previous, *skips))) if original.merges else ()
        copied = original.with_(id=fresh[original.id], inputs=inputs).sharing(fresh)
        architecture = insert(architecture, position, copied)
        position += 1
    return architecture


def duplicate(architecture: Architecture, ids: Collection[str]) -> Architecture:
    """With copies of these layers behind the last of them, or before the output when that is the last."""
    places = [position for position, layer in enumerate(architecture.layers) if layer.id in ids]
    return paste(architecture, max(places, default=-1) + 1, copy(architecture, ids))


# --- connections ------------------------------------------------------------------------------------


def connect(architecture: Architecture, source_id: str, target_id: str, input_shape: Shape) -> Architecture:
    """With a skip connection from a layer, or the network's input, to a later layer.

    A target that merges reads the source as well.  Before any other an Add is put, or a Concatenate where
    the sizes of rows differ.  `input_shape` is that of a sample.

    Raises:
        InvalidValue: when it does not lead forward, or is there already.
    """
    layers = _explicit(architecture)
    target = architecture.index(target_id)
    source = -1 if source_id == INPUT else architecture.index(source_id)
    if source >= target:
        raise InvalidValue(say("edit.leads_forward", "A connection leads forward, to a later layer."))
    reader = layers[target]
    if source_id in reader.inputs:
        raise InvalidValue(
            say("edit.reads_already", "{layer} reads it already.", layer=label(architecture, target))
        )
    if reader.merges:
        layers[target] = reader.with_(inputs=(*reader.inputs, source_id))
        return _implicit(layers)
    graph = resolve(architecture, input_shape)
    main = graph.nodes[target].sources[0]
    shapes = _shape(graph, main), _shape(graph, source)
    grids = all(len(shape) > 1 for shape in shapes)  # which are not to be put side by side
    kind = Add if grids or prod(shapes[0]) == prod(shapes[1]) else Concatenate
    merge = kind(id=fresh_id(architecture, kind.tag()), inputs=(reader.inputs[0], source_id))
    layers[target] = reader.with_(inputs=(merge.id,))
    layers.insert(target, merge)
    return _implicit(layers)


def disconnect(architecture: Architecture, source_id: str, target_id: str) -> Architecture:
    """Without the connection between two layers.

    Raises:
        InvalidValue: when the target reads nothing else.
    """
    layers = _explicit(architecture)
    target = architecture.index(target_id)
    rest = tuple(source for source in layers[target].inputs if source != source_id)
    if not rest:
        raise InvalidValue(say("edit.must_read", "A layer must read something; connect another layer first."))
    layers[target] = layers[target].with_(inputs=rest)
    return _implicit(layers)


# --- how layers are wired ---------------------------------------------------------------------------


def sources(architecture: Architecture) -> Mapping[str, tuple[str, ...]]:
    """The ids that each layer reads, by layer id."""
    return {layer.id: layer.inputs for layer in _explicit(architecture)}


def _explicit(architecture: Architecture) -> list[Layer]:
    """The layers, each naming what it reads."""
    before = (INPUT, *(layer.id for layer in architecture.layers))
    return [
        layer if layer.inputs else layer.with_(inputs=(previous,))
        for previous, layer in zip(before, architecture.layers, strict=False)
    ]


def _implicit(layers: Sequence[Layer]) -> Architecture:
    """The architecture of these layers, those that read just the one before naming nothing."""
    before = (INPUT, *(layer.id for layer in layers))
    return Architecture.build(
        {
            "layers": tuple(
                layer.with_(inputs=()) if layer.inputs == (previous,) else layer
                for previous, layer in zip(before, layers, strict=False)
            )
        }
    )


def _link(layers: list[Layer], position: int, layer: Layer, inputs: tuple[str, ...]) -> Architecture:
    """Put a layer into the chain: it reads the one before, and the next reader of that one reads it."""
    previous = layers[position - 1].id if position else INPUT
    reader = _first_reader(layers, position, previous)
    if reader is not None:
        layers[reader] = _reading(layers[reader], previous, (layer.id,))
    layers.insert(position, layer.with_(inputs=inputs or (previous,)))
    return _implicit(layers)


def _stacked(architecture: Architecture, layer_id: str) -> Architecture:
    """With all states given by a recurrent layer that another one reads, where one of the two is this."""
    layers = _explicit(architecture)
    by_id = {layer.id: layer for layer in layers}
    for reader in layers:
        source = by_id.get(reader.inputs[0]) if isinstance(reader, Recurrent) else None
        if isinstance(source, Recurrent) and layer_id in (reader.id, source.id):
            present = architecture.layers[architecture.index(source.id)]
            architecture = replace(architecture, present.with_(gives="all"))
    return architecture


def _first_reader(layers: Sequence[Layer], start: int, source_id: str) -> int | None:
    """The position, from `start` on, of the first layer that reads a source."""
    readers = (place for place in range(start, len(layers)) if source_id in layers[place].inputs)
    return next(readers, None)


def _reading(reader: Layer, old: str, new: tuple[str, ...]) -> Layer:
    """A layer reading `new` in the place of `old`; one that does not merge takes the first of them."""
    inputs = [source for known in reader.inputs for source in (new if known == old else (known,))]
    distinct = tuple(dict.fromkeys(inputs))
    return reader.with_(inputs=distinct if reader.merges else distinct[:1])


def _shape(graph: Graph, position: int) -> Shape:
    """The shape of what a layer gives (−1: the network's input)."""
    return graph.input_shape if position < 0 else graph.nodes[position].shape
