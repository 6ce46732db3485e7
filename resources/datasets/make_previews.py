"""Writes the few samples that the gallery shows of each dataset which has its samples.

    python resources/datasets/make_previews.py

They are kept beside this script, so that the window need not load the datasets to show what they look like.
"""

import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parents[1]))

from playground.data import Collection, preview  # noqa: E402

for member in Collection.members():
    few = preview(member(), 60)
    np.savez_compressed(FOLDER / f"{member.tag()}.npz", raw=few.raw, targets=few.targets)
