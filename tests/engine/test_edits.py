import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine import edits
from playground.engine.activations import Relu, Sigmoid
from playground.engine.graph import INPUT, Architecture, resolve
from playground.engine.layers import (
    Add,
    BatchNorm,
    Concatenate,
    Dense,
    Dropout,
    Layer,
    Reshape,
    TiedDense,
)
from playground.value import InvalidValue

INPUTS = (2,)
UNTIED = [kind() for kind in Layer.members() if kind not in (TiedDense, Reshape) and not kind.axes]


def chain(*hidden):
    layers = [Dense(id=f"dense{number}", units=units) for number, units in enumerate(hidden, 1)]
    return Architecture(layers=(*layers, Dense(id="output", units=1, activation=Sigmoid())))


def ids(architecture):
    return [layer.id for layer in architecture.layers]


def problems(architecture):
    return [str(problem.text) for problem in resolve(architecture, INPUTS).problems]


@pytest.fixture
def residual():
    """dense1 → dense2 → add(dense2, dense1) → output."""
    return edits.connect(chain(4, 4), "dense1", "output", INPUTS)


# --- names ---


def test_layers_are_numbered_by_kind_and_the_last_is_the_output():
    architecture = Architecture(
        layers=(Dense(id="a"), Dropout(id="b"), Dense(id="c"), Dropout(id="d"), Dense(id="e"))
    )
    labels = [str(edits.label(architecture, position)) for position in range(5)]
    assert labels == ["Dense 1", "Dropout 1", "Dense 2", "Dropout 2", "Output"]


def test_a_layer_goes_by_its_own_name():
    assert str(edits.label(edits.rename(chain(4), "dense1", "  Edge   finder "), 0)) == "Edge finder"


def test_an_empty_name_brings_the_number_back():
    named = edits.rename(chain(4), "dense1", "Mine")
    assert str(edits.label(edits.rename(named, "dense1", ""), 0)) == "Dense 1"


def test_a_name_that_is_too_long_is_refused():
    with pytest.raises(InvalidValue):
        edits.rename(chain(4), "dense1", "x" * 61)


def test_fresh_ids_fill_the_first_gap():
    assert edits.fresh_id(chain(4, 4), "dense") == "dense3"
    assert edits.fresh_id(edits.remove(chain(4, 4), {"dense1"}), "dense") == "dense1"
    assert edits.fresh_id(chain(4), "dropout") == "dropout1"


# --- insert ---


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize("layer", UNTIED, ids=lambda layer: layer.tag())
def test_an_inserted_layer_is_read_by_the_next(position, layer):
    after = edits.insert(chain(4, 4), position, layer)
    assert type(after.layers[position]) is type(layer)
    assert not problems(after)
    assert all(not layer.inputs for layer in after.layers)


def test_an_inserted_layer_gets_a_fresh_id():
    assert ids(edits.insert(chain(3), 0, Dense())) == ["dense2", "dense1", "output"]
    assert ids(edits.insert(chain(3), 0, Dense(id="output"))) == ["dense2", "dense1", "output"]


def test_nothing_is_put_behind_the_output():
    with pytest.raises(InvalidValue, match="Nothing can follow the output"):
        edits.insert(chain(3), 2, Dense())


def test_the_first_layer_of_all_becomes_the_output():
    assert ids(edits.append(Architecture(), Dense())) == ["dense1"]


def test_append_puts_a_layer_before_the_output():
    assert ids(edits.append(chain(3), Dropout())) == ["dense1", "dropout1", "output"]


def test_a_layer_put_before_a_merge_is_read_by_it(residual):
    after = edits.insert(residual, 2, Dropout())
    assert edits.sources(after)["add1"] == ("dropout1", "dense1")
    assert not problems(after)


def test_a_layer_put_after_the_source_of_a_skip_leaves_the_skip(residual):
    after = edits.insert(residual, 1, Dropout())
    assert edits.sources(after)["dense2"] == ("dropout1",)
    assert edits.sources(after)["add1"] == ("dense2", "dense1")


def test_new_neurons_are_like_those_of_the_nearest_hidden_layer():
    layers = (Dense(id="a", units=8, activation=Relu(), name="Mine"), Dense(id="o", activation=Sigmoid()))
    suggested = edits.suggest(Architecture(layers=layers), 1, Dense, INPUTS)
    assert suggested == Dense(units=8, activation=Relu())
    assert edits.suggest(Architecture(layers=layers), 1, Dropout, INPUTS) == Dropout()
    assert edits.suggest(Architecture(), 0, Dense, INPUTS) == Dense()


@pytest.mark.parametrize("kind", [kind for kind in Layer.members() if kind not in (TiedDense, Reshape)])
def test_a_second_layer_of_any_kind_is_as_the_first_without_its_name(kind):
    first = kind().with_(id="a", name="Mine")
    layers = (first, Dense(id="o", activation=Sigmoid()))
    assert edits.suggest(Architecture(layers=layers), 1, kind, INPUTS) == kind()


def test_the_earlier_of_two_neighbours_is_not_preferred_over_the_nearer():
    assert edits.suggest(chain(3, 5, 7), 3, Dense, INPUTS).units == 7
    assert edits.suggest(chain(3, 5, 7), 0, Dense, INPUTS).units == 3


# --- why not ---


def test_a_layer_that_fits_has_no_reason_against_it():
    assert edits.why_not(chain(3), INPUTS, 1, Dropout()) is None


def test_why_nothing_follows_the_output():
    assert edits.why_not(chain(3), INPUTS, 2, Dense()) == edits.OUTPUT_IS_LAST


def test_why_a_network_does_not_begin_with_dropout():
    assert "begin with a Dense" in str(edits.why_not(Architecture(), INPUTS, 0, Dropout()))
    assert edits.why_not(Architecture(), INPUTS, 0, Dense()) is None


def test_why_a_network_does_not_grow_without_end():
    full = Architecture(layers=tuple(Dense(id=f"dense{n}") for n in range(200)))
    assert "at most 200" in str(edits.why_not(full, INPUTS, 0, Dense()))


# --- remove ---


def test_readers_of_a_removed_layer_read_what_it_read(residual):
    after = edits.remove(residual, {"dense2"})
    assert edits.sources(after) == {"dense1": (INPUT,), "add1": ("dense1",), "output": ("add1",)}
    assert not problems(after)


def test_a_removed_merge_leaves_the_main_way(residual):
    after = edits.remove(residual, {"add1"})
    assert after == chain(4, 4)


def test_the_output_is_never_removed():
    assert ids(edits.remove(chain(3, 4), {"dense1", "dense2", "output"})) == ["output"]


# --- move ---


def test_moving_reorders_the_chain():
    after = edits.move(chain(1, 2, 3), "dense1", 2)
    assert ids(after) == ["dense2", "dense3", "dense1", "output"]
    assert all(not layer.inputs for layer in after.layers)
    assert edits.move(after, "dense1", 0) == chain(1, 2, 3)


def test_moving_to_the_same_place_changes_nothing(residual):
    assert edits.move(residual, "dense2", 1) is residual


@pytest.mark.parametrize(("layer", "position"), [("output", 0), ("dense1", 2), ("dense1", 9)])
def test_the_output_stays_last(layer, position):
    with pytest.raises(InvalidValue, match="output stays"):
        edits.move(chain(3, 4), layer, position)


def test_a_skip_connection_stays_where_it_leads_forward(residual):
    dropped = edits.insert(residual, 0, Dropout())  # dropout1, dense1, dense2, add1, output
    after = edits.move(dropped, "dropout1", 2)
    assert edits.sources(after)["add1"] == ("dropout1", "dense1")
    assert not problems(after)


def test_a_merge_moved_before_its_source_no_longer_reads_it(residual):
    after = edits.move(residual, "add1", 0)
    assert edits.sources(after)["add1"] == (INPUT,)
    assert not problems(after)


# --- copies ---


def test_a_duplicate_follows_the_original():
    after = edits.duplicate(chain(3, 4), {"dense1"})
    assert ids(after) == ["dense1", "dense3", "dense2", "output"]
    assert after.layers[1].units == 3


def test_several_layers_are_duplicated_together():
    after = edits.duplicate(chain(3, 4), {"dense1", "dense2"})
    assert ids(after) == ["dense1", "dense2", "dense3", "dense4", "output"]


def test_the_duplicate_of_the_output_comes_before_it():
    assert ids(edits.duplicate(chain(3), {"output"})) == ["dense1", "dense2", "output"]


def test_pasted_layers_keep_the_connections_among_them(residual):
    copied = edits.copy(residual, {"dense1", "dense2", "add1"})
    after = edits.paste(residual, 3, copied)
    assert ids(after) == ["dense1", "dense2", "add1", "dense3", "dense4", "add2", "output"]
    assert edits.sources(after)["add2"] == ("dense4", "dense3")
    assert not problems(after)


def test_pasting_into_another_network_drops_connections_to_layers_that_are_not_there(residual):
    after = edits.paste(chain(5), 1, edits.copy(residual, {"add1"}))
    assert edits.sources(after)["add1"] == ("dense1",)
    assert not problems(after)


# --- connections ---


def test_layers_of_one_size_are_added():
    after = edits.connect(chain(4, 4), "dense1", "output", INPUTS)
    assert after.layers[2] == Add(id="add1", inputs=("dense2", "dense1"))
    assert after.layers[3].inputs == ()


def test_layers_of_different_sizes_are_concatenated():
    after = edits.connect(chain(4, 4), INPUT, "output", INPUTS)
    assert after.layers[2] == Concatenate(id="concatenate1", inputs=("dense2", INPUT))
    assert resolve(after, INPUTS).nodes[2].units == 6


def test_the_input_is_added_to_a_layer_of_its_size():
    assert isinstance(edits.connect(chain(2, 4), INPUT, "dense2", INPUTS).layers[1], Add)


def test_a_merge_reads_one_more():
    after = edits.connect(edits.insert(chain(4, 4, 4), 2, Add()), "dense1", "add1", INPUTS)
    assert edits.sources(after)["add1"] == ("dense2", "dense1")


@pytest.mark.parametrize(("source", "target"), [("dense2", "dense1"), ("dense1", "dense1")])
def test_connections_lead_forward(source, target):
    with pytest.raises(InvalidValue, match="forward"):
        edits.connect(chain(3, 4), source, target, INPUTS)


def test_two_layers_are_connected_once():
    with pytest.raises(InvalidValue, match="Dense 2 reads it already"):
        edits.connect(chain(3, 4), "dense1", "dense2", INPUTS)


def test_disconnecting_undoes_connecting(residual):
    after = edits.disconnect(residual, "dense1", "add1")
    assert edits.sources(after)["add1"] == ("dense2",)
    with pytest.raises(InvalidValue, match="must read something"):
        edits.disconnect(after, "dense2", "add1")


# --- shared weights, shapes ---


@pytest.fixture
def autoencoder():
    """dense1 (5) → dense2 (3) → two layers tied to them in reverse → output."""
    architecture = chain(5, 3)
    for _ in range(2):
        place = len(architecture.layers) - 1
        tied = edits.suggest(architecture, place, TiedDense, INPUTS)
        architecture = edits.insert(architecture, place, tied)
    return architecture


def ties(architecture):
    return {layer.id: layer.of for layer in architecture.layers if isinstance(layer, TiedDense)}


def test_a_new_tied_layer_turns_around_a_layer_of_fitting_size(autoencoder):
    assert ties(autoencoder) == {"tied_dense1": "dense2", "tied_dense2": "dense1"}
    assert not problems(autoencoder)


def test_a_new_tied_layer_prefers_one_that_is_not_tied_yet_and_then_the_nearest():
    architecture = chain(4, 4, 4)
    first = edits.suggest(architecture, 3, TiedDense, INPUTS)
    assert first.of == "dense3"
    assert edits.suggest(edits.insert(architecture, 3, first), 4, TiedDense, INPUTS).of == "dense2"


def test_without_a_dense_layer_before_it_a_tied_layer_says_so():
    tied = edits.suggest(chain(4), 0, TiedDense, INPUTS)
    assert tied.of == ""
    assert "no weights of its own" in str(edits.why_not(chain(4), INPUTS, 0, tied))


@pytest.mark.parametrize(("units", "shape"), [(16, (4, 4)), (12, (3, 4)), (7, (1, 7)), (1, (1, 1))])
def test_a_new_grid_is_as_square_as_can_be(units, shape):
    assert edits.suggest(chain(units), 1, Reshape, INPUTS).shape == shape


def test_a_new_neuron_layer_is_not_frozen_though_its_neighbour_is():
    architecture = edits.replace(chain(4), Dense(id="dense1", units=4, frozen=True))
    assert edits.suggest(architecture, 1, Dense, INPUTS) == Dense(units=4)


def test_a_new_name_leaves_ties(autoencoder):
    assert ties(edits.rename(autoencoder, "dense1", "Code")) == ties(autoencoder)


def test_a_layer_tied_to_one_that_was_removed_says_so(autoencoder):
    after = edits.remove(autoencoder, {"dense2"})
    assert problems(after) == [
        "It shares the weights of “dense2”, which does not exist; choose another layer."
    ]


def test_no_new_layer_takes_the_place_of_one_that_was_tied(autoencoder):
    after = edits.append(edits.remove(autoencoder, {"dense2"}), Dense())
    assert "dense2" not in ids(after)
    assert ties(after)["tied_dense1"] == "dense2"


def test_a_tied_layer_that_is_cut_and_pasted_is_tied_again(autoencoder):
    cut = edits.copy(autoencoder, {"dense2"})
    after = edits.paste(edits.remove(autoencoder, {"dense2"}), 1, cut)
    assert after == autoencoder


def test_a_copy_alone_shares_the_weights_of_the_same_layer(autoencoder):
    after = edits.duplicate(autoencoder, {"tied_dense2"})
    assert ties(after)["tied_dense3"] == "dense1"


def test_layers_copied_together_share_weights_among_themselves(autoencoder):
    after = edits.duplicate(autoencoder, {"dense1", "dense2", "tied_dense1", "tied_dense2"})
    assert ties(after) == ties(autoencoder) | {"tied_dense3": "dense4", "tied_dense4": "dense3"}
    assert not problems(after)


def test_a_tied_layer_moved_before_the_other_says_so(autoencoder):
    after = edits.move(autoencoder, "tied_dense2", 0)
    assert "which comes later" in problems(after)[0]


# --- any edits in a row ---

STEPS = st.tuples(
    st.sampled_from(["insert", "remove", "move", "duplicate", "connect", "disconnect"]),
    st.integers(0, 8),
    st.integers(0, 8),
    st.sampled_from([Dense(), Dropout(), Add(), Concatenate(), BatchNorm(), TiedDense(of="dense1")]),
)


@given(st.lists(STEPS, max_size=12))
def test_any_edits_leave_ids_unique_the_output_last_and_every_reference_earlier(steps):
    architecture = chain(2, 2)
    for name, first, second, layer in steps:
        known = [INPUT, *ids(architecture)]
        one, other = known[first % len(known)], known[second % len(known)]
        try:
            if name == "insert":
                architecture = edits.insert(architecture, first, layer)
            elif name == "move":
                architecture = edits.move(architecture, one if one != INPUT else other, second)
            elif name in ("remove", "duplicate"):
                architecture = getattr(edits, name)(architecture, {one, other})
            elif other != INPUT and name == "connect":
                architecture = edits.connect(architecture, one, other, INPUTS)
            elif other != INPUT:
                architecture = edits.disconnect(architecture, one, other)
        except (InvalidValue, KeyError):
            continue
        assert ids(architecture)[-1] == "output"
        assert len(set(ids(architecture))) == len(architecture.layers)
        wrong = ("comes later", "does not exist", "reads one layer", "Two layers")
        found = [text for text in problems(architecture) if "shares the weights" not in text]
        assert not [text for text in found if any(word in text for word in wrong)]
