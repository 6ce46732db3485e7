"""What beginners are not shown is told where it differs from what is usual, and only there."""

import pytest

from playground import unusual
from playground.data import Dataset
from playground.data.scaling import Standardize
from playground.engine.layers import Dense, Layer
from playground.engine.optimizers import Momentum
from playground.engine.regularizers import L2
from playground.experiment import Experiment
from playground.fields import basic_fields, describe


def titles(found):
    return [str(text) for text in found]


@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda member: member.tag())
def test_a_fresh_experiment_on_any_dataset_is_usual(member):
    experiment = Experiment().with_dataset(member.usual())
    assert titles(unusual.of_data(experiment)) == []
    assert titles(unusual.of_training(experiment)) == []


def test_what_is_hidden_and_differs_is_named_and_what_is_shown_is_not():
    experiment = Experiment()
    training = experiment.training.with_(optimizer=Momentum(beta=0.5), regularizer=L2(), batch_size=3)
    changed = experiment.with_(training=training, precision="float64")
    assert titles(unusual.of_training(changed)) == ["Optimizer", "Regularization", "Precision"]
    data = experiment.data.with_(train_percent=80, scaling=Standardize())
    assert titles(unusual.of_data(experiment.with_(data=data))) == ["Training share", "Scaling"]
    assert titles(unusual.of_layer(Dense(units=9))) == []
    assert titles(unusual.of_layer(Dense(frozen=True))) == ["Freeze"]


def test_fields_of_the_usual_member_are_named_one_by_one():
    training = Experiment().training
    optimizer = training.optimizer
    hidden = next(field for field in describe(type(optimizer)) if not field.basic)
    changed = training.with_(optimizer=optimizer.with_(learning_rate=0.5, **{hidden.name: 0.5}))
    found = unusual.of_training(Experiment(training=changed))
    assert titles(found) == [hidden.title]


@pytest.mark.parametrize("member", Layer.members(), ids=lambda member: member.tag())
def test_of_every_layer_something_is_shown_where_there_is_anything(member):
    shown = [field for field in describe(member) if not field.hidden]
    assert bool(basic_fields(member)) == bool(shown)
