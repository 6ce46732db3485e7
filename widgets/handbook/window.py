"""The window of the handbook: chapters and a search at the left, a page at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.manual import ManualPage
from playground.value import Kind
from widgets import theme
from widgets.document import Document
from widgets.handbook.chapters import Topic, chapters, title_of, words_of
from widgets.handbook.manual_text import ManualText
from widgets.handbook.meant import Meant
from widgets.labels import label, show_or_hide
from widgets.panels.explain.drawings import Scene
from widgets.panels.explain.page import ExplainPage
from widgets.sentences import said
from widgets.tab_order import ReadingOrder

SIZE = QSize(860, 640)
CONTENTS_WIDTH = 260
TOPIC = Qt.ItemDataRole.UserRole


class Handbook(ReadingOrder, QDialog):
    """Stays open beside the window, and explains what it is asked for.

    Signals:
        laboratory_chosen: the kind of a laboratory that is to be opened.
    """

    laboratory_chosen = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Handbook"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self._document = document
        self._shown: Kind | ManualPage | None = None
        self._items: dict[Topic, QTreeWidgetItem] = {}
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(True)
        self.line.setPlaceholderText(self.tr("Search in all pages"))
        self.line.setAccessibleName(self.tr("Search in all pages"))
        self.contents = QTreeWidget()
        self.contents.setHeaderHidden(True)
        self.contents.setProperty("role", "contents")
        self.contents.setAccessibleName(self.tr("Contents"))
        self.nothing = label(self.tr("No page has all of these words."), "muted", wraps=True)
        self.nothing.hide()
        self.page = ExplainPage()
        self.text = ManualText()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.page)
        self.pages.addWidget(self.text)
        self._lay_out()
        self._fill()
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self.contents.setFocus)
        self.contents.currentItemChanged.connect(lambda item, _before: self._turn_to(item))
        self.page.laboratories.chosen.connect(self.laboratory_chosen)
        theme.themes.changed.connect(self._show)
        self.line.setFocus()

    def open_at(self, meant: Meant) -> None:
        """Turn to a page: of a member, as it is set where it is a value, or of the manual, by its name."""
        item = self._items[self._topic(meant)]
        self.line.clear()
        self.contents.setCurrentItem(item)
        self.contents.scrollToItem(item)
        if isinstance(meant, Kind):
            self._shown = meant
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search to what it found."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.contents.setFocus()
        else:
            super().keyPressEvent(event)

    # --- assembly ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, splitter = QWidget(), QSplitter()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.nothing)
        column.addWidget(self.contents, 1)
        splitter.addWidget(left)
        splitter.addWidget(self.pages)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([CONTENTS_WIDTH, SIZE.width() - CONTENTS_WIDTH])
        splitter.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.addWidget(splitter)

    def _fill(self) -> None:
        for chapter in chapters():
            top = QTreeWidgetItem(self.contents, [chapter.title])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for topic in chapter.pages:
                item = QTreeWidgetItem(top, [title_of(topic)])
                item.setData(0, TOPIC, topic)
                if not isinstance(topic, ManualPage):
                    item.setToolTip(0, said(topic, "help"))
                self._items[topic] = item

    # --- finding and showing ----------------------------------------------------------------------------

    def _filter(self, text: str) -> None:
        """Show the pages that have all of these words, and turn to the first that has them in its title."""
        words = text.casefold().split()
        found = [topic for topic in self._items if all(word in words_of(topic) for word in words)]
        for topic, item in self._items.items():
            item.setHidden(topic not in found)
        for number in range(self.contents.topLevelItemCount()):
            top = self.contents.topLevelItem(number)
            top.setHidden(all(top.child(place).isHidden() for place in range(top.childCount())))
            top.setExpanded(bool(words) and not top.isHidden())
        show_or_hide(self.nothing, "" if found else self.tr("No page has all of these words."))
        if words and found:
            titled = [topic for topic in found if all(word in title_of(topic).casefold() for word in words)]
            self.contents.setCurrentItem(self._items[(titled or found)[0]])

    def _topic(self, meant: Meant) -> Topic:
        """What has the page that is meant; the first of all where there is none."""
        if isinstance(meant, str):
            named = (each for each in self._items if isinstance(each, ManualPage) and each.name == meant)
        else:
            member = meant if isinstance(meant, type) else type(meant)
            named = (each for each in self._items if each is member)
        return next(named, next(iter(self._items)))

    def _turn_to(self, item: QTreeWidgetItem | None) -> None:
        topic = None if item is None else item.data(0, TOPIC)
        if topic is not None:
            self._shown = topic if isinstance(topic, ManualPage) else topic.usual()
            self._show()

    def _show(self) -> None:
        if isinstance(self._shown, ManualPage):
            self.text.show_page(self._shown)
            self.pages.setCurrentWidget(self.text)
        elif self._shown is not None:
            experiment = self._document.experiment
            scene = Scene(experiment, experiment.network.output.id, 1, theme.current())
            self.page.show_value(self._shown, scene)
            self.pages.setCurrentWidget(self.page)
