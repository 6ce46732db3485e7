"""The options of `search` and `search-worker`."""

from __future__ import annotations

import argparse
from pathlib import Path

from playground.cli.typed_arguments import epochs
from playground.files.names import SUFFIX

SAMPLERS = ("tpe", "random", "grid", "quasi_random", "gaussian_process", "cma_es")
PRUNERS = ("none", "median", "halving", "hyperband")
STORAGE_HELP = (
    "where the trials are kept: FILE.db, FILE.journal in a folder that machines share, or a URL that begins "
    "with postgresql://, mysql:// or grpc://"
)


def add_options_of_search(parser: argparse.ArgumentParser) -> None:
    """All that can be said of a search."""
    parser.add_argument(
        "--vary",
        metavar="NAME=LOW..HIGH",
        action="append",
        default=[],
        help="what varies: rate=1e-4..1:log, units=4..64, layers=1..4, activation=tanh,relu, or a name alone",
    )
    parser.add_argument(
        "--goal",
        dest="goals",
        metavar="METRIC[:best]",
        action="append",
        default=[],
        help="loss, accuracy, f1, auc, rmse, r2, parameters, …, at the last epoch or the best; "
        "given twice, what is best for both (default: loss)",
    )
    parser.add_argument("--sampler", choices=SAMPLERS, default="tpe", help="(default: tpe)")
    parser.add_argument(
        "--pruner", choices=PRUNERS, default="none", help="when bad trials are cut short (default: none)"
    )
    parser.add_argument("--trials", metavar="N", type=epochs(1), default=50, help="(default: 50)")
    parser.add_argument("--epochs", metavar="N", type=epochs(1), default=200, help="(default: 200)")
    parser.add_argument(
        "--seeds", metavar="N", type=epochs(1), default=1, help="trainings a trial, of which the mean counts"
    )
    parser.add_argument(
        "--seed", metavar="N", type=epochs(0), default=0, help="the same draws the same settings (default: 0)"
    )
    parser.add_argument(
        "--workers", metavar="N", type=epochs(1), help="processes here (default: all cores but one)"
    )
    parser.add_argument(
        "--storage", metavar="URL", default="", help=f"{STORAGE_HELP} (default: a file of yours)"
    )
    parser.add_argument("--study", metavar="NAME", default="", help="(default: the name of the source)")
    parser.add_argument(
        "--report", metavar="FILE.json", type=Path, help="write the best value and settings, and all trials"
    )
    parser.add_argument(
        "--best", metavar=f"FILE{SUFFIX}", type=Path, help="write the best trial as an experiment"
    )


def add_options_of_worker(parser: argparse.ArgumentParser) -> None:
    """Which study is joined, and by how many processes."""
    parser.add_argument("--storage", metavar="URL", required=True, help=STORAGE_HELP)
    parser.add_argument("--study", metavar="NAME", required=True, help="the name of the search there")
    parser.add_argument("--workers", metavar="N", type=epochs(1), default=1, help="processes (default: 1)")
