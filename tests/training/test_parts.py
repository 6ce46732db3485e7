"""What every edit makes anew, and what then starts afresh: one table that a person can read."""

import numpy as np
import pytest
from training_examples import experiment, train

from playground.data.augmentation.points import Jitter
from playground.engine.clipping import ClipByValue
from playground.engine.losses import Huber, SquaredError
from playground.engine.optimizers import Adam, Momentum
from playground.engine.regularizers import L2
from playground.engine.schedules import Exponential
from playground.engine.stopping import EarlyStopping
from playground.training.checkpoint import Checkpoint
from playground.training.parts import TABLE
from playground.training.trainer import Trainer

NAMES = [part.name for part in TABLE]
WATCHED = experiment(optimizer=Adam(), loss=SquaredError(), epochs=1000)
START = WATCHED.with_(data=WATCHED.data.with_(validation_percent=20))


def training(**fields):
    return lambda e: e.with_(training=e.training.with_(**fields))


def data(**fields):
    return lambda e: e.with_(data=e.data.with_(**fields))


def layers(**fields):
    """The same with another hidden layer."""

    def edit(e):
        hidden, output = e.network.layers
        return e.with_(network=e.network.with_(layers=(hidden.with_(**fields), output)))

    return edit


EDITS = {
    "notes": lambda e: e.with_(notes="A note."),
    "epochs": training(epochs=77),
    "learning rate": training(optimizer=Adam(learning_rate=0.5)),
    "optimizer": training(optimizer=Momentum()),
    "regularizer": training(regularizer=L2()),
    "clipping": training(clipping=ClipByValue()),
    "schedule": training(schedule=Exponential()),
    "stopping": training(stopping=EarlyStopping()),
    "batch size": training(batch_size=3),
    "shuffle": training(shuffle=not START.training.shuffle),
    "loss": training(loss=Huber()),
    "split": data(train_percent=40),
    "validation": data(validation_percent=30),
    "precision": lambda e: e.with_(precision="float32"),
    "a name": layers(name="Mine"),
    "neurons": layers(units=5),
    "augmentation": data(augmentations=(Jitter(),)),
}
WANTED = """
                 data  network  learnt  sides  update  pace  watch  machine
notes            .     .        .       .      .       .     .      .
epochs           .     .        .       .      .       .     .      .
learning rate    .     .        .       .      new     new   .      .
optimizer        .     .        .       .      new     new   .      .
regularizer      .     .        .       .      new     .     .      .
clipping         .     .        .       .      new     .     .      .
schedule         .     .        .       .      .       new   .      .
stopping         .     .        .       .      .       .     new    .
batch size       .     .        .       .      .       .     .      new
shuffle          .     .        .       .      .       .     .      new
loss             .     .        .       new    .       new   new    new
split            new   .        .       new    .       new   new    new
validation       new   .        .       new    .       new   new    new
precision        .     new      new     new    new     new   new    new
a name           .     new      new     new    new     .     new    new
neurons          .     new      new     new    new     new   new    new
augmentation     .     .        .       .      .       .     .      new
"""
HEAD, *ROWS = [line for line in WANTED.splitlines() if line]
TABLE_WANTED = {row[:17].strip(): dict(zip(HEAD.split(), row[17:].split(), strict=True)) for row in ROWS}


def test_the_table_speaks_of_every_part_and_edit():
    assert HEAD.split() == NAMES
    assert list(TABLE_WANTED) == list(EDITS)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_anew_what_the_table_says_and_leaves_the_rest(edit):
    trainer = Trainer(START)
    train(trainer, 3)
    before = {name: getattr(trainer, name) for name in NAMES}
    trainer.apply(EDITS[edit](START))
    found = {name: "new" if getattr(trainer, name) is not before[name] else "." for name in NAMES}
    assert found == TABLE_WANTED[edit]


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit != "neurons"])
def test_no_edit_loses_the_count_of_steps_or_what_layers_have_learnt(edit):
    trainer = Trainer(START)
    train(trainer, 3)
    step, output = trainer.step, dict(trainer.network.tensors())["output.bias"].copy()
    trainer.apply(EDITS[edit](START))
    assert trainer.step == step
    np.testing.assert_allclose(dict(trainer.network.tensors())["output.bias"], output, rtol=1e-6)


@pytest.mark.parametrize(
    ("edit", "goes_on"),
    [
        ("learning rate", True),
        ("regularizer", True),
        ("batch size", True),
        ("a name", True),
        ("optimizer", False),
    ],
)
def test_an_optimizer_remembers_unless_it_becomes_another(edit, goes_on):
    trainer = Trainer(START)
    train(trainer, 3)
    age = trainer.update.age
    trainer.apply(EDITS[edit](START))
    assert trainer.update.age == (age if goes_on else 0)


@pytest.mark.parametrize(
    ("edit", "goes_on"),
    [
        ("learning rate", True),
        ("clipping", True),
        ("batch size", False),
        ("split", False),
        ("augmentation", False),
    ],
)
def test_the_epoch_under_way_begins_again_where_its_samples_are_others(edit, goes_on):
    trainer = Trainer(START)
    trainer.run(2)
    trainer.apply(EDITS[edit](START))
    assert trainer.machine.batch == (2 if goes_on else 0)


def test_what_cannot_be_changes_nothing():
    trainer = Trainer(START)
    train(trainer, 3)
    state = trainer.state().named()
    parts = {name: getattr(trainer, name) for name in NAMES}
    with pytest.raises(Exception, match="nobody"):
        trainer.apply(layers(inputs=("nobody",))(START))
    assert {name: getattr(trainer, name) for name in NAMES} == parts
    for name, array in trainer.state().named().items():
        np.testing.assert_array_equal(array, state[name])


def test_state_and_restore_are_one_pair():
    trainer = Trainer(START)
    train(trainer, 7)
    other = Trainer(START, Checkpoint.of(trainer.state()))
    train(trainer, 9)
    train(other, 9)
    for name, array in trainer.state().named().items():
        np.testing.assert_array_equal(other.state().named()[name], array, err_msg=name)
