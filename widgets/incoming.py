"""What comes from other programs, dropped or pasted: a file, data, a link, or a sentence why none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

DELIMITERS = "\t;,"
"""Signs between cells that are pasted."""

OF_EDGES = ("edge", "link", "kante")
"""Words of which one is in the name of a table that has the edges of a graph."""

LONGEST = 10_000
"""Letters of a text that are looked at: no link is longer."""


@dataclass(frozen=True)
class Incoming:
    """One of them at most is filled; none when there is nothing to open and nothing to say."""

    file: Path | None = None
    data: Path | str | None = None
    """A file with a table, or the cells of one."""
    edges: Path | None = None
    """The table that has the edges, where the other one has the nodes of a graph."""
    link: str = ""
    refusal: str = ""


def read(data: QMimeData | None) -> Incoming:
    """What there is to open in what was dropped or pasted (None: the clipboard is empty)."""
    from playground.data.tables.reading import is_table  # when something is there: the window opens
    from playground.files import tf_playground  # without them

    if data is None:
        return Incoming()
    urls = data.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if len(files) == 2 and all(is_table(file.name) for file in files):
        edges, nodes = sorted(files, key=lambda file: not is_of_edges(file))
        if is_of_edges(edges) and not is_of_edges(nodes):
            return Incoming(data=nodes, edges=edges)
    if len(files) > 1:
        words = _tr("One experiment is open at a time; these are {0} files.")
        return Incoming(refusal=words.format(len(files)))
    if files:
        of_table = is_table(files[0].name)
        return Incoming(data=files[0]) if of_table else Incoming(file=files[0])
    texts = [data.text()[:LONGEST], *(url.toString()[:LONGEST] for url in urls)]
    link = next(filter(tf_playground.is_link, texts), "")
    if not link and (urls or "://" in texts[0]):
        return Incoming(refusal=_tr("Of web addresses only TensorFlow Playground links can be opened."))
    if not link and is_cells(data.text()):
        return Incoming(data=data.text())
    return Incoming(link=link)


def is_of_edges(file: Path) -> bool:
    """Whether a table is called so that it has the edges of a graph."""
    return any(word in file.stem.casefold() for word in OF_EDGES)


def is_cells(text: str) -> bool:
    """Whether a text looks like cells of a table: rows with as many delimiters in one as in the next."""
    start = text[:LONGEST].lstrip("\ufeff\n\r")
    if start.startswith(("{", "[", "<")):
        return False
    first, _, rest = start.partition("\n")
    second = rest.partition("\n")[0]
    return any(0 < first.count(sign) == second.count(sign) for sign in DELIMITERS)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Incoming", text)
