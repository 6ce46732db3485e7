"""Values are immutable, describe their own fields, and refuse what cannot be in sentences with places."""

import subprocess
import sys
from importlib import import_module
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import Field, ValidationError

from playground.engine.activations import Activation, LeakyRelu, Relu, Tanh
from playground.engine.layers import BatchNorm, Dense, Dropout
from playground.engine.losses import Loss
from playground.engine.optimizers import Adam, Momentum, Optimizer
from playground.engine.regularizers import L2, ElasticNet
from playground.experiment import Experiment
from playground.fields import FieldDescription, describe
from playground.value import AnyOf, Hidden, InvalidValue, Kind, Logarithmic, Typical, Unit, Value


class Shape(Kind):
    """A family for these tests."""


class Circle(Shape):
    """For programmers."""

    kind: Literal["circle"] = "circle"
    help: ClassVar[str] = "Round."
    reference: ClassVar[str] = "Euclid, −300."
    radius: float = Field(1.0, gt=0, le=10)


class Polygon(Shape):
    """A family within the family."""


class Square(Polygon):
    kind: Literal["square"] = "square"
    title: ClassVar[str] = "Square"
    help: ClassVar[str] = "Equal sides."
    side: float = 1.0


class Drawing(Value):
    """One field of each sort."""

    plain: int = 3
    bounded: float = Field(0.5, ge=0, le=1, title="Bounded", description="Between 0 and 1.")
    open: float = Field(0.5, gt=0, lt=1)
    low_only: int = Field(1, ge=1)
    unit: Annotated[float, Unit("%"), Typical(0, 50)] = Field(5.0, ge=0, le=100)
    factor: Annotated[float, Logarithmic(1e-3)] = Field(0.1, gt=0, le=10)
    choice: Literal["a", "b"] = "a"
    switch: bool = False
    text: str = Field("", max_length=3)
    many: tuple[int, ...] = Field((), max_length=2)
    shape: AnyOf[Shape] = Circle()
    shapes: tuple[AnyOf[Shape], ...] = ()
    secret: Annotated[int, Hidden()] = 0
    needed: int


def described(name):
    return next(field for field in describe(Drawing) if field.name == name)


# --- how fields describe themselves -----------------------------------------------------------------


def test_a_plain_field_is_described_by_its_name_type_and_default():
    assert described("plain") == FieldDescription("plain", "Plain", "", int, 3)
    assert described("low_only").title == "Low only"


def test_title_and_help_are_those_of_the_field():
    field = described("bounded")
    assert (field.title, field.help) == ("Bounded", "Between 0 and 1.")


def test_bounds_are_included_or_not():
    closed, opened = described("bounded"), described("open")
    assert (closed.low, closed.above, closed.high, closed.below) == (0, False, 1, False)
    assert (opened.low, opened.above, opened.high, opened.below) == (0, True, 1, True)
    assert described("plain").low is described("plain").high is None


def test_a_slider_covers_the_typical_range_or_else_all_that_is_allowed():
    assert described("unit").slider == (0, 50)
    assert described("bounded").slider == (0, 1)
    assert described("low_only").slider is None


def test_unit_scale_and_hiding_are_told():
    assert described("unit").unit == "%"
    assert described("factor").logarithmic == Logarithmic(1e-3)
    assert described("plain").logarithmic is None
    assert described("secret").hidden
    assert not described("plain").hidden


def test_a_choice_lists_its_values():
    field = described("choice")
    assert (field.type, field.choices, field.default) == (Literal, ("a", "b"), "a")


def test_switches_texts_and_lists_have_their_types():
    assert [described(name).type for name in ("switch", "text", "many", "shapes")] == [
        bool,
        str,
        tuple,
        tuple,
    ]


def test_a_family_lists_its_members():
    field = described("shape")
    assert (field.type, field.members, field.default) == (Shape, (Circle, Square), Circle())


def test_a_field_without_default_has_none():
    assert described("needed").default is None


def test_the_tag_is_no_field_to_edit():
    assert [field.name for field in describe(Circle)] == ["radius"]


def test_fields_come_in_the_order_of_the_class():
    assert [field.name for field in describe(Drawing)] == list(Drawing.model_fields)


def families(base=Kind):
    """Every family of the program, with the families within it."""
    return [family for family in base.__subclasses__() if family.__module__.startswith("playground.")]


def members():
    return [pytest.param(member, id=member.tag()) for family in families() for member in family.members()]


def ready():
    return [pytest.param(member, id=member.tag()) for family in families() for member in family.ready()]


@pytest.mark.parametrize("member", members())
def test_everything_in_the_program_can_be_explained_to_people(member):
    assert member.title
    assert member.help.endswith((".", ")", "…"))
    for field in describe(member):
        assert field.hidden or (field.title and field.help), field.name


@pytest.mark.parametrize("member", members())
def test_every_number_in_the_program_has_bounds_and_a_default_within_them(member):
    for field in describe(member):
        if field.type in (int, float):
            assert field.low is not None, field.name
            assert field.high is not None, field.name
            assert field.default is None or field.low <= field.default <= field.high
            low, high = field.slider
            assert field.low <= low < high <= field.high


@pytest.mark.parametrize("member", ready())
def test_the_usual_value_of_a_member_is_the_one_that_validation_gives(member):
    assert member.usual() == member()
    assert hash(member.usual()) == hash(member())
    assert member.model_validate(member.usual().model_dump()) == member()


@pytest.mark.parametrize("family", families(), ids=lambda family: family.__name__)
def test_no_two_members_of_a_family_share_a_tag_or_a_title(family):
    assert len({member.tag() for member in family.members()}) == len(family.members())
    assert len({member.title for member in family.members()}) == len(family.members())


# --- families ---------------------------------------------------------------------------------------


def test_members_are_the_concrete_classes_below_a_family_in_order():
    assert Shape.members() == (Circle, Square)
    assert Polygon.members() == (Square,)
    assert Circle.members() == (Circle,)


def test_a_member_says_what_it_is_and_who_found_it_whatever_its_docstring():
    assert (Circle.help, Circle.reference) == ("Round.", "Euclid, −300.")
    assert (Square.help, Square.reference) == ("Equal sides.", "")
    assert Square.tag() == "square"


@pytest.mark.parametrize("shape", [Circle(radius=2), Square(side=3)], ids=Shape.tag.__name__.format)
def test_any_member_goes_into_a_file_and_comes_back(shape):
    drawing = Drawing(shape=shape, shapes=(Square(), shape), needed=1)
    assert Drawing.model_validate_json(drawing.model_dump_json()) == drawing
    assert Drawing.build(drawing.model_dump(mode="json")) == drawing


@pytest.mark.parametrize("member", ready())
def test_every_member_in_the_program_goes_into_a_file_and_comes_back(member):
    value = member()
    assert member.model_validate_json(value.model_dump_json()) == value
    assert '"kind":"' + member.tag() + '"' in value.model_dump_json()


def test_a_field_holds_the_very_class_and_not_only_the_family():
    drawing = Drawing.build({"shape": {"kind": "square", "side": 2}, "needed": 1})
    assert drawing.shape == Square(side=2)


# --- immutable --------------------------------------------------------------------------------------


def test_a_value_cannot_be_changed():
    with pytest.raises(ValidationError):
        Circle().radius = 3


def test_with_makes_a_changed_copy():
    circle = Circle(radius=2)
    assert circle.with_(radius=3) == Circle(radius=3)
    assert circle == Circle(radius=2)


def test_with_refuses_what_is_out_of_bounds():
    with pytest.raises(InvalidValue, match=r"radius: must be above 0, got -1"):
        Circle().with_(radius=-1)


def test_with_refuses_fields_that_there_are_not():
    with pytest.raises(InvalidValue, match="colour: is not known here"):
        Circle().with_(colour="red")


def test_with_refuses_a_stranger_to_the_family():
    with pytest.raises(InvalidValue, match="activation"):
        Dense().with_(activation=Adam())


def test_values_are_equal_by_content():
    assert Circle(radius=2) == Circle(radius=2.0)
    assert hash(Circle(radius=2)) == hash(Circle(radius=2.0))
    assert Circle(radius=2) != Circle(radius=3)


# --- errors in words --------------------------------------------------------------------------------

WRONG = [
    ({"bounded": 1.5}, "bounded: must be at most 1, got 1.5"),
    ({"bounded": -0.5}, "bounded: must be at least 0, got -0.5"),
    ({"open": 0}, "open: must be above 0, got 0"),
    ({"open": 1}, "open: must be below 1, got 1"),
    ({"low_only": 0}, "low_only: must be at least 1, got 0"),
    ({"plain": 1.5}, "plain: must be a whole number, got 1.5"),
    ({"plain": "x"}, "plain: must be a whole number, got 'x'"),
    ({"plain": None}, "plain: must be a whole number, got None"),
    ({"bounded": "x"}, "bounded: must be a number, got 'x'"),
    ({"bounded": [1]}, "bounded: must be a number, got [1]"),
    ({"bounded": float("nan")}, "bounded: must be a finite number, got nan"),
    ({"bounded": float("inf")}, "bounded: must be a finite number, got inf"),
    ({"switch": "x"}, "switch: must be true or false, got 'x'"),
    ({"switch": []}, "switch: must be true or false, got []"),
    ({"text": 5}, "text: must be text, got 5"),
    ({"choice": "c"}, "choice: must be 'a' or 'b', got 'c'"),
    ({"many": 3}, "many: must be a list, got 3"),
    ({"many": [1, "x"]}, "many[1]: must be a whole number, got 'x'"),
    ({"many": [1, 2, 3]}, "many: must have at most 2 entries, got 3"),
    ({"shape": {}}, "shape: must name its kind"),
    ({"shape": {"kind": "line"}}, "shape: is of an unknown kind, 'line'; known are 'circle', 'square'"),
    (
        {"shape": {"kind": "\ud800"}},
        r"shape: is of an unknown kind, '\\ud800'; known are 'circle', 'square'",
    ),
    ({"shape": {"kind": "circle", "radius": 11}}, "shape.radius: must be at most 10, got 11"),
    ({"shape": {"kind": "circle", "side": 1}}, "shape.side: is not known here"),
    (
        {"shapes": [{"kind": "square"}, {"kind": "circle", "radius": 0}]},
        "shapes[1].radius: must be above 0, got 0",
    ),
    ({"colour": 1}, "colour: is not known here"),
    ({"needed": "?" * 80}, "needed: must be a whole number, got '" + "?" * 25 + "…" + "?" * 12 + "'"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_what_is_wrong_is_said_with_its_place(fields, sentence):
    with pytest.raises(InvalidValue) as caught:
        Drawing.build({"needed": 1} | fields)
    assert str(caught.value) == sentence


def test_what_is_missing_is_said():
    with pytest.raises(InvalidValue, match=r"^needed: is missing$"):
        Drawing.build({})


@pytest.mark.parametrize("nothing", [None, 3, "text", []])
def test_what_is_no_object_is_said(nothing):
    with pytest.raises(InvalidValue, match=r"^must be an object, got"):
        Drawing.build(nothing)


def test_every_problem_has_a_line_up_to_five():
    with pytest.raises(InvalidValue) as caught:
        Drawing.build(dict.fromkeys("abcdefg", 1) | {"needed": 1})
    lines = str(caught.value).split("\n")
    assert lines == [f"{name}: is not known here" for name in "abcde"] + ["and 2 more"]


def of_layers(*layers):
    return {"network": {"layers": list(layers)}}


DEEP = [
    (
        of_layers(*[{"kind": "dense"}] * 2, {"kind": "dense", "units": 0}),
        "network.layers[2].units: must be at least 1, got 0",
    ),
    (
        of_layers({"kind": "dense", "activation": {"kind": "leaky_relu", "gamma": 2}}),
        "network.layers[0].activation.gamma: must be at most 1, got 2",
    ),
    (
        of_layers({"kind": "activation", "activation": {"kind": "leaky_relu", "gamma": 2}}),
        "network.layers[0].activation.gamma: must be at most 1, got 2",
    ),
    (
        of_layers({"kind": "batch_norm", "momentum": 1}),
        "network.layers[0].momentum: must be below 1, got 1",
    ),
    (
        {"training": {"optimizer": {"kind": "momentum", "beta": 1}}},
        "training.optimizer.beta: must be below 1, got 1",
    ),
    (
        {"training": {"regularizer": {"kind": "elastic_net", "l1": -1}}},
        "training.regularizer.l1: must be at least 0, got -1",
    ),
    (
        {"training": {"schedule": {"kind": "warmup", "inner": {"kind": "exponential", "decay_rate": 2}}}},
        "training.schedule.inner.decay_rate: must be at most 1, got 2",
    ),
]


@pytest.mark.parametrize(("fields", "sentence"), DEEP, ids=[sentence for _, sentence in DEEP])
def test_a_place_deep_in_an_experiment_is_the_path_to_it(fields, sentence):
    with pytest.raises(InvalidValue) as caught:
        Experiment.build(fields)
    assert str(caught.value) == sentence


def test_a_value_on_its_own_names_only_its_field():
    for cls, fields, sentence in [
        (Dropout, {"probability": 1}, "probability: must be below 1, got 1"),
        (BatchNorm, {"momentum": -1}, "momentum: must be at least 0, got -1"),
        (ElasticNet, {"l2": 11}, "l2: must be at most 10, got 11"),
        (
            Dense,
            {"activation": {"kind": "leaky_relu", "gamma": -1}},
            "activation.gamma: must be at least 0, got -1",
        ),
    ]:
        with pytest.raises(InvalidValue) as caught:
            cls.build(fields)
        assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("family", "some"), [(Activation, (Relu, LeakyRelu, Tanh)), (Optimizer, (Adam, Momentum)), (Loss, ())]
)
def test_the_families_of_the_engine_are_found_by_their_tags(family, some):
    by_tag = {member.tag(): member for member in family.members()}
    assert all(by_tag[member.tag()] is member for member in some)


def test_fields_of_one_member_do_not_leak_into_another():
    with pytest.raises(InvalidValue, match=r"training\.regularizer\.l1: is not known here"):
        Experiment.build({"training": {"regularizer": {"kind": L2.tag(), "l1": 0.1}}})


@pytest.mark.parametrize(
    ("family", "base", "loaded_first"),
    [
        ("Optimizer", "playground.engine.optimizers.base", "playground.engine.optimizers.sign"),
        ("Schedule", "playground.engine.schedules.base", "playground.engine.schedules.stairs"),
        ("Augmentation", "playground.data.augmentation.base", "playground.data.augmentation.sequences"),
        ("Dataset", "playground.data.dataset", "playground.data.datasets.wine"),
    ],
)
def test_members_are_in_one_order_whichever_were_loaded_first(family, base, loaded_first):
    source = f"""
import sys
from importlib import import_module
import_module({loaded_first!r})
family = getattr(import_module({base!r}), {family!r})
print(*(member.tag() for member in family.members()))
"""
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == [member.tag() for member in getattr(import_module(base), family).members()]


def test_a_package_finds_what_its_modules_define():
    package = import_module("playground.engine.optimizers")
    assert package.Lion.__module__ == "playground.engine.optimizers.sign"
    assert not hasattr(package, "Nobody")
    for name in package.__all__:
        assert hasattr(package, name)
