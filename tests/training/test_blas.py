"""Small products are made by one processor thread, and large ones by all."""

import pytest

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.network import Network
from playground.shapes import GraphShape
from playground.training import blas

THREADS = 7


class Library:
    threads = THREADS

    def set_num_threads(self, threads):
        self.threads = threads


@pytest.fixture
def threads(monkeypatch):
    """How many threads are used for steps of a network, of a library that began with so many."""
    library = Library()
    monkeypatch.setattr(blas, "_libraries", lambda: ((library, THREADS),))

    def of(layers, shape, batch_size):
        blas.limit_threads(Network(Architecture(layers=layers), shape), batch_size)
        return library.threads

    return of


def test_small_networks_use_one_and_large_ones_all(threads):
    def dense(units):
        return Dense(id="a", units=units), Dense(id="b", units=10)

    assert threads(dense(64), (784,), 64) == 1
    assert threads(dense(512), (784,), 64) == THREADS
    assert threads(dense(64), (784,), 64) == 1


def test_many_small_products_do_not_add_up_to_a_large_one(threads):
    layers = MessagePassing(id="a", units=16), MessagePassing(id="b", units=16), Dense(id="c", units=1)
    assert threads(layers, GraphShape((8,)), 10_000) == 1
