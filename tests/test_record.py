"""Records are frozen dataclasses, whenever they are made."""

import copy
import pickle
import subprocess
import sys
from abc import ABC, abstractmethod
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from pathlib import Path
from threading import Barrier, Thread
from typing import Generic, TypeVar

import pytest

from playground.record import record

T = TypeVar("T")


def waits(cls):
    return "__init__" not in vars(cls)


def made():
    @record
    class Place:
        """Where something is."""

        x: float
        y: float = 2.0
        tags: list = field(default_factory=list, compare=False)

        def __post_init__(self):
            if self.x < 0:
                raise ValueError("left of all")

        @cached_property
        def length(self):
            return (self.x**2 + self.y**2) ** 0.5

    return Place


def test_a_record_is_what_a_dataclass_is():
    place = made()
    assert waits(place)
    one, same, other = place(1.0), place(x=1.0, y=2.0), place(1.0, 3.0)
    assert not waits(place)
    assert one == same != other
    assert hash(one) == hash(same)
    assert repr(one).endswith("Place(x=1.0, y=2.0, tags=[])")
    assert one.tags is not same.tags
    assert replace(one, y=0.0) == place(1.0, 0.0)
    assert asdict(one) == {"x": 1.0, "y": 2.0, "tags": []}
    assert place(3.0, 4.0).length == 5.0
    assert place.__doc__ == "Where something is."
    match other:
        case place(x, y):
            assert (x, y) == (1.0, 3.0)
    with pytest.raises(FrozenInstanceError):
        one.x = 2.0
    with pytest.raises(FrozenInstanceError):
        del one.x
    with pytest.raises(ValueError, match="left of all"):
        place(-1.0)


@pytest.mark.parametrize("arguments", [(), (1.0, 2.0, [], 4)])
def test_wrong_arguments_are_refused_from_the_first_one_on(arguments):
    place = made()
    for _ in range(2):
        with pytest.raises(TypeError, match="__init__"):
            place(*arguments)


def test_the_options_of_a_dataclass_are_kept():
    @record(eq=False, kw_only=True)
    class Itself:
        name: str

    one = Itself(name="a")
    assert one != Itself(name="a")
    assert len({one, Itself(name="a")}) == 2
    with pytest.raises(TypeError):
        Itself("a")


def test_its_fields_are_there_before_any_of_it():
    place = made()
    assert [each.name for each in fields(place)] == ["x", "y", "tags"]
    assert is_dataclass(made())


def test_what_inherits_from_it_has_its_fields_first():
    @record
    class Base:
        a: int

    @record
    class Further(Base):
        b: int = 2

    @dataclass(frozen=True)
    class Usual(Further):
        c: int = 3

    class Plain(Base):
        pass

    assert repr(Usual(1)).endswith("Usual(a=1, b=2, c=3)")
    assert Further(1) == Further(1, 2)
    assert Base(1) == Base(1) != Plain(1) == Plain(1)


def test_the_first_may_be_of_what_inherits_from_it():
    @record
    class Base:
        a: int

    class Plain(Base):
        def __init__(self):
            super().__init__(7)

    assert Plain().a == 7
    assert Base(3) == Base(3)


def test_it_may_be_abstract_or_generic():
    @record
    class Shape(ABC):
        name: str

        @abstractmethod
        def area(self): ...

    @record
    class Box(Shape, Generic[T]):
        content: T

        def area(self):
            return 1

    with pytest.raises(TypeError, match="abstract"):
        Shape("a")
    assert Box[int]("a", 2) == Box("a", 2)


def test_one_that_makes_its_instances_itself_is_a_dataclass_at_once():
    @record
    class Single:
        a: int = 1

        def __new__(cls, *_):
            return object.__new__(cls)

    assert not waits(Single)
    assert Single(2) == Single(2)


@record
class Kept:
    """One that goes to another process."""

    number: int
    words: tuple[str, ...] = ()


def test_a_copy_is_equal():
    one = Kept(1, ("a",))
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one


def test_one_that_comes_from_another_process_is_complete():
    source = f"""
import pickle, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
one = pickle.loads({pickle.dumps(Kept(1, ("a",)))!r})
from {Kept.__module__} import Kept
assert one == Kept(1, ("a",)) and hash(one) == hash(Kept(1, ("a",))), one
assert repr(one) == "Kept(number=1, words=('a',))"
"""
    subprocess.run([sys.executable, "-c", source], check=True)


def test_many_threads_may_want_the_first_one():
    """A thread that trains and the window come to it at the same time."""
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(30):
            place, barrier, got = made(), Barrier(4), []

            def make(place=place, barrier=barrier, got=got):
                barrier.wait()
                got.append(place(3.0, 4.0).length)

            threads = [Thread(target=make) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert got == [5.0] * 4
    finally:
        sys.setswitchinterval(often)
