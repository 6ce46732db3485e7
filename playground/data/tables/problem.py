"""What is wrong with a table, with its place as a spreadsheet counts: rows from 1, the header among them."""

from __future__ import annotations

from playground.text import Text, say
from playground.value import InvalidValue
from playground.words import shortened


class TableProblem(InvalidValue):
    """Why a table cannot be read or used; `row` is that of the file, 0 for none, and `column` a name."""

    def __init__(self, sentence: Text, row: int = 0, column: str = "") -> None:
        super().__init__(_placed(sentence, row, shortened(column, 60)))
        self.row = row
        self.column = column


class Cancelled(Exception):
    """Reading was stopped, as was asked for."""


def _placed(sentence: Text, row: int, column: str) -> Text:
    if row and column:
        return say(
            "table.at_cell",
            "row {row}, column “{column}”: {problem}",
            row=row,
            column=column,
            problem=sentence,
        )
    if row:
        return say("table.at_row", "row {row}: {problem}", row=row, problem=sentence)
    if column:
        return say("table.at_column", "column “{column}”: {problem}", column=column, problem=sentence)
    return sentence
