"""How often an experiment is repeated."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from playground.value import Typical, Value


class RepeatSettings(Value):
    """What a person chooses of it."""

    seeds: Annotated[int, Typical(2, 30)] = Field(
        10,
        ge=2,
        le=200,
        title="Seeds",
        description="So many times it is trained, each time from other random numbers.",
    )
