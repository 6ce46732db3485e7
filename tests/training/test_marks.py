"""A run keeps in mind where something was changed, and what."""

import pytest
from training_examples import experiment

from playground.data.datasets.recipes import Circle, Xor
from playground.data.datasets.wine import Wine
from playground.data.features import OfColumn, X, XSquared, Y
from playground.engine import edits
from playground.engine.activations import Relu, Softmax
from playground.engine.layers import Dense, Dropout
from playground.engine.losses import CrossEntropy
from playground.engine.optimizers import Adam, GradientDescent
from playground.engine.regularizers import L2
from playground.experiment import Experiment
from playground.training.changes import changes
from playground.training.marks import MOST_MARKS, Mark, Marks
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

START = experiment()


def with_training(start=START, **fields):
    return start.with_(training=start.training.with_(**fields))


def with_rate(rate, start=START):
    return with_training(start, optimizer=GradientDescent(learning_rate=rate))


def with_data(**fields):
    return START.with_(data=START.data.with_(**fields))


def with_network(network):
    return START.with_(network=network)


def words(before, after):
    return [str(change.words) for change in changes(before, after)]


# --- words ------------------------------------------------------------------------------------------

NETWORK = START.network
CHANGED = {
    "a rate": (with_rate(0.03), ["Learning rate 0.1 → 0.03"]),
    "a small rate": (with_rate(3e-5), ["Learning rate 0.1 → 3e−5"]),
    "an optimizer": (with_training(optimizer=Adam()), ["Optimizer Gradient descent → Adam"]),
    "a penalty": (with_training(regularizer=L2()), ["Regularization None → L2"]),
    "the batch": (with_training(batch_size=11, shuffle=True), ["Batch size 5 → 11", "Shuffle off → on"]),
    "data": (with_data(dataset=Xor(samples=44)), ["Dataset Circle → Exclusive or"]),
    "noise": (with_data(dataset=Circle(samples=44, noise=20)), ["Noise 0 % → 20 %"]),
    "the split": (with_data(train_percent=75), ["Training share 50 % → 75 %"]),
    "inputs": (with_data(inputs=(X(), Y(), XSquared())), ["Inputs x₁, x₂ → x₁, x₂, x₁²"]),
    "a new layer": (with_network(edits.append(NETWORK, Dropout(id="drop"))), ["Dropout 1 added"]),
    "a layer that goes": (with_network(edits.remove(NETWORK, ["hidden"])), ["Dense 1 removed"]),
    "a layer of another kind under the same id": (
        with_network(edits.replace(NETWORK, Dropout(id="hidden"))),
        ["Dropout 1 Dense → Dropout"],
    ),
    "neurons": (
        with_network(edits.replace(NETWORK, NETWORK.layers[0].with_(units=8, activation=Relu()))),
        ["Dense 1: Neurons 3 → 8", "Dense 1: Activation Tanh → ReLU"],
    ),
    "frozen": (
        with_network(edits.replace(NETWORK, NETWORK.layers[0].with_(frozen=True))),
        ["Dense 1: Freeze off → on"],
    ),
    "columns": (
        with_data(dataset=Wine(), inputs=(OfColumn(column="ash"),)),
        ["Dataset Circle → Wine", "Inputs x₁, x₂ → ash"],
    ),
    "a choice": (with_training(last_batch="carry"), ["Short last batch Keep → Carry"]),
    "what a layer reads": (
        with_network(edits.replace(NETWORK, NETWORK.output.with_(inputs=("input",)))),
        ["Output: Inputs – → the inputs"],
    ),
    "precision": (START.with_(precision="float32"), ["Precision float64 → float32"]),
}


@pytest.mark.parametrize(("after", "said"), CHANGED.values(), ids=CHANGED)
def test_a_change_is_said_in_few_words(after, said):
    assert words(START, after) == said


def test_a_change_can_be_said_in_another_language():
    found = changes(START, with_network(edits.remove(NETWORK, ["hidden"])), lambda text: f"<{text}>")
    assert [(change.what, change.was) for change in found] == [("<Dense 1>", "<Dense>")]


def test_what_training_does_not_mind_is_no_change():
    renamed = edits.rename(NETWORK, "hidden", "First")
    after = with_training(START.with_(notes="Mine.", network=renamed), epochs=7)
    assert words(START, after) == []


def test_layers_in_another_order():
    before = edits.insert(NETWORK, 1, Dense(id="second", units=3))
    after = edits.move(before, "second", 0)
    order = words(with_network(before), with_network(after))[-1]
    assert order == "Order Dense 1, Dense 2, Output → Dense 2, Dense 1, Output"


# --- in a run ---------------------------------------------------------------------------------------


def marked(trainer):
    return [(mark.epoch, mark.step, "; ".join(map(str, mark.lines))) for mark in trainer.recorder.marks.all()]


def trained(steps=7, start=START):
    trainer = Trainer(start)
    for _ in range(steps):
        trainer.run(1)
    return trainer


def test_a_mark_stands_at_the_moment_of_the_change():
    trainer = trained(7)
    trainer.apply(with_rate(0.03))
    assert marked(trainer) == [(1.4, 7, "Learning rate 0.1 → 0.03")]
    assert trainer.recorder.history.columns()["epoch"][-1] == 1.4


def test_before_the_first_step_nothing_is_marked():
    trainer = Trainer(START)
    trainer.apply(with_rate(0.03))
    assert marked(trainer) == []


def test_changes_at_one_step_are_one_mark():
    trainer = trained(5)
    trainer.apply(with_rate(0.03))
    trainer.apply(with_rate(0.05))
    trainer.apply(with_training(with_rate(0.05), regularizer=L2()))
    assert marked(trainer) == [(1.0, 5, "Learning rate 0.1 → 0.05; Regularization None → L2")]


def test_undo_at_the_same_step_takes_the_mark_away():
    trainer = trained(5)
    trainer.apply(with_rate(0.03))
    trainer.apply(START)
    assert marked(trainer) == []


def test_undo_after_steps_is_a_mark_of_its_own():
    trainer = trained(5)
    trainer.apply(with_rate(0.03))
    trainer.run(1)
    trainer.apply(START)
    assert [mark[2] for mark in marked(trainer)] == ["Learning rate 0.1 → 0.03", "Learning rate 0.03 → 0.1"]


def test_a_slider_that_is_dragged_while_training_runs_leaves_one_mark():
    trainer = trained(5)
    for rate in (0.09, 0.08, 0.07):
        trainer.apply(with_rate(rate), gesture=3)
        trainer.run(1)
    trainer.apply(with_rate(0.06), gesture=4)
    assert marked(trainer) == [
        (1.0, 5, "Learning rate 0.1 → 0.07"),
        (1.6, 8, "Learning rate 0.07 → 0.06"),
    ]


def test_a_slider_that_comes_back_leaves_a_mark_as_there_were_steps_in_between():
    trainer = trained(5)
    for rate in (0.09, 0.1):
        trainer.apply(with_rate(rate), gesture=3)
        trainer.run(1)
    assert marked(trainer) == [(1.0, 5, "Learning rate back at 0.1")]


def test_a_change_of_the_batch_size_stands_where_its_row_does():
    trainer = trained(7)
    trainer.apply(with_training(batch_size=11))
    assert trainer.recorder.marks.all()[0].epoch == trainer.recorder.history.columns()["epoch"][-1] == 1.0


def test_a_typed_weight_is_marked_and_taken_back():
    trainer = trained(5)
    typed = TypedWeight("output", 0, 2, 0.75)
    was = dict(trainer.network.tensors())["output.weights"][0, 2]
    trainer.set_weight(typed)
    assert marked(trainer)[0][2] == f"Output · 1: weight 3 {was:.3g} → 0.75".replace("-", "−")
    trainer.take_back(typed)
    assert marked(trainer) == []


def test_a_typed_bias_is_marked():
    trainer = trained(5)
    trainer.set_weight(TypedWeight("hidden", 1, -1, -2.0))
    assert marked(trainer)[0][2].endswith("→ −2")
    assert marked(trainer)[0][2].startswith("Dense 1 · 2: bias ")


def test_beginning_anew_begins_without_marks():
    trainer = trained(5)
    trainer.apply(with_rate(0.03))
    trainer = Trainer(trainer.experiment)
    assert marked(trainer) == []


def test_many_changes_at_once_are_counted():
    start = Experiment()
    trainer = Trainer(start)
    trainer.run_epoch()
    other = start.with_(
        training=start.training.with_(
            loss=CrossEntropy(), batch_size=3, shuffle=False, optimizer=GradientDescent()
        ),
        network=edits.replace(start.network, start.network.output.with_(units=2, activation=Softmax())),
    )
    trainer.apply(other)
    assert marked(trainer)[0][2].endswith("and 3 more")


def test_the_oldest_marks_make_room():
    marks = Marks()
    for step in range(1, MOST_MARKS + 10):
        marks.put(step / 5, step, changes(with_rate(step / 1000), with_rate((step + 1) / 1000)))
    assert len(marks.all()) == MOST_MARKS
    assert marks.all()[0].step == 10


# --- kept and shown ---------------------------------------------------------------------------------


def test_marks_go_on_with_a_checkpoint():
    trainer = trained(7)
    trainer.apply(with_rate(0.03))
    resumed = Trainer(trainer.experiment, trainer.checkpoint())
    assert resumed.recorder.marks.all() == trainer.recorder.marks.all()
    resumed.apply(START)
    assert marked(resumed) == []


def test_a_mark_is_a_value_that_refuses_nonsense():
    with pytest.raises(ValueError, match="epoch"):
        Mark.build({"epoch": -1, "step": 1, "changes": [{"what": "Noise"}]})
