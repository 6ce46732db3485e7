"""What a search costs: trials a second by the number of workers, and reading a study of 10,000 trials.

`python tests/benchmarks/search.py` prints both; `--storage URL` takes another storage than a file.
"""

import argparse
import json
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import optuna

from playground.data import Data
from playground.data.datasets.recipes import Spiral
from playground.experiment import Experiment
from playground.search.optuna_side import be_quiet, distribution, put
from playground.search.plan import SearchPlan
from playground.search.reading import StudyReader
from playground.search.running import RunningSearch
from playground.search.samplers import RandomSearch
from playground.search.study import begin
from playground.search.variation import Variation

VARIATIONS = (
    Variation(path="training.optimizer.learning_rate", low=1e-3, high=0.3, logarithmic=True),
    Variation(path="network.units", low=4, high=32, whole=True, logarithmic=True),
    Variation(path="network.activation", choices=("tanh", "relu")),
)
SPIRAL = Experiment(data=Data(dataset=Spiral(), validation_percent=20))


def plan(where, name, **changes):
    fields = {"variations": VARIATIONS, "sampler": RandomSearch(), "storage": where, "study": name}
    return SearchPlan(**(fields | changes))


def throughput(where, trials, epochs):
    """Trials a second by 1, 2 and 4 workers, from the first trial that ended to the last."""
    for workers in (1, 2, 4):
        planned = plan(where, f"by {workers}", trials=trials, epochs=epochs, workers=workers)
        search = RunningSearch(planned, SPIRAL)
        began = time.perf_counter()
        search.start()
        with closing(StudyReader(where, planned.study)) as reader:
            while not (ended := reader.read().counts.ended):
                time.sleep(0.02)
            first, already = time.perf_counter(), ended
            search.wait()
            last = time.perf_counter()
        speed = (trials - already) / (last - first)
        print(f"{workers} workers: {speed:.1f} trials/s, {last - began:.1f} s with their start", flush=True)


def reading(where, count):
    """Seconds for the first read of a study of so many trials, and for the next ones."""
    planned = plan(where, "many", trials=count)
    study = begin(planned, SPIRAL)
    how = {each.path: distribution(each) for each in VARIATIONS}
    epochs = list(range(4, 201, 4))
    for number in range(count):
        settings = planned.sampler.settings(planned.asked(number))
        end = {"curve": [epochs, [0.5 / (1 + epoch) for epoch in epochs]], "parameters": 100}
        trial = optuna.trial.FrozenTrial(
            number, optuna.trial.TrialState.COMPLETE, number / count, datetime.now(), datetime.now(),
            {each.path: put(each, settings[each.path]) for each in VARIATIONS}, how,
            {"end": json.dumps(end), "owner": json.dumps(["a", "here", 1, 3, 1])}, {}, {}, -1,
        )  # fmt: skip
        study.storage.create_new_trial(study.id, trial)
    study.close()
    with closing(StudyReader(where, "many")) as reader:
        for name in ("first read", "second read", "third read"):
            began = time.perf_counter()
            news = reader.read()
            took = 1000 * (time.perf_counter() - began)
            print(f"{name} of {count} trials: {took:.1f} ms, {len(news.changed)} of them new", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--storage", default="")
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--many", type=int, default=10_000)
    asked = parser.parse_args()
    be_quiet()
    with tempfile.TemporaryDirectory() as folder:
        where = asked.storage or str(Path(folder) / "study.db")
        throughput(where, asked.trials, asked.epochs)
        if asked.many:
            reading(asked.storage or str(Path(folder) / "many.journal"), asked.many)


if __name__ == "__main__":
    main()
