"""The command line: what can be asked of the program, read without importing anything heavy."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, get_args

from playground.cli.called import PROGRAM
from playground.cli.commands import (
    Bench,
    CheckGradients,
    Command,
    Export,
    JoinSearch,
    MachineName,
    Predict,
    Report,
    SearchTrials,
    TraceStep,
    Train,
    Window,
)
from playground.cli.complaints import complaint
from playground.cli.data_options import add_options_of_data
from playground.cli.figure_options import (
    add_options_of_figures,
    add_options_of_reports,
    figure_wanted,
)
from playground.cli.search_options import add_options_of_search, add_options_of_worker
from playground.cli.typed_arguments import epochs, number_wanted, opened, seconds
from playground.cli.usage import UsageProblem
from playground.files.names import EXAMPLES, SUFFIX
from playground.languages.spoken import spoken
from playground.text import say
from playground.version import VERSION
from playground.words import shortened

SOURCE_HELP = f"an {SUFFIX} file, a .json file, a TensorFlow Playground link, or an example such as spiral"
TABLE_HELP = "a table: .csv, .tsv, .csv.gz, .xlsx, .parquet, .npz, .npy, .graphml or .gml"
PICTURES_HELP = "a folder of pictures with one for each class in it, a zip of it, IDX files or .npz"

WINDOW_HELP = """\
without a window:
  {program} train SOURCE       train, and write network, curves and figures to files
  {program} train TABLE --target COLUMN
  {program} train FOLDER       train on the pictures of a folder that has one for each class in it
  {program} predict FILE       predict from a table or from pictures, and write that to a file
  {program} render SOURCE      write a picture of the window, a film or a diagram to a file
  {program} export FILE        write the network as code that runs elsewhere
  {program} report SOURCE      write a page that tells all of a run to a file
  {program} trace SOURCE       write all numbers of one step of training to a file
  {program} check-gradients SOURCE   compare its gradient with differences of the loss
  {program} bench              measure how fast this machine trains
  {program} search SOURCE --vary NAME=LOW..HIGH   search for the best settings by many trainings
  {program} search-worker      train trials of a search that was begun on another machine
  {program} train --help       the options of a command
  {program} --language zh_CN   any of these in another language than the system's

examples:
  {examples}
"""

EXPORT_TARGETS = ("numpy", "c", "html", "onnx", "pytorch", "jax", "keras")
"""What a network can be written for."""

MOST_WORDS = 200
"""How many characters a problem has that argparse tells, which quotes what was typed whole."""


def parse(arguments: Sequence[str]) -> Command:
    """The command that these arguments ask for.

    Raises:
        UsageProblem: when they cannot be understood.
        SystemExit: after `--help` and `--version`.
    """
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        return Window(**vars(_window_parser().parse_args(arguments)))
    command, parser = COMMANDS[name]
    return command(**vars(parser().parse_args(rest)))


class _Help(argparse.HelpFormatter):
    """Begins in the language that is spoken."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Say how the command is called."""
        super().add_usage(usage, actions, groups, prefix or str(say("help.usage", "usage: ")))


class _HelpAsWritten(_Help, argparse.RawDescriptionHelpFormatter):
    """The same, with lines that end where they were written to end."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises its problems instead of printing the usage and leaving."""

    def __init__(self, command: str, description: str, **options: Any) -> None:
        super().__init__(
            f"{PROGRAM} {command}".rstrip(),
            description=description,
            allow_abbrev=False,
            **{"formatter_class": _Help} | options,
        )

    def helps(self) -> Iterator[tuple[str, object, str]]:
        """What is said in the help: a key, what says it, and under which name; the program is not named."""
        place = self.prog.removeprefix(PROGRAM).strip() or "window"
        yield f"help.{place}", self, "description"
        if self.epilog:
            yield f"help.{place}.end", self, "epilog"
        for group in self._action_groups:
            yield f"help.group.{group.title}", group, "title"
        for action in self._actions:
            if action.help and action.help is not argparse.SUPPRESS:
                yield f"help.{place}.{action.dest}", action, "help"

    def format_help(self) -> str:
        """The help in the language that is spoken."""
        for key, owner, name in self.helps():
            setattr(owner, name, spoken.translated(getattr(owner, name) or "", key))
        written = super().format_help()
        return written.replace("{program}", PROGRAM).replace("{examples}", ", ".join(EXAMPLES))

    def error(self, message: str) -> NoReturn:
        why = shortened(complaint(message), MOST_WORDS)
        raise UsageProblem(
            str(say("cli.see_help", "{why} (see {command} --help)", why=why, command=self.prog))
        )


def _window_parser() -> _Parser:
    parser = _Parser(
        "",
        "See neural networks learn: opens the window, on SOURCE if it is given.",
        epilog=WINDOW_HELP,
        formatter_class=_HelpAsWritten,
    )
    parser.add_argument("source", metavar="SOURCE", nargs="?", type=opened, help=SOURCE_HELP)
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
        type=epochs(1),
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
    parser.add_argument(
        "--weights",
        metavar="FILE",
        type=Path,
        help="begin with the weights of another program: an .npz, .safetensors or .onnx file",
    )
    parser.add_argument(
        "--machine",
        choices=get_args(MachineName),
        default="automatic",
        help="how steps are done: by NumPy, or compiled, which needs the extra [fast] and takes a while the "
        "first time (default: compiled where it is ready, knows every part and is the faster one)",
    )
    add_options_of_data(parser)
    return parser


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


def _export_parser() -> _Parser:
    parser = _Parser(
        "export",
        "Write a trained network as code, or in a format, that runs elsewhere, with all that is done to "
        "samples before it and to its outputs behind it.  It is then run on 1,000 samples in its own tool "
        "and compared with the engine; the proof lies beside it, in a .json file.",
        epilog="Exit code: 0 when it agrees or its tool is not here, 1 when it differs, 2 when something "
        "else was wrong.",
    )
    parser.add_argument("source", metavar="FILE", help=f"a trained experiment, an {SUFFIX} file")
    parser.add_argument(
        "--to",
        choices=EXPORT_TARGETS,
        required=True,
        help="a Python script for NumPy, a header for C, a page for a browser, or a file for another library",
    )
    parser.add_argument("--out", metavar="PATH", type=Path, required=True, help="where to write it")
    parser.add_argument(
        "--no-verify", dest="verify", action="store_false", help="do not run it beside the engine"
    )
    return parser


def _report_parser() -> _Parser:
    parser = _Parser(
        "report",
        "Write one page that tells all of a run: settings, network, curves, pictures, results, what is wrong "
        "with it, and how to repeat it.",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    add_options_of_reports(parser)
    return parser


def _render_parser() -> _Parser:
    parser = _Parser(
        "render",
        "Write a picture of the window on an experiment, a film of its training, or its network as a "
        "diagram; needs no display.",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    add_options_of_figures(parser)
    return parser


def _check_parser() -> _Parser:
    parser = _Parser(
        "check-gradients",
        "Compare the gradient by backpropagation with differences of the loss: a line a layer, with the "
        "largest relative error there.",
        epilog="Exit code: 0 when all is right, 1 when a derivative is wrong, 2 when something else was.",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument(
        "--entries", metavar="N", type=epochs(1), default=100, help="of each block (default: 100)"
    )
    parser.add_argument("--samples", metavar="N", type=epochs(1), default=10, help="(default: 10)")
    parser.add_argument(
        "--curve",
        metavar="LAYER:ARRAY[I,J]",
        type=number_wanted,
        help="only this number, counted from 0, by steps from 0.1 to 1e-12: hidden:weights[0,1]",
    )
    return parser


def _trace_parser() -> _Parser:
    parser = _Parser(
        "trace",
        "Write what one step of training does with a sample, from where SOURCE stands: its input, target and "
        "loss, and by layer the net inputs z, activations a, error terms delta, gradients dW and db, and the "
        "update, which is the change of the weights and the biases.",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument(
        "--sample",
        metavar="N",
        type=epochs(0),
        help="which sample, counted from 0 (default: the mean over the batch of training that comes next)",
    )
    parser.add_argument(
        "--set",
        "--side",
        dest="side",
        choices=("train", "validation", "test"),
        default="train",
        help="which samples are counted; those of training alone are learnt from (default: train)",
    )
    parser.add_argument("--out", metavar="FILE.json", type=Path, required=True, help="where to write it")
    return parser


def _bench_parser() -> _Parser:
    parser = _Parser(
        "bench",
        "Measure how many steps a second are trained here, on five networks: by NumPy, compiled where Numba "
        "is installed, and by scikit-learn and, where it is installed, PyTorch.",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument(
        "--seconds",
        metavar="S",
        type=seconds,
        default=0.3,
        help="of each turn, of which everyone has three a network (default: 0.3)",
    )
    return parser


def _search_parser() -> _Parser:
    parser = _Parser(
        "search",
        "Search for settings: train many trials in processes beside this one, and say which was the best.  "
        "The same search begun again goes on where it stopped; Ctrl+C ends it, and nothing of it is lost.",
        epilog="Exit code: 0 when done, 2 when no trial could be trained or something was wrong, "
        "130 after Ctrl+C, 143 after SIGTERM.",
    )
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    add_options_of_search(parser)
    return parser


def _search_worker_parser() -> _Parser:
    parser = _Parser(
        "search-worker",
        "Join a search that was begun on another machine, and train trials of it until there are no more.",
    )
    add_options_of_worker(parser)
    return parser


class _Version(argparse.Action):
    """Shows the version."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        print(f"Neural Playground {VERSION}")
        parser.exit()


COMMANDS: dict[str, tuple[Callable[..., Command], Callable[[], _Parser]]] = {
    "train": (Train, _train_parser),
    "predict": (Predict, _predict_parser),
    "export": (Export, _export_parser),
    "render": (figure_wanted, _render_parser),
    "report": (Report, _report_parser),
    "check-gradients": (CheckGradients, _check_parser),
    "trace": (TraceStep, _trace_parser),
    "bench": (Bench, _bench_parser),
    "search": (SearchTrials, _search_parser),
    "search-worker": (JoinSearch, _search_worker_parser),
}
"""What is asked for by a first word, and how the rest is read; anything else is a source for the window."""


def help_texts() -> Iterator[tuple[str, str]]:
    """What the help of every command says, by key."""
    for parser in (_window_parser(), *(make() for _, make in COMMANDS.values())):
        for key, owner, name in parser.helps():
            if text := getattr(owner, name):
                yield key, text
