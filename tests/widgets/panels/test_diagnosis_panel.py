"""What is wrong stands on cards, with its place, its numbers, and buttons that make the edit of a cure."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.trouble import Cure, Finding
from playground.analysis.diagnosis.troubles.dying import Dying
from playground.analysis.diagnosis.troubles.leak import Leak
from playground.engine.activations import Relu
from playground.engine.graph import INPUT
from playground.engine.initializers import HeNormal
from playground.engine.layers import Dense
from playground.text import say
from playground.value import InvalidValue
from widgets.panels.diagnosis import DiagnosisPanel
from widgets.panels.inspector import Inspector

EVIDENCE = say("test.evidence", "{share} of the units give 0.", share="75 %")
DEAD = Finding(Dying(), EVIDENCE, 12.0, "dense1", (cures.USE_RELU, cures.BEGIN_BY_HE, cures.SLOWER))
LEAK = Finding(Leak(), EVIDENCE, 0.0, INPUT, ())


@pytest.fixture
def panel(show, document):
    return show(DiagnosisPanel(document), 300, 600)


def test_before_anybody_has_looked_nothing_is_claimed(panel):
    assert panel.heading.text() == "Not looked at yet"
    panel.show_findings(())
    assert panel.heading.text() == "No problems found"


def test_a_card_says_what_is_wrong_where_since_when_and_why(panel):
    panel.show_findings((DEAD,))
    (card,) = panel.cards.values()
    assert panel.heading.text() == "1 finding"
    assert card.title.text() == "Dying ReLU"
    assert card.place.text() == "Dense 1"
    assert card.since.text() == "since epoch 12"
    assert card.evidence.text() == "75 % of the units give 0."
    assert card.reason.text() == Dying.help
    assert card.sign.accessibleName() == "Warning."


def test_more_says_the_rule_and_who_says_so(qtbot, panel):
    panel.show_findings((DEAD,))
    (card,) = panel.cards.values()
    assert card.more.isHidden()
    qtbot.mouseClick(card.why, Qt.MouseButton.LeftButton)
    assert not card.more.isHidden()
    for words in (Dying.formula, Dying.advice, Dying.source, Dying.reference):
        assert words in card.more.text()


def test_a_card_stays_while_its_numbers_change_and_goes_with_the_trouble(panel):
    panel.show_findings((DEAD, LEAK))
    before = panel.cards[DEAD.key]
    later = replace(DEAD, evidence=say("test.later", "All units give 0."), grave=True)
    panel.show_findings((later,))
    assert panel.cards == {DEAD.key: before}
    assert before.evidence.text() == "All units give 0."
    assert before.sign.accessibleName().startswith("Grave")


def test_a_click_on_the_place_names_the_layer(qtbot, panel):
    panel.show_findings((DEAD, LEAK))
    with qtbot.waitSignal(panel.layer_chosen) as chosen:
        qtbot.mouseClick(panel.cards[DEAD.key].place, Qt.MouseButton.LeftButton)
    assert chosen.args == ["dense1"]
    assert panel.cards[LEAK.key].place.text() == "Inputs"


def test_a_cure_is_one_step_of_undo(qtbot, panel, document):
    before = document.experiment
    panel.show_findings((DEAD,))
    _, by_he, _ = panel.cards[DEAD.key].cures
    qtbot.mouseClick(by_he, Qt.MouseButton.LeftButton)
    after = document.experiment
    assert all(layer.initializer == HeNormal() for layer in after.network.layers)
    assert after.weights_draw == before.weights_draw + 1
    assert document.undo_stack.undoText() == "New weights by He"
    document.undo_stack.undo()
    assert document.experiment == before


def test_a_cure_acts_on_the_network_as_it_is_by_then(qtbot, panel, document):
    panel.show_findings((DEAD,))
    wider = document.experiment.network.layers[0].with_(units=7)
    network = document.experiment.network.with_(layers=(wider, *document.experiment.network.layers[1:]))
    document.edit(document.experiment.with_(network=network), "wider")
    qtbot.mouseClick(panel.cards[DEAD.key].cures[0], Qt.MouseButton.LeftButton)
    first, *_ = document.experiment.network.layers
    assert (first.units, first.activation) == (7, Relu())


def refuse(experiment):
    raise InvalidValue(say("test.refused", "There is no room."))


def break_it(experiment):
    network = experiment.network
    output = network.output.with_(units=5)
    return experiment.with_(network=network.with_(layers=(*network.layers[:-1], output)))


@pytest.mark.parametrize("change", [refuse, break_it])
def test_a_cure_that_cannot_be_is_refused_in_a_sentence(qtbot, panel, document, change):
    before = document.experiment
    panel.show_findings((replace(DEAD, cures=(Cure(say("test.cure", "Try"), change),)),))
    qtbot.mouseClick(panel.cards[DEAD.key].cures[0], Qt.MouseButton.LeftButton)
    assert document.experiment is before
    assert panel.refusal.isVisible()
    assert panel.refusal.text().endswith(".")


def test_a_layer_that_is_gone_is_not_named(panel, document):
    network = document.experiment.network.with_(
        layers=(Dense(id="other", units=2), document.experiment.network.output)
    )
    document.edit(document.experiment.with_(network=network), "another")
    panel.show_findings((DEAD,))
    assert panel.cards[DEAD.key].place.isHidden()


def test_choosing_a_place_leaves_the_diagnosis_in_front(show, document):
    inspector = show(Inspector(document), 320, 600)
    inspector.show_diagnosis()
    inspector.show_layers(("dense1",))
    assert inspector.tabs.currentWidget() is inspector.diagnosis
