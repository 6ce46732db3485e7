"""The left column of the page: what varies, for which goals, how settings are chosen and trials are run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from playground.search.addresses import address
from playground.search.goals import Goal, told
from playground.search.plan import SearchPlan
from playground.search.variation import Variation
from playground.value import InvalidValue
from widgets.forms import Form
from widgets.forms.both_ways import pop_up
from widgets.forms.control import Combo
from widgets.labels import label, link_button, show_or_hide
from widgets.pages.search.varied_row import VariedRow
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import sentence, shown_field
from widgets.tips import tip
from widgets.workspace import Workspace

LABELS = 96
SECOND = ("parameters", "accuracy", "loss", "r2", "f1")
"""What may be looked for besides the first goal."""


class SearchSettings(QFrame):
    """Shows the plan of the document's search, and edits it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._workspace, self._planned = workspace, workspace.search
        self.rows: dict[str, VariedRow] = {}
        self._make_head()
        self.goal = Form(Goal, label_width=LABELS)
        self.second = Combo()
        self.form = Form(SearchPlan, label_width=LABELS)
        self.storage = Form(SearchPlan, only=("storage", "study"), label_width=LABELS)
        self.remark = label("", "muted", wraps=True)
        self.join = link_button(self.tr("Copy how others join"))
        self.join.setToolTip(
            tip(self.tr("Copy the command main.py search-worker, by which other machines take trials too."))
        )
        self.nurse = link_button(self.tr("Nurse one model by hand"))
        self.nurse.setToolTip(
            tip(
                self.tr(
                    "Change the learning rate while one model trains: each change is a mark on its curve, "
                    "and along Go back you take it up again from there."
                )
            )
        )
        self._lay_out()
        self._connect()
        self.show_plan()

    def _make_head(self) -> None:
        self.add = link_button(self.tr("Add…"), self.tr("Choose something else that varies."))
        self.hint = label(self.tr("dice on any control"), "muted")
        self.hint.setToolTip(
            tip(self.tr("Point at a setting on Design or Data, and click the dice beside it."))
        )
        self.nothing = label(
            self.tr("Nothing varies yet: add a setting, or click a dice beside one."), "muted"
        )
        self.nothing.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)

    def _lay_out(self) -> None:
        scroll = ScrollingColumn(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("What varies"), "heading"))
        head.addStretch(1)
        head.addWidget(self.hint)
        head.addWidget(self.add)
        column = scroll.column
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addLayout(self._rows)
        column.addSpacing(4)
        column.addWidget(self.goal)
        second = QHBoxLayout()
        title = label(self.tr("And"), "muted")
        title.setFixedWidth(LABELS)
        title.setBuddy(self.second)
        second.setSpacing(0)
        second.addWidget(title)
        second.addWidget(self.second, 1)
        column.addLayout(second)
        for part in (self.remark, self.form, self.storage, self.join, self.nurse):
            column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self.second.setAccessibleName(self.tr("Second goal"))
        self.second.addItem(self.tr("no other goal"), "")
        titles = shown_field(Goal, "metric").titles
        for metric in SECOND:
            self.second.addItem(titles[metric], metric)
        self.second.activated.connect(self._choose_second)
        self.goal.edited.connect(self._edit_goal)
        for form in (self.form, self.storage):
            form.edited.connect(lambda plan, gesture, text: self._planned.edit(plan, text, gesture))
        self.storage.hint("storage", self.tr("a file of yours"))
        self.storage.hint("study", self.tr("named by itself"))
        self.add.clicked.connect(self._offer)
        self.join.clicked.connect(self._copy_command)
        self.nurse.clicked.connect(lambda: self._workspace.page_asked.emit("runs"))
        self._planned.changed.connect(self._see)
        self._workspace.document.changed.connect(self._see)

    # --- showing ----------------------------------------------------------------------------------------

    def _see(self) -> None:
        if self.isVisible():
            self.show_plan()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was planned elsewhere."""
        super().showEvent(event)
        self.show_plan()

    def show_plan(self) -> None:
        """Show the plan as it is."""
        plan = self._planned.plan
        self._have_rows(plan)
        self.goal.set_value(plan.goals[0])
        metric = plan.goals[1].metric if len(plan.goals) > 1 else ""
        self.second.setCurrentIndex(max(self.second.findData(metric), 0))
        self.form.set_value(plan)
        self.storage.set_value(plan)
        self.nothing.setVisible(not plan.variations)
        experiment = self._workspace.document.experiment
        problem = plan.goals[0].problem(experiment)
        show_or_hide(self.remark, sentence(problem) if problem is not None else sentence(told(experiment)))

    def _have_rows(self, plan: SearchPlan) -> None:
        """A row for each that varies; only what differs is made anew."""
        wanted = {each.path: each for each in plan.variations}
        for path, row in list(self.rows.items()):
            variation = wanted.get(path)
            if variation is None or bool(row.variation.choices) != bool(variation.choices):
                del self.rows[path]
                row.hide()
                row.deleteLater()
        for path, variation in wanted.items():
            if path not in self.rows:
                self.rows[path] = self._made_row(variation)
            elif self.rows[path].variation != variation:
                self.rows[path].show_variation(variation)

    def _made_row(self, variation: Variation) -> VariedRow:
        row = VariedRow(variation, self._planned.settings().get(variation.path), self)
        row.edited.connect(self._edit_variation)
        row.removed.connect(self._planned.leave)
        self._rows.addWidget(row)
        return row

    # --- editing ----------------------------------------------------------------------------------------

    def _edit_variation(self, variation: Variation, gesture: int, text: str) -> None:
        plan = self._planned.plan
        changed = tuple(variation if each.path == variation.path else each for each in plan.variations)
        self._planned.edit(plan.with_(variations=changed), text, gesture)

    def _edit_goal(self, goal: Goal, gesture: int, text: str) -> None:
        rest = tuple(each for each in self._planned.plan.goals[1:] if each.metric != goal.metric)
        self._try(lambda plan: plan.with_(goals=(goal, *rest)), text, gesture)

    def _choose_second(self) -> None:
        metric = self.second.currentData()
        first = self._planned.plan.goals[0]
        goals = (first, Goal(metric=metric)) if metric and metric != first.metric else (first,)
        self._try(lambda plan: plan.with_(goals=goals), self.tr("Change the second goal"), -1)
        self.show_plan()

    def _try(self, after: Callable[[SearchPlan], SearchPlan], text: str, gesture: int) -> None:
        try:
            self._planned.edit(after(self._planned.plan), text, gesture)
        except InvalidValue as problem:
            self._workspace.notice.say(sentence(problem.text))

    def _offer(self) -> None:
        pop_up(self.menu(), self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """All that may vary, by where it belongs; what varies has a tick."""
        menu, varied = QMenu(self), self._planned.varied
        titles = {"network": self.tr("Network"), "training": self.tr("Training"), "data": self.tr("Data")}
        menus = {name: menu.addMenu(title) for name, title in titles.items()}
        for path, setting in self._planned.settings().items():
            within = menus.get(setting.steps[0], menu)
            if len(setting.steps) > 2 and setting.steps[:2] == ("data", "inputs"):
                within = menus.get("inputs") or menus.setdefault(
                    "inputs", menus["data"].addMenu(self.tr("Inputs"))
                )
            action = within.addAction(sentence(setting.words))
            action.setCheckable(True)
            action.setChecked(path in varied)
            action.triggered.connect(lambda _checked=False, path=path: self._planned.toggle(path))
        return menu

    # --- other machines ---------------------------------------------------------------------------------

    def command(self) -> str:
        """What another machine runs to take trials of the same study; empty where there is no storage."""
        plan = self._planned.plan
        name = self._planned.study or plan.study or self.tr("NAME")
        try:
            where = address(plan.storage)
        except InvalidValue as problem:
            self._workspace.notice.say(sentence(problem.text))
            return ""
        storage = plan.storage or str(where.path)
        return f'main.py search-worker --storage "{storage}" --study "{name}"'

    def _copy_command(self) -> None:
        if command := self.command():
            QGuiApplication.clipboard().setText(command)
            self._workspace.message.emit(self.tr("Copied: {command}").format(command=command))
