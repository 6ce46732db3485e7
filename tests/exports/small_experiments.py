"""Small experiments of every sort of data, as they are after their first weights were drawn."""

import numpy as np

from playground.data import OwnTable
from playground.data.features import FormulaFeature, available
from playground.data.tables.reading import guess, read
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.training.trainer import Trainer

FORMULA = "'Größe, in m'^2 / (1 + |lacks|) + min(lacks, 3, shoe)"
HEADING = "Größe, in m;colour;day;lacks;shoe;weight"


def table_text(rows=60):
    """A table with decimal commas, categories, dates, gaps, and names that are not plain."""
    source = np.random.default_rng(3)
    lines = [HEADING]
    for row in range(rows):
        size, lacks = source.uniform(0.5, 9), source.normal()
        colour = ("rot", 'gr"ün\\', "blau, hell", "")[row % 4]
        gap = "" if row % 5 == 0 else f"{lacks:.3f}".replace(".", ",")
        day = f"2024-0{1 + row % 9}-1{row % 7}"
        text = f"{size:.4f};{colour};{day};{gap};{36 + row % 8};{size * 3 + lacks:.3f}".replace(".", ",")
        lines.append(text)
    return "\n".join(lines)


def table_of(targets=("weight",), formula=FORMULA):
    """An experiment on that table: gaps are filled, and a formula is one more input."""
    text = table_text()
    table = read(text, guess(text))
    inputs = [name for name in ("Größe, in m", "colour", "day", "lacks", "shoe") if name not in targets]
    dataset = OwnTable.of(table, list(targets), inputs, missing="mean")
    experiment = Experiment().with_dataset(dataset)
    features = available(dataset)
    if formula:
        features = (*features, FormulaFeature(expression=formula))
    return experiment.with_(data=experiment.data.with_(inputs=features)).fitted()


def moment_of(experiment, seed=5):
    """What a network of an experiment has learnt when its weights are chance."""
    trainer = Trainer(experiment)
    source = np.random.default_rng(seed)
    trainer.network.parameters[:] = source.normal(0, 0.5, trainer.network.parameters.size)
    return Moment.of(trainer)


def on(dataset, *layers, **data):
    """An experiment on a dataset with these layers before the output that suits it."""
    experiment = Experiment().with_dataset(dataset)
    if data:
        experiment = experiment.with_(data=experiment.data.with_(**data))
    output = Dense(id="output", units=1)
    return experiment.with_(network=Architecture(layers=(*layers, output))).fitted()
