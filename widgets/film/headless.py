"""Films and reports without a window: trained, drawn and written, one after another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from playground.animation import moments
from playground.animation.films import film as written
from playground.animation.reel import Reel
from playground.cli.commands import Render
from playground.files.atomic import write_atomically
from playground.files.experiment_file import SavedExperiment
from playground.report.facts import gather
from playground.report.page import page
from playground.training.trainer import Trainer
from widgets.film.portrait import Portrait
from widgets.film.stage import FilmLook, FilmStage
from widgets.languages import shown_language
from widgets.picture import dress
from widgets.sentences import sentence


def film(saved: SavedExperiment, name: str, wanted: Render, epochs: int, language: str = "") -> None:
    """Write a film of so many epochs from where the experiment stands.

    Raises:
        LayerProblem, InvalidValue: when the experiment cannot train.
        FileProblem: when the film cannot be written; then an older one is as it was.
    """
    colours = dress(wanted.theme, language)
    trainer = Trainer(saved.experiment, saved.checkpoint)
    last = trainer.epoch + epochs
    look = FilmLook(wanted.views, wanted.size or (960, 540), colours, name, last)
    stage = FilmStage(trainer.experiment, look)
    reel = Reel()
    try:
        for moment in moments.trained(trainer, epochs, wanted.every or moments.usual_stride(epochs)):
            for _ in stage.pieces(moment):
                QApplication.processEvents()  # lets axes take the room that their numbers need
            reel.add(stage.frame())
    finally:
        stage.close()
        stage.deleteLater()
    write_atomically(wanted.out, written(reel, wanted.out.suffix.lower(), wanted.fps))


def write_report(saved: SavedExperiment, name: str, out: Path, epochs: int, language: str = "") -> None:
    """Write a report on an experiment after so many more epochs.

    Raises:
        LayerProblem, InvalidValue: when the experiment cannot train.
        FileProblem: when it cannot be written; then an older one is as it was.
    """
    dress("dark", language)
    trainer = Trainer(saved.experiment, saved.checkpoint)
    for moment in moments.trained(trainer, epochs, max(epochs, 1)):
        last = moment
    portrait = Portrait(last)
    for _ in portrait.pieces():
        QApplication.processEvents()
    facts = gather(trainer, name)
    write_atomically(out, page(facts, portrait.pictures, sentence, shown_language.language).encode())
