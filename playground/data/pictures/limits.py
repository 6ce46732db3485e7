"""How many pictures there may be, and how large; each bound is told in a sentence."""

from __future__ import annotations

MOST_VALUES = 100_000_000
"""Pictures times pixels times channels: what memory and a file can hold of them."""
