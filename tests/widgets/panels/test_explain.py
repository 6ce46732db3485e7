"""The Explain tab follows what a person touches, and shows it as it is set now."""

import pytest
from panel_helpers import drag, pick, snapshot
from PySide6.QtCore import Qt

import playground.analysis.diagnosis.troubles
import playground.analysis.inspections  # noqa: F401  # so that these families are known
from playground.data import Dataset, Scaling, available
from playground.data.augmentation.points import Jitter, PointRotation
from playground.data.datasets.recipes import Circle, Sine, Spiral
from playground.data.datasets.sequences import Waves
from playground.data.datasets.wine import Wine
from playground.data.features import FormulaFeature
from playground.engine import edits
from playground.engine.activations import Activation, LeakyRelu, Relu
from playground.engine.clipping import ClipByNorm
from playground.engine.graph import INPUT, Architecture
from playground.engine.initializers import Initializer
from playground.engine.layers import Dense, Dropout, Flatten, Layer
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.external_memory import ExternalMemory
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.losses import Loss
from playground.engine.optimizers import GradientDescent, Momentum, Optimizer
from playground.engine.regularizers import L1, Regularizer
from playground.engine.schedules import Constant, Cosine, Schedule
from playground.experiment import Experiment, Training
from playground.fields import describe
from playground.labs import Laboratory
from playground.value import Kind, owner_key
from widgets import theme
from widgets.figures.files import to_csv, to_image, to_svg
from widgets.panels.explain.topics import changed, topics
from widgets.panels.explain.words import bounds_text, field_words, formula_html, property_rows
from widgets.panels.inspector import Inspector
from widgets.panels.schedule_preview import SchedulePreview


@pytest.fixture
def inspector(document, show):
    inspector = show(Inspector(document), 345, 700)
    inspector.tabs.setCurrentWidget(inspector.explain)
    return inspector


def change(document, **fields):
    training = document.experiment.training.with_(**fields)
    document.edit(document.experiment.with_(training=training), "")


def heading(inspector):
    return inspector.explain.page.heading.text()


# --- what is explained ---


@pytest.mark.parametrize(
    ("layer", "laboratory"),
    [(SelfAttention(id="layer"), "hopfield"), (ExternalMemory(id="layer"), "hopfield")],
)
def test_a_layer_leads_to_the_laboratory_that_is_akin_to_it(inspector, document, qtbot, layer, laboratory):
    start = Experiment().with_dataset(Waves())
    layers = (layer, Flatten(id="flat"), Dense(id="output"))
    document.edit(start.with_(network=Architecture(layers=layers)).fitted(), "")
    inspector.explain.explain("layer", "")
    links = inspector.explain.page.laboratories.links
    with qtbot.waitSignal(inspector.explain.laboratory_chosen) as asked:
        qtbot.mouseClick(links[laboratory], Qt.MouseButton.LeftButton)
    assert asked.args == [laboratory]
    inspector.explain.explain("flat", "")
    assert not inspector.explain.page.laboratories.isVisible()


def test_every_optimizer_leads_to_the_race(inspector):
    inspector.explain.explain("training", "optimizer")
    assert "race" in inspector.explain.page.laboratories.links


def test_what_laboratories_are_akin_to_are_classes_or_families():
    members = [member for family in Kind.__subclasses__() for member in family.members()]
    known = {owner_key(member) for member in members} | {member.family().__name__ for member in members}
    assert {name for kind in Laboratory.members() for name in kind.akin} <= known


def test_nothing_is_made_before_it_is_first_seen(document, show):
    inspector = show(Inspector(document), 345, 700)
    assert inspector.explain.page is None
    inspector.tabs.setCurrentWidget(inspector.explain)
    assert heading(inspector) == "Binary cross-entropy"


def test_a_setting_that_has_the_focus_is_explained(inspector, qtbot):
    inspector.tabs.setCurrentWidget(inspector.training)
    qtbot.mouseClick(inspector.training.form.controls["schedule"].combo, Qt.MouseButton.LeftButton)
    inspector.training.form.controls["schedule"].combo.hidePopup()
    inspector.training.form.controls["optimizer"].form.controls["learning_rate"].line.setFocus()
    inspector.tabs.setCurrentWidget(inspector.explain)
    assert heading(inspector) == "Adam"


def test_a_choice_is_explained(inspector, qtbot):
    inspector.tabs.setCurrentWidget(inspector.training)
    pick(qtbot, inspector.training.form.controls["regularizer"].combo, "L2")
    inspector.tabs.setCurrentWidget(inspector.explain)
    assert heading(inspector).startswith("L2")


def test_a_selected_layer_is_explained_and_the_tab_stays(inspector):
    inspector.show_layers(["dense2"])
    assert inspector.tabs.currentWidget() is inspector.explain
    assert heading(inspector) == "Dense"
    assert inspector.explain.topic.currentText() == "Dense 2 › Layer"


def test_the_selected_input_is_the_data(inspector):
    inspector.show_layers([INPUT])
    assert heading(inspector) == "Circle"


def test_a_chosen_dataset_is_explained_although_it_may_change_the_loss(inspector, document):
    document.edit(document.experiment.with_dataset(Spiral()), "")
    assert heading(inspector) == "Spiral"


def test_what_is_opened_was_not_touched(inspector, document):
    document.open(Experiment(training=Training(optimizer=Momentum())))
    assert heading(inspector) == "Binary cross-entropy"


def test_any_topic_can_be_chosen_by_hand(inspector, qtbot):
    topic = inspector.explain.topic
    topic.setFocus()
    qtbot.keyClick(topic, Qt.Key.Key_Home)
    assert heading(inspector) == "Circle"
    qtbot.keyClick(topic, Qt.Key.Key_Down)
    assert topic.currentText() == "Data › Scaling"
    for _ in available(Circle()):
        qtbot.keyClick(topic, Qt.Key.Key_Down)
        assert topic.currentText().startswith("Input › ")
    qtbot.keyClick(topic, Qt.Key.Key_Down)  # over the line between data and training
    assert topic.currentText() == "Training › Loss"


def test_a_layer_that_is_gone_gives_way_to_the_output(inspector, document):
    inspector.show_layers(["dense1"])
    network = edits.remove(document.experiment.network, ["dense1"])
    document.edit(document.experiment.with_(network=network), "")
    assert "Output › Layer" in [topic.title for topic in inspector.explain._topics]


def test_topics_are_the_families_in_data_training_and_layer():
    titles = [topic.title for topic in topics(Experiment(), "dense1")]
    assert {"Data › Dataset", "Training › Loss", "Dense 1 › Layer", "Dense 1 › Activation"} <= set(titles)
    assert len(titles) == len(set(titles))


CHANGES = {
    "the loss": (("training", "loss"), lambda e: e.with_loss(type(e.training.loss)(label_smoothing=0.1))),
    "a dataset that changes the loss": (("data", "dataset"), lambda e: e.with_dataset(Spiral(noise=5))),
    "a layer's activation": (("dense1", "activation"), lambda e: with_layer(e, activation=Relu())),
    "a layer's size": (("dense1", ""), lambda e: with_layer(e, units=7)),
    "nothing of a family": (None, lambda e: e.with_(training=e.training.with_(epochs=7))),
    "nothing": (None, lambda e: e),
}


def with_layer(experiment, **fields):
    layer = experiment.network.layers[0].with_(**fields)
    return experiment.with_(network=edits.replace(experiment.network, layer))


@pytest.mark.parametrize(("key", "edit"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_found_where_it_began(key, edit):
    assert changed(Experiment(), edit(Experiment())) == key


# --- the page ---


def holders():
    """Every member of every family, in an experiment, and where it stands there."""
    start = Experiment()
    for name, family in {
        "loss": Loss,
        "optimizer": Optimizer,
        "schedule": Schedule,
        "regularizer": Regularizer,
    }.items():
        for member in family.members():
            yield member, ("training", name), start.with_(training=start.training.with_(**{name: member()}))
    for name, family in {"activation": Activation, "initializer": Initializer}.items():
        for member in family.members():
            yield member, ("dense1", name), with_layer(start, **{name: member()})
    for member in Layer.members():
        network = edits.insert(start.network, 1, member(id="new"))
        yield member, ("new", ""), start.with_(network=network)
    for member in Dataset.ready():
        yield member, ("data", "dataset"), start.with_dataset(member())
    for member in Scaling.members():
        yield member, ("data", "scaling"), start.with_(data=start.data.with_(scaling=member()))


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_everything_there_is_has_a_page(inspector, document, qapp, scheme):
    theme.apply(qapp, scheme)
    page = inspector.explain.page
    for member, key, experiment in holders():
        document.put(experiment)
        inspector.explain.explain(*key)
        assert page.heading.text() == member.title
        assert page.sentence.text() == member.help
        assert page.formula.isHidden() != bool(member.formula)
        assert page.advice.isHidden() != bool(member.advice)
        for field in describe(member):
            assert field.hidden or field.title.replace("&", "&amp;") in page.fields.text()
    theme.apply(qapp, "dark")


def test_an_activation_is_drawn_with_its_slope_kinks_and_properties(inspector, document):
    document.edit(with_layer(document.experiment, activation=LeakyRelu(gamma=0.1)), "")
    page = inspector.explain.page
    assert [curve.name for curve in page.functions._curves] == ["f", "f′"]
    assert page.functions._functions.marks == ((0.0, 0.0),)
    assert page.properties.texts()["Smooth"] == "no, a kink at 0"
    change(document, loss=document.experiment.training.loss, regularizer=L1())
    assert page.properties.isHidden()


def test_a_curve_follows_the_slider(inspector, document, qtbot):
    change(document, optimizer=GradientDescent())
    path = inspector.explain.page.path
    assert path.isVisible()
    before = path.places[-1].tolist()
    inspector.tabs.setCurrentWidget(inspector.training)
    slider = inspector.training.form.controls["optimizer"].form.controls["learning_rate"].slider
    drag(qtbot, slider, [5, 15])
    inspector.tabs.setCurrentWidget(inspector.explain)
    assert path.places[-1].tolist() != before


def test_a_rate_too_large_is_said(inspector, document):
    change(document, optimizer=GradientDescent(learning_rate=10.0))
    assert "leaves the bowl" in inspector.explain.page.caption.text()


def test_a_layer_without_a_curve_has_none(inspector, document):
    network = edits.insert(document.experiment.network, 1, Dropout(id="drop"))
    document.edit(document.experiment.with_(network=network), "")
    inspector.show_layers(["drop"])
    page = inspector.explain.page
    assert (page.functions.isVisible(), page.path.isVisible(), page.caption.isVisible()) == (False,) * 3


def test_initial_weights_are_those_of_the_layer(inspector):
    inspector.explain.explain("dense1", "initializer")
    assert "2 inputs and 4 outputs" in inspector.explain.page.caption.text()


def test_training_is_marked_on_the_schedule_alone(inspector, document):
    change(document, schedule=Cosine())
    functions = inspector.explain.page.functions
    inspector.show_snapshot(snapshot(progress=250.0))
    assert functions.place == 250.0
    inspector.explain.explain("training", "loss")
    assert functions.place is None


def test_the_plots_of_a_page_are_saved_like_any_other(inspector, document):
    change(document, optimizer=Momentum())
    page = inspector.explain.page
    assert to_csv(page.path).startswith(b"x,y\n-1,0.5\n")
    inspector.explain.explain("dense1", "activation")
    assert to_csv(page.functions).startswith("z,f,f′\n-4".encode())
    for plot in (page.path, page.functions):
        assert to_image(plot).pixelColor(0, 0).name() == theme.current().panel
        assert b"<svg" in to_svg(plot)


# --- words ---

FORMULAS = {
    "f(z) = max(0, z)": "<i>f</i>(<i>z</i>) = max(0, <i>z</i>)",
    "a = b,   c = d²": "<i>a</i> = <i>b</i><br><i>c</i> = <i>d</i>²",
    "m̂ / √v̂": "<i>m̂</i> / √<i>v̂</i>",
    "2^(s/n) < e^z_t": "2<sup><i>s</i>/<i>n</i></sup> &lt; <i>e</i><sup><i>z</i><sub><i>t</i></sub></sup>",
    "η · λ w": "<i>η</i> · <i>λ</i> <i>w</i>",
}


@pytest.mark.parametrize(("formula", "html"), FORMULAS.items())
def test_a_formula_is_typeset(formula, html):
    assert formula_html(formula) == html


def test_bounds_are_said_in_words():
    texts = {field.name: bounds_text(field) for field in describe(Momentum)}
    assert texts == {"learning_rate": "0 to 100", "beta": "0 to below 1", "form": ""}
    (limit,) = describe(ClipByNorm)
    assert bounds_text(limit) == "above 0, up to 1\u2009000"


def test_fields_show_their_values():
    words = {field.title: field.value for field in field_words(Dense(units=12, activation=Relu()))}
    assert words["Neurons"] == "12"
    assert words["Activation"] == "ReLU"


def test_properties_are_said_in_words():
    rows = dict(property_rows(Relu()))
    assert rows["Range"] == "0 to ∞"
    assert rows["Saturates"] == "on the left"
    assert (rows["Centred on zero"], rows["Can die"]) == ("no", "yes")


# --- the preview of the schedule ---


@pytest.fixture
def preview(inspector):
    inspector.tabs.setCurrentWidget(inspector.training)
    return inspector.training.preview


def test_the_schedule_is_previewed_unless_the_rate_is_constant(preview, document):
    assert not preview.isVisible()
    change(document, schedule=Cosine())
    assert preview.isVisible()
    assert preview.accessibleDescription() == "From 0.010 to 0."
    change(document, schedule=Cosine(alpha=1.0))
    assert not preview.isVisible()
    change(document, schedule=Constant())
    assert not preview.isVisible()


def test_the_preview_stands_below_the_fields_of_the_schedule(preview, document):
    change(document, schedule=Cosine())
    form = preview.parentWidget().layout().itemAt(0).widget()
    assert "alpha" in form.controls
    assert preview.geometry().top() >= form.geometry().bottom()


def test_the_preview_follows_rate_length_and_steps(preview, document):
    change(document, schedule=Cosine(decay_steps=100, unit="steps"), epochs=100)
    preview.show_snapshot(snapshot(progress=0.0, steps_per_epoch=1))
    assert preview._rates[-1] < 1e-4
    assert preview._rates[50] > 1e-3
    preview.show_snapshot(snapshot(progress=0.0, steps_per_epoch=10))
    assert preview._rates[100] == 0
    change(document, epochs=50)
    assert preview._epochs[-1] == pytest.approx(49.9)


def test_the_preview_is_painted_only_when_its_line_moves(preview, document, qtbot, monkeypatch):
    change(document, schedule=Cosine())
    preview.show_snapshot(snapshot(progress=511.0))
    painted = []
    monkeypatch.setattr(SchedulePreview, "update", lambda *_: painted.append(1))
    preview.show_snapshot(snapshot(progress=511.01))
    assert not painted
    preview.show_snapshot(snapshot(progress=600.0))
    assert painted


# --- data ---


def middle(widget):
    """The colours of the middle line of a widget's picture."""
    picture = widget.grab().toImage()
    return {picture.pixel(x, picture.height() // 2) for x in range(20, picture.width() - 20)}


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_dataset_has_a_page_with_its_samples(inspector, document, qapp, scheme):
    theme.apply(qapp, scheme)
    document.edit(document.experiment.with_dataset(Spiral()), "")
    assert heading(inspector) == "Spiral"
    assert inspector.explain.page.data.isVisible()
    assert len(middle(inspector.explain.page.data)) > 3


@pytest.mark.parametrize("feature", available(Spiral()), ids=lambda feature: feature.title)
def test_an_input_has_a_page_with_its_values_over_the_plane(inspector, document, feature):
    data = document.experiment.data
    inspector.explain.explain("data", f"inputs.{feature.tag()}")
    assert heading(inspector) == feature.title
    page = inspector.explain.page
    assert page.data.isVisible()
    assert page.data.accessibleName() == feature.title
    assert not page.data.grab().isNull()
    assert document.experiment.data == data


def test_an_input_that_is_ticked_is_explained(inspector, document):
    data = document.experiment.data
    squared = next(feature for feature in available(data.dataset) if feature.tag() == "x_squared")
    document.edit(document.experiment.with_data(data.with_(inputs=(*data.inputs, squared))), "")
    assert heading(inspector) == "x₁²"
    document.undo_stack.undo()
    assert heading(inspector) == "x₁²"


def test_an_input_of_a_line_is_a_curve(inspector, document):
    document.edit(document.experiment.with_dataset(Sine()), "")
    inspector.explain.explain("data", "inputs.x_squared")
    page = inspector.explain.page
    assert page.functions.isVisible()
    assert not page.data.isVisible()
    x, values = page.functions.columns().values()
    assert values == pytest.approx(x**2)


def test_an_augmentation_that_is_added_or_set_is_explained_until_it_is_gone(inspector, document):
    data = document.experiment.data
    for strength in (0.2, 1.5):
        jitter = Jitter(strength=strength)
        varied = data.with_(augmentations=(PointRotation(), jitter))
        document.edit(document.experiment.with_data(varied), "")
        inspector.explain.explain("data", "dataset")
        varied = data.with_(augmentations=(PointRotation(), jitter.with_(probability=50)))
        document.edit(document.experiment.with_data(varied), "")
        assert inspector.explain.topic.currentText() == "Augmentation › Jitter"
        assert heading(inspector) == "Jitter"
    document.edit(document.experiment.with_data(data), "")
    assert inspector.explain.topic.findText("Augmentation › Jitter") == -1


def test_a_formula_that_is_added_is_explained_over_the_plane_until_it_is_gone(inspector, document):
    data = document.experiment.data
    formula = FormulaFeature(expression="sin(2 x1)")
    document.edit(document.experiment.with_data(data.with_(inputs=(*data.inputs, formula))), "")
    assert heading(inspector) == "Formula"
    assert inspector.explain.topic.currentText() == "Input › sin(2 x1)"
    assert inspector.explain.page.data.isVisible()
    document.undo_stack.undo()
    assert "Input › sin(2 x1)" not in [topic.title for topic in inspector.explain._topics]
    assert heading(inspector) != "Formula"


def test_a_formula_of_a_line_is_a_curve_and_one_of_a_table_has_words_alone(inspector, document):
    page = inspector.explain.page
    for dataset, expression in ((Sine(), "x^2"), (Wine(), "hue^2")):
        document.edit(document.experiment.with_dataset(dataset), "")
        data = document.experiment.data
        formula = FormulaFeature(expression=expression)
        document.edit(document.experiment.with_data(data.with_(inputs=(*data.inputs, formula))), "")
        assert heading(inspector) == "Formula"
        assert page.functions.isVisible() == (dataset == Sine())
        assert not page.data.isVisible()


def test_the_scale_of_targets_is_a_topic_where_targets_are_values(document, inspector):
    titles = [inspector.explain.topic.itemText(row) for row in range(inspector.explain.topic.count())]
    assert "Data › Target scaling" not in titles
    document.edit(document.experiment.with_dataset(Sine()), "Choose Sine")
    titles = [inspector.explain.topic.itemText(row) for row in range(inspector.explain.topic.count())]
    assert "Data › Target scaling" in titles


# --- drawings of how a layer is made ---


@pytest.mark.parametrize("kind", [SimpleRnn, Gru, Lstm, SelfAttention], ids=lambda kind: kind.title)
def test_a_recurrent_layer_is_drawn_unrolled_or_with_its_gates(document, inspector, kind):
    experiment = document.experiment.with_dataset(Waves(samples=20, window=5))
    layers = (kind(id="memory"), Flatten(id="flat"), Dense(id="output"))
    document.edit(experiment.with_(network=Architecture(layers=layers)).fitted(), "")
    inspector.show_layers(["memory"])
    page = inspector.explain.page
    assert page.diagram.isVisible()
    assert page.diagram.accessibleDescription()
    image = page.diagram.grab().toImage()
    spots = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
    assert len({image.pixelColor(*spot).name() for spot in spots}) > 3
    assert not page.path.isVisible()
    inspector.show_layers(["output"])
    assert not page.diagram.isVisible()
