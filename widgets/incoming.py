"""What comes from other programs, dropped or pasted: a file, data, a link, or a sentence why none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData

from playground.files.names import LESSON
from playground.record import record

DELIMITERS = "\t;,"
"""Signs between cells that are pasted."""

OF_EDGES = ("edge", "link", "kante")
"""Words of which one is in the name of a table that has the edges of a graph."""

LONGEST = 10_000
"""Letters of a text that are looked at: no link is longer."""


@record
class Incoming:
    """One of them at most is filled; none when there is nothing to open and nothing to say."""

    file: Path | None = None
    data: Path | tuple[Path, ...] | str | None = None
    """A file with a table, or the cells of one; or a folder, an archive or files of pictures."""
    edges: Path | None = None
    """The table that has the edges, where the other one has the nodes of a graph."""
    weights: Path | None = None
    """A file with the weights of another program's network."""
    link: str = ""
    lesson: Path | None = None
    refusal: str = ""


def read(data: QMimeData | None) -> Incoming:
    """What there is to open in what was dropped or pasted (None: the clipboard is empty)."""
    from widgets.links import is_link

    if data is None:
        return Incoming()
    urls = data.urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if files:
        return _of_files(files)
    texts = [data.text()[:LONGEST], *(url.toString()[:LONGEST] for url in urls)]
    link = next(filter(is_link, texts), "")
    if not link and (urls or "://" in texts[0]):
        return Incoming(refusal=_tr("Of web addresses only those of TensorFlow Playground can be opened."))
    if not link and is_cells(data.text()):
        return Incoming(data=data.text())
    return Incoming(link=link)


def _of_files(files: list[Path]) -> Incoming:
    from playground.data.pictures.arranging import is_picture
    from playground.data.pictures.opening import is_pictures
    from playground.data.tables.reading import is_table
    from playground.files.picture_file import holds_file
    from playground.weights.reading import is_weights

    if len(files) == 1:
        if holds_file(files[0]):
            return Incoming(file=files[0])
        if is_weights(files[0]):
            return Incoming(weights=files[0])
        if is_picture(files[0].name):
            words = _tr("One picture alone teaches nothing: open a folder with a folder for each class.")
            return Incoming(refusal=words)
        if files[0].suffix.lower() == LESSON:
            return Incoming(lesson=files[0])
        of_data = is_table(files[0].name) or is_pictures(files[0])
        return Incoming(data=files[0]) if of_data else Incoming(file=files[0])
    if all(is_pictures(file) for file in files):
        return Incoming(data=tuple(files))
    if len(files) == 2 and all(is_table(file.name) for file in files):
        edges, nodes = sorted(files, key=lambda file: not is_of_edges(file))
        if is_of_edges(edges) and not is_of_edges(nodes):
            return Incoming(data=nodes, edges=edges)
    words = _tr("One experiment is open at a time; these are {0} files.")
    return Incoming(refusal=words.format(len(files)))


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
