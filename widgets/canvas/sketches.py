"""From the state of the view to the sketch of its layout: what there is, and what is to be said of it."""

from __future__ import annotations

from widgets.canvas.layout import Sketch
from widgets.canvas.state import ViewState
from widgets.sentences import input_names, sentence


def sketch_of(state: ViewState) -> tuple[Sketch, str]:
    """What there is to lay out, and what is wrong with the network as a whole."""
    experiment = state.experiment
    if state.preview is not None:
        experiment = experiment.with_(network=state.preview)
    problems: dict[str, str] = {}
    for problem in experiment.problems():
        problems.setdefault(problem.layer_id, sentence(problem.text))
    banner = problems.pop("", "")
    remarks: dict[str, str] = {}
    for remark in experiment.remarks():
        known = remarks.get(remark.layer_id, "")
        remarks[remark.layer_id] = f"{known} {sentence(remark.text)}".strip()
    sketch = Sketch(
        architecture=experiment.network,
        graph=experiment.graph,
        input_names=input_names(experiment.data),
        viewport=state.size,
        problems=problems,
        remarks=remarks,
        over_sample=state.over_sample,
        fittable=bool(problems) and experiment.fitted() != experiment,
        first_units=dict(state.first_units),
        unrolled=state.unrolled,
    )
    return sketch, banner
