"""The command line: what can be asked of the program, read without importing anything heavy."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

from playground.cli.usage import UsageProblem
from playground.files.names import EXAMPLES, SUFFIX
from playground.version import VERSION
from playground.words import quoted, shortened

PROGRAM = "python main.py"

SOURCE_HELP = f"an {SUFFIX} file, a .json file, a TensorFlow Playground link, or an example such as spiral"
TABLE_HELP = "a table: .csv, .tsv, .csv.gz, .xlsx, .parquet, .npz, .npy, .graphml or .gml"
PICTURES_HELP = "a folder of pictures with one for each class in it, a zip of it, IDX files or .npz"

WINDOW_HELP = f"""\
without a window:
  {PROGRAM} train SOURCE       train, and write network, curves and figures to files
  {PROGRAM} train TABLE --target COLUMN
  {PROGRAM} train FOLDER       train on the pictures of a folder that has one for each class in it
  {PROGRAM} predict FILE       predict from a table or from pictures, and write that to a file
  {PROGRAM} render SOURCE      write a picture of the window to a file
  {PROGRAM} train --help       the options of a command

examples:
  {", ".join(EXAMPLES)}
"""

MAX_EPOCHS = 10_000_000
MOST_WORDS = 200
"""How many characters a problem has that argparse tells, which quotes what was typed whole."""
SMALLEST, LARGEST = (1000, 560), (10_000, 10_000)
"""Width and height in pixels that the window has at least, and that a picture may have."""


@dataclass(frozen=True)
class Window:
    """Open the window, on a source if there is one."""

    source: str | None


@dataclass(frozen=True)
class Train:
    """Train without a window; `epochs` None is up to the experiment's own end."""

    source: str
    epochs: int | None
    save: Path | None
    history: Path | None
    report: Path | None
    target: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    missing: str = "drop"
    network: tuple[int, ...] = ()
    split: str = "random"
    split_by: str = ""
    edges: Path | None = None
    size: int | None = None
    colours: str = ""
    fit: str = ""
    series: tuple[str, ...] = ()
    window: int | None = None
    horizon: int = 1

    @property
    def of_table(self) -> bool:
        """Whether anything is said that only a table has."""
        columns = self.target or self.inputs or self.categories or self.split_by
        over_time = self.series or self.window or self.horizon != 1
        return bool(columns or self.edges or over_time) or self.missing != "drop"

    @property
    def of_pictures(self) -> bool:
        """Whether anything is said that only pictures have."""
        return self.size is not None or bool(self.colours or self.fit)

    @property
    def of_data(self) -> bool:
        """Whether anything is said of data that a person brings."""
        return self.of_table or self.of_pictures or bool(self.network) or self.split != "random"


@dataclass(frozen=True)
class Predict:
    """Write what a trained network predicts from the rows of a table, or from pictures."""

    source: str
    data: Path
    out: Path
    edges: Path | None = None


@dataclass(frozen=True)
class Render:
    """Write a picture of the window; `epochs` None is up to the experiment's own end."""

    source: str
    out: Path
    epochs: int | None
    size: tuple[int, int]
    theme: str


Command: TypeAlias = Window | Train | Predict | Render


def parse(arguments: Sequence[str]) -> Command:
    """The command that these arguments ask for.

    Raises:
        UsageProblem: when they cannot be understood.
        SystemExit: after `--help` and `--version`.
    """
    name, *rest = arguments or [""]
    if name == "train":
        return Train(**vars(_train_parser().parse_args(rest)))
    if name == "predict":
        return Predict(**vars(_predict_parser().parse_args(rest)))
    if name == "render":
        return Render(**vars(_render_parser().parse_args(rest)))
    return Window(**vars(_window_parser().parse_args(arguments)))


class _Parser(argparse.ArgumentParser):
    """A parser that raises its problems instead of printing the usage and leaving."""

    def __init__(self, command: str, description: str, **options: Any) -> None:
        super().__init__(
            f"{PROGRAM} {command}".rstrip(), description=description, allow_abbrev=False, **options
        )

    def error(self, message: str) -> NoReturn:
        raise UsageProblem(f"{shortened(message, MOST_WORDS)} (see {self.prog} --help)")


def _window_parser() -> _Parser:
    parser = _Parser(
        "",
        "See neural networks learn: opens the window, on SOURCE if it is given.",
        epilog=WINDOW_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", metavar="SOURCE", nargs="?", help=SOURCE_HELP)
    parser.add_argument(
        "--version", action=_Version, nargs=0, default=argparse.SUPPRESS, help="show the version and leave"
    )
    return parser


def _train_parser() -> _Parser:
    parser = _Parser(
        "train",
        "Train an experiment without a window.  A source that was trained before goes on where it stopped.  "
        "Ctrl+C and SIGTERM stop early and still write the files.",
        epilog="Exit code: 0 when done, 2 when the loss diverged or something was wrong, "
        "130 after Ctrl+C, 143 after SIGTERM.",
    )
    parser.add_argument("source", metavar="SOURCE", help=f"{SOURCE_HELP}; {TABLE_HELP}; or {PICTURES_HELP}")
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=_epochs(1),
        help="epochs to train from where it stands (default: up to the experiment's own last epoch)",
    )
    parser.add_argument(
        "--save",
        metavar="FILE",
        type=Path,
        help=f"write the trained experiment, an {SUFFIX} file that goes on later",
    )
    parser.add_argument(
        "--history",
        metavar="FILE.csv",
        type=Path,
        help="write the curves: epoch, step, learning rate, losses, metrics; epoch 0 is before training",
    )
    parser.add_argument(
        "--report",
        metavar="FILE.json",
        type=Path,
        help="write the figures: losses, metrics, time, steps a second",
    )
    _add_options_of_tables(parser)
    return parser


def _add_options_of_tables(parser: _Parser) -> None:
    table = parser.add_argument_group("of a table")
    table.add_argument(
        "--target", metavar="COLUMN", type=_names, help="the column to predict; several of numbers as A,B"
    )
    table.add_argument(
        "--inputs",
        metavar="A,B,C",
        type=_names,
        help="the columns to predict it from (default: all others of numbers and categories)",
    )
    table.add_argument(
        "--categories", metavar="A,B", type=_names, help="columns of numbers that stand for categories"
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
    both = parser.add_argument_group("of a table or pictures")
    both.add_argument(
        "--network", metavar="16,8", type=_units, help="neurons of each hidden layer (default: 16,8)"
    )
    over_time = parser.add_argument_group("of a table over time")
    over_time.add_argument(
        "--series",
        metavar="A,B",
        type=_names,
        help="in place of --target: columns whose next rows are told",
    )
    over_time.add_argument("--window", metavar="N", type=_epochs(1), help="from so many rows (default: 20)")
    over_time.add_argument("--horizon", metavar="N", type=_epochs(1), help="so many rows (default: 1)")
    split = both.add_mutually_exclusive_group()
    split.add_argument(
        "--split",
        choices=("random", "stratified", "in_order"),
        help="by chance (the default), by each class's share, or first rows to train on, last to test with",
    )
    split.add_argument(
        "--split-by", metavar="COLUMN", help="a column of a table with train, validation or test in every row"
    )
    pictures = parser.add_argument_group("of pictures")
    pictures.add_argument(
        "--size", metavar="N", type=_side, help="pixels along each side, 8 to 64 (default: theirs, or 28)"
    )
    pictures.add_argument(
        "--colours", choices=("grey", "colour"), help="greys, or red, green and blue (default: as they are)"
    )
    pictures.add_argument(
        "--fit",
        choices=("crop", "pad"),
        help="the middle of what is not square, or all (default: crop)",
    )
    parser.set_defaults(
        target=(), inputs=(), categories=(), missing="drop", network=(), split="random", split_by="",
        edges=None, colours="", fit="", series=(), horizon=1,
    )  # fmt: skip


def _predict_parser() -> _Parser:
    parser = _Parser(
        "predict",
        "Predict from the rows of a table or from pictures, by what a network has learnt.  Columns are found "
        "by their names, pictures wherever they lie in a folder; behind all columns, or the names of the "
        "files, stand prediction and, for classes, probability and that of each class.",
    )
    parser.add_argument("source", metavar="FILE", help=f"a trained experiment, an {SUFFIX} file")
    parser.add_argument(
        "--data",
        metavar="TABLE",
        type=Path,
        required=True,
        help=f"{TABLE_HELP}; or a picture, a folder or a zip of them",
    )
    parser.add_argument(
        "--out", metavar="FILE.csv", type=Path, required=True, help="where to write the rows with predictions"
    )
    parser.add_argument(
        "--edges", metavar="TABLE", type=Path, help="the edges of a graph whose nodes are the rows"
    )
    return parser


def _render_parser() -> _Parser:
    parser = _Parser("render", "Write a picture of the window on an experiment; needs no display.")
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument("--out", metavar="FILE.png", type=_picture, required=True, help="where to write it")
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=_epochs(0),
        help="epochs to train before, 0 for none (default: up to the experiment's own last epoch)",
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=_size,
        default=(1440, 900),
        help="width and height of the window in pixels (default: 1440x900)",
    )
    parser.add_argument("--theme", choices=("dark", "light"), default="dark", help="(default: dark)")
    return parser


class _Version(argparse.Action):
    """Shows the version."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        print(f"Neural Playground {VERSION}")
        parser.exit()


def _epochs(least: int) -> Any:
    """The type of a number of epochs."""

    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"must be a whole number, got {quoted(text)}") from None
        if not least <= number <= MAX_EPOCHS:
            raise argparse.ArgumentTypeError(f"must be from {least} to {MAX_EPOCHS}, got {shortened(number)}")
        return number

    return whole_number


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _units(text: str) -> tuple[int, ...]:
    if not re.fullmatch(r"[1-9]\d{0,4}(,[1-9]\d{0,4})*", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"must be numbers of neurons such as 16,8, got {quoted(text)}")
    return tuple(map(int, text.split(",")))


def _side(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 8 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"must be pixels from 8 to 64, got {quoted(text)}")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", text, re.ASCII)
    if not found:
        raise argparse.ArgumentTypeError(f"must be WIDTHxHEIGHT such as 1440x900, got {quoted(text)}")
    size = width, height = int(found[1]), int(found[2])
    if width < SMALLEST[0] or height < SMALLEST[1]:
        raise argparse.ArgumentTypeError(
            f"must be at least {SMALLEST[0]}x{SMALLEST[1]}, the smallest window, got {shortened(text)}"
        )
    if width > LARGEST[0] or height > LARGEST[1]:
        raise argparse.ArgumentTypeError(f"must be at most {LARGEST[0]}x{LARGEST[1]}, got {shortened(text)}")
    return size


def _picture(text: str) -> Path:
    if not text.lower().endswith(".png"):
        raise argparse.ArgumentTypeError(f"must be the name of a .png file, got {quoted(text)}")
    return Path(text)
