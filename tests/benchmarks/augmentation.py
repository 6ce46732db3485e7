"""How long augmentations take for an epoch of 1,000 pictures of 32×32, on one core.

Run `python tests/benchmarks/augmentation.py`.  Every picture is varied, by each augmentation alone and by
three in a row; times are those of the processor, the best of several rounds, so that a busy machine troubles
them little.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import process_time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from rich.console import Console
from rich.table import Table

from playground.data.augmentation import Augmentation, varied
from playground.data.augmentation.any_samples import LabelShuffle, MixUp
from playground.data.augmentation.picture_places import HorizontalFlip, PictureRotation, RandomCrop
from playground.data.augmentation.picture_values import ColourJitter, PcaJitter
from playground.data.augmentation.pictures import OfPictures

PICTURES, SIDE, CLASSES = 1000, 32, 10
ROUNDS = 15
MOST = 100
"""Milliseconds that three in a row may take."""

THREE = (HorizontalFlip(probability=100), RandomCrop(strength=4), ColourJitter())
"""What is usual for small photographs."""

TURNED = (HorizontalFlip(probability=100), RandomCrop(strength=4), PictureRotation())


def milliseconds(augmentations: tuple[Augmentation, ...], channels: int) -> float:
    random = np.random.default_rng(0)
    raw = random.random((PICTURES, SIDE, SIDE, channels))
    shares = np.eye(CLASSES)[random.integers(0, CLASSES, PICTURES)]
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        varied(augmentations, raw, shares, random)
        times.append(process_time() - start)
    return 1000 * min(times)


def always(member: type[Augmentation]) -> Augmentation:
    return member(probability=100) if "probability" in member.model_fields else member()


def main() -> None:
    table = Table("augmentation", "grey, ms", "colour, ms")
    alone = [
        member for member in Augmentation.members() if issubclass(member, OfPictures | LabelShuffle | MixUp)
    ]
    cases = {member.title: (always(member),) for member in alone}
    cases |= {" + ".join(each.title for each in three): three for three in (THREE, TURNED)}
    for title, augmentations in cases.items():
        channels = (3,) if isinstance(augmentations[0], PcaJitter) else (1, 3)
        times = [f"{milliseconds(augmentations, each):.1f}" for each in channels]
        table.add_row(title, *times[:-1] or [""], times[-1])
    Console(width=90).print(table, f"Three in a row may take {MOST} ms.")


if __name__ == "__main__":
    main()
