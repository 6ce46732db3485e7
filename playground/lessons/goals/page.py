"""A page that is to be opened."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from playground.lessons.goals.base import Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.text import Text, say

Page = Literal["design", "data", "inside", "runs", "search", "labs"]
NAMES = {
    "design": say("goal.page_design", "Open the page Design"),
    "data": say("goal.page_data", "Open the page Data"),
    "inside": say("goal.page_inside", "Open the page Inside"),
    "runs": say("goal.page_runs", "Open the page Runs"),
    "search": say("goal.page_search", "Open the page Search"),
    "labs": say("goal.page_labs", "Open the page Labs"),
}


class PageGoal(LessonGoal):
    kind: Literal["page"] = "page"
    title = "Page"
    help = "A page of the window is to be in front."
    advice = "Before something that is seen there."

    page: Page = Field(title="Page", description="Which one: design, data, inside, runs, search or labs.")

    @property
    def sentence(self) -> Text:
        return NAMES[self.page]

    def judge(self, observed: Observed) -> Judgement:
        return Judgement(observed.page == self.page)
