"""Names of files: how ours end, those of the examples, what is meant by a typed one, and one to suggest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

SUFFIX = ".nnplay"
PICTURE = ".png"
"""What the name of an experiment's file ends in."""

LESSON = ".toml"
"""What the name of a lesson's file ends in."""

EXAMPLES: Mapping[str, str] = {
    "one_neuron": "One neuron",
    "xor": "Exclusive or",
    "three_classes": "Three classes",
    "spiral": "Spiral",
    "skip": "Skip connection",
    "sine": "Sine",
    "early_stopping": "Early stopping",
    "unfolding": "Unfolding",
    "vanishing": "Vanishing gradient",
    "saddle": "Saddle point",
    "by_hand": "By hand",
    "kinks": "Kinks",
    "autoencoder": "Autoencoder",
    "vae": "Latent space",
    "denoising": "Denoising",
    "sparse": "Sparse code",
    "painted": "Painted points",
    "iris": "Iris",
    "digits": "Digits",
    "digits_cnn": "Convolution",
    "series": "Series",
    "adding_lstm": "Long memory",
    "text_gru": "Text",
    "attention": "Attention",
    "memory": "External memory",
    "augmentation": "Augmentation",
    "karate": "Karate club",
    "karate_gcn": "Graph convolution",
}
"""The titles of the experiments that come with the program, in the order in which they teach."""

LOOKS: Mapping[str, tuple[str, object]] = {
    "by_hand": ("trace", ("train", 4)),
    "kinks": ("gradient_check", None),
}
"""The look inside at which an example opens, and what is shown there; others open where one is."""

LONGEST_SUGGESTION = 100
"""Letters of a name that is suggested."""

MOST_BYTES = 200
"""Bytes of it, of which a letter may have four; a file system has room for 255 in a name."""

RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|com[¹²³]|lpt[¹²³]|conin\$|conout\$)", re.IGNORECASE)
"""What is a device to Windows, whatever ending stands behind it."""


def complete(typed: Path, endings: Sequence[str], usual: str) -> Path:
    """The file that is meant: its name ends in one of these endings, in any case, or else gets the usual one.

    Dots and blanks at the end of a name go, as Windows drops them when nobody looks.
    """
    name = re.sub(r"[\s.]+$", "", typed.name)
    if Path(name).suffix.lower() not in endings:
        name += usual
    return typed.parent / name


def fits_windows(name: str) -> bool:
    """Whether Windows makes a file of this name, and no device, stream or file of another name."""
    reserved = RESERVED.fullmatch(name.partition(".")[0].rstrip())
    return not (reserved or re.search(r'[\x00-\x1f<>:"/\\|?*]', name) or name != name.rstrip(" ."))


def suggest(title: str, ending: str) -> str:
    """A name of a file for something called so, which every system can write; - where nothing is left."""
    name = re.sub(r'[\x00-\x1f\x7f\ud800-\udfff<>:"/\\|?*]+', "-", unicodedata.normalize("NFC", title))
    name = name.strip(" .")[:LONGEST_SUGGESTION].encode()[:MOST_BYTES].decode(errors="ignore").strip(" .")
    if RESERVED.fullmatch(name.partition(".")[0].rstrip()):
        name = f"_{name}"
    return (name or "-") + ending
