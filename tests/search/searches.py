"""Small searches for tests."""

from contextlib import closing

from playground.data import Data
from playground.data.datasets.recipes import Circle
from playground.experiment import Experiment
from playground.search.orders import Orders
from playground.search.plan import SearchPlan
from playground.search.pulse import Rhythm
from playground.search.queue import Owner
from playground.search.reading import StudyReader
from playground.search.samplers import RandomSearch
from playground.search.study import begin, join
from playground.search.variation import Variation
from playground.search.worker import SearchWorker

RATE = Variation(path="training.optimizer.learning_rate", low=1e-3, high=0.3, logarithmic=True)
LAYERS = Variation(path="network.layers", low=1, high=3, whole=True)
ACTIVATION = Variation(path="network.activation", choices=("tanh", "relu"))
SMALL = Experiment(data=Data(dataset=Circle(samples=100), validation_percent=20))
ME = Owner("me", "here", 1)


def plan(where, **changes):
    fields = {
        "variations": (RATE, LAYERS, ACTIVATION),
        "trials": 5,
        "epochs": 4,
        "seed": 1,
        "study": "tried",
        "sampler": RandomSearch(),
    }
    return SearchPlan(**(fields | {"storage": str(where)} | changes))


def work(where, name="tried", me=ME, orders=None, rhythm=None):
    with closing(join(str(where), name)) as study:
        SearchWorker(study, me, orders or Orders(), rhythm or Rhythm()).work()


def searched(planned, experiment=SMALL):
    """Do a search in this process; what a reader then reads of it."""
    begin(planned, experiment).close()
    work(planned.storage, planned.study)
    return StudyReader(planned.storage, planned.study)
