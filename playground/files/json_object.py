"""JSON as files hold it: one object, read strictly, so that no mistake in it passes for something else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from playground.files.problem import FileProblem
from playground.text import say
from playground.words import quoted

MAX_DEPTH = 50
"""How deep objects and lists may be nested: whatever walks them later may recurse."""


def to_bytes(content: Mapping[str, Any]) -> bytes:
    """The object as text in UTF-8, floats with all their digits."""
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False).encode()


def from_bytes(entry: str, data: bytes) -> dict[str, Any]:
    """The object.

    Raises:
        FileProblem: when it is not JSON, names a key twice, holds NaN, or is nested too deeply.
    """
    try:
        content = json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse_constant, object_pairs_hook=_refuse_duplicates
        )
    except UnicodeDecodeError:
        raise FileProblem(say("entry.no_text", "{entry}: is not text in UTF-8", entry=entry)) from None
    except ValueError as error:
        raise FileProblem(
            say("entry.no_json", "{entry}: is not JSON ({error})", entry=entry, error=str(error))
        ) from None
    except RecursionError:
        raise FileProblem(say("entry.too_deep", "{entry}: is nested too deeply", entry=entry)) from None
    if _is_deeper(content, MAX_DEPTH):
        raise FileProblem(say("entry.too_deep", "{entry}: is nested too deeply", entry=entry))
    if not isinstance(content, dict):
        raise FileProblem(say("entry.no_object", "{entry}: must be an object", entry=entry))
    return content


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not a number there")


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name, value in pairs:
        if name in content:
            raise ValueError(f"{quoted(name)} is there twice in one object")
        content[name] = value
    return content


def _is_deeper(node: Any, depth: int) -> bool:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return depth == 0 or any(_is_deeper(child, depth - 1) for child in children)
