"""An experiment as a link that fits a message: its settings and seeds, from which anyone gets the same run.

A link is `nnplay:///` and, in base64 without signs that need escaping, the deflated `experiment.json` of a
file.  Any version of the format can be read, as in files.  Behind two slashes, as links were written once,
it would be the name of a host: programs write those in small letters, and Qt refuses one so long.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from playground.data import Collection
from playground.data.dataset import Carried
from playground.experiment import Experiment
from playground.files import experiment_file
from playground.files.problem import FileProblem
from playground.text import say

SCHEME = "nnplay://"

LONGEST = 8000
"""Letters of a link; longer ones are cut off by programs for messages."""

MOST_BYTES = 1_000_000
"""Bytes that a link may unpack to."""

_LINK = re.compile(rf"{SCHEME}/?([\w-]+)=*/?", re.ASCII | re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether there is such a link in the text."""
    return SCHEME in text.casefold()


def link(experiment: Experiment) -> str:
    """The link to an experiment, without what was learnt.

    Raises:
        FileProblem: when its data are not in it, or it would be too long.
    """
    dataset = experiment.data.dataset
    if isinstance(dataset, Collection) and not isinstance(dataset, Carried):
        raise FileProblem(
            say("share.own_data", "A link cannot hold data of your own: save a file and share that.")
        )
    packed = zlib.compress(experiment_file.experiment_bytes(experiment), 9, -zlib.MAX_WBITS)
    text = f"{SCHEME}/" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    if len(text) > LONGEST:
        raise FileProblem(say("share.too_long", "This is too much for a link: save a file and share that."))
    return text


def parse(text: str) -> Experiment:
    """The experiment of a link, which may have words around it and line breaks in it.

    Raises:
        FileProblem: when it is cut off, or what it holds is wrong.
    """
    start = text.casefold().find(SCHEME)
    found = _LINK.match(re.sub(r"[\r\n]+[>\s]*", "", text[start:]) if start >= 0 else "")
    if found is None:
        raise _damaged()
    letters = found[1]
    try:
        packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        content = reader.decompress(packed, MOST_BYTES)
    except (binascii.Error, zlib.error):
        raise _damaged() from None
    if not reader.eof:
        raise _damaged()
    return experiment_file.loads(content).experiment


def _damaged() -> FileProblem:
    return FileProblem(say("share.damaged", "This link is damaged or not whole: copy all of it once more."))
