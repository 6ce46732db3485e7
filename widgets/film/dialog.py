"""The dialog that makes a film of the training, and goes on while the person does something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from playground.animation import moments
from playground.animation.reel import FilmFrame
from playground.animation.settings import FilmSettings
from playground.animation.timing import HOLD
from playground.experiment import Experiment
from playground.files import names
from playground.numbers.writing import duration, percent
from playground.training.choosing import NUMPY, Choice
from playground.training.kept_run import KeptRun
from playground.training.snapshot import Snapshot
from playground.training.trainer import Trainer
from widgets import saving
from widgets.figures.preview import Preview
from widgets.film.shooting import Shooting
from widgets.film.stage import FilmLook, FilmStage
from widgets.forms import Form
from widgets.labels import label
from widgets.pictures import image_of_bytes
from widgets.sentences import counted
from widgets.tab_order import ReadingOrder
from widgets.theme import DARK, LIGHT, current

SIZE = QSize(900, 520)
KINDS = {"GIF (*.gif)": ".gif", "WebP (*.webp)": ".webp", "MP4 (*.mp4)": ".mp4"}
STEPS = 1000


class FilmDialog(ReadingOrder, QDialog):
    """What the film is to be at the right, its newest frame at the left, and how far it is.

    Signals:
        preview_changed: another frame is seen.
    """

    preview_changed = Signal()

    def __init__(
        self,
        experiment: Experiment,
        run: KeptRun | None,
        name: str,
        choice: Choice = NUMPY,
        parent: QWidget | None = None,
    ) -> None:
        """Of a run as it is remembered, by its machine, or of the experiment as it trains anew."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Film of the training"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self._experiment, self._name, self._choice = experiment, name, choice
        self._run = run if run is not None and run.waypoints and run.epoch > 0 else None
        self.shooting: Shooting | None = None
        self.preview = Preview()
        self.form = Form(FilmSettings, without=() if self._run else ("source",))
        self.counted = label("", "muted", wraps=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, STEPS)
        self.left = label("", "muted")
        self.make = QPushButton(self.tr("Make film…"))
        self.make.setDefault(True)
        self.leave = QPushButton(self.tr("Close"))
        self._lay_out()
        self.form.edited.connect(lambda value, *_: self.set_value(value))
        self.make.clicked.connect(self.ask_and_make)
        self.leave.clicked.connect(self._leave)
        self.set_value(self._usual())
        self._show_state()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(self.leave)
        side = QVBoxLayout()
        side.addWidget(self.form)
        side.addWidget(self.counted)
        side.addStretch(1)
        side.addWidget(self.bar)
        side.addWidget(self.left)
        side.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        row.addLayout(side)

    # --- what it is to be -------------------------------------------------------------------------------

    def _usual(self) -> FilmSettings:
        length = self._run.epoch if self._run else FilmSettings().epochs
        source = "run" if self._run else "anew"
        return FilmSettings(source=source, every=moments.usual_stride(length), colours=current().pictures)

    def set_value(self, value: FilmSettings) -> None:
        """Show these settings, and how long the film will be."""
        self.value = value
        self.form.set_value(value)
        count = len(self._stops())
        seconds = duration((count - 1) / value.fps + HOLD)
        words = counted("{count} frame, {seconds}", "{count} frames, {seconds}", count, seconds=seconds)
        self.counted.setText(words)

    def _stops(self) -> tuple[float, ...]:
        run = self._filmed()
        if run is None:
            return moments.stops(0, self.value.epochs, self.value.every)
        return moments.stops(run.waypoints[0].epoch, run.epoch, self.value.every)

    def _filmed(self) -> KeptRun | None:
        return self._run if self.value.source == "run" else None

    # --- making it --------------------------------------------------------------------------------------

    def ask_and_make(self) -> None:
        """Ask for a file, and make the film."""
        suggestion = Path(names.suggest(Path(self._name).stem or self._name, ".gif"))
        if path := saving.file_to_save(self, self.tr("Save film"), suggestion, KINDS):
            self._make(path)

    def _make(self, path: Path) -> None:
        value, run, experiment, stops = self.value, self._filmed(), self._experiment, self._stops()
        shots = _moments(value, run, experiment, self._choice)
        colours = LIGHT if value.colours == "light" else DARK
        look = FilmLook(value.views, value.pixels, colours, self._name, stops[-1])
        first = experiment if run is None else run.waypoints[0].experiment
        shooting = self.shooting = Shooting(FilmStage(first, look), len(stops), self)
        shooting.drawn.connect(self._show_frame)
        shooting.progressed.connect(self._show_progress)
        shooting.made.connect(lambda data: saving.write(self, path, data, lambda: self._tell(path)))
        shooting.ended.connect(self._end)
        shooting.begin(shots, path.suffix.lower(), value.fps)
        self._show_state()

    def _end(self) -> None:
        if self.shooting is not None:
            self.shooting.deleteLater()
            self.shooting = None
        self._show_state()

    def _tell(self, path: Path) -> None:
        self.left.setText(self.tr("Saved {name}.").format(name=path.name))

    def _show_frame(self, frame: FilmFrame) -> None:
        self.preview.show_image(image_of_bytes(frame))
        self.preview_changed.emit()

    def _show_progress(self, share: float, left: float) -> None:
        self.bar.setValue(round(STEPS * share))
        time = self.tr("{time} left").format(time=duration(left)) if left >= 1 else ""
        self.left.setText(" · ".join(filter(None, (percent(share), time))))

    def _show_state(self) -> None:
        busy = self.shooting is not None
        self.form.setEnabled(not busy)
        self.make.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.left.setText("")
        self.leave.setText(self.tr("Cancel") if busy else self.tr("Close"))

    def _leave(self) -> None:
        if self.shooting is not None:
            self.shooting.call_off()
        else:
            self.reject()

    def done(self, result: int) -> None:
        """Close, and make no film."""
        if self.shooting is not None:
            self.shooting.call_off()
        super().done(result)


def _moments(
    value: FilmSettings, run: KeptRun | None, experiment: Experiment, choice: Choice
) -> Callable[[], Iterator[Snapshot]]:
    """What gives the moments, on the thread."""
    if run is not None:
        return lambda: moments.again(run, value.every, choice)
    return lambda: moments.trained(Trainer(experiment, choice=choice), value.epochs, value.every)
