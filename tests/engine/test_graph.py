"""A network's layers are put in order and measured; what is wrong with them is said in sentences."""

import pytest

from playground.engine.graph import INPUT, Architecture, Problem, resolve
from playground.engine.layers import Add, BatchNorm, Concatenate, Dense, Dropout, Layer, LayerProblem
from playground.engine.network import Network
from playground.value import InvalidValue


def graph(*layers, inputs=2):
    return resolve(Architecture(layers=layers), inputs)


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


@pytest.mark.parametrize("layer", [Dropout(id="x"), BatchNorm(id="x"), Add(id="x"), Concatenate(id="x")])
def test_layers_without_neurons_keep_the_size(layer):
    assert graph(dense("a", 7), layer, dense("b")).nodes[1].units == 7


@pytest.mark.parametrize("kind", Layer.members(), ids=lambda kind: kind.tag())
def test_every_layer_works_between_two_dense_ones(kind):
    assert graph(dense("a"), kind(id="x"), dense("b", 1)).problems == ()


# --- what is wrong ----------------------------------------------------------------------------------

UNKNOWN = "It reads “nobody”, which does not exist; connect it to another layer."
LATER = "It reads “b”, which comes later; a layer reads only earlier ones."
ITSELF = "It reads “a”, which comes later; a layer reads only earlier ones."
SIZES = "It adds layers of 3 and 4 neurons; make them the same size, or use Concatenate."
MANY = "Dense reads one layer; put an Add or Concatenate before it."
DEAD_END = "Nothing reads this layer, so it cannot learn; connect it to a later one."
DUPLICATE = "Two layers have the id “a”; give one another."
LAST = "Dropout cannot be the last layer; end the network with a Dense layer."
EMPTY = "The network has no layers; drag a Dense layer onto the canvas."

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
}


@pytest.mark.parametrize(("layers", "problem"), WRONG.values(), ids=WRONG)
def test_a_problem_is_a_sentence_and_its_layer(layers, problem):
    assert graph(*layers).problems == (Problem(*problem),)


@pytest.mark.parametrize(("layers", "problem"), WRONG.values(), ids=WRONG)
def test_a_network_with_a_problem_is_not_built(layers, problem):
    with pytest.raises(LayerProblem) as caught:
        Network(Architecture(layers=layers), 2)
    assert str(caught.value) == problem[1]


def test_every_problem_is_told_and_the_trouble_of_one_layer_is_not_blamed_on_the_next():
    broken = Add(id="c", inputs=("a", "b"))
    found = graph(dense("a", 3), dense("b", 4), broken, dense("d", 1, "nobody"), BatchNorm(id="e"))
    texts = {problem.layer_id: problem.text for problem in found.problems}
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
        == Network(Architecture(layers=tuple(n.layer for n in found.nodes)), 2).parameters.size
    )


def test_layers_that_cannot_work_and_those_behind_them_are_not_counted():
    broken = graph(dense("a", 3), dense("b", 4), Add(id="c", inputs=("a", "b")), dense("d", 1))
    assert broken.parameters == (2 + 1) * 3 + (3 + 1) * 4
