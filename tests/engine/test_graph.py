"""A network's layers are put in order and measured; what is wrong with them is said in sentences."""

import pytest
from grids import UNJOINED, grid_for

from playground.engine.activations import Linear
from playground.engine.graph import INPUT, Architecture, remarks, resolve
from playground.engine.layers import (
    ActivationLayer,
    Add,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    Flatten,
    GaussianNoise,
    Layer,
    LayerNorm,
    LayerProblem,
    Maxout,
    Reshape,
    TiedDense,
)
from playground.engine.layers.variational import Variational
from playground.engine.network import Network
from playground.value import InvalidValue


def graph(*layers, inputs=2):
    return resolve(Architecture(layers=layers), (inputs,))


def dense(layer_id, units=4, *inputs):
    return Dense(id=layer_id, units=units, inputs=inputs)


def test_a_layer_reads_the_one_before_it_and_the_first_the_input():
    nodes = graph(dense("a", 3), dense("b", 5), dense("c", 1)).nodes
    assert [node.sources for node in nodes] == [(-1,), (0,), (1,)]
    assert [node.input_units for node in nodes] == [(2,), (3,), (5,)]
    assert [node.units for node in nodes] == [3, 5, 1]


def test_a_layer_may_name_earlier_layers_and_the_input():
    found = graph(
        dense("a", 3), dense("b", 2, INPUT), Concatenate(id="c", inputs=("a", "b", INPUT)), dense("d")
    )
    assert found.problems == ()
    assert found.nodes[2].sources == (0, 1, -1)
    assert found.nodes[2].units == 3 + 2 + 2


def test_the_readers_of_a_layer_are_found_with_the_port_they_read_it_by():
    found = graph(
        dense("a"), Add(id="b", inputs=("a", "a")), Concatenate(id="c", inputs=("b", "a")), dense("d")
    )
    assert found.readers(0) == ((1, 0), (1, 1), (2, 1))
    assert found.readers(-1) == ((0, 0),)
    assert found.readers(3) == ()


@pytest.mark.parametrize(
    "layer",
    [
        kind(id="x")
        for kind in Layer.members()
        if not (kind.has_neurons or kind.axes or kind in (Reshape, Variational))
    ],
    ids=lambda layer: layer.tag(),
)
def test_layers_without_neurons_keep_the_size(layer):
    assert graph(dense("a", 7), layer, dense("b")).nodes[1].units == 7


@pytest.mark.parametrize("kind", UNJOINED, ids=lambda kind: kind.tag())
def test_every_layer_works_between_two_dense_ones(kind):
    layer = TiedDense(id="x", of="a") if kind is TiedDense else kind(id="x")
    units, grid = grid_for(layer, 4)
    assert graph(dense("a", units), *grid, layer, Flatten(id="flat"), dense("b", 1)).problems == ()


# --- shapes -----------------------------------------------------------------------------------------


def test_layers_that_work_value_by_value_keep_a_shape_and_flatten_ends_it():
    found = graph(
        dense("a", 6),
        Reshape(id="grid", shape=(2, 3)),
        ActivationLayer(id="bend"),
        Dropout(id="drop"),
        GaussianNoise(id="noise"),
        LayerNorm(id="norm"),
        Add(id="add", inputs=("norm", "grid")),
        Flatten(id="flat"),
        dense("b", 1),
    )
    assert found.problems == ()
    assert [node.shape for node in found.nodes] == [(6,), *[(2, 3)] * 6, (6,), (1,)]
    assert [node.units for node in found.nodes] == [6] * 8 + [1]
    assert found.nodes[5].input_units == (6,)


def test_a_grid_may_be_arranged_anew():
    found = graph(dense("a", 12), Reshape(id="b", shape=(3, 4)), Reshape(id="c", shape=(2, 3, 2)))
    assert [node.shape for node in found.nodes] == [(12,), (3, 4), (2, 3, 2)]


# --- shared weights ---------------------------------------------------------------------------------


def test_a_tied_layer_gives_as_many_values_as_the_other_reads():
    found = graph(dense("a", 5), dense("b", 3), TiedDense(id="c", of="b"), TiedDense(id="d", of="a"))
    assert found.problems == ()
    assert [node.units for node in found.nodes] == [5, 3, 5, 2]
    assert found.nodes[2].input_units == (3,)


def test_shared_parameters_are_counted_once():
    found = graph(dense("a", 5), TiedDense(id="b", of="a"))
    assert found.parameters == (2 + 1) * 5 + 2


def test_several_layers_may_be_tied_to_one():
    layers = (dense("a", 5), TiedDense(id="b", of="a"), dense("c", 5), TiedDense(id="d", of="a"))
    assert graph(*layers).problems == ()


def told(problems):
    """The problems with their sentences in English."""
    return [(problem.layer_id, str(problem.text)) for problem in problems]


# --- remarks ----------------------------------------------------------------------------------------


def linear(layer_id, *inputs):
    return Dense(id=layer_id, activation=Linear(), inputs=inputs)


NEEDLESS = "The bias of the layer before it has no effect: it goes with the mean, and β does its work."


def test_the_bias_of_a_linear_layer_before_batch_norm_is_remarked_upon():
    found = graph(linear("a"), BatchNorm(id="norm"), dense("b", 1))
    assert told(remarks(found)) == [("norm", NEEDLESS)]
    assert found.problems == ()


def test_batches_of_one_sample_are_remarked_upon():
    found = graph(dense("a"), BatchNorm(id="norm"), dense("b", 1))
    (every,), (last,) = remarks(found, 1), remarks(found, 10, 1)
    assert every.layer_id == last.layer_id == "norm"
    assert str(every.text).startswith("The batches are too small: one sample has no variance")
    assert str(last.text).startswith("The last batch of an epoch is too small: one sample has no variance")
    assert remarks(found, 10, 2) == remarks(found, 2) == ()
    assert remarks(graph(dense("a"), LayerNorm(id="norm"), dense("b", 1)), 1, 1) == ()


def test_layer_norm_of_a_single_value_is_remarked_upon():
    (found,) = remarks(graph(dense("a", 1), LayerNorm(id="norm"), dense("b", 1)))
    assert "only β is left" in str(found.text)
    assert remarks(graph(dense("a", 2), LayerNorm(id="norm"), dense("b", 1))) == ()


@pytest.mark.parametrize(("over", "count"), [("step", 1), ("sample", 0)])
def test_a_norm_of_each_step_needs_several_values_at_each(over, count):
    grid, flat = Reshape(id="grid", shape=(4, 1)), Flatten(id="flat")
    found = remarks(graph(dense("a", 4), grid, LayerNorm(id="norm", over=over), flat, dense("b", 1)))
    assert len(found) == count


@pytest.mark.parametrize(
    "layers",
    [
        (dense("a"), BatchNorm(id="norm"), dense("b")),
        (BatchNorm(id="norm"), dense("b")),
        (linear("a"), LayerNorm(id="norm"), dense("b")),
        (linear("a"), BatchNorm(id="norm"), Add(id="add", inputs=("norm", "a")), dense("b")),
    ],
    ids=["an activation between", "no layer before", "layer norm", "another reader"],
)
def test_a_bias_that_has_an_effect_is_not(layers):
    assert remarks(graph(*layers)) == ()


# --- what is wrong ----------------------------------------------------------------------------------

UNKNOWN = "It reads “nobody”, which does not exist; connect it to another layer."
LATER = "It reads “b”, which comes later; a layer reads only earlier ones."
ITSELF = "It reads “a”, which comes later; a layer reads only earlier ones."
SIZES = "It adds layers of 3 and 4 neurons; make them the same size, or use Concatenate."
MANY = "Dense reads one layer; put an Add or Concatenate before it."
DEAD_END = "Nothing reads this layer, so it cannot learn; connect it to a later one."
DUPLICATE = "Two layers have the id “a”; give one another."
LAST = "Dropout cannot be the last layer; end the network with a Dense layer."
GRID = (
    "{} reads a row of values, and is given 2×2; put a Flatten or a Global average pool before it, "
    "or let a recurrent layer give its last state alone."
)
UNEQUAL = "It adds layers of 2×2 and 4 neurons; make them the same size, or use Concatenate."
PRODUCT = "2×3 makes 6 values, and it is given 4; choose another shape."
TIED_TO_NOTHING = "It has no weights of its own; choose whose it turns around."
TIED_TO_NOBODY = "It shares the weights of “nobody”, which does not exist; choose another layer."
TIED_TO_INPUT = "It shares the weights of “input”, which does not exist; choose another layer."
TIED_TO_LATER = "It shares the weights of “b”, which comes later; move it behind that one."
TIED_TO_ITSELF = "It shares the weights of “t”, which comes later; move it behind that one."
TIED_TO_OTHER = "It shares the weights of “x”, which is no dense layer; choose another."
TIED_SIZES = "It turns around a layer of 5 neurons, and is given 4 values; make them as many."
EMPTY = "The network has no layers."

WRONG = {
    "an unknown input": ((dense("a", 4, "nobody"), dense("b")), ("a", UNKNOWN)),
    "a later input": ((dense("a", 4, "b"), dense("b")), ("a", LATER)),
    "itself as input": ((dense("a", 4, "a"), dense("b")), ("a", ITSELF)),
    "a sum of different sizes": (
        (dense("a", 3), dense("b", 4), Add(id="c", inputs=("a", "b")), dense("d")),
        ("c", SIZES),
    ),
    "several inputs of a dense layer": ((dense("a"), dense("b"), dense("c", 1, "a", "b")), ("c", MANY)),
    "a dead end": ((dense("a"), dense("b", 1, INPUT)), ("a", DEAD_END)),
    "two layers of one id": ((dense("a"), dense("a")), ("a", DUPLICATE)),
    "the id of the input": ((dense(INPUT), dense("b")), (INPUT, DUPLICATE.replace("a”", "input”"))),
    "a last layer that is no output": ((dense("a"), Dropout(id="b")), ("b", LAST)),
    "no layers": ((), ("", EMPTY)),
    "a grid into a dense layer": ((dense("a"), Reshape(id="x"), dense("b")), ("b", GRID.format("Dense"))),
    "a grid into maxout": (
        (dense("a"), Reshape(id="x"), Maxout(id="m"), dense("b")),
        ("m", GRID.format("Maxout")),
    ),
    "a grid beside a row": (
        (dense("a"), Reshape(id="x"), Concatenate(id="c", inputs=("x", "a")), dense("b")),
        ("c", GRID.format("Concatenate")),
    ),
    "a grid into a tied layer": (
        (dense("a"), Reshape(id="x"), TiedDense(id="t", of="a")),
        ("t", GRID.format("Tied dense")),
    ),
    "a sum of a grid and a row": (
        (dense("a"), Reshape(id="x"), Add(id="c", inputs=("x", "a")), dense("b")),
        ("c", UNEQUAL),
    ),
    "a shape of another size": ((dense("a"), Reshape(id="x", shape=(2, 3)), dense("b")), ("x", PRODUCT)),
    "a layer tied to nothing": ((dense("a"), TiedDense(id="t"), dense("b")), ("t", TIED_TO_NOTHING)),
    "a layer tied to nobody": ((dense("a"), TiedDense(id="t", of="nobody")), ("t", TIED_TO_NOBODY)),
    "a layer tied to the input": ((dense("a"), TiedDense(id="t", of=INPUT)), ("t", TIED_TO_INPUT)),
    "a layer tied to a later one": (
        (dense("a"), TiedDense(id="t", of="b"), dense("b")),
        ("t", TIED_TO_LATER),
    ),
    "a layer tied to itself": ((dense("a"), TiedDense(id="t", of="t")), ("t", TIED_TO_ITSELF)),
    "a layer tied to one without weights": (
        (dense("a"), Dropout(id="x"), TiedDense(id="t", of="x")),
        ("t", TIED_TO_OTHER),
    ),
    "a layer tied to maxout": (
        (dense("a"), Maxout(id="x"), TiedDense(id="t", of="x")),
        ("t", TIED_TO_OTHER),
    ),
    "a layer tied to one of another size": (
        (dense("a", 5), dense("b", 4), TiedDense(id="t", of="a")),
        ("t", TIED_SIZES),
    ),
}


@pytest.mark.parametrize(("layers", "problem"), WRONG.values(), ids=WRONG)
def test_a_problem_is_a_sentence_and_its_layer(layers, problem):
    assert told(graph(*layers).problems) == [problem]


@pytest.mark.parametrize(("layers", "problem"), WRONG.values(), ids=WRONG)
def test_a_network_with_a_problem_is_not_built(layers, problem):
    with pytest.raises(LayerProblem) as caught:
        Network(Architecture(layers=layers), (2,))
    assert str(caught.value) == problem[1]


def test_every_problem_is_told_and_the_trouble_of_one_layer_is_not_blamed_on_the_next():
    broken = Add(id="c", inputs=("a", "b"))
    found = graph(dense("a", 3), dense("b", 4), broken, dense("d", 1, "nobody"), BatchNorm(id="e"))
    texts = {problem.layer_id: str(problem.text) for problem in found.problems}
    assert set(texts) == {"c", "d", "e"}
    assert texts["c"] == SIZES
    assert texts["d"] == UNKNOWN
    assert texts["e"].startswith("Batch norm cannot be the last layer")


def test_a_layer_behind_one_that_cannot_work_has_no_problem_of_its_own():
    found = graph(
        dense("a", 3),
        dense("b", 4),
        Add(id="c", inputs=("a", "b")),
        Add(id="d", inputs=("c", "a")),
        dense("e"),
    )
    assert [problem.layer_id for problem in found.problems] == ["c"]
    assert [node.units for node in found.nodes[2:]] == [0, 0, 0]


def test_a_layer_tied_to_one_that_cannot_work_has_no_problem_of_its_own():
    found = graph(dense("a", 4, "nobody"), dense("b"), TiedDense(id="c", of="a"))
    assert [problem.layer_id for problem in found.problems] == ["a"]


# --- the architecture -------------------------------------------------------------------------------


def test_layers_are_found_by_id():
    architecture = Architecture(layers=(dense("a"), dense("b")))
    assert architecture.index("b") == 1
    assert architecture.output.id == "b"
    with pytest.raises(KeyError):
        architecture.index("c")
    assert Architecture().output is None


def test_ids_are_plain_words():
    with pytest.raises(InvalidValue, match=r"layers\[0\]\.id"):
        Architecture.build({"layers": [{"kind": "dense", "id": "a/b"}]})


def test_a_network_has_at_most_two_hundred_layers():
    with pytest.raises(InvalidValue, match="at most 200"):
        Architecture(layers=()).with_(layers=tuple(dense(f"d{number}") for number in range(201)))


# --- size -------------------------------------------------------------------------------------------


def test_the_parameters_are_counted_before_anything_is_allocated():
    found = graph(dense("a", 3), BatchNorm(id="b"), Dropout(id="c"), dense("d", 1))
    assert found.parameters == (2 + 1) * 3 + 2 * 3 + (3 + 1) * 1
    assert (
        found.parameters
        == Network(Architecture(layers=tuple(n.layer for n in found.nodes)), (2,)).parameters.size
    )


def test_layers_that_cannot_work_and_those_behind_them_are_not_counted():
    broken = graph(dense("a", 3), dense("b", 4), Add(id="c", inputs=("a", "b")), dense("d", 1))
    assert broken.parameters == (2 + 1) * 3 + (3 + 1) * 4
