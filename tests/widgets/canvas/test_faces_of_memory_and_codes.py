"""Memory, embedding, variational and sparsity layers show on their cards what only they have."""

from dataclasses import replace

import numpy as np
import pytest
from canvas_examples import Person
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from playground.data.data import Data
from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences.memory import Copy
from playground.data.features import Whole
from playground.data.spaces import PrincipalPlane
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.external_memory import ExternalMemory
from playground.engine.layers.sparsity import Sparsity
from playground.engine.layers.steps import DenseAtEachStep, Embedding
from playground.engine.layers.variational import Variational
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.faces import Subject, face_of
from widgets.canvas.info import describe
from widgets.canvas.parts import Role, Target
from widgets.document import Document

MEMORY = ExternalMemory(id="memory", units=3, slots=4, width=2), DenseAtEachStep(id="out", units=2)
TEXT = Embedding(id="symbols", units=3), Flatten(id="flat"), Dense(id="output")
CODES = (
    Dense(id="first", units=5, activation=Sigmoid()),
    Sparsity(id="few", by="kl", rho=0.1),
    Dense(id="both", units=4),
    Variational(id="code"),
    Dense(id="output"),
)


@pytest.fixture
def shown(qtbot, qapp):
    """What shows an experiment on a canvas as it is at the start."""
    theme.apply(qapp, "dark")
    documents = []

    def show(experiment, change=lambda layers: None, **view):
        document = Document(experiment)
        documents.append(document)
        canvas = NetworkCanvas(document)
        qtbot.addWidget(canvas)
        canvas.resize(1300, 560)
        with qtbot.waitExposed(canvas):
            canvas.show()
        trainer = Trainer(document.experiment)
        observer = Observer(trainer)
        observer.view = View(**view)
        snapshot = observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
        change(snapshot.layers)
        canvas.show_snapshot(snapshot)
        return Person(qtbot, canvas, document), trainer, snapshot

    yield show
    for document in documents:
        document.undo_stack.setClean()


def of_copies(shorter=0.0):
    data = Data(dataset=Copy(samples=20, length=3, bits=2, shorter=shorter), inputs=(Whole(),))
    return Experiment(data=data, network=Architecture(layers=MEMORY)).fitted()


def of_text():
    start = Experiment().with_dataset(OwnText(text="abcd" * 10, window=5))
    return start.with_(network=Architecture(layers=TEXT)).fitted()


def of_rows():
    from playground.data.datasets.digits import Digits

    start = Experiment().with_dataset(Digits())
    return start.with_(network=Architecture(layers=(Flatten(id="flat"), *CODES))).fitted()


def told(person, snapshot, role, layer_id, unit):
    return describe(Target(role, layer_id, unit), person.view.state.scene, snapshot).lines


def colour_at(person, rect, across, down):
    """The colour at these shares of the way across and down a rectangle of the canvas."""
    image = person.view.grab().toImage()
    spot = QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.height())
    return image.pixelColor(person.on_screen(spot) * image.devicePixelRatio())


def near(colour, other):
    return sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], QColor(other).getRgb()[:3], strict=True)) < 30


def test_a_memory_tells_of_a_step_where_its_heads_look(shown):
    def look(layers):
        seen = layers["memory"].seen
        seen["writing"][2], seen["reading"][2] = [0, 0, 0.9, 0.1], [0.25, 0.75, 0, 0]
        seen["added"][2] = [0.5, -0.25]

    person, _, snapshot = shown(of_copies(), look)
    assert told(person, snapshot, Role.STEP, "memory", 2) == (
        "writes 90 % to slot 3",
        "reads 75 % from slot 2",
        "adds 0.5, −0.25",
    )


def test_the_slot_that_is_written_at_a_step_is_coloured_and_so_is_what_stands_in_it(shown):
    def look(layers):
        seen = layers["memory"].seen
        for values in seen.values():
            values[:] = 0
        seen["writing"][0, 1] = 1  # the upper picture, the second of four slots
        seen["memory"][-1, -1] = 2  # the last number of the last slot

    person, _, _ = shown(of_copies(), look)
    card = person.card("memory")
    written = card.area(Role.STEP, 0)
    positive, zero = theme.current().positive, theme.current().zero
    assert near(colour_at(person, written, 0.5, 1.5 / 4 * 76 / written.height()), positive)
    assert near(colour_at(person, written, 0.5, 2.5 / 4 * 76 / written.height()), zero)
    slots = card.area(Role.TILE, 0)
    assert near(colour_at(person, slots, 0.75, 0.9), positive)
    assert near(colour_at(person, slots, 0.25, 0.9), zero)


def test_steps_of_a_memory_are_walked_by_keys_and_read_aloud(shown):
    person, _, _ = shown(of_copies())
    card = person.card("memory")
    assert card.steps == 7
    assert [part.unit for part in card.parts if part.role is Role.STEP] == list(range(7))


def test_an_embedding_shows_a_row_of_numbers_for_each_symbol(shown):
    def look(layers):
        layers["symbols"].blocks["weights"][:] = 0
        layers["symbols"].blocks["weights"][1, 2] = 5  # the second number of the third symbol

    person, _, snapshot = shown(of_text(), look)
    place = person.card("symbols").area(Role.TILE, 0)
    assert near(colour_at(person, place, 0.5, 2.5 / 4), theme.current().positive)
    assert near(colour_at(person, place, 0.5, 1.5 / 4), theme.current().zero)
    lines = told(person, snapshot, Role.TILE, "symbols", 0)
    assert lines[:2] == ("numbers 0 to 5", "lengths 0 to 5")


def test_a_variational_code_tells_its_mean_its_deviation_and_what_they_cost(shown):
    def look(layers):
        layers["code"].seen["mean"][:] = [1.5, 0]
        layers["code"].seen["deviation"][:] = [0.5, 1]

    person, _, snapshot = shown(of_rows(), look)
    apart = (1.5**2 + 0.25 - 1 - np.log(0.25)) / 2
    assert told(person, snapshot, Role.MEASURES, "code", 0) == (
        "μ 1.5",
        "σ 0.5",
        f"KL to N(0, 1) {apart:.3g}",
    )
    row = person.card("code").area(Role.MEASURES, 0)
    assert near(colour_at(person, row, 0.5 + 1.5 / 6, 0.5), theme.current().accent)  # −3 to 3
    assert not near(colour_at(person, row, 0.5 - 1.5 / 6, 0.5), theme.current().accent)


def test_sparsity_shows_the_mean_over_training_samples_and_its_target(shown):
    person, trainer, snapshot = shown(of_rows())
    values = trainer.network.activations(trainer.sides.train.inputs[:256, :-1])["few"]
    np.testing.assert_allclose(snapshot.layers["few"].activity, values.mean(axis=1), rtol=1e-5)
    assert told(person, snapshot, Role.MEASURES, "few", 3)[0].startswith("over training samples 0.")
    assert len(person.card("few").rows) == 5


def test_what_l1_charges_for_is_the_size_of_values():
    values = np.array([[1.0, -3.0], [0.0, 0.5]])
    assert Sparsity().activity(values).tolist() == [2.0, 0.25]
    assert Sparsity(by="kl").activity(values).tolist() == [-1.0, 0.25]


@pytest.mark.parametrize("experiment", [of_copies(50.0), of_text(), of_rows()], ids=["copy", "text", "rows"])
def test_over_a_plane_and_where_no_number_is_finite_all_are_drawn(shown, experiment):
    def look(layers):
        for layer in layers.values():
            for values in (*layer.seen.values(), *layer.blocks.values()):
                values[:] = np.nan

    person, _, _ = shown(experiment, look)
    assert not person.view.grab().isNull()
    person, _, _ = shown(experiment, space=PrincipalPlane(), resolution=5)
    assert not person.view.grab().isNull()


def test_a_card_is_as_wide_as_its_title_needs():
    subject = Subject("a", 0, "Average pool 1", "", MEMORY[1], (3, 2), 2, 8)
    longer = replace(subject, title="Global average pool 1")
    face = face_of(Dense)
    assert face.width(longer) > face.width(subject) + 30
