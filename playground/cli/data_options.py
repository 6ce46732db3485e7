"""The options of `train` that say what becomes of data of one's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from playground.cli.typed_arguments import epochs, names, side, units


def add_options_of_data(parser: argparse.ArgumentParser) -> None:
    """All of them, in the groups that `--help` shows."""
    _of_tables(parser.add_argument_group("of a table"))
    _of_any(parser.add_argument_group("of a table or pictures"))
    _over_time(parser.add_argument_group("of a table over time"))
    _of_pictures(parser.add_argument_group("of pictures"))
    parser.set_defaults(
        target=(), inputs=(), categories=(), missing="drop", network=(), split="random", split_by="",
        edges=None, colours="", fit="", series=(), horizon=1,
    )  # fmt: skip


def _of_tables(table: argparse._ArgumentGroup) -> None:
    table.add_argument(
        "--target", metavar="COLUMN", type=names, help="the column to predict; several of numbers as A,B"
    )
    table.add_argument(
        "--inputs",
        metavar="A,B,C",
        type=names,
        help="the columns to predict it from (default: all others of numbers and categories)",
    )
    table.add_argument(
        "--categories", metavar="A,B", type=names, help="columns of numbers that stand for categories"
    )
    table.add_argument(
        "--missing",
        choices=("drop", "mean", "refuse"),
        help="rows with a gap are left out (the default), filled by mean or most frequent, or refused",
    )
    table.add_argument(
        "--edges",
        metavar="TABLE",
        type=Path,
        help="the edges of a graph whose nodes are the rows: columns source, target and perhaps weight",
    )


def _of_any(both: argparse._ArgumentGroup) -> None:
    both.add_argument(
        "--network", metavar="16,8", type=units, help="neurons of each hidden layer (default: 16,8)"
    )
    split = both.add_mutually_exclusive_group()
    split.add_argument(
        "--split",
        choices=("random", "stratified", "in_order"),
        help="by chance (the default), by each class's share, or first rows to train on, last to test with",
    )
    split.add_argument(
        "--split-by", metavar="COLUMN", help="a column of a table with train, validation or test in every row"
    )


def _over_time(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--series", metavar="A,B", type=names, help="in place of --target: columns whose next rows are told"
    )
    group.add_argument("--window", metavar="N", type=epochs(1), help="from so many rows (default: 20)")
    group.add_argument("--horizon", metavar="N", type=epochs(1), help="so many rows (default: 1)")


def _of_pictures(pictures: argparse._ArgumentGroup) -> None:
    pictures.add_argument(
        "--size", metavar="N", type=side, help="pixels along each side, 8 to 64 (default: theirs, or 28)"
    )
    pictures.add_argument(
        "--colours", choices=("grey", "colour"), help="greys, or red, green and blue (default: as they are)"
    )
    pictures.add_argument(
        "--fit",
        choices=("crop", "pad"),
        help="the middle of what is not square, or all (default: crop)",
    )
