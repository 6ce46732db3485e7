"""The products that most of a step goes into, written for the vector units of any processor.

Each does what the plain function of the same name in `engine/products.py` does.  A compiler that is given
plain loops makes little of rows as short as a batch; here several rows are kept in registers at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

if find_spec("numba") is not None:  # without it nobody asks for kernels
    from llvmlite import ir
    from numba.core import cgutils, types
    from numba.extending import intrinsic

FLAGS = ("contract", "reassoc", "nsz", "arcp")
HEIGHTS = 4, 1
"""Rows that are worked at once."""

LINE = 64
"""Bytes of a row that are worked at once, and then half of it, and so on."""

SUMMED = 8
"""Numbers of a row that are summed at once."""


def _word(value: int) -> Any:
    return ir.Constant(ir.IntType(64), value)


class KernelWriter:
    """Writes instructions on the numbers of one array."""

    def __init__(self, context: Any, builder: Any, signature: Any, arguments: Any) -> None:
        kind = signature.args[0]
        self.builder = builder
        self._data = context.make_array(kind)(context, builder, arguments[0]).data
        self.number = context.get_data_type(kind.dtype)
        self.size = kind.dtype.bitwidth // 8
        self.words = [
            context.cast(builder, value, given, types.intp)
            for value, given in zip(arguments[1:], signature.args[1:], strict=True)
        ]

    def place(self, *terms: Any) -> Any:
        """The sum of words and of pairs of words to be multiplied."""
        found = _word(0)
        for term in terms:
            word = self.builder.mul(*term) if isinstance(term, tuple) else term
            found = self.builder.add(found, word)
        return found

    def _kind(self, lanes: int) -> Any:
        return self.number if lanes == 1 else ir.VectorType(self.number, lanes)

    def _at(self, place: Any, lanes: int) -> Any:
        pointer = self.builder.gep(self._data, [place])
        return self.builder.bitcast(pointer, self._kind(lanes).as_pointer())

    def load(self, place: Any, lanes: int = 1) -> Any:
        """Numbers that lie behind one another."""
        return self.builder.load(self._at(place, lanes), align=self.size)

    def store(self, value: Any, place: Any, lanes: int = 1) -> None:
        """Write them."""
        self.builder.store(value, self._at(place, lanes), align=self.size)

    def spread(self, value: Any, lanes: int) -> Any:
        """A number in every lane."""
        if lanes == 1:
            return value
        vector = ir.VectorType(self.number, lanes)
        first = self.builder.insert_element(vector(ir.Undefined), value, ir.IntType(32)(0))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
        return self.builder.shuffle_vector(first, vector(ir.Undefined), mask)

    def room(self, lanes: int) -> Any:
        """A place for numbers, in a register in the end."""
        return cgutils.alloca_once(self.builder, self._kind(lanes))

    def constant(self, value: float, lanes: int) -> Any:
        """A number that is known beforehand, in every lane."""
        kind = self._kind(lanes)
        return kind([value] * lanes) if lanes > 1 else kind(value)

    def add_product(self, room: Any, left: Any, right: Any) -> None:
        """Room ← room + left · right."""
        product = self.builder.fmul(left, right, flags=FLAGS)
        self.builder.store(self.builder.fadd(self.builder.load(room), product, flags=FLAGS), room)

    def total(self, vector: Any, lanes: int) -> Any:
        """The sum of all lanes."""
        while lanes > 1:
            lanes //= 2
            halves = [
                self.builder.shuffle_vector(vector, vector, _mask(range(start, start + lanes)))
                for start in (0, lanes)
            ]
            vector = self.builder.fadd(*halves, flags=FLAGS)
        return self.builder.extract_element(vector, ir.IntType(32)(0))

    @contextmanager
    def steps(self, begin: Any, end: Any, step: int) -> Iterator[Any]:
        """From a place on by steps that fit before the end; gives where they stand."""
        at = cgutils.alloca_once_value(self.builder, begin)
        limit = self.builder.sub(end, _word(step))
        body = self.builder.append_basic_block("body")
        after = self.builder.append_basic_block("after")
        enough = self.builder.icmp_signed("<=", begin, limit)
        self.builder.cbranch(enough, body, after)
        self.builder.position_at_end(body)
        now = self.builder.load(at)
        yield now
        following = self.builder.add(now, _word(step))
        self.builder.store(following, at)
        self.builder.cbranch(self.builder.icmp_signed("<=", following, limit), body, after)
        self.builder.position_at_end(after)

    def behind(self, begin: Any, end: Any, step: int) -> Any:
        """Where `steps` have ended: those that are left begin there."""
        count = self.builder.sub(end, begin)
        return self.builder.sub(end, self.builder.srem(count, _word(step)))


def _mask(lanes: range) -> Any:
    return ir.Constant(ir.VectorType(ir.IntType(32), len(lanes)), list(lanes))


def _kernel(write: Callable[[KernelWriter], None], words: int) -> Any:
    """A function of an array and so many whole numbers that compiled code may call."""

    def typed(context: Any, array: Any, *given: Any) -> Any:
        def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            write(KernelWriter(context, builder, signature, arguments))
            return context.get_dummy_value()

        return types.none(array, *given), written

    names = ", ".join(f"w{k}" for k in range(words))
    made: dict[str, Any] = {"typed": typed}
    exec(f"def kernel(context, array, {names}):\n    return typed(context, array, {names})", made)
    return intrinsic(made["kernel"])


def _tiles(writer: KernelWriter, rows: Any, tile: Callable[[Any, int], None]) -> None:
    """All rows, many at once and then one by one."""
    begin = _word(0)
    for height in HEIGHTS:
        with writer.steps(begin, rows, height) as row:
            tile(row, height)
        begin = writer.behind(begin, rows, height)


def _weigh_rows(writer: KernelWriter) -> None:
    factors, down, across, given, bias, apart, out, rows, count, n = writer.words
    builder = writer.builder
    has_bias = builder.icmp_signed(">=", bias, _word(0))

    def tile(row: Any, height: int) -> None:
        begin, lanes = _word(0), LINE // writer.size
        starts = [writer.place(row, _word(h)) for h in range(height)]
        while lanes:
            with writer.steps(begin, n, lanes) as s:
                block(starts, s, lanes)
            begin, lanes = writer.behind(begin, n, lanes), lanes // 2

    def block(starts: list[Any], s: Any, lanes: int) -> None:
        rooms = [writer.room(lanes) for _ in starts]
        for start, room in zip(starts, rooms, strict=True):
            place = builder.select(has_bias, writer.place(bias, (start, apart)), _word(0))
            first = builder.select(has_bias, writer.load(place), writer.constant(0.0, 1))
            builder.store(writer.spread(first, lanes), room)
        with writer.steps(_word(0), count, 1) as i:
            values = writer.load(writer.place(given, (i, n), s), lanes)
            for start, room in zip(starts, rooms, strict=True):
                factor = writer.load(writer.place(factors, (start, down), (i, across)))
                writer.add_product(room, writer.spread(factor, lanes), values)
        for start, room in zip(starts, rooms, strict=True):
            writer.store(builder.load(room), writer.place(out, (start, n), s), lanes)

    _tiles(writer, rows, tile)


def _multiply_rows(writer: KernelWriter) -> None:
    left, right, out, apart, rows, others, n = writer.words

    def tile(row: Any, height: int) -> None:
        _tiles(writer, others, lambda other, width: block(row, height, other, width))

    def block(row: Any, height: int, other: Any, width: int) -> None:
        lefts = [writer.place(left, (writer.place(row, _word(h)), n)) for h in range(height)]
        rights = [writer.place(right, (writer.place(other, _word(k)), n)) for k in range(width)]
        totals = _sums(writer, lefts, rights, n)
        for h in range(height):
            for k in range(width):
                place = writer.place(out, (writer.place(row, _word(h)), apart), other, _word(k))
                writer.store(totals[h][k], place)

    _tiles(writer, rows, tile)


def _sum_rows(writer: KernelWriter) -> None:
    given, out, apart, rows, n = writer.words

    def tile(row: Any, height: int) -> None:
        starts = [writer.place(given, (writer.place(row, _word(h)), n)) for h in range(height)]
        for h, (total,) in enumerate(_sums(writer, starts, [None], n)):
            writer.store(total, writer.place(out, (writer.place(row, _word(h)), apart)))

    _tiles(writer, rows, tile)


def _sums(writer: KernelWriter, lefts: list[Any], rights: list[Any], n: Any) -> list[list[Any]]:
    """The sums of products of each left row of n with each right row, which may be all ones (None)."""
    whole = _summed(writer, lefts, rights, _word(0), n, SUMMED)
    rest = _summed(writer, lefts, rights, writer.behind(_word(0), n, SUMMED), n, 1)
    return [
        [writer.builder.fadd(*pair, flags=FLAGS) for pair in zip(*lines, strict=True)]
        for lines in zip(whole, rest, strict=True)
    ]


def _summed(
    writer: KernelWriter, lefts: list[Any], rights: list[Any], begin: Any, end: Any, lanes: int
) -> list[list[Any]]:
    """The same over a part of each row, so many lanes at once."""
    builder = writer.builder
    rooms = [[writer.room(lanes) for _ in rights] for _ in lefts]
    for room in (room for line in rooms for room in line):
        builder.store(writer.constant(0.0, lanes), room)
    with writer.steps(begin, end, lanes) as s:
        first = [writer.load(writer.place(start, s), lanes) for start in lefts]
        for k, start in enumerate(rights):
            values = (
                writer.constant(1.0, lanes) if start is None else writer.load(writer.place(start, s), lanes)
            )
            for h, given in enumerate(first):
                writer.add_product(rooms[h][k], given, values)
    found = [[builder.load(room) for room in line] for line in rooms]
    return found if lanes == 1 else [[writer.total(each, lanes) for each in line] for line in found]


def kernels() -> dict[str, Any]:
    """All of them by the names of the plain functions."""
    return {
        "weigh_rows": _kernel(_weigh_rows, 10),
        "multiply_rows": _kernel(_multiply_rows, 7),
        "sum_rows": _kernel(_sum_rows, 5),
    }
