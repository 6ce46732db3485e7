"""What the time of a step is made of: run `python tests/benchmarks/anatomy.py --only Adam`.

One step is run on arrays that note every call of NumPy (`Recorded`).  The calls of each part are then
repeated by themselves, in their order and in NumPy's quickest form (bound, outputs by position), and what
calling nothing at all costs in the same loop is subtracted.  Python is the rest of a step of the real
program: loops, calls, branches, attributes, keywords.  It therefore bears the errors of all the other parts:
from one start to the next it moves by 5 to 10 % of the step, since calling nothing takes 25 ns in most and
80 ns in some; besides, caches are warmer when a part runs by itself, which matters for large layers only.
All is measured in turns, and the medians of the rounds are shown.

Three lines say what the ufuncs cost without computing anything: calling them, each taken for an addition of
eight numbers; converting operands that are plain numbers; and broadcasting operands that are smaller than the
result, which is more than NumPy's quick path can do.  The last two are found by repeating the calls with
operands that need neither.
"""

from __future__ import annotations

import argparse
import operator
import statistics
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, ClassVar

import numpy as np
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))

from networks import SAMPLES, Case, Engine, cases, trainer, training

from playground.engine.arrays import Operation

BLAS, UFUNCS, UPDATE, RANDOM, BATCH = "BLAS", "ufuncs: layers", "ufuncs: update", "random", "batch"
EPOCH = "once an epoch: copies, checks"
Calls = dict[str, list[Operation]]
"""The calls of NumPy in a step, by part."""

NOTHING = partial(operator.is_, None, None)
NAMED_OUTPUT = (np.maximum, np.minimum)  # NumPy wants their output by name


class Recorded(np.ndarray):
    """An array that notes every call of NumPy in which it takes part."""

    blas: ClassVar[list[Operation]] = []
    others: ClassVar[list[Operation]] = []

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = (), **options: Any) -> Any:
        function = ufunc if method == "__call__" else getattr(ufunc, method)
        if out and (method != "__call__" or ufunc in NAMED_OUTPUT):
            options["out"], out = plain(out[0]), ()
        call = partial(function, *map(plain, (*inputs, *out)), **options)
        Recorded.others.append(call)
        return call()

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        call = partial(function, *map(plain, args), **{name: plain(x) for name, x in options.items()})
        (Recorded.blas if function is np.dot else Recorded.others).append(call)
        return call()


def plain(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, Recorded) else value


def recorded(value: Any) -> Any:
    return value.view(Recorded) if isinstance(value, np.ndarray) else value


def on_recorded(operation: Operation) -> Operation:
    """The same operation on the same arrays, which note what is done with them."""
    options = {name: recorded(value) for name, value in operation.keywords.items()}
    return partial(operation.func, *map(recorded, operation.args), **options)


def is_random(operation: Operation) -> bool:
    return isinstance(getattr(operation.func, "__self__", None), np.random.Generator)


def calls(engine: Engine) -> Calls:
    """The calls of NumPy in the next step."""
    Recorded.blas, Recorded.others = blas, ufuncs = [], []
    rows, plan, network, update = engine.batches.rows(0), engine.plan, engine.network, engine.update
    random = [operation for operation in plan.operations if is_random(operation)]
    for operation in plan.operations:
        (operation if operation in random else on_recorded(operation))()
    Recorded.others = updates = []
    w, g, work = network.parameters.copy(), network.gradients, np.empty_like(network.gradients)
    arrays = [recorded(array) for array in (w, g, work, *update.slots.values())]
    update.optimizer.update(arrays[0], arrays[1], tuple(arrays[3:]), engine.case.rate, update.age, arrays[2])
    gather = [
        partial(engine.inputs.take, rows, 0, plan.input, "clip"),
        partial(engine.targets.take, rows, 0, plan.target, "clip"),
    ]
    return {BLAS: blas, UFUNCS: ufuncs, UPDATE: updates, RANDOM: random, BATCH: gather}


def is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def is_small(value: Any, call: Operation) -> bool:
    """Whether it is an array that has to be broadcast to the size of the call's result."""
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.size < largest(call).size


def largest(call: Operation) -> np.ndarray:
    return max((x for x in call.args if isinstance(x, np.ndarray)), key=np.size)


def elementwise(parts: Calls) -> list[Operation]:
    """The calls of ufuncs for each element (not reductions, nor products of rows)."""
    every = parts[UFUNCS] + parts[UPDATE]
    return [call for call in every if isinstance(call.func, np.ufunc) and call.func.signature is None]


def with_numbers(parts: Calls) -> list[Operation]:
    return [call for call in elementwise(parts) if any(map(is_number, call.args))]


def with_small(parts: Calls) -> list[Operation]:
    return [call for call in elementwise(parts) if any(is_small(x, call) for x in call.args)]


def spared(call: Operation) -> Operation:
    """The call with arrays in the place of plain numbers, as large as the result where they were smaller."""
    like = largest(call)

    def operand(value: Any) -> Any:
        if is_number(value):
            return np.array(value, like.dtype)
        return np.broadcast_to(value, like.shape).copy() if is_small(value, call) else value

    return partial(call.func, *map(operand, call.args), **call.keywords)


def repeat(operations: Iterable[Operation], times: int) -> float:
    """Seconds to call them all once, on the average."""
    start = perf_counter()
    for _ in range(times):
        for operation in operations:
            operation()
    return (perf_counter() - start) / times


def medians(timed: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """The median of each in microseconds, taken in turns."""
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, measure in timed.items():
            seconds[name].append(measure())
    return {name: statistics.median(values) * 1e6 for name, values in seconds.items()}


def measure(case: Case, rounds: int, times: int) -> tuple[Calls, dict[str, float]]:
    """The calls of a step, and the microseconds of its parts and of what is lost in them."""
    engine, steps = Engine(case), SAMPLES // case.batch
    engine(200)
    parts = calls(engine)
    left, right, out = np.zeros((3, 8), np.float32)
    lists = parts | {
        "nothing": [NOTHING] * 100,
        "add": [partial(np.add, left, right, out)] * 100,
        "numbers": with_numbers(parts),
        "no numbers": [spared(call) for call in with_numbers(parts)],
        "small": with_small(parts),
        "no small": [spared(call) for call in with_small(parts)],
    }
    timed = {name: partial(repeat, operations, times) for name, operations in lists.items()}
    program = training(case, measuring=False) if case.has_dataset else engine
    epochs = max(1, times // steps)
    timed["step"] = lambda: repeat([partial(program, epochs)], 1) / epochs / steps
    if case.has_dataset:
        timed[EPOCH] = partial(repeat, [partial(trainer(case).run, 0)], times)
    found = medians(timed, rounds)
    nothing = found["nothing"] / 100
    found |= {name: found[name] - nothing * len(operations) for name, operations in parts.items()}
    found[EPOCH] = found.get(EPOCH, 0.0) / steps
    found["Python"] = found["step"] - sum(found[name] for name in (*parts, EPOCH))
    found["call"] = found["add"] / 100 - nothing
    return parts, found


def show(case: Case, parts: Calls, found: dict[str, float]) -> Table:
    """The table of a network."""
    table = Table(title=f"{case.name}, {case.optimizer}", title_justify="left", min_width=60)
    table.add_column("part of a step")
    for title in ("calls", "µs", "share"):
        table.add_column(title, justify="right")

    def add(name: str, microseconds: float, count: int = 0) -> None:
        share = f"{microseconds / found['step']:.0%}"
        table.add_row(name, str(count or ""), f"{microseconds:.1f}", share)

    for name, operations in parts.items():
        if operations:
            add(name, found[name], len(operations))
    if case.has_dataset:
        add(EPOCH, found[EPOCH])
    add("Python", found["Python"])
    table.add_section()
    add("all", found["step"], sum(map(len, parts.values())))
    table.add_section()
    ufuncs = len(parts[UFUNCS]) + len(parts[UPDATE])
    add("of the ufuncs: calling", ufuncs * found["call"], ufuncs)
    if numbers := len(with_numbers(parts)):
        add("of the ufuncs: converting numbers", found["numbers"] - found["no numbers"], numbers)
    if small := len(with_small(parts)):
        add("of the ufuncs: broadcasting", found["small"] - found["no small"], small)
    return table


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What the time of a step is made of.")
    parser.add_argument(
        "--only", default="2-8-8", metavar="TEXT", help="networks whose name holds it (2-8-8)"
    )
    parser.add_argument("--rounds", type=int, default=25, help="turns of each measurement (25)")
    parser.add_argument("--times", type=int, default=200, help="repetitions in a turn (200)")
    return parser.parse_args()


def main() -> None:
    """Print a table for each network."""
    asked, console = arguments(), Console()
    for case in cases(asked.only):
        console.print(show(case, *measure(case, asked.rounds, asked.times)))


if __name__ == "__main__":
    main()
