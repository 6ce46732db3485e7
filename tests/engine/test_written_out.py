"""What activations, losses and optimizers write out line by line is what they do."""

import ast

import numpy as np
import pytest
from variants import variants

from playground.engine.activations import Activation, Gelu, PRelu, Swish
from playground.engine.calculation import Equation
from playground.engine.calculation.terms import terms
from playground.engine.calculation.writing import NumpyCode, in_latex, in_symbols
from playground.engine.losses import Loss, ZeroOne
from playground.engine.optimizers import Optimizer, RmsProp
from playground.fields import describe

RANDOM = np.random.default_rng(5)
Z = RANDOM.normal(0, 2, (4, 5))
OPTIMIZERS = [
    *variants(Optimizer),
    pytest.param(RmsProp(momentum=0.8, centred=True), id="rmsprop with both"),
]
LOSSES = [each for each in variants(Loss) if each.id != "zero_one"]
ACTIVATIONS = [*variants(Activation), pytest.param(Gelu(mu=0.5, sigma=2.0), id="gelu moved")]


def numbers_of(member):
    return {
        field.name: np.full((1, 1), getattr(member, field.name))
        for field in describe(type(member))
        if field.type is float
    }


def code(line, values):
    """What the line gives as NumPy code."""
    written = NumpyCode().write(line.tree)
    return eval(written, {"np": np, "math": __import__("math")}, dict(values))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_an_activation_writes_itself_out(activation):
    value, slope = activation.expressions
    values = {"z": Z, "a": activation(Z)} | numbers_of(activation)
    for source, wanted in ((value, activation(Z)), (slope, activation.slope(Z))):
        if source:
            line = Equation("y", source)
            np.testing.assert_allclose(line.worked(values) + 0 * Z, wanted, rtol=1e-12, atol=1e-14)
            np.testing.assert_allclose(code(line, values) + 0 * Z, wanted, rtol=1e-12, atol=1e-14)


def test_every_activation_can_be_written_out():
    assert [each.tag() for each in Activation.members() if not each.usual().expressions[0]] == []
    assert PRelu().learned(1)
    assert Swish(learn=True).learned(1)


def task(loss):
    for classes in (0, 2, 3):
        if loss.suits(classes):
            outputs = loss.outputs(classes)
            z = RANDOM.normal(0, 2, (outputs, 6))
            labels = RANDOM.integers(classes, size=6) if classes else RANDOM.normal(size=(6, outputs))
            low = 0.0 if loss.activations and loss.activations[0]().range[0] == 0 else -1.0
            a = loss.activations[0]()(z) if loss.activations else z
            yield z, a, loss.code(labels, classes, low).T


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_and_its_gradient_write_themselves_out(loss):
    for z, a, t in task(loss):
        values = {"z": z, "a": a, "t": t, "n": 6, "N": t.size}
        for line in (*loss.lines(len(z)), *loss.slopes(len(z))):
            values[line.name] = line.worked(values)
            np.testing.assert_allclose(code(line, values), values[line.name], rtol=1e-12)
        gradient = np.empty_like(a)
        loss.gradient(z, a, t, gradient, np.empty_like(a))
        np.testing.assert_allclose(values["L"], [loss.each(z, a, t)], rtol=1e-12)
        np.testing.assert_allclose(values["d"], gradient, rtol=1e-12, atol=1e-300)


def test_what_cannot_be_trained_by_writes_nothing_out():
    assert [line.source for line in ZeroOne().lines(1)] == [""]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_optimizer_writes_its_update_out(optimizer):
    w = RANDOM.normal(size=6)
    state = {name: np.zeros(6) for name in optimizer.slots}
    for step in range(1, 9):
        g = RANDOM.normal(size=6)
        values = {"w": w.copy(), "g": g.copy()} | dict(optimizer.numbers(0.02, step))
        values |= {
            f"{optimizer.letters.get(name, name)}_before": values.copy() for name, values in state.items()
        }
        optimizer.update(w, g.copy(), tuple(state.values()), 0.02, step, np.empty(6))
        lines = optimizer.lines(step)
        for line in lines:
            values[line.name] = line.worked(values) if line.source else values["w"] - w
        np.testing.assert_allclose(values["w_after"], w, rtol=1e-10, atol=1e-14)
        for name in set(optimizer.slots) & set(optimizer.letters):
            np.testing.assert_allclose(values[optimizer.letters[name]], state[name], rtol=1e-10, atol=1e-14)


def test_an_optimizer_that_tells_nothing_says_by_how_much_it_moves():
    assert [line.name for line in Optimizer.lines(None, 1)] == ["d", "w_after"]


def test_a_line_reads_as_in_a_book_and_in_latex_and_runs():
    line = Equation("m_W2", "beta1 * m_before_W2 + (1 - beta1) * g_W2")
    assert in_symbols(line) == "m ← β₁ m + (1 − β₁) g"
    assert in_latex(line) == r"m \leftarrow \beta_{1} m + (1 - \beta_{1}) g"
    assert NumpyCode().write(line.tree) == ("beta1 * m_before_W2 + (1 - beta1) * g_W2")
    assert in_symbols(Equation("delta1", "da1 * (1 - a1**2)")) == "δ₁ = da₁ ⊙ (1 − a₁²)"
    assert in_symbols(Equation("da1", "W2.T @ delta2")) == "da₁ = W₂ᵗ δ₂"


def test_an_entry_of_a_product_is_written_out_with_its_terms():
    values = {"W2": np.array([[1.94, -0.2], [2.0, 3.0]]), "delta2": np.array([[-0.27], [1.0]])}
    found = terms(Equation("da1", "W2.T @ delta2"), values, (1, 0))
    assert found.text == "(−0.2) · (−0.27) + 3 · 1"
    assert found.used == {"W2": {(0, 1), (1, 1)}, "delta2": {(0, 0), (1, 0)}}


def test_an_entry_of_a_long_sum_has_its_largest_terms_and_what_the_others_come_to():
    values = {"W": np.ones((1, 50)), "x": np.ones((50, 1)), "b": np.full((1, 1), -2.0)}
    values["x"][[7, 40], 0] = 3, -5
    found = terms(Equation("z", "W @ x + b"), values, (0, 0))
    assert found.text == ("1 · (−5) + 1 · 3 + 1 · 1 + 1 · 1 + 1 · 1 + (… 45 more, together 45) + (−2)")
    assert len(found.used["x"]) == 50


def test_a_sum_over_samples_has_its_largest_terms_and_a_maximum_too():
    values = {"delta": np.array([[0.1, -0.2, 0.3, -0.4, 0.5, -0.6, 0.7, -0.8]])}
    assert terms(Equation("db", "over_samples(delta)"), values, (0, 0)).text == (
        "−0.8 + 0.7 + (−0.6) + 0.5 + (−0.4) + (… 3 more, together 0.2)"
    )
    assert terms(Equation("m", "largest(delta.T)"), values, (0, 0)).text == (
        "max(0.7, 0.5, 0.3, 0.1, −0.2, … 3 more)"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("g * (1 - a**2)", "(−0.5) · (1 − 0.88²)"),
        ("a - g", "0.88 − (−0.5)"),
        ("total(a * g)", "0.88 · (−0.5)"),
        ("-g / a", "−(−0.5) / 0.88"),
        ("maximum(0, g)", "max(0, −0.5)"),
        ("(g > 0) + 0.1 * (g <= 0)", "[−0.5 > 0] + 0.1 · [−0.5 ≤ 0]"),
        ("largest(a)", "max(0.88)"),
    ],
)
def test_numbers_below_zero_stand_in_brackets_where_they_would_be_read_wrongly(source, text):
    values = {"g": np.full((1, 1), -0.5), "a": np.full((1, 1), 0.88)}
    assert terms(Equation("y", source), values, (0, 0)).text == text


def test_code_keeps_the_order_of_what_is_written():
    for source in ("a * (b @ c)", "a - (b - c)", "a / (b * c)", "(-a)**2", "-a**2", "(a + b) * c"):
        values = {"a": np.array([[3.0]]), "b": np.array([[5.0]]), "c": np.array([[7.0]])}
        line = Equation("y", source)
        assert ast.dump(ast.parse(NumpyCode().write(line.tree))) == ast.dump(ast.parse(source))
        assert code(line, values) == line.worked(values)
