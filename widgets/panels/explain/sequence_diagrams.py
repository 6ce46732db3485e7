"""The drawings of layers that read sequences: unrolled, with their gates, or looking at all steps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.recurrent import Gru, Lstm, Recurrent
from widgets.panels.explain.diagram import HIGH, WIDE, Diagram, Pencil
from widgets.panels.explain.drawings import Picture, Scene, picture

STEPS = ("t − 1", "t", "t + 1")
TOP, BOTTOM = 40.0, 120.0
"""The lines of the cell and of the state in the drawings of gates."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Explain", text)


@picture.register
def _(value: Recurrent, scene: Scene) -> Picture:
    words = _tr("One cell, drawn once for each step: it is given x and the state of the step before.")
    return Picture(Diagram(_unrolled, words), _tr("The same weights W and U at every step."))


@picture.register
def _(value: Lstm, scene: Scene) -> Picture:
    words = _tr("The cell c goes on from step to step; gates say what is kept, added and given.")
    caption = _tr("On its way the cell is multiplied by the forget gate f alone: there gradients last.")
    return Picture(Diagram(_lstm, words), caption)


@picture.register
def _(value: Gru, scene: Scene) -> Picture:
    words = _tr("The state goes on from step to step; z says how much of it stays, r how much of it is read.")
    caption = _tr("Where z is 1 the state stays as it is; where it is 0 the candidate n takes its place.")
    return Picture(Diagram(_gru, words), caption)


@picture.register
def _(value: SelfAttention, scene: Scene) -> Picture:
    words = _tr(
        "The question of one step is held against the keys of all; by the softmax of that it takes values."
    )
    return Picture(Diagram(_attention, words), _tr("What step 3 takes; every other step does the same."))


def _unrolled(pencil: Pencil) -> None:
    middle = HIGH / 2
    places = [WIDE * (2 * step + 1) / 6 for step in range(3)]
    pencil.arrow((0, middle), (places[0] - 19, middle))
    for step, x in zip(STEPS, places, strict=True):
        pencil.word((x, HIGH - 10), f"x({step})")
        pencil.arrow((x, HIGH - 22), (x, middle + 13))
        pencil.arrow((x, middle - 12), (x, 24))
        pencil.word((x, 13), f"h({step})")
        pencil.box((x, middle), "f", 36, 24)
        pencil.word((x + 12, (HIGH - 22 + middle + 13) / 2), "W", muted=True)
        pencil.arrow((x + 19, middle), (min(x + 81, WIDE), middle))
        pencil.word((x + 50, middle - 10), "U", muted=True)


def _lstm(pencil: Pencil) -> None:
    pencil.word((14, TOP - 14), "c(t − 1)", muted=True)
    pencil.word((WIDE - 12, TOP - 14), "c(t)", muted=True)
    pencil.arrow((0, TOP), (WIDE, TOP))
    gates = (("f", "σ", 62.0), ("i", "σ", 112.0), ("g", "tanh", 158.0), ("o", "σ", 216.0))
    low = BOTTOM + 28
    pencil.word((22, low - 12), "h(t − 1)", muted=True)
    pencil.word((22, low + 14), "x(t)", muted=True)
    pencil.arrow((0, low), (216, low), head=False)
    for name, box, x in gates:
        pencil.arrow((x, low), (x, BOTTOM - 1))
        pencil.box((x, BOTTOM - 12), box, 34, 20)
        pencil.word((x, BOTTOM - 31) if name == "o" else (x + 24, BOTTOM - 12), name, muted=True)
    pencil.arrow((62, BOTTOM - 22), (62, TOP + 10))
    pencil.arrow((112, BOTTOM - 22), (112, 84), (126, 76))
    pencil.arrow((158, BOTTOM - 22), (158, 84), (144, 76))
    pencil.arrow((135, 62), (135, TOP + 10))
    pencil.arrow((252, TOP), (252, 62))
    pencil.box((252, 72), "tanh", 36, 20)
    pencil.arrow((252, 82), (252, BOTTOM - 22))
    pencil.arrow((233, BOTTOM - 12), (242, BOTTOM - 12))
    pencil.arrow((262, BOTTOM - 12), (WIDE, BOTTOM - 12))
    pencil.word((WIDE - 14, BOTTOM - 25), "h(t)", muted=True)
    for middle, text in (((62, TOP), "×"), ((135, TOP), "+"), ((135, 72), "×"), ((252, BOTTOM - 12), "×")):
        pencil.sign(middle, text)


def _gru(pencil: Pencil) -> None:
    pencil.word((22, TOP - 14), "h(t − 1)", muted=True)
    pencil.word((WIDE - 12, TOP - 14), "h(t)", muted=True)
    pencil.arrow((0, TOP), (WIDE, TOP))
    low = BOTTOM + 28
    pencil.word((20, low + 14), "x(t)", muted=True)
    pencil.arrow((0, low), (210, low), head=False)
    pencil.arrow((44, TOP), (44, low), head=False)
    for name, box, x in (("r", "σ", 80.0), ("z", "σ", 140.0), ("n", "tanh", 210.0)):
        pencil.arrow((x, low), (x, BOTTOM - 1))
        pencil.box((x, BOTTOM - 12), box, 34, 20)
        pencil.word((x + 24, BOTTOM - 12), name, muted=True)
    pencil.arrow((44, 78), (71, 78))
    pencil.arrow((80, BOTTOM - 22), (80, 88))
    pencil.arrow((89, 78), (186, 78), (186, BOTTOM - 12), (193, BOTTOM - 12))
    pencil.arrow((140, BOTTOM - 22), (140, TOP + 10))
    pencil.arrow((149, TOP + 30), (201, TOP + 30))
    pencil.word((178, TOP + 20), "1 − z", muted=True)
    pencil.arrow((210, BOTTOM - 22), (210, TOP + 40))
    pencil.arrow((210, TOP + 21), (210, TOP + 10))
    for middle, text in (((80, 78), "×"), ((140, TOP), "×"), ((210, TOP), "+"), ((210, TOP + 30), "×")):
        pencil.sign(middle, text)


def _attention(pencil: Pencil) -> None:
    low = HIGH - 26
    for step, (x, share) in enumerate(zip((60.0, 120.0, 180.0, 240.0), (6, 24, 14, 3), strict=True), 1):
        pencil.word((x, HIGH - 8), f"x({step})")
        pencil.arrow((x - 13, HIGH - 18), (x - 13, low - 17))
        pencil.arrow((x + 13, HIGH - 18), (x + 13, low - 17))
        pencil.box((x - 13, low - 27), "K", 22, 20)
        pencil.box((x + 13, low - 27), "V", 22, 20)
        pencil.arrow((x - 13, low - 37), (x - 13, 78))
        pencil.bar(x - 17, 76, share)
        pencil.arrow((x + 13, low - 37), (x + 13, 62), head=False)
        pencil.arrow((x - 4, 62), (x + 13, 62), head=False)
        pencil.arrow((x + 13, 62), (x + 13, 30))
    pencil.arrow((73, 30), (270, 30))
    pencil.word((WIDE - 14, 20), "y(3)")
    pencil.word((22, 90), "Q(3)")
    pencil.arrow((38, 90), (227, 90), head=False)
    pencil.word((24, 62), "softmax", muted=True)
    pencil.word((30, 30), "Σ", muted=True)
