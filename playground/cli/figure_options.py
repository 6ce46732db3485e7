"""The options of `render`, and what they ask for together."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, get_args

from playground.cli.called import PROGRAM
from playground.cli.commands import FILM_VIEWS, DiagramStyle, Render
from playground.cli.typed_arguments import (
    SMALLEST,
    epochs,
    figure_file,
    film_size,
    film_views,
    frames_a_second,
    report_file,
)
from playground.cli.usage import UsageProblem
from playground.text import Text, either, say
from playground.words import shortened

OF_DIAGRAMS = (".svg", ".pdf", ".png", ".tex")
OF_FILMS = (".gif", ".webp", ".mp4")
OF_THE_WINDOW = (".png",)
SMALLEST_FILM = (320, 180)


def add_options_of_figures(parser: argparse.ArgumentParser) -> None:
    """Say what can be written of an experiment."""
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=figure_file,
        required=True,
        help="where to write it: .png is the window; .gif, .webp and .mp4 are films of training; "
        "a diagram is .svg, .pdf, .png or .tex",
    )
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=epochs(0),
        help="epochs to train before, 0 for none, or to film (default: up to the experiment's own last one)",
    )
    parser.add_argument(
        "--size",
        metavar="WxH",
        type=film_size,
        help="width and height in pixels (default: 1440x900, and 960x540 of a film)",
    )
    parser.add_argument(
        "--theme", choices=("dark", "light", "contrast"), default="dark", help="(default: dark)"
    )
    film = parser.add_argument_group("films")
    film.add_argument(
        "--every", metavar="N", type=epochs(1), help="a frame every N epochs (default: about 120 frames)"
    )
    film.add_argument(
        "--fps", metavar="N", type=frames_a_second, default=15.0, help="frames a second (default: 15)"
    )
    film.add_argument(
        "--views",
        metavar="A,B",
        type=film_views,
        default=FILM_VIEWS,
        help=f"what is seen: {', '.join(FILM_VIEWS)} (default: all)",
    )
    drawing = parser.add_argument_group("diagrams")
    drawing.add_argument(
        "--diagram",
        choices=get_args(DiagramStyle),
        nargs="?",
        const="automatic",
        help="the network, labelled, neuron by neuron or as blocks (by default whichever suits its size)",
    )
    drawing.add_argument(
        "--transparent", dest="ground", action="store_false", help="leave out the ground of a diagram"
    )


def add_options_of_reports(parser: argparse.ArgumentParser) -> None:
    """Say what a report is of."""
    parser.add_argument(
        "--out", metavar="FILE.html", type=report_file, required=True, help="where to write it"
    )
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=epochs(0),
        help="epochs to train before, 0 for none (default: up to the experiment's own last epoch)",
    )


def figure_wanted(out: Path, diagram: DiagramStyle | None = None, **others: Any) -> Render:
    """What is to be rendered, where the ending of its name suits it.

    Raises:
        UsageProblem: when it does not.
    """
    endings = OF_DIAGRAMS if diagram else (*OF_THE_WINDOW, *OF_FILMS)
    ending, size = out.suffix.lower(), others.get("size")
    if ending not in endings:
        known, given = str(either(endings)), shortened(out.name)
        if diagram:
            raise _refused(
                say(
                    "typed.diagram_ends",
                    "--out must end in {known} for a diagram, got {given}",
                    known=known,
                    given=given,
                )
            )
        raise _refused(
            say(
                "typed.picture_ends",
                "--out must end in {known} for the window or a film, got {given}",
                known=known,
                given=given,
            )
        )
    films = ending in OF_FILMS
    least = SMALLEST_FILM if films else SMALLEST
    if not diagram and size is not None and (size[0] < least[0] or size[1] < least[1]):
        smallest, given = (f"{width}x{height}" for width, height in (least, size))
        if films:
            raise _refused(
                say(
                    "typed.smallest_film",
                    "--size must be at least {least}, the smallest film, got {given}",
                    least=smallest,
                    given=given,
                )
            )
        raise _refused(
            say(
                "typed.smallest_window",
                "--size must be at least {least}, the smallest window, got {given}",
                least=smallest,
                given=given,
            )
        )
    return Render(out=out, diagram=diagram, **others)


def _refused(why: Text) -> UsageProblem:
    return UsageProblem(
        str(say("cli.see_help", "{why} (see {command} --help)", why=why, command=f"{PROGRAM} render"))
    )
