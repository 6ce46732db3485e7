"""How long a table of a million rows and ten columns takes, and how much memory, beside pandas and Polars.

Run by hand: `python tests/benchmarks/tables.py [rows]`.  Each reader is a process of its own, so that its
memory is too.  The others guess by the first rows and keep what they read; ours also finds out what every
column holds, and can tell row and column of whatever is wrong.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

ROOT = Path(__file__).parents[2]

START = """
import resource, sys
from pathlib import Path
from time import perf_counter
path = Path(sys.argv[1])
def told(what, began):
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<44}{perf_counter() - began:8.2f} s{memory:8.0f} MiB", flush=True)
"""

PANDAS = """
import pandas
began = perf_counter()
pandas.read_csv(path)
told("pandas", began)
"""

POLARS = """
import polars
began = perf_counter()
polars.read_csv(path)
told("Polars", began)
"""

OURS = """
from playground.data import OwnTable
from playground.data.tables.reading import guess, read
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.training.trainer import Trainer
import polars
began = perf_counter()
table = read(path, guess(path))
told("ours: read", began)
began = perf_counter()
dataset = OwnTable.of(table, ["y"])
told("ours: into the store", began)
experiment = Experiment().with_dataset(dataset)
began = perf_counter()
for share in range(1, 51):
    experiment.with_(data=experiment.data.with_(train_percent=share)).problems()
told("ours: 50 edits of a setting", began)
began = perf_counter()
data = dumps(SavedExperiment(experiment))
told(f"ours: packed for a file, {len(data) / 1e6:.0f} MB", began)
began = perf_counter()
loads(data)
told("ours: unpacked", began)
began = perf_counter()
Trainer(experiment)
told("ours: ready to train, measured once", began)
"""


def write(path, rows):
    """Seven columns of numbers of any size, one of whole ones, two of words."""
    import polars as pl

    chance = np.random.default_rng(0)
    columns = {f"x{place}": chance.normal(size=rows) for place in range(7)}
    columns["k"] = chance.integers(0, 100, rows)
    columns["c"] = np.array(["red", "green", "blue"])[chance.integers(0, 3, rows)]
    columns["y"] = np.array(["yes", "no"])[chance.integers(0, 2, rows)]
    pl.DataFrame(columns).write_csv(path)


def main():
    """Write the table, then let each read it in turn."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write(path, rows)
        print(f"{rows:,} rows, {path.stat().st_size / 1e6:.0f} MB")
        for program in (PANDAS, POLARS, OURS):
            subprocess.run([sys.executable, "-c", START + program, str(path)], cwd=ROOT, check=False)


if __name__ == "__main__":
    main()
