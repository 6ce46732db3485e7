"""Putting an export, and the proof of it, into files."""

from __future__ import annotations

import re
from pathlib import Path

from playground.exports.target import ExportedFiles
from playground.exports.verifying import Proof
from playground.files.atomic import check_writable, write_atomically
from playground.files.json_object import to_bytes


def base_of(path: Path) -> str:
    """By which name the files of an export are called."""
    return path.stem or "network"


def usual_name(title: str) -> str:
    """A name for the file of a network of that title."""
    return re.sub(r"\W+", "_", title).strip("_")[:60] or "network"


def proof_path(path: Path) -> Path:
    """Where the proof of an export is written."""
    return path.with_name(f"{path.name}.json")


def save(exported: ExportedFiles, path: Path) -> tuple[Path, ...]:
    """Write an export: its first file under that path, and those beside it in the same folder.

    Raises:
        FileProblem: when that fails; then none of the files is there in part.
    """
    first, *others = exported.files
    paths = {path: exported.files[first]} | {path.with_name(name): exported.files[name] for name in others}
    for each in paths:
        check_writable(each)
    for each in reversed(paths):  # what is opened comes last, when all that it needs is there
        write_atomically(each, paths[each])
    return tuple(paths)


def save_proof(proof: Proof, path: Path) -> Path:
    """Write the proof of an export beside it.

    Raises:
        FileProblem: when that fails.
    """
    beside = proof_path(path)
    write_atomically(beside, to_bytes(proof.content()))
    return beside
