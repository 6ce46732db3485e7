"""One expression in four ways: each against the others, SymPy, known tables, and counted products."""

import math
from itertools import pairwise

import numpy as np
import pytest

from playground.data.formulas.operations import FUNCTIONS
from playground.labs.differentiation import Differentiation
from playground.labs.differentiation.cost import HIDDEN, JacobianCost, work_over_calls
from playground.labs.differentiation.graph import optimized, recorded
from playground.labs.differentiation.numerical import CENTRAL_BEST, FORWARD_BEST, SIZES, errors
from playground.labs.differentiation.rules import NAMES
from playground.labs.differentiation.sweeps import forward, gradient, reverse, tangents_of
from playground.labs.differentiation.symbolic import derivative, swell
from playground.value import InvalidValue

EXPRESSIONS = (
    "log(x) + x y - sin(y)",
    "4x (1 - x)",
    "1 / (1 + exp(-(x y + z)))",
    "x^3 / y - |x - y|^1.5 + √(x + 10)",
    "max(x, y, z) min(x, 2) + tanh(x) tan(z) cos(x y)",
    "mod(5x, 2) + floor(x) x + sign(y) x + 2^x + x^y + (-x)^3",
    "ln(x) e^(-x²) + π x²",
)


def lab(expression, **settings):
    return Differentiation(**{"expression": expression, "x": 1.3, "y": 0.7, "z": -0.4} | settings)


every_expression = pytest.mark.parametrize("expression", EXPRESSIONS)


@every_expression
@pytest.mark.parametrize("by", ["x", "y", "z"])
def test_all_ways_agree(expression, by):
    at = lab(expression, by=by)
    graph, place = at.graph(), at.at
    exact = derivative(graph, place, by).value
    values = [float(value) for value in graph.values(place)]
    assert tangents_of(graph, values, by)[-1] == pytest.approx(exact, rel=1e-12, abs=1e-14)
    assert gradient(graph, place).get(by, 0.0) == pytest.approx(exact, rel=1e-12, abs=1e-14)
    found = at.differences()
    near = np.abs(np.log10(SIZES) + 5).argmin()
    assert found.central[near] == pytest.approx(exact, rel=1e-7, abs=1e-8)
    assert found.forward[near] == pytest.approx(exact, rel=1e-3, abs=1e-3)
    assert found.complex_step[0] == pytest.approx(exact, rel=1e-12, abs=1e-14)


def test_every_function_that_can_be_typed_has_a_rule():
    assert set(FUNCTIONS.values()) <= set(NAMES)


def test_reverse_mode_is_the_table_of_the_survey():
    """Baydin et al. 2018, table 3: ln x₁ + x₁x₂ − sin x₂ at (2, 5)."""
    at = Differentiation()
    last = at.sweep()[-1]
    assert last.values[-1] == pytest.approx(11.652, abs=5e-4)
    assert gradient(at.graph(), at.at) == pytest.approx({"x": 5.5, "y": 1.716}, abs=5e-4)


def test_reverse_mode_goes_on_and_back_a_node_at_a_time():
    at = lab("x y", x=3.0, y=4.0)
    steps = at.sweep()
    assert [(step.values, step.slopes) for step in steps] == [
        ((None, None, None), (None, None, None)),
        ((3, None, None), (None, None, None)),
        ((3, 4, None), (None, None, None)),
        ((3, 4, 12), (None, None, None)),
        ((3, 4, 12), (None, None, 1)),
        ((3, 4, 12), (4, 3, 1)),
    ]


def test_forward_mode_carries_a_slope_with_every_value():
    steps = forward(lab("x y").graph(), {"x": 3.0, "y": 4.0, "z": 0.0}, "y")
    assert steps[-1].values == (3, 4, 12)
    assert steps[-1].slopes == (0, 1, 3)
    assert steps[1].slopes == (0, None, None)


def test_adjoints_of_a_node_that_is_read_twice_are_added():
    graph = lab("x x x").graph()
    assert reverse(graph, {"x": 2.0, "y": 0.0, "z": 0.0})[-1].slopes[0] == 12


def test_errors_make_a_v_whose_lowest_place_is_where_theory_has_it():
    at = lab("exp(x) sin(x)")
    exact = gradient(at.graph(), at.at)["x"]
    found = at.differences()
    for estimates, best in ((found.forward, FORWARD_BEST), (found.central, CENTRAL_BEST)):
        off = errors(estimates, exact)
        lowest = np.log10(SIZES[off.argmin()])
        assert abs(lowest - math.log10(best)) < 2
        assert off[0] > 1e-2
        assert off[-1] > 1e-2
    order = np.polyfit(np.log10(SIZES[72:96]), np.log10(errors(found.forward, exact)[72:96]), 1)[0]
    assert order == pytest.approx(1, abs=0.2)
    order = np.polyfit(np.log10(SIZES[72:96]), np.log10(errors(found.central, exact)[72:96]), 1)[0]
    assert order == pytest.approx(2, abs=0.2)
    assert errors(found.complex_step, exact)[:48].max() < 1e-15


def test_building_once_shares_what_is_alike_and_works_numbers_out():
    graph = recorded(lab("sin(x y) exp(sin(x y)) + 2 * 3 x").parsed)
    small = optimized(graph)
    assert len(graph.nodes) == 13
    assert len(small.nodes) == 9  # x, y, xy, sin, exp, their product, 6, 6x, the sum
    at = {"x": 0.3, "y": 2.0, "z": 0.0}
    assert small.values(at)[-1] == pytest.approx(graph.values(at)[-1], rel=1e-15)
    assert gradient(small, at) == pytest.approx(gradient(graph, at), rel=1e-14)


def test_no_two_nodes_have_one_name():
    graph = recorded(lab("sin(x) + sin(x) + sin(x) 2*2").parsed)
    for each in (graph, optimized(graph)):
        assert len({node.key for node in each.nodes}) == len(each.nodes)


def test_a_dynamic_graph_is_made_at_every_call_and_a_static_one_once():
    graph = recorded(lab("sin(x y) exp(sin(x y)) + 2 * 3 x").parsed)
    dynamic, static = work_over_calls(graph)
    assert (dynamic[0], dynamic[3]) == (0, 3 * 2 * 13)
    assert (static[0], static[3]) == (2 * 13, 2 * 13 + 3 * 9)


def test_the_logistic_map_in_itself_swells_as_in_the_survey():
    found = list(swell(lab("4x (1 - x)").graph(), "x"))
    assert [each.times for each in found] == list(range(1, len(found) + 1))
    written = [each.written for each in found]
    assert all(second > 2 * first for first, second in pairwise(written))
    steps = np.diff([each.reverse for each in found])
    assert (steps == steps[0]).all()
    assert found[-1].reverse < found[-1].shared < found[-1].written


class Counted:
    """A number that counts its products."""

    count = 0

    def __init__(self, value):
        self.value = value

    def __mul__(self, other):
        Counted.count += 1
        return Counted(self.value * other.value)

    def __add__(self, other):
        return Counted(self.value + other.value)


def matrix(chance, rows, columns):
    return [[Counted(value) for value in row] for row in chance.standard_normal((rows, columns)).tolist()]


def product(weights, column):
    sums = []
    for row in weights:
        whole = Counted(0.0)
        for weight, entry in zip(row, column, strict=True):
            whole = whole + weight * entry
        sums.append(whole)
    return sums


def turned(weights):
    return [list(column) for column in zip(*weights, strict=True)]


def unit(size, place):
    return [Counted(float(at == place)) for at in range(size)]


def test_costs_are_the_products_that_a_jacobian_takes():
    n, m, chance = 5, 3, np.random.default_rng(0)
    first, second = matrix(chance, HIDDEN, n), matrix(chance, m, HIDDEN)
    column = [Counted(value) for value in chance.standard_normal(n).tolist()]
    cost = JacobianCost(n, m)

    def run(work):
        Counted.count = 0
        result = work()
        return result, Counted.count

    def evaluate():
        hidden = product(first, column)
        product(second, [Counted(math.tanh(each.value)) for each in hidden])
        return [Counted(1 - math.tanh(each.value) ** 2) for each in hidden]

    def by_forward():
        slopes = evaluate()
        columns = []
        for place in range(n):
            tangents = product(first, unit(n, place))
            columns.append(product(second, [a * b for a, b in zip(slopes, tangents, strict=True)]))
        return turned(columns)

    def by_reverse():
        slopes = evaluate()
        rows = []
        for place in range(m):
            adjoints = product(turned(second), unit(m, place))
            rows.append(product(turned(first), [a * b for a, b in zip(slopes, adjoints, strict=True)]))
        return rows

    (ahead, products_ahead), (back, products_back) = run(by_forward), run(by_reverse)
    np.testing.assert_allclose(
        [[e.value for e in row] for row in ahead], [[e.value for e in row] for row in back]
    )
    assert (products_ahead, products_back) == (cost.forward, cost.reverse)
    assert run(evaluate)[1] == cost.evaluation
    assert cost.central == 2 * n * cost.evaluation


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"expression": "log(x)", "x": -1.0}, "log is of numbers above 0 alone"),
        ({"expression": "1 / x", "x": 0.0}, "divides by 0"),
        ({"expression": "exp(exp(x))", "x": 1000.0}, "too large"),
        ({"expression": "sqrt(x)", "x": 0.0}, "no slope"),
    ],
)
def test_where_there_is_no_value_or_slope_a_sentence_says_why(settings, words):
    assert words in str(lab(**settings).flaw())


def test_on_a_kink_there_is_a_slope_all_the_same():
    at = lab("max(0, x) + |y|", x=0.0, y=0.0)
    assert at.flaw() is None
    assert gradient(at.graph(), at.at) == {"x": 0.0, "y": 0.0}
    assert at.on_kink
    assert not at.with_(x=0.1).on_kink
    assert not at.with_(x=1000.0).on_kink
    assert not lab("exp(5x)", x=2.0).on_kink


@pytest.mark.parametrize("text", ["3", "x +", "w", "π"])
def test_what_is_no_expression_of_variables_is_refused(text):
    with pytest.raises(InvalidValue):
        Differentiation().with_(expression=text)


def test_a_node_stays_where_it_was_put():
    at = Differentiation().with_spot("x y", 0.2, 0.3).with_spot("x y", 0.4, 0.5)
    assert at.spot_of("x y") == (0.4, 0.5)
    assert len(at.spots) == 1
    assert at.spot_of("x") is None
