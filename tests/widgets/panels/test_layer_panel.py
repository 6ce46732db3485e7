import pytest
from panel_helpers import drag, pick, refusals, retype
from PySide6.QtCore import Qt

from playground.data.datasets.digits import Digits
from playground.data.features import X, Y
from playground.engine import edits
from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Add, Dense, Dropout, Flatten, TiedDense
from playground.engine.layers.convolution import Conv2D
from playground.experiment import Experiment
from widgets.panels.inspector import Inspector
from widgets.panels.layer import LayerPanel


@pytest.fixture
def panel(document, show):
    return show(LayerPanel(document), 345, 600)


def layer(document, layer_id):
    return document.experiment.network.layers[document.experiment.network.index(layer_id)]


def change_network(document, network):
    document.edit(document.experiment.with_(network=network), "")


# --- one layer ---


def test_without_a_layer_it_says_what_to_do(panel):
    assert panel.heading.text() == "No layer selected"
    assert "Click a layer" in panel.sentence.text()
    assert panel.form is None


def test_a_layer_is_described(panel):
    panel.show_layers(["dense2"])
    assert panel.heading.text() == "Dense"
    assert panel.sentence.text() == Dense.help
    assert panel.facts.texts() == {
        "Reads": "Dense 1",
        "Output size": "2",
        "Parameters": "10 = 8 weights + 2 bias",
    }


def test_a_layer_that_reads_several_names_them_all(panel, document):
    network = edits.insert(document.experiment.network, 2, Add(id="add", inputs=("dense2", "dense1")))
    change_network(document, network)
    panel.show_layers(["add"])
    assert panel.facts.texts()["Reads"] == "Dense 2, Dense 1"
    assert panel.facts.texts()["Output size"] == "–"
    assert refusals(panel) == [
        "It adds layers of 2 and 4 neurons; make them the same size, or use Concatenate."
    ]


def test_dragging_the_neurons_is_one_step_of_undo(panel, document, qtbot):
    panel.show_layers(["dense1"])
    control = panel.form.controls["units"]
    drag(qtbot, control.slider, [10, 20, 30])
    units = layer(document, "dense1").units
    assert units > 4
    assert panel.facts.texts()["Output size"] == str(units)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == Experiment()
    assert control.line.text() == "4"


def test_the_activation_is_chosen(panel, document, qtbot):
    panel.show_layers(["dense1"])
    pick(qtbot, panel.form.controls["activation"].combo, "R")
    assert layer(document, "dense1").activation == Relu()


def test_a_layer_is_named(panel, document, qtbot):
    panel.show_layers(["dense1"])
    line = panel.form.controls["name"].line
    assert line.placeholderText() == "Dense 1"
    retype(qtbot, line, "First")
    assert layer(document, "dense1").name == "First"
    assert line.placeholderText() == "Dense 1"
    panel.show_layers(["dense2"])
    assert panel.facts.texts()["Reads"] == "First"
    document.undo_stack.undo()
    assert panel.facts.texts()["Reads"] == "Dense 1"


def test_a_layer_of_another_kind_gets_another_form(panel, document):
    change_network(document, edits.append(document.experiment.network, Dropout(id="drop")))
    panel.show_layers(["dense1"])
    panel.show_layers(["drop"])
    assert list(panel.form.controls) == ["name", "probability"]
    assert panel.facts.texts()["Parameters"] == "0"


def test_a_layer_that_goes_is_no_longer_shown(panel, document):
    panel.show_layers(["dense1"])
    change_network(document, edits.remove(document.experiment.network, ["dense1"]))
    assert panel.heading.text() == "No layer selected"
    document.undo_stack.undo()
    assert panel.heading.text() == "Dense"


def test_the_input_lists_what_it_holds(panel, document):
    panel.show_layers(["input"])
    assert panel.heading.text() == "Inputs"
    assert panel.facts.texts() == {"Inputs": "x₁, x₂", "Output size": "2"}
    data = document.experiment.data
    document.edit(document.experiment.with_(data=data.with_(inputs=(Y(),))), "")
    assert panel.facts.texts() == {"Inputs": "x₂", "Output size": "1"}
    assert X() not in document.experiment.data.inputs


# --- a tied layer ---


@pytest.fixture
def tied(document):
    """Two dense layers of two neurons, and a layer tied to the second."""
    encoders = (Dense(id="first", units=2), Dense(id="second", units=2, name="Code"))
    layers = (*encoders, TiedDense(id="tied", of="second"), document.experiment.network.output)
    change_network(document, Architecture(layers=layers))


def test_a_tied_layer_is_tied_to_another_by_its_box(panel, document, qtbot, tied):
    panel.show_layers(["tied"])
    combo = panel.tie.control.combo
    assert [combo.itemText(index) for index in range(combo.count())] == ["Dense 1", "Code"]
    assert combo.currentText() == "Code"

    pick(qtbot, combo, "D")

    assert layer(document, "tied").of == "first"
    assert document.undo_stack.undoText() == "Tie Tied dense 1 to Dense 1"
    document.undo_stack.undo()
    assert combo.currentText() == "Code"


def test_a_tied_layer_whose_encoder_is_gone_shows_none(panel, document, qtbot, tied):
    panel.show_layers(["tied"])
    change_network(document, edits.remove(document.experiment.network, ["second"]))
    assert panel.tie.control.combo.currentText() == "–"
    assert "does not exist" in refusals(panel)[0]

    pick(qtbot, panel.tie.control.combo, "D")

    assert layer(document, "tied").of == "first"
    assert panel.tie.control.combo.currentText() == "Dense 1"


def test_only_a_tied_layer_alone_has_the_box(panel, tied):
    for ids in (["first"], ["tied", "second"], []):
        panel.show_layers(ids)
        assert not panel.tie.isVisible()


# --- problems ---


def test_an_output_that_does_not_fit_is_mended_by_a_click(panel, document, qtbot):
    network = document.experiment.network
    change_network(document, edits.replace(network, network.output.with_(units=3)))
    panel.show_layers(["output"])
    assert refusals(panel) == ["Binary cross-entropy needs 1 here, and the output has 3 neurons."]
    qtbot.mouseClick(panel.fit, Qt.MouseButton.LeftButton)
    assert document.experiment.problems() == ()
    assert document.undo_stack.undoText() == "Fit the output"
    assert not panel.fit.isVisible()
    assert refusals(panel) == []


def test_a_sound_layer_has_nothing_to_mend(panel):
    for layer_id in ("dense1", "output"):
        panel.show_layers([layer_id])
        assert not panel.fit.isVisible()
        assert not panel.problem.isVisible()


# --- several layers ---


def test_a_change_is_made_to_all_selected_layers(panel, document, qtbot):
    panel.show_layers(["dense2", "dense1"])
    assert panel.heading.text() == "2 layers selected"
    assert "name" not in panel.form.controls
    retype(qtbot, panel.form.controls["units"].line, "7")
    pick(qtbot, panel.form.controls["activation"].combo, "R")
    assert [layer(document, name).units for name in ("dense1", "dense2")] == [7, 7]
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert [layer(document, name).units for name in ("dense1", "dense2")] == [4, 2]


def test_only_the_changed_field_is_made_alike(panel, document, qtbot):
    panel.show_layers(["dense1", "dense2"])
    pick(qtbot, panel.form.controls["activation"].combo, "R")
    assert [layer(document, name).units for name in ("dense1", "dense2")] == [4, 2]
    assert [layer(document, name).activation for name in ("dense1", "dense2")] == [Relu(), Relu()]


def test_layers_of_different_kinds_share_no_form(panel, document):
    change_network(document, edits.append(document.experiment.network, Dropout(id="drop")))
    panel.show_layers(["dense1", "drop"])
    assert "different kinds" in panel.sentence.text()
    assert panel.form is None


# --- the inspector ---


@pytest.fixture
def inspector(document, show):
    return show(Inspector(document), 345, 360)


def test_selecting_a_layer_brings_its_tab_forward(inspector):
    assert inspector.tabs.currentWidget() is inspector.training
    inspector.show_layers(["dense1"])
    assert inspector.tabs.currentWidget() is inspector.layer
    assert inspector.layer.heading.text() == "Dense"


def test_selecting_nothing_leaves_the_tab(inspector):
    inspector.show_layers([])
    assert inspector.tabs.currentWidget() is inspector.training
    inspector.show_layers(["dense1"])
    inspector.show_layers([])
    assert inspector.tabs.currentWidget() is inspector.layer


def test_an_edit_leaves_the_tab(inspector, document):
    inspector.show_layers(["dense1"])
    inspector.tabs.setCurrentWidget(inspector.training)
    change_network(document, edits.append(document.experiment.network, Dropout()))
    assert inspector.tabs.currentWidget() is inspector.training


def test_the_tabs_change_by_keys(inspector, qtbot):
    inspector.tabs.tabBar().setFocus()
    qtbot.keyClick(inspector.tabs.tabBar(), Qt.Key.Key_Right)
    assert inspector.tabs.currentWidget() is inspector.layer


def test_a_layer_on_a_grid_says_its_shape_and_how_much_of_the_picture_its_values_see(panel, document):
    experiment = document.experiment.with_dataset(Digits())
    layers = (Conv2D(id="conv", filters=4), Flatten(id="flat"), Dense(id="output", units=10))
    document.edit(experiment.with_(network=Architecture(layers=layers)).fitted(), "")
    panel.show_layers(["conv"])
    assert panel.facts.texts() == {
        "Reads": "Inputs", "Output size": "6×6×4 = 144", "Each sees": "3×3 of 8×8 pixels",
        "Parameters": "40 = 36 weights + 4 bias",
    }  # fmt: skip
