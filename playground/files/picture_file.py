"""A PNG picture with an experiment file inside, in a text chunk that other programs leave alone.

Chunks are those of the PNG specification, third edition: length, type, content, checksum.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from playground.files.problem import FileProblem
from playground.text import say

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"neural-playground\0"
_HEAD = 100
"""Bytes in which a picture that was written here says so."""


def with_file(picture: bytes, file: bytes) -> bytes:
    """A picture with the bytes of a file inside, right behind its header."""
    content = _KEYWORD + base64.b64encode(file)
    header, *others = _chunks(picture)
    return SIGNATURE + b"".join(_chunk(*each) for each in (header, (b"tEXt", content), *others))


def holds_file(path: Path) -> bool:
    """Whether a file is a picture with an experiment inside, by its first bytes."""
    try:
        with path.open("rb") as file:
            return _KEYWORD in file.read(_HEAD)
    except (OSError, ValueError):
        return False


def file_in(picture: bytes) -> bytes:
    """The bytes of the file inside a picture.

    Raises:
        FileProblem: when there is none, or the picture is damaged.
    """
    try:
        found = [content for kind, content in _chunks(picture) if kind == b"tEXt"]
        for content in found:
            if content.startswith(_KEYWORD):
                return base64.b64decode(content.removeprefix(_KEYWORD), validate=True)
    except (struct.error, binascii.Error):
        raise FileProblem(say("picture.damaged", "This picture is damaged.")) from None
    raise FileProblem(
        say(
            "picture.no_experiment",
            "This picture has no experiment inside: a program may have left it out when it was sent.",
        )
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The type and the content of each chunk.

    Raises:
        struct.error: when the picture ends within one.
    """
    at = len(SIGNATURE)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        content = picture[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", picture, at + 8 + length)
        if checksum != zlib.crc32(kind + content):
            raise struct.error
        yield kind, content
        at += length + 12


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
