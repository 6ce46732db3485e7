"""The options of `render`, and what they ask for together."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from playground.cli.commands import DiagramStyle, Render
from playground.cli.typed_arguments import epochs, figure_file, size
from playground.cli.usage import UsageProblem
from playground.words import shortened

OF_DIAGRAMS = (".svg", ".pdf", ".png", ".tex")
OF_THE_WINDOW = (".png",)


def add_options_of_figures(parser: argparse.ArgumentParser) -> None:
    """Say what can be written of an experiment."""
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=figure_file,
        required=True,
        help="where to write it: .png; a diagram is .svg, .pdf, .png or .tex",
    )
    parser.add_argument(
        "--diagram",
        choices=get_args(DiagramStyle),
        nargs="?",
        const="automatic",
        help="the network, labelled, neuron by neuron or as blocks (by default whichever suits its size)",
    )
    parser.add_argument(
        "--transparent", dest="ground", action="store_false", help="leave out the ground of a diagram"
    )
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=epochs(0),
        help="epochs to train before, 0 for none (default: up to the experiment's own last epoch)",
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=size,
        help="width and height of the window in pixels (default: 1440x900)",
    )
    parser.add_argument(
        "--theme", choices=("dark", "light", "contrast"), default="dark", help="(default: dark)"
    )


def figure_wanted(out: Path, diagram: DiagramStyle | None = None, **others: Any) -> Render:
    """What is to be rendered, where the ending of its name suits it.

    Raises:
        UsageProblem: when it does not.
    """
    endings = OF_DIAGRAMS if diagram else OF_THE_WINDOW
    if out.suffix.lower() not in endings:
        what = "a diagram" if diagram else "a picture of the window"
        raise UsageProblem(
            f"--out must end in {' or '.join(endings)} for {what}, got {shortened(out.name)} "
            "(see python main.py render --help)"
        )
    return Render(out=out, diagram=diagram, **others)
