"""Reading a file of weights by what its name ends on; nothing in it is ever run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from playground.text import Text, say
from playground.weights import arrays
from playground.weights.found import FoundWeights, WeightsProblem
from playground.words import shortened

LARGEST = 1 << 30
"""How many bytes a file may have."""


def _onnx(path: Path) -> FoundWeights:
    from playground.weights import onnx_file  # a large library, for such files alone

    return onnx_file.read(path)


READERS: Mapping[str, Callable[[Path], FoundWeights]] = {
    ".npz": arrays.read_npz,
    ".safetensors": arrays.read_safetensors,
    ".onnx": _onnx,
}

PICKLED = say(
    "weights.pickled",
    "A file of torch.save is a program that opening would run. In Python, save the weights as "
    "safetensors: from safetensors.torch import save_file; "
    'save_file(torch.load("model.pt", weights_only=True), "model.safetensors").',
)
KERAS = say(
    "weights.of_keras",
    "Files of Keras are not read. In Python, save the weights as NumPy arrays: "
    'numpy.savez("weights.npz", *model.get_weights()).',
)
REFUSED: Mapping[str, Text] = {
    ".pt": PICKLED, ".pth": PICKLED, ".ckpt": PICKLED, ".pkl": PICKLED, ".bin": PICKLED,
    ".h5": KERAS, ".hdf5": KERAS, ".keras": KERAS,
}  # fmt: skip
SUFFIXES = (*READERS, *REFUSED)


def is_weights(path: Path) -> bool:
    """Whether a file is one of weights, by its name; an archive of arrays by what they are called."""
    suffix = path.suffix.lower()
    return arrays.npz_holds_weights(path) if suffix == ".npz" else suffix in SUFFIXES


def read(path: Path) -> FoundWeights:
    """What a file of weights holds.

    Raises:
        WeightsProblem: when it cannot be read, in a sentence.
    """
    suffix, name = path.suffix.lower(), shortened(path.name)
    if suffix in REFUSED:
        raise WeightsProblem(REFUSED[suffix])
    if suffix not in READERS:
        raise WeightsProblem(
            say(
                "weights.unknown_file",
                "Weights come as .npz, .safetensors or .onnx; {name} is none.",
                name=name,
            )
        )
    try:
        if path.stat().st_size > LARGEST:
            raise WeightsProblem(say("weights.too_large", "{name} is larger than 1 GiB.", name=name))
        found = READERS[suffix](path)
    except OSError as error:
        raise WeightsProblem(
            say(
                "weights.unreadable",
                "{name} cannot be read: {reason}.",
                name=name,
                reason=str(error.strerror),
            )
        ) from None
    if not found.arrays:
        raise WeightsProblem(say("weights.none", "{name} holds no weights.", name=name))
    return found
