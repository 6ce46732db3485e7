"""What comes from other programs, dropped or pasted: a file, a link, or a sentence on why it is neither."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

LONGEST = 10_000
"""Letters of a text that are looked at: no link is longer."""


@dataclass(frozen=True)
class Incoming:
    """One of them at most is filled; none when there is nothing to open and nothing to say."""

    file: Path | None = None
    link: str = ""
    refusal: str = ""


def read(data: QMimeData | None) -> Incoming:
    """What there is to open in what was dropped or pasted (None: the clipboard is empty)."""
    from playground.files import tf_playground  # when something is there: the window opens without it

    if data is None:
        return Incoming()
    urls = data.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if len(files) > 1:
        words = _tr("One experiment is open at a time; these are {0} files.")
        return Incoming(refusal=words.format(len(files)))
    if files:
        return Incoming(file=files[0])
    texts = [data.text()[:LONGEST], *(url.toString()[:LONGEST] for url in urls)]
    link = next(filter(tf_playground.is_link, texts), "")
    if not link and (urls or "://" in texts[0]):
        return Incoming(refusal=_tr("Of web addresses only TensorFlow Playground links can be opened."))
    return Incoming(link=link)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Incoming", text)
