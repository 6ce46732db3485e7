"""A column matters by what is lost when it is shuffled."""

import numpy as np
import pytest
from sklearn.inspection import permutation_importance

from playground.analysis.importance import importances
from playground.data.datasets.recipes import Gauss, Plane
from playground.data.datasets.wine import Wine
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.training.trainer import Trainer


def trained(dataset, epochs=20, **data):
    experiment = Experiment().with_dataset(dataset)
    experiment = experiment.with_data(experiment.data.with_(**data))
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return Moment.of(trainer)


def test_a_column_that_the_network_is_not_given_does_not_matter():
    usual = Experiment().with_dataset(Gauss()).data.inputs
    moment = trained(Gauss(), inputs=usual[:1])
    by_name = {each.column: each.lost for each in importances(moment)}
    assert by_name["x₂"] == 0
    assert by_name["x₁"] > 0.1


class Judge:
    """The network as scikit-learn asks it."""

    def __init__(self, moment):
        self._moment = moment

    def fit(self, *_):
        return self

    def predict(self, raw):
        return self._moment.ask(raw).classes

    def score(self, raw, labels):
        return float(np.mean(self.predict(raw) == labels))


def test_it_is_what_scikit_learn_finds():
    moment = trained(Wine(), epochs=60)
    test = moment.data.test
    found = permutation_importance(Judge(moment), test.raw, test.labels, n_repeats=30, random_state=1)
    ours = {each.column: each.lost for each in importances(moment)}
    theirs = dict(zip([column.name for column in moment.data.columns], found.importances_mean, strict=True))
    for name, lost in theirs.items():
        assert ours[name] == pytest.approx(lost, abs=0.08)


def test_of_numbers_it_is_how_much_farther_off_they_are_the_largest_first():
    found = importances(trained(Plane(), epochs=30))
    assert [each.lost for each in found] == sorted((each.lost for each in found), reverse=True)
    assert all(each.lost > 0.05 for each in found)
