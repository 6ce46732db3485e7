"""Every goal of every lesson is reached by a known solution, missed by a wrong one, and never given away."""

import pytest
from student import FILES, SOLUTIONS, judged_after, lesson, solutions


def places(name):
    plan, _ = lesson(name)
    return [(step, goal) for step, each in enumerate(plan.steps) for goal in range(len(each.goals))]


@pytest.mark.parametrize("name", FILES)
def test_every_goal_is_reached_and_missed_on_purpose(name):
    for step, goal in places(name):
        solution = solutions(name)[step + 1, goal + 1]
        place = f"{name}, step {step + 1}, goal {goal + 1}"
        assert not judged_after(name, step, goal, ()).reached, f"{place} is reached by doing nothing"
        assert not judged_after(name, step, goal, solution["wrong"]).reached, f"{place} is reached by mistake"
        right = judged_after(name, step, goal, solution["right"])
        assert right.reached, f"{place} is not reached: {right.now}"


def test_there_is_a_solution_for_each_goal_and_for_nothing_else():
    for name in FILES:
        assert sorted(solutions(name)) == [(step + 1, goal + 1) for step, goal in places(name)], name
    assert {path.stem for path in SOLUTIONS.glob("*.toml")} == set(FILES)
