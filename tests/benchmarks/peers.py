"""How PyTorch and scikit-learn train the networks of the benchmarks, each in its quickest customary way."""

from __future__ import annotations

import sys
import warnings
from itertools import pairwise

import torch
from networks import SAMPLES, Case, Contender
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

ACTIVATIONS = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "GELU": torch.nn.GELU}


def model(case: Case) -> torch.nn.Sequential:
    """The same layers in the same order, up to the logits."""
    layers: list[torch.nn.Module] = []
    for inputs, units in pairwise(case.sizes[:-1]):
        layers.append(torch.nn.Linear(inputs, units))
        if case.batch_norm:
            layers.append(torch.nn.BatchNorm1d(units))
        layers.append(ACTIVATIONS[case.activation]())
        if case.dropout:
            layers.append(torch.nn.Dropout(case.dropout))
    return torch.nn.Sequential(*layers, torch.nn.Linear(*case.sizes[-2:]))


def pytorch(case: Case, threads: int, fused: bool) -> Contender:
    """The customary loop, without a DataLoader, which would slow it down."""
    network = model(case)
    kind = torch.optim.SGD if case.optimizer == "GD" else torch.optim.Adam
    optimizer = kind(network.parameters(), lr=case.rate, fused=fused)
    inputs, classes = map(torch.from_numpy, case.samples())
    two = case.classes == 2
    criterion = torch.nn.BCEWithLogitsLoss() if two else torch.nn.CrossEntropyLoss()
    targets = classes.float().unsqueeze(1) if two else classes

    def run(epochs: int) -> None:
        torch.set_num_threads(threads)
        for _ in range(epochs):
            order = torch.randperm(SAMPLES)
            for batch, target in zip(
                inputs[order].split(case.batch), targets[order].split(case.batch), strict=True
            ):
                optimizer.zero_grad()
                criterion(network(batch), target).backward()
                optimizer.step()

    return run


def knows(case: Case) -> bool:
    """Whether scikit-learn can express the network."""
    return case.activation in ("tanh", "relu") and not case.batch_norm and not case.dropout


def scikit_learn(case: Case, threads: int) -> Contender:
    """One call of `fit` for all epochs of a turn, going on from the last: its quickest way."""
    inputs, classes = case.samples()
    classifier = MLPClassifier(
        case.sizes[1:-1],
        activation=case.activation,
        solver="sgd" if case.optimizer == "GD" else "adam",
        momentum=0,
        nesterovs_momentum=False,
        alpha=0,
        batch_size=case.batch,
        learning_rate_init=case.rate,
        warm_start=True,
        n_iter_no_change=sys.maxsize,
        tol=0,
    )

    def run(epochs: int) -> None:
        classifier.max_iter = epochs
        with threadpool_limits(threads, "blas"), warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it was told to stop there
            classifier.fit(inputs, classes)

    return run
