"""A list in which a person lets members of a family take part: each with a colour and settings of its own."""

from widgets.pages.labs.entries.colours import MOST_ENTRIES, entry_colour
from widgets.pages.labs.entries.edits import EntryEdits
from widgets.pages.labs.entries.frame import EntriesFrame

__all__ = ["MOST_ENTRIES", "EntriesFrame", "EntryEdits", "entry_colour"]
