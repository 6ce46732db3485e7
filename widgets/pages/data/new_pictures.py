"""Pictures of a folder, predicted by the network as it is now and written as a table."""

from __future__ import annotations

from pathlib import Path

from playground.files.atomic import write_atomically
from playground.files.predictions import to_bytes
from playground.files.problem import FileProblem
from playground.folders import home
from playground.text import Text
from playground.training.moment import Moment
from playground.value import InvalidValue
from widgets.dialogs import questions
from widgets.pages.data.new_samples import NewSamples
from widgets.sentences import counted, sentence


class NewPictures(NewSamples):
    """Pictures that nobody has told the class of."""

    def of_folder(self) -> None:
        """Ask for a folder and for a file to write to."""
        folder = questions.folder_to_open(self._window, home(), self.tr("Predict pictures of a folder"))
        moment = self._samples.moment
        if folder is None or moment is None:
            return
        out = self._table_for(folder)
        if out is not None:
            self.message.emit(self.tr("Predicting…"))
            self._samples.in_background(lambda: _written(moment, folder, out), self._tell)

    def _tell(self, outcome: tuple[int, tuple[Text, ...]] | Text) -> None:
        if isinstance(outcome, Text):
            self.problem.emit(sentence(outcome))
            return
        count, remarks = outcome
        said = counted("Predicted {count} picture.", "Predicted {count} pictures.", count)
        self.message.emit("  ".join([said, *map(sentence, remarks)]))


def _written(moment: Moment, folder: Path, out: Path) -> tuple[int, tuple[Text, ...]] | Text:
    """How many there are and what was left out, when the table is written; or why it cannot be."""
    from playground.files import predicted_pictures

    try:
        given = predicted_pictures.read(moment.data, folder)
        write_atomically(out, to_bytes(predicted_pictures.predicted(moment, given).frame))
    except (InvalidValue, FileProblem) as problem:
        return problem.text
    return len(given.raw), given.remarks
