"""Which trials are best: by hand-computed cases."""

from collections import Counter

import pytest

from playground.experiment import Experiment
from playground.search.goals import Goal
from playground.search.importance import importance
from playground.search.judging import best, narrowed, pareto_front
from playground.search.plan import SearchPlan
from playground.search.pruners import Pruner
from playground.search.records import TrialRecord
from playground.search.samplers import Sampler
from playground.search.variation import Variation
from playground.value import InvalidValue

LOSS, ACCURACY, SIZE = Goal(), Goal(metric="accuracy"), Goal(metric="parameters")
RATE = Variation(path="training.optimizer.learning_rate", low=1e-4, high=1, logarithmic=True)
KIND = Variation(path="network.activation", choices=("tanh", "relu", "gelu"))
PLAN = SearchPlan(variations=(RATE, KIND))


def trials(*values, state="done"):
    return [TrialRecord(number, state, values=(value,)) for number, value in enumerate(values)]


def test_the_best_is_the_smallest_loss_or_the_largest_accuracy():
    assert best(trials(0.3, 0.1, 0.2, 0.1), (LOSS,)).number == 1
    assert best(trials(0.3, 0.1, 0.9, 0.1), (ACCURACY,)).number == 2
    assert best(trials(0.3, state="cut short"), (LOSS,)) is None


def test_the_front_has_those_that_no_other_beats():
    points = [(0.9, 10), (0.8, 5), (0.8, 6), (0.95, 40), (0.7, 5), (0.5, 1)]
    given = [TrialRecord(number, "done", values=values) for number, values in enumerate(points)]
    assert [trial.number for trial in pareto_front(given, (ACCURACY, SIZE))] == [3, 0, 1, 5]


def test_from_coarse_to_fine_is_around_the_best_tenth():
    given = [
        TrialRecord(number, "done", {RATE.path: 10 ** -(number / 10), KIND.path: "relu"}, (abs(number - 20),))
        for number in range(40)
    ]
    fine = narrowed(PLAN, given)
    rate, kind = fine.variations
    assert 10**-2.3 < rate.low < 10**-2.1
    assert 10**-1.9 < rate.high < 10**-1.7
    assert kind.choices == ("relu",)
    assert fine.with_(variations=PLAN.variations) == PLAN


def test_the_setting_that_makes_all_the_difference_matters_most():
    given = [
        TrialRecord(
            number,
            "done",
            {RATE.path: RATE.at(number / 40), KIND.path: KIND.choices[number % 3]},
            (number**2,),
        )
        for number in range(40)
    ]
    found = importance(PLAN, given)
    assert list(found) == [RATE.path, KIND.path]
    assert found[RATE.path] > 0.8
    assert sum(found.values()) == pytest.approx(1)


def test_what_matters_is_not_said_of_too_few_trials_or_of_equal_ones():
    settings = {RATE.path: 0.1, KIND.path: "tanh"}
    assert importance(PLAN, [TrialRecord(0, "done", settings, (1.0,))] * 3) == {}
    assert importance(PLAN, [TrialRecord(0, "done", settings, (1.0,))] * 9) == {}


def test_a_plan_of_several_goals_is_refused_by_a_sampler_of_one():
    cma = next(member for member in Sampler.ready() if member.tag() == "cma_es")
    with pytest.raises(InvalidValue, match="CMA-ES serves one goal"):
        PLAN.with_(goals=(ACCURACY, SIZE), sampler=cma())


def test_a_plan_says_why_it_cannot_begin():
    everything = Experiment().with_(data=Experiment().data.with_(train_percent=100))
    assert "Nothing varies" in str(SearchPlan().problem(Experiment()))
    assert "validation share" in str(PLAN.problem(everything))
    assert "no measure" in str(PLAN.with_(goals=(Goal(metric="r2"),)).problem(Experiment()))
    assert PLAN.problem(Experiment()) is None


@pytest.mark.parametrize("kind", ["random", "grid", "quasi_random"])
def test_settings_of_a_trial_depend_on_seed_and_number_alone(kind):
    sampler = next(member for member in Sampler.ready() if member.tag() == kind)()
    plan = PLAN.with_(sampler=sampler, trials=12, seed=3)
    numbers = list(range(12))
    forwards = [sampler.settings(plan.asked(number)) for number in numbers]
    backwards = [sampler.settings(plan.asked(number)) for number in reversed(numbers)]
    assert forwards == backwards[::-1]
    other = plan.with_(seed=4)
    assert forwards != [sampler.settings(other.asked(number)) for number in numbers]


def test_a_grid_tries_every_combination_once():
    grid = next(member for member in Sampler.ready() if member.tag() == "grid")(points=4)
    plan = PLAN.with_(sampler=grid, trials=1000)
    assert plan.total == 12
    tried = Counter(tuple(grid.settings(plan.asked(number)).values()) for number in range(plan.total))
    assert len(tried) == 12
    few = plan.with_(trials=7)
    tried = Counter(tuple(grid.settings(few.asked(number)).values()) for number in range(few.total))
    assert len(tried) == 7


def test_every_pruner_is_made_for_short_trials_too():
    for pruner in Pruner.ready():
        assert pruner().made(1) is not None
