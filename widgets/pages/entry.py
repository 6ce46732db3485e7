"""What the rail says of a page before it is made."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.record import record


@record
class PageEntry:
    """A page: the name of its folder, title and purpose in English, its icon and its place in the rail."""

    name: str
    title_in_english: str
    tip_in_english: str
    icon: str
    place: int
    basic: bool = False
    """Whether beginners need it."""

    @property
    def title(self) -> str:
        """The title in the language of the person."""
        return QCoreApplication.translate("Pages", self.title_in_english)

    @property
    def tip(self) -> str:
        """What the page is for, in the language of the person."""
        return QCoreApplication.translate("Pages", self.tip_in_english)
