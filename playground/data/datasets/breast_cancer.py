"""Tumours of the breast, told apart by what a microscope shows of the nuclei of their cells."""

from __future__ import annotations

from typing import Literal

from playground.data import library
from playground.data.dataset import Carried, Task
from playground.data.sample import Column
from playground.data.scaling import Standardize
from playground.data.store import Content

MEASURES = (
    "radius", "texture", "perimeter", "area", "smoothness",
    "compactness", "concavity", "concave points", "symmetry", "fractal dimension",
)  # fmt: skip
"""What was measured of each nucleus."""


class BreastCancer(Carried):
    kind: Literal["breast_cancer"] = "breast_cancer"
    title = "Breast cancer"
    help = (
        "569 tumours, malignant or benign: ten measures of their nuclei, "
        "each as mean, standard error and mean of the three largest."
    )
    advice = "For a table of many columns; on a validation share it shows overfitting early."
    reference = "Street, Wolberg & Mangasarian 1993."
    usual_scaling = Standardize.usual()
    content = "bad1f701395a84df5424ae2f8e08bdfa835c36aeb29d785dc2fb5c863f299450"

    @property
    def task(self) -> Task:
        """Tell malignant tumours from benign ones."""
        return Task("classification", ("malignant", "benign"))

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            *(Column(f"mean {measure}") for measure in MEASURES),
            *(Column(f"{measure} error") for measure in MEASURES),
            *(Column(f"worst {measure}") for measure in MEASURES),
        )

    @property
    def count(self) -> int:
        return 569

    def load(self) -> Content:
        return library.classified("breast_cancer.csv")
