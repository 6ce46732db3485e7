"""The frozen base class of everything a person designs, and the marks that its fields carry.

An activation, a layer, a dataset or a whole experiment is a `Value`: immutable, validated on creation,
equal by content.  A family of alternatives (all activations, say) is an abstract `Kind` whose concrete
subclasses are found by their `kind` text; a field holding any one of them is written `AnyOf[Activation]`.
"""

# Without postponed annotations: pydantic would evaluate those of `Kind` again for each of its many members.

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from typing import Annotated, Any, ClassVar, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from playground.record import record
from playground.text import Text, lines, say
from playground.words import quoted, shortened

F = TypeVar("F", bound="Kind")

ROLES = ("title", "help", "formula", "advice", "reference")
"""What a member of a family says of itself to people."""


@record
class Fault:
    """What is wrong at a place, `network.layers[2].units`; the place of the whole is ""."""

    place: str
    text: Text

    @property
    def told(self) -> Text:
        """The place, and what is wrong there."""
        if not self.place:
            return self.text
        return say("fault.at", "{place}: {problem}", place=self.place, problem=self.text)

    def within(self, place: str) -> "Fault":
        """The same, in something that is at a place."""
        return Fault(f"{place}: {self.place}" if self.place else place, self.text)


class InvalidValue(ValueError):
    """A value that cannot be: the message is a sentence for the person, naming the place.

    `faults` are what a validation found, one by one.
    """

    def __init__(self, sentence: Text, faults: Sequence[Fault] = ()) -> None:
        super().__init__(sentence)
        self.text = sentence
        self.faults = tuple(faults)


class Value(BaseModel):
    """An immutable, validated record."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True, protected_namespaces=()
    )

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Forget the annotations of what is no field: pydantic would read them again for each subclass."""
        for name in cls.__class_vars__ & cls.__annotations__.keys():
            del cls.__annotations__[name]

    def with_(self, **changes: Any) -> Self:
        """A copy with some fields changed, validated anew.

        Raises:
            InvalidValue: when a new field is out of its bounds; the message says which and why.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).build(fields | changes)

    @classmethod
    def build(cls, fields: Any) -> Self:
        """The value of these fields (a mapping as in a file, or of values).

        Raises:
            InvalidValue: one sentence a problem, each with its place (`network.layers[2].units: ...`).
        """
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            found = _faults(error)
            raise InvalidValue(told(found), found) from None


class Kind(Value):
    """A family's base class, or one member of it (a member has a `kind` field)."""

    title: ClassVar[str] = ""
    """The name people see."""

    help: ClassVar[str] = ""
    """What it is, in a sentence."""

    formula: ClassVar[str] = ""
    """Its mathematics in one line."""

    advice: ClassVar[str] = ""
    """When to use it."""

    reference: ClassVar[str] = ""
    """Who described it first, `Nair & Hinton 2010.`; empty when nobody needs to be named."""

    loop_fields: ClassVar[tuple[str, ...]] = ()
    """The fields whose numbers its compiled forms are given (see `engine.loops`)."""

    homes: ClassVar[tuple[str, ...]] = ()
    """The packages of a family whose members are loaded when they are used, or all are asked for."""

    @classmethod
    def tag(cls) -> str:
        """The text that names this member in files."""
        return str(cls.model_fields["kind"].default)

    @classmethod
    def named(cls) -> Text:
        """Its title, to be put into a sentence."""
        return cls.texts()["title"]

    @classmethod
    @cache
    def texts(cls) -> Mapping[str, Text]:
        """What it says of itself, by role; the keys name family, kind and role."""
        return {role: Text(f"{owner_key(cls)}.{role}", text) for role, text in cls.words().items() if text}

    @classmethod
    def words(cls) -> dict[str, str]:
        """The same in English; a family that says more of itself adds to them."""
        return {role: getattr(cls, role) for role in ROLES}

    @classmethod
    def family(cls) -> type["Kind"]:
        """The class right below `Kind` that it belongs to."""
        return cls.__mro__[cls.__mro__.index(Kind) - 1]

    @classmethod
    def members(cls) -> tuple[type[Self], ...]:
        """Every concrete class of this family, in the order of definition."""
        for package in cls.homes:
            _know_members_at(package)
        return tuple(_members(cls))

    @classmethod
    def ready(cls) -> tuple[type[Self], ...]:
        """Those members that can be chosen as they stand, as all their fields have usual values."""
        return tuple(
            member
            for member in cls.members()
            if not any(field.is_required() for field in member.model_fields.values())
        )

    @classmethod
    def member(cls, written: Any) -> Self:
        """The member whose kind and fields these are."""
        return _validated(cls, written)

    @classmethod
    def usual(cls) -> Self:
        """The value of a ready member as it stands; usual values need no validation, which takes its time."""
        return cast(Self, cls.model_construct())


def _members(cls: type[F]) -> Iterator[type[F]]:
    if "kind" in cls.model_fields:
        yield cls
    found = cls.__subclasses__()
    if cls.homes:  # whichever happened to be loaded first
        found.sort(key=lambda each: (each.__module__ != cls.__module__, each.__module__))
    for subclass in found:
        yield from _members(subclass)


def know_members(package: str, path: Iterable[str]) -> None:
    """Import every module of a package, so that the members which are defined there are known."""
    for module in iter_modules(path):
        import_module(f"{package}.{module.name}")


@cache
def _know_members_at(package: str) -> None:
    know_members(package, import_module(package).__path__)


def looked_up(package: str, path: Iterable[str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package that finds what its modules define without loading all of them first."""

    def found(name: str) -> Any:
        for module in () if name.startswith("_") else iter_modules(path):
            members = vars(import_module(f"{package}.{module.name}"))
            if name in members:
                return members[name]
        raise AttributeError(f"{package} has no {name}", name=name)

    return found


class OneOfFamily:
    """Marks a field that holds any member of the annotated family.

    The member is looked up when a value comes, so that none is made ready to be validated before it is used.
    """

    def __get_pydantic_core_schema__(self, source: type[Kind], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(partial(_validated, source))


def _validated(family: type[F], value: Any) -> F:
    """A member as it is, or that whose kind and fields these are."""
    if isinstance(value, family):
        return value
    if not isinstance(value, Mapping):
        raise PydanticKnownError("model_attributes_type")
    if "kind" not in value:
        raise PydanticKnownError("union_tag_not_found", {"discriminator": "'kind'"})
    members = {member.tag(): member for member in family.members()}
    tag = str(value["kind"])
    if tag not in members:
        shown = tag.encode(errors="backslashreplace").decode()  # half of a surrogate pair is no text
        context = {"discriminator": "'kind'", "tag": shown, "expected_tags": ", ".join(map(repr, members))}
        raise PydanticKnownError("union_tag_invalid", context)
    return members[tag].model_validate(value)


AnyOf = Annotated[F, OneOfFamily()]
"""`AnyOf[Activation]`: a field that holds any activation."""


# --- how a field describes itself -------------------------------------------------------------------


@record
class Unit:
    """The unit shown behind a number, e.g. `Unit("%")`."""

    text: str


@record
class Logarithmic:
    """A number that people turn by factors: its slider is logarithmic.

    `floor` is where the slider's scale begins when the field's own bound is 0.
    """

    floor: float = 1e-5


@record
class Typical:
    """The range a slider covers, when narrower than what is allowed."""

    low: float
    high: float


@record
class Paragraphs:
    """A text of several lines."""


@record
class Titles:
    """What people call the choices of a `Literal`, where the words of the file are not theirs."""

    by_choice: Mapping[str, str]


@record
class Hidden:
    """A field that no form shows (it is edited by gesture, or not at all)."""


@record
class Basic:
    """A field that beginners are shown too; their view hides the others of its class.

    Of a class that marks none they are shown all.
    """


def owner_key(owner: type[Value]) -> str:
    """`Activation.tanh`, `Training`."""
    if issubclass(owner, Kind) and "kind" in owner.model_fields:
        return f"{owner.family().__name__}.{owner.tag()}"
    return owner.__name__


# --- errors in words --------------------------------------------------------------------------------

BOUNDS = {
    "greater_than": "must be above {bound}",
    "greater_than_equal": "must be at least {bound}",
    "less_than": "must be below {bound}",
    "less_than_equal": "must be at most {bound}",
}
"""What is said of a number that is out of its bounds."""

REFUSALS = {kind: f"{words}, got {{input}}" for kind, words in BOUNDS.items()} | {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "finite_number": "must be a finite number, got {input}",
    "int_type": "must be a whole number, got {input}",
    "int_parsing": "must be a whole number, got {input}",
    "int_from_float": "must be a whole number, got {input}",
    "float_type": "must be a number, got {input}",
    "float_parsing": "must be a number, got {input}",
    "bool_type": "must be true or false, got {input}",
    "bool_parsing": "must be true or false, got {input}",
    "int_parsing_size": "is too large a number",
    "string_type": "must be text, got {input}",
    "string_unicode": "must be text, got {input}",
    "string_too_long": "must have at most {max_length} characters",
    "string_pattern_mismatch": "must match {pattern}, got {input}",
    "literal_error": "must be {expected}, got {input}",
    "union_tag_not_found": "must name its kind",
    "union_tag_invalid": "is of an unknown kind, {tag}; known are {expected_tags}",
    "too_short": "must have at least {min_length} entries, got {actual_length}",
    "too_long": "must have at most {max_length} entries, got {actual_length}",
    "model_type": "must be an object, got {input}",
    "model_attributes_type": "must be an object, got {input}",
    "tuple_type": "must be a list, got {input}",
}
"""What is said of what a validation refuses, by the type of its error."""

QUOTED = 40
"""How many characters a line quotes of what it refuses."""


TOLD = 5
"""How many of the problems of a validation are told."""


def _faults(error: ValidationError) -> tuple[Fault, ...]:
    """What a validation found."""
    problems = error.errors(include_url=False)
    return tuple(Fault(_place(problem["loc"]), _text(dict(problem))) for problem in problems)


def told(faults: Sequence[Fault]) -> Text:
    """The first of them, one a line."""
    first = [fault.told for fault in faults[:TOLD]]
    if more := len(faults) - len(first):
        first.append(say("fault.more", "and {count} more", count=more))
    return lines(first)


def _text(problem: dict[str, Any]) -> Text:
    words = dict(problem.get("ctx", {}))
    why = words["error"].args[0] if "error" in words else shortened(problem["msg"])
    if isinstance(why, Text):
        return why
    template = REFUSALS.get(problem["type"])
    if template is None:
        return say("invalid.value", "{why}", why=str(why))
    words["bound"] = next((words[name] for name in ("gt", "ge", "lt", "le") if name in words), None)
    words["input"] = quoted(problem["input"], QUOTED)
    words["tag"] = quoted(words.get("tag"), QUOTED)
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    arguments = tuple((name, str(_plain(words[name]))) for name in names)
    return Text(f"invalid.{problem['type']}", template, arguments)


def _plain(value: Any) -> Any:
    """A bound as people write it: 0 and not 0.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _place(location: tuple[int | str, ...]) -> str:
    """`('network', 'layers', 2, 'units')` as `network.layers[2].units`."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = shortened(part, QUOTED)
            text += f".{name}" if text else name
    return text
