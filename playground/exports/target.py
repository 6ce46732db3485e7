"""What every target of an export is: a language or a format, and what it can say."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.engine.portable import NotPortable, PortableOp, PortableStep
from playground.exports.network import PortableNetwork
from playground.text import Text, say
from playground.value import Kind


@dataclass(frozen=True, eq=False)
class ExportedFiles:
    """What an export is made of: files by name.  The first is the one that is opened, and shown."""

    files: Mapping[str, bytes]

    @property
    def main(self) -> str:
        """The name of the first file."""
        return next(iter(self.files))

    @property
    def code(self) -> str:
        """The first file as text; "" where it is none."""
        try:
            return self.files[self.main].decode()
        except UnicodeDecodeError:
            return ""


class ExportTarget(Kind):
    """A language, or a format, that networks are written in."""

    suffix: ClassVar[str]
    """How the name of its file ends: `.py`."""

    language: ClassVar[str] = ""
    """By which rules its code is coloured: python, c, html; "" where it is no text."""

    knows: ClassVar[frozenset[type[PortableOp]]] = frozenset()
    """The operations that it has words for."""

    tolerances: ClassVar[Mapping[str, float]] = {"float32": 1e-6}
    """How far it may be from the engine, relative to the largest output, by the precisions that it has."""

    def refusal(self, network: PortableNetwork) -> Text | None:
        """Why it cannot say a network: a sentence that names the layer; None where it can."""
        unknown = next((step for step in network.forward.steps if type(step.op) not in self.knows), None)
        return None if unknown is None else self._no_word(unknown)

    def _no_word(self, step: PortableStep) -> Text:
        return say(
            "export.no_word",
            "{target} has no word for the layer {layer} “{name}”.",
            target=self.named(),
            layer=step.layer_title,
            name=step.layer_id,
        )

    def precisions(self, network: PortableNetwork) -> Mapping[str, float]:
        """The precisions in which an export of this network can be run, and how far it may be off in each."""
        return self.tolerances

    def written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        """The files of a network, called by that name without its ending.

        Raises:
            NotPortable: with the sentence of `refusal`.
        """
        if (refusal := self.refusal(network)) is not None:
            raise NotPortable(refusal)
        return self._written(network, name)

    @abstractmethod
    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        """The files of a network that it can say."""

    def lacking(self) -> Text | None:
        """What is not installed here that its verification needs; None where all is there."""
        return None

    @abstractmethod
    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        """What the export in a folder gives for samples as they are, (n, outputs), on their own scale.

        Of samples (n, …), whose categories are codes and whose missing steps are NaN.
        """
