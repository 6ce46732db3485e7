"""How far diabetes went within a year, foretold from ten measurements."""

from __future__ import annotations

from typing import Literal

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import Column
from playground.data.scaling import Standardize
from playground.data.store import Content

HUNDRED = 100.0
"""The measure goes from 25 to 346; a network learns it sooner as 0.25 to 3.46."""


class Diabetes(Carried):
    kind: Literal["diabetes"] = "diabetes"
    title = "Diabetes"
    help = (
        "442 patients, ten measurements of each, and a measure of how far the disease went "
        "within a year, in hundreds."
    )
    advice = "For a regression that no network gets right: half of the variance is chance."
    reference = "Efron et al. 2004."
    usual_scaling = Standardize.usual()
    content = "74910c394def52e52ab6424bf976cf3ceda81568e192e6c7dc0fa79cb22c9033"

    @property
    def task(self) -> Task:
        """Foretell the measure."""
        return Task("regression")

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            Column("age", "years"),
            Column("sex"),
            Column("body mass index", "kg/m²"),
            Column("blood pressure", "mmHg"),
            *(Column(name, "mg/dL") for name in ("total cholesterol", "LDL", "HDL")),
            Column("total cholesterol / HDL"),
            Column("log of triglycerides"),
            Column("blood sugar", "mg/dL"),
        )

    @property
    def count(self) -> int:
        return 442

    def load(self) -> Content:
        measured = library.rows("diabetes_data_raw.csv.gz", heading=0, delimiter=None)
        measured = measured.round(9)  # older versions write 4.803999999999999 for 4.804
        return Content(measured, library.rows("diabetes_target.csv.gz", heading=0) / HUNDRED)
