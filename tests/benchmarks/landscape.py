"""How long a landscape takes: 51 × 51 points of 2-8-8-8-1 with 500 samples a side, and those of examples.

Run `python tests/benchmarks/landscape.py`.  Beside it stand a plain loop, which measures the whole network
at every point with all its metrics, and the mere products and tanh of the weights of many places at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from playground.analysis.inspections.landscape.inspection import Landscape
from playground.analysis.inspections.landscape.look import affordable, curved, surveyed
from playground.analysis.inspections.landscape.planes import LossPlane, random_plane
from playground.data import Data
from playground.data.datasets.recipes import Circle
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.training.evaluator import Evaluator
from playground.training.moment import Moment
from playground.training.trainer import Trainer

POINTS, SAMPLES, TOGETHER = 51, 500, 64
EXAMPLES = ("xor", "spiral", "digits_cnn", "karate_gcn", "text_gru", "adding_lstm")


def small() -> Experiment:
    """2-8-8-8-1, with 500 samples of each side."""
    hidden = [Dense(id=f"hidden{number}", units=8) for number in range(3)]
    output = Dense(id="output", units=1, activation=Sigmoid())
    return Experiment(
        data=Data().with_dataset(Circle(samples=2 * SAMPLES)), network=Architecture(layers=(*hidden, output))
    )


def seconds_of(work: Iterator[object]) -> float:
    """How long all of it takes."""
    start = perf_counter()
    for _ in work:
        pass
    return perf_counter() - start


def plainly(trainer: Trainer, plane: LossPlane, points: int) -> float:
    """Seconds that a loop takes that measures the network at the points of the finest grid alone."""
    network, sides, loss = trainer.network, trainer.sides, trainer.experiment.training.loss
    before, start = network.parameters.copy(), perf_counter()
    for x in np.linspace(plane.left, plane.right, points):
        for y in np.linspace(plane.low, plane.high, points):
            network.parameters[:] = plane.at(float(x), float(y))
            for side in (sides.train, sides.test):
                Evaluator(network, loss, 2, 0.5).measure(side)
    network.parameters[:] = before
    return perf_counter() - start


def stacked(points: int) -> float:
    """Seconds of the mere products and tanh of many places at once, on both sides."""
    chance = np.random.default_rng(0)
    weights = [
        chance.standard_normal((TOGETHER, *shape)).astype(np.float32)
        for shape in ((8, 3), (8, 9), (8, 9), (1, 9))
    ]
    inputs = chance.standard_normal((3, 2 * SAMPLES)).astype(np.float32)
    start = perf_counter()
    for _ in range(points * points // TOGETHER):
        values = np.broadcast_to(inputs, (TOGETHER, *inputs.shape))
        for weight in weights:
            net = weight @ values
            values = np.ones((TOGETHER, len(net[0]) + 1, 2 * SAMPLES), np.float32)
            np.tanh(net, out=values[:, :-1])
    return perf_counter() - start


def main() -> None:
    """Print a line for each."""
    trainer = Trainer(small())
    plane = random_plane(trainer.network, 0, 1.0)
    assert plane is not None
    settings = Landscape(points=POINTS, samples=SAMPLES)
    ours = min(seconds_of(surveyed(Moment.of(trainer), (), settings)) for _ in range(3))
    loop, products = plainly(trainer, plane, POINTS), stacked(POINTS)
    print(f"2-8-8-8-1, {SAMPLES} samples a side, {POINTS} × {POINTS} after coarse grids: {ours:.2f} s")
    print(f"  a plain loop: {loop:.2f} s, {loop / ours:.2f} times as long")
    print(f"  products of {TOGETHER} places at once, without a loss: {products:.2f} s")
    known = {example.name: example for example in examples()}
    for name in EXAMPLES:
        moment = Moment.of(Trainer(known[name].experiment))
        survey, curvature = seconds_of(surveyed(moment, (), settings)), seconds_of(curved(moment, settings))
        count = affordable(moment, settings)
        print(f"{name}: {survey:.1f} s, curvature {curvature:.1f} s, {count} samples a side")


if __name__ == "__main__":
    main()
