"""The report as one HTML file that needs nothing else: no script, no other file, and no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from playground.analysis.diagnosis.trouble import Finding
from playground.data.sample import column_text
from playground.diagrams.columns import Word
from playground.diagrams.curves import ReportCurve, curves_svg
from playground.diagrams.drawing import diagram
from playground.diagrams.svg import svg
from playground.engine.edits import label
from playground.numbers.writing import NONE, figures, loss, percent, whole
from playground.report import settings
from playground.report.facts import ReportFacts
from playground.report.layers import layer_rows
from playground.text import Text, say
from playground.training.measures import Measures
from playground.words import shortened

STYLE = (Path(__file__).parents[2] / "resources" / "report" / "style.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class ReportPicture:
    """A picture of the run as PNG, in light and in dark colours."""

    title: str
    light: bytes
    dark: bytes


SIDES = {
    "train": say("report.training", "Training"),
    "validation": say("report.validation", "Validation"),
    "test": say("report.test", "Test"),
}

METRICS = {
    "accuracy": say("report.accuracy", "Accuracy"),
    "precision": say("report.precision", "Precision"),
    "recall": say("report.recall", "Recall"),
    "f1": say("report.f1", "F1"),
    "auc": say("report.auc", "Area under ROC curve"),
    "rmse": say("report.rmse", "Root mean squared error"),
    "mae": say("report.mae", "Mean absolute error"),
    "r2": say("report.r2", "R²"),
}
SHARES = frozenset(("accuracy", "precision", "recall", "f1"))


def page(
    facts: ReportFacts, pictures: Sequence[ReportPicture] = (), word: Word = str, language: str = "en"
) -> str:
    """The whole file."""
    head = (
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(facts.name)}</title>\n<style>\n{STYLE}</style>"
    )
    body = _Writer(facts, pictures, word).body()
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n{head}\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


class _Writer:
    """Writes the parts of a page, one below another."""

    def __init__(self, facts: ReportFacts, pictures: Sequence[ReportPicture], word: Word) -> None:
        self.facts, self.pictures, self.word = facts, pictures, word
        found = {"train": facts.train, "validation": facts.validation, "test": facts.test}
        self.sides = {
            side: each for side, each in found.items() if each is not None and np.isfinite(each.loss)
        }

    def body(self) -> str:
        """All of it."""
        parts = [
            self._head(),
            *map(self._picture, self.pictures),
            self._section(say("report.curves", "Curves"), self._curves()),
            self._section(say("report.metrics", "Results"), self._metrics()),
            self._section(say("report.confusion", "What is taken for what"), self._confusions()),
            self._section(say("report.network", "Network"), self._network()),
            self._section(say("report.diagnosis", "Diagnosis"), self._diagnosis()),
            self._section(say("report.settings", "Settings"), self._settings()),
            self._section(say("report.repeat", "How to repeat it"), self._repeat()),
        ]
        return "\n".join(part for part in parts if part)

    def _say(self, text: Text) -> str:
        return escape(self.word(text))

    def _section(self, title: Text, body: str) -> str:
        return f"<section>\n<h2>{self._say(title)}</h2>\n{body}\n</section>" if body else ""

    # --- the parts --------------------------------------------------------------------------------------

    def _head(self) -> str:
        facts = self.facts
        notes = "".join(f"<p>{escape(line)}</p>" for line in facts.experiment.notes.splitlines() if line)
        cards = [
            (whole(facts.epoch), say("report.epochs", "epochs")),
            (whole(facts.step), say("report.steps", "steps")),
            (whole(facts.parameters), say("report.parameters", "parameters")),
            (loss(facts.train.loss), say("report.training_loss", "training loss")),
        ]
        if "test" in self.sides:
            cards.append((loss(facts.test.loss), say("report.test_loss", "test loss")))
            for name in ("accuracy", "r2"):
                if name in facts.test.metrics:
                    words = say("report.of_test", "{metric} on the test set", metric=METRICS[name])
                    cards.append((_metric(name, facts.test.metrics[name]), words))
        shown = "".join(
            f"<div><b>{escape(number)}</b><span>{self._say(text)}</span></div>" for number, text in cards
        )
        dataset = self._say(facts.experiment.data.dataset.named())
        title = f'<h1>{escape(facts.name)}</h1>\n<p class="muted">{dataset}</p>'
        return f'{title}\n{notes}\n<div class="cards">{shown}</div>'

    def _picture(self, picture: ReportPicture) -> str:
        light, dark = (
            f"data:image/png;base64,{b64encode(data).decode()}" for data in (picture.light, picture.dark)
        )
        title = escape(picture.title)
        return (
            f"<section><h2>{title}</h2><figure><picture>"
            f'<source media="screen and (prefers-color-scheme: dark)" srcset="{dark}">'
            f'<img src="{light}" alt="{title}"></picture></figure></section>'
        )

    def _curves(self) -> str:
        history = self.facts.history
        if len(history.get("epoch", ())) < 2:
            return ""
        metric = "accuracy" if "train_accuracy" in history else "rmse"
        plots = [("loss", say("report.loss", "Loss")), (metric, METRICS[metric])]
        return f'<div class="pair">{"".join(self._plot(*plot) for plot in plots)}</div>'

    def _plot(self, column: str, title: Text) -> str:
        history = self.facts.history
        curves = [
            ReportCurve(self.word(name), side, history[f"{side}_{column}"])
            for side, name in SIDES.items()
            if f"{side}_{column}" in history
        ]
        if not curves:
            return ""
        drawn = curves_svg(
            self.word(title), self.word(say("report.epoch", "epoch")), history["epoch"], curves
        )
        names = " ".join(f'<span class="{curve.kind}">— {escape(curve.name)}</span>' for curve in curves)
        return f"<figure><figcaption>{self._say(title)} {names}</figcaption>{drawn}</figure>"

    def _metrics(self) -> str:
        rows = [[self._say(say("report.loss", "Loss")), *(loss(side.loss) for side in self.sides.values())]]
        for name, title in METRICS.items():
            if any(name in side.metrics for side in self.sides.values()):
                values = (side.metrics.get(name, np.nan) for side in self.sides.values())
                rows.append([self._say(title), *(_metric(name, value) for value in values)])
        return _table(["", *(self._say(SIDES[side]) for side in self.sides)], rows)

    def _confusions(self) -> str:
        names = [self.word(text) for text in self.facts.experiment.task.class_texts]
        shown = [
            f"<figure><figcaption>{self._say(SIDES[side])}</figcaption>{_confusion(measures, names)}</figure>"
            for side, measures in self.sides.items()
            if measures.confusion is not None and len(measures.confusion) == len(names)
        ]
        rows = say("report.rows", "A row for each true class, a column for what it was taken for.")
        return (
            f'<p class="muted">{self._say(rows)}</p><div class="pair">{"".join(shown)}</div>' if shown else ""
        )

    def _network(self) -> str:
        drawn = svg(diagram(self.facts.experiment, word=self.word), ink="currentColor", paper=None)
        heads = (
            say("report.layer", "Layer"),
            say("report.kind", "Kind"),
            say("report.activation", "Activation"),
            say("report.shape", "Gives"),
            say("report.layer_parameters", "Parameters"),
            say("report.norm", "Size of its weights"),
        )
        rows = [list(map(escape, row)) for row in layer_rows(self.facts, self.word)]
        table = _table([*map(self._say, heads)], rows, numbers=(4, 5))
        return f'<figure class="network">{drawn}</figure>{table}'

    def _diagnosis(self) -> str:
        findings = self.facts.findings
        if not findings:
            return f'<p class="muted">{self._say(say("report.no_findings", "Nothing is wrong with it."))}</p>'
        names = {layer.id: place for place, layer in enumerate(self.facts.experiment.network.layers)}
        return "".join(self._finding(finding, names) for finding in findings)

    def _finding(self, finding: Finding, names: dict[str, int]) -> str:
        title = self._say(finding.trouble.named())
        if finding.layer_id in names:
            title += f": {self._say(label(self.facts.experiment.network, names[finding.layer_id]))}"
        grave = " grave" if finding.grave else ""
        return f'<div class="finding{grave}"><b>{title}</b><p>{self._say(finding.evidence)}</p></div>'

    def _settings(self) -> str:
        experiment = self.facts.experiment
        data = experiment.data
        names = shortened(", ".join(self.word(column_text(name)) for name in data.input_names))
        instead = {"inputs": names} if len(data.input_shape) == 1 else {}
        rows = [
            *settings.rows(data, self.word, instead=instead),
            *settings.rows(experiment.training, self.word),
            *settings.rows(experiment, self.word, only=("randomness", "precision")),
        ]
        return _table(["", ""], [[escape(title), escape(text)] for title, text in rows if text])

    def _repeat(self) -> str:
        facts, lines = self.facts, []
        seed = facts.experiment.randomness.model_dump().get("seed")
        rows = [[escape(name), escape(version)] for name, version in facts.versions]
        rows.append([self._say(say("report.seed", "Seed")), escape(str(seed))])
        rows.append(
            [self._say(say("report.precision_used", "Precision")), escape(facts.experiment.precision)]
        )
        rows.append([self._say(say("report.machine", "Machine")), self._say(facts.machine)])
        lines.append(_table(["", ""], rows))
        how = say(
            "report.how", "Save the settings below, and train them again; the numbers come out the same."
        )
        lines.append(f"<p>{self._say(how)}</p>")
        lines.append(f"<pre>neural-playground train experiment.json --epochs {facts.epoch}</pre>")
        lines.append(f'<p class="screen">{self._downloads()}</p>')
        if facts.link:
            lines.append(f"<pre>{escape(facts.link)}</pre>")
        return "\n".join(lines)

    def _downloads(self) -> str:
        found = [
            (
                say("report.get_settings", "experiment.json, the settings"),
                "experiment.json",
                self.facts.settings,
            )
        ]
        if self.facts.file is not None:
            words = say("report.get_file", "experiment.nnplay, with what it has learnt")
            found.append((words, "experiment.nnplay", self.facts.file))
        return " · ".join(
            f'<a download="{name}" href="data:application/octet-stream;base64,{b64encode(data).decode()}">'
            f"{self._say(words)}</a>"
            for words, name, data in found
        )


def _confusion(measures: Measures, names: Sequence[str]) -> str:
    assert measures.confusion is not None
    lines = [f"<tr><th></th>{''.join(f'<th>{escape(name)}</th>' for name in names)}</tr>"]
    for true, (name, counts) in enumerate(zip(names, measures.confusion.tolist(), strict=True)):
        cells = [
            f'<td class="right">{whole(count)}</td>' if taken == true else f"<td>{whole(count)}</td>"
            for taken, count in enumerate(counts)
        ]
        lines.append(f"<tr><th>{escape(name)}</th>{''.join(cells)}</tr>")
    return f'<div class="scroll"><table class="confusion">{"".join(lines)}</table></div>'


def _metric(name: str, value: float) -> str:
    if not np.isfinite(value):
        return NONE
    return percent(value, 1) if name in SHARES else figures(value, 4)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    def line(cells: Sequence[str], tag: str) -> Iterator[str]:
        yield "<tr>"
        for place, cell in enumerate(cells):
            yield f'<{tag} class="number">{cell}</{tag}>' if place in numbers else f"<{tag}>{cell}</{tag}>"
        yield "</tr>"

    body = "".join("".join(line(row, "td")) for row in rows)
    head = "".join(line(heads, "th")) if any(heads) else ""
    return f'<div class="scroll"><table>{head}{body}</table></div>'
