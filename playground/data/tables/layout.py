"""How a table is written down in its file: what has to be known to read it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.value import Titles, Typical, Value

ENCODINGS = ("utf-8", "windows-1252", "latin-1", "utf-16")
"""The encodings that are offered; any that Python knows can be read."""

DELIMITERS = (",", ";", "\t", "|", " ")
"""What may part the fields, the likeliest first; any other sign of ASCII can."""

MISSING = (
    "", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "NULL", "Null", "null", "None", "?", "-", "."
)  # fmt: skip
"""Texts that mean a missing value as a rule."""

MOST_ABOVE = 100
"""Rows that can be passed over above a table."""


class Reading(Value):
    """How a table is read from its file; what a kind of file does not have is not looked at."""

    delimiter: str = Field(
        ",",
        pattern="^[\t -!#-~]$",
        title="Delimiter",
        description="The sign between the fields of a row: a comma, a semicolon, a tab, a bar or a space.",
    )
    decimal: Annotated[Literal[".", ","], Titles({".": "Point", ",": "Comma"})] = Field(
        ".", title="Decimal sign", description="The sign before the decimals of a number."
    )
    encoding: str = Field(
        "utf-8", max_length=40, title="Encoding", description="How letters are written as bytes."
    )
    above: Annotated[int, Typical(0, 10)] = Field(
        0,
        ge=0,
        le=MOST_ABOVE,
        title="Rows above",
        description="How many rows above the table are passed over, such as a title and a blank row.",
    )
    header: bool = Field(
        True, title="Names in first row", description="Whether the first row has the names of the columns."
    )
    missing: tuple[str, ...] = Field(
        MISSING, title="Missing", description="Texts that stand where a value is missing."
    )
    sheet: str = Field(
        "",
        max_length=200,
        title="Sheet",
        description="The sheet of the workbook; the first when it is empty.",
    )
