"""Formulas mean what they mean at school; whatever is typed is read, or refused in a sentence."""

import ast
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import playground.data.formulas as package
from playground.data.datasets.recipes import Parity
from playground.data.datasets.wine import Wine
from playground.data.formulas import LONGEST
from playground.data.formulas.checking import names_of
from playground.data.formulas.formula import LARGEST
from playground.data.formulas.names import Names
from playground.data.formulas.operations import FUNCTIONS
from playground.data.formulas.reading import read
from playground.data.sample import LINE, PLANE
from playground.value import InvalidValue

COLUMNS = names_of(PLANE)
X, Y = 1.5, -0.5


def value(text, x=X, y=Y):
    formula = read(text, COLUMNS)
    (found,) = formula.compute({"x₁": np.array([x]), "x₂": np.array([y])}, 1)
    return float(found)


def refusal(text, names=COLUMNS):
    with pytest.raises(InvalidValue) as problem:
        read(text, names)
    return str(problem.value)


# --- what it means ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("10 - 4 - 3", 3),
        ("24 / 4 / 3", 2),
        ("2^3^2", 512),
        ("2**3", 8),
        ("-2^2", -4),
        ("(-2)^2", 4),
        ("2^-1", 0.5),
        ("- -3", 3),
        ("2 - -3", 5),
        ("2x₁", 2 * X),
        ("2 x1 x2", 2 * X * Y),
        ("x₁x₂", X * Y),
        ("x1x2", X * Y),
        ("2(x1 + 1)(x2 - 1)", 2 * (X + 1) * (Y - 1)),
        ("1/2x1", X / 2),
        ("x₁²", X**2),
        ("x₁⁻²", X**-2),
        ("-x₁²", -(X**2)),
        ("x₁² + x₂² − 9", X**2 + Y**2 - 9),
        ("x × y ÷ 2 · 3", X * Y / 2 * 3),
        ("2 ∗ 3 ⋅ 4 ∕ 6", 4),
        ("|x₂|", abs(Y)),
        ("||x1| - 2|", abs(abs(X) - 2)),
        ("|x1||x2|", abs(X) * abs(Y)),
        ("2|x₂|", 2 * abs(Y)),
        ("sin x₁", math.sin(X)),
        ("sin 2x₁", math.sin(2 * X)),
        ("sin x₁²", math.sin(X**2)),
        ("sin -x₁", -math.sin(X)),
        ("sin(x₁)^2", math.sin(X) ** 2),
        ("sin x₁ cos x₂", math.sin(X) * math.cos(Y)),
        ("sin(x1)cos(x2)", math.sin(X) * math.cos(Y)),
        ("2 pi e", 2 * math.pi * math.e),
        ("π x₁", math.pi * X),
        ("e^x1", math.exp(X)),
        ("√4 + √(x1)", 2 + math.sqrt(X)),
        ("ln x1 - log x1", 0),
        ("min(x1, x2, -3) + max(x1, x2)", -3 + X),
        ("mod(-1, 3)", 2),
        ("floor(-1.5)", -2),
        ("sign(x2)", -1),
        ("1e3 + .5 + 2.", 1002.5),
        ("X1 + Sin(0) + PI - pi", X),
        ("（x1＋1）", X + 1),
        ("“x₁” + 'x₂' + `x₁`", 2 * X + Y),
    ],
)
def test_a_formula_means_what_it_means_at_school(text, expected):
    assert value(text) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if hasattr(math, name) and name != "log"])
def test_a_function_is_that_of_the_mathematics_of_python(name):
    assert value(f"{name}(x1)") == pytest.approx(getattr(math, name)(X))


def test_a_formula_is_computed_for_all_samples_at_once_and_a_number_for_each_of_them():
    columns = {"x₁": np.arange(5.0), "x₂": np.zeros(5)}
    np.testing.assert_array_equal(read("x1^2", COLUMNS).compute(columns, 5), [0, 1, 4, 9, 16])
    np.testing.assert_array_equal(read("7", COLUMNS).compute(columns, 5), [7] * 5)


def test_it_knows_which_columns_it_needs():
    assert read("x2 + sin(x1) x2", COLUMNS).columns == ("x₂", "x₁")
    assert read("pi", COLUMNS).columns == ()


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x", "X", "x1", "x₁", "'x'"])
def test_the_coordinate_of_a_line_has_many_names(name):
    assert read(name, names_of(LINE)).columns == ("x",)


def test_columns_of_a_table_are_named_with_quotation_marks_where_they_have_spaces():
    names = names_of(Wine().columns)
    assert read("'Malic acid' + hue / \"OD280/OD315\"", names).columns == ("malic acid", "hue", "OD280/OD315")


def test_subscripts_may_be_typed_as_digits():
    assert read("b1 + b₁₂ + b12", names_of(Parity(bits=12).columns)).columns == ("b₁", "b₁₂")


def test_capitals_count_where_two_columns_differ_by_nothing_else():
    names = Names(("a", "A"))
    assert read("A + 1", names).columns == ("A",)
    assert "“B” is not known" in refusal("B", names)


def test_a_column_may_be_called_as_a_function_or_a_number_is():
    names = Names(("e", "min", "log"))
    assert read("e + min + log", names).columns == ("e", "min", "log")
    assert read("min(e, log(log))", names).columns == ("e", "log")


# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "cannot be read at the end: a value is missing"),
        ("x1 +* 3", "cannot be read at character 5, before “* 3”: a value is missing"),
        ("x1 + ", "cannot be read at the end: a value is missing"),
        ("(x1", "cannot be read at the end: a closing bracket is missing"),
        ("x1)", "cannot be read at character 3, before “)”: this bracket was never opened"),
        ("|x1", "cannot be read at the end: a closing | is missing"),
        ("'x1", "cannot be read at the end: a quotation mark is missing"),
        ("sin", "cannot be read at the end: a value is missing"),
        (
            "sin² x1",
            "cannot be read at character 4, before “² x1”: the power comes behind the brackets, sin(x)^2",
        ),
        ("sin x1 x2", "cannot be read at character 8, before “x2”: brackets must say how far sin goes"),
        ("min(1)", "cannot be read at character 1, before “min(1)”: min is of two values, min(x, y)"),
        ("mod 3", "cannot be read at character 1, before “mod 3”: mod is of two values, mod(x, y)"),
        (
            "sin(1, 2)",
            "cannot be read at character 6, before “, 2)”: sin is of fewer values; decimals have a point",
        ),
        (
            "2 3",
            "cannot be read at character 3, before “3”: "
            "something is missing between two numbers, such as + or *",
        ),
        ("x1 > 2", "cannot be read at character 4, before “> 2”: “>” means nothing here"),
        ("1e400", "cannot be read at character 1, before “1e400”: this is too large a number"),
        (
            "floer(x1)",
            "cannot be read at character 1, before “floer(x1)”: “floer” is not known; perhaps floor is meant",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_what_to_do(text, sentence):
    assert refusal(text) == sentence


@pytest.mark.parametrize("text", ["1,5", "(1,5)", "0,5 x1"])
def test_a_decimal_comma_is_refused_with_what_a_comma_is_for(text):
    assert "a comma stands between the values of a function alone; decimals have a point" in refusal(text)


def test_an_unknown_name_is_told_those_that_there_are_or_the_one_that_is_meant():
    assert "there are x₁, x₂ and sin, cos, tan, exp," in refusal("y2")
    assert "perhaps 'malic acid' is meant" in refusal("malic", names_of(Wine().columns))
    assert "perhaps 'malic acid' is meant" in refusal("'malik acid'", names_of(Wine().columns))


@pytest.mark.parametrize(
    "text", ["(" * 100, "-" * 150 + "x1", "2^" * 90 + "2", "|" * 99, "sin " * 45 + "x1", "√" * 99]
)
def test_a_formula_nested_too_deep_is_refused(text):
    assert "this is nested too deep" in refusal(text)


def test_a_formula_that_is_too_long_is_refused():
    assert read("x1" + "+1" * (LONGEST // 2 - 1), COLUMNS)
    assert refusal("1" * (LONGEST + 1)) == f"must have at most {LONGEST} characters"


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "x1.real", "lambda: 1", "x1[0]", "a := 1", "exec(x1)", "{x1}", "x1; x2", "open"],
)
def test_nothing_of_python_is_known(text):
    assert "cannot be read" in refusal(text)


def test_nothing_is_ever_run():
    for path in Path(package.__path__[0]).glob("*.py"):
        called = [
            node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
        ]
        names = {getattr(function, "id", getattr(function, "attr", "")) for function in called}
        assert not names & {"eval", "exec", "__import__", "getattr", "literal_eval"}


# --- where there is no value ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1 + log(x1 - 2)", "has no value where x₁ = 1.5: log is of numbers above 0 alone, in “log(x1 - 2)”"),
        ("sqrt x2", "has no value where x₂ = -0.5: sqrt is of 0 and numbers above it alone, in “sqrt x2”"),
        ("2 / (x1 - 1.5)", "has no value where x₁ = 1.5: it divides by 0 there, in “2 / (x1 - 1.5)”"),
        ("exp(1000 x1)", "has no value where x₁ = 1.5: it is too large a number there, in “exp(1000 x1)”"),
        ("1/0", "has no value: it divides by 0 there, in “1/0”"),
        ("10^9 * 10^9", "has no value: it is too large a number there, in “10^9 * 10^9”"),
        (
            "x1 + log x2",
            "has no value where x₁ = 1.5, x₂ = -0.5: log is of numbers above 0 alone, in “log x2”",
        ),
    ],
)
def test_where_it_has_no_value_it_says_so(text, sentence):
    formula, columns = read(text, COLUMNS), {"x₁": np.array([X]), "x₂": np.array([Y])}
    values = formula.compute(columns, 1)
    assert np.isnan(values).all()
    assert str(formula.flaw(columns, values)) == sentence


def test_a_power_of_a_negative_number_says_so():
    formula, columns = read("x2^0.5", COLUMNS), {"x₁": np.array([X]), "x₂": np.array([Y])}
    assert "a root of a negative number" in str(formula.flaw(columns, formula.compute(columns, 1)))


def test_what_is_infinite_on_the_way_may_have_a_value_in_the_end():
    assert value("1 / (1 + exp(1000 x1))") == 0


# --- whatever is typed ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"x12+-*/^²()|,√πe'`“”.;_é中",
        "x₁",
        "x₂",
        "2.5",
        "1e3",
        "−",
        "×",
        "**",
        "⁻¹",
        "sin",
        "log",
        "min",
        "mod",
    ]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES).map("".join))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text):
    try:
        formula = read(text, COLUMNS)
    except InvalidValue as problem:
        said = str(problem)
    else:
        columns = {"x₁": np.linspace(-6, 6, 9), "x₂": np.linspace(6, -6, 9)}
        values = formula.compute(columns, 9)
        assert values.shape == (9,)
        assert not (np.abs(values) > LARGEST).any()
        flaw = formula.flaw(columns, values)
        assert (flaw is None) == (not np.isnan(values).any())
        said = str(flaw or "")
    assert not said or said.startswith(("cannot be read at ", "must have at most ", "has no value"))
    assert len(said) < 2 * LONGEST


LEAVES = st.sampled_from(["x1", "x2", "2", "0.5", "3"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/"]), inner).map(
            lambda t: f"({t[0]} {t[1]} {t[2]})"
        ),
        inner.map(lambda t: f"(-{t})"),
        inner.map(lambda t: f"abs({t})"),
        st.tuples(inner, inner).map(lambda t: f"min({t[0]}, {t[1]})"),
    ),
    max_leaves=8,
)


@given(TREES, st.floats(-6, 6), st.floats(-6, 6))
def test_plain_formulas_have_the_value_that_python_gives_them(text, x, y):
    if len(text) > LONGEST:
        return
    try:
        expected = eval(text, {"x1": x, "x2": y, "abs": abs, "min": min})
    except ZeroDivisionError:  # ours may go on with infinity, and have a value in the end
        return
    expected = expected if abs(expected) <= LARGEST else math.nan
    assert value(text, x, y) == pytest.approx(expected, rel=1e-12, nan_ok=True)
