"""The line at the foot of a panel in the beginner's view: what it leaves out, and the way to all of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.text import Text, listed
from widgets.labels import label, link_button, show_text
from widgets.sentences import counted, sentence
from widgets.space_key import leave_space_key

if TYPE_CHECKING:
    from widgets.forms import Form


class ShownFewer(Protocol):
    """A part of a panel that has a way of its own to show fewer things."""

    def show_fewer(self, on: bool) -> None:
        """Show what is for beginners alone, or all again."""


class MoreSettings(QWidget):
    """Shows fewer settings of a panel, says which of the others are not as usual, and shows all when asked.

    Without the beginner's view it is not seen, and nothing is left out.

    Signals:
        changed: more or fewer of them are shown.
    """

    changed = Signal()

    def __init__(
        self,
        forms: Callable[[], Iterable[Form]],
        unusual: Callable[[], Sequence[Text]],
        advanced: Iterable[QWidget] = (),
        parts: Iterable[ShownFewer] = (),
    ) -> None:
        """Of the `forms` there are at a time it leaves out rows, and what is `advanced` as a whole.

        `unusual` tells what the settings are called that beginners are not shown and that differ.
        """
        super().__init__()
        self._forms, self._unusual = forms, unusual
        self._advanced, self._parts = tuple(advanced), tuple(parts)
        self._on = self._all = False
        self._kept: frozenset[str] = frozenset()
        self.told = label(role="muted", wraps=True)
        self.link = link_button("")
        self.link.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.told)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        leave_space_key(self)
        self.hide()

    @property
    def leaves_out(self) -> bool:
        """Whether fewer settings are shown than there are."""
        return self._on and not self._all

    def simplify(self, on: bool) -> None:
        """Show what is for beginners alone, or all."""
        self._on, self._all = on, False
        self.see()

    def keep(self, names: Collection[str]) -> None:
        """Show the fields of these names in any case, for as long as they are pointed at."""
        if frozenset(names) != self._kept:
            self._kept = frozenset(names)
            self.see()

    def see(self) -> None:
        """Show and hide what is there now."""
        fewer, forms = self.leaves_out, tuple(self._forms())
        for widget in self._advanced:
            widget.setVisible(not fewer or self._is_kept(widget))
        for part in self._parts:
            part.show_fewer(fewer)
        for form in forms:
            form.rows.simplify(self._kept if fewer else None)
        has_more = bool(self._advanced or self._parts) or any(form.rows.has_more for form in forms)
        self.setVisible(self._on and has_more)
        self.link.setText(self.tr("Show fewer") if self._all else self.tr("Show all"))
        self.tell()
        self.changed.emit()

    def tell(self) -> None:
        """Say which settings that are not seen differ from the usual."""
        names = self._unusual() if self.leaves_out else ()
        show_text(self.told, _told(names) if names else "")
        self.told.setVisible(bool(names))

    def _is_kept(self, widget: QWidget) -> bool:
        from widgets.forms import Control  # when there are settings

        controls = widget.findChildren(Control)
        return any(control.field.name in self._kept for control in controls)

    def _toggle(self) -> None:
        self._all = not self._all
        self.see()


def _told(names: Sequence[Text]) -> str:
    return counted(
        "{count} more setting differs from the usual: {names}.",
        "{count} more settings differ from the usual: {names}.",
        len(names),
        names=_sentence(listed(names)),
    )


def _sentence(names: Text | str) -> str:
    return sentence(names) if isinstance(names, Text) else names


def aside(*widgets: QWidget) -> QWidget:
    """Widgets that are left out together, whatever else shows and hides them one by one."""
    result = QWidget()
    column = QVBoxLayout(result)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    return result
