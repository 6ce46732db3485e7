"""The network as a drawing: what is on it, that nothing overlaps, and what each format holds."""

import re
from xml.etree import ElementTree

import pytest

from playground.diagrams.drawing import diagram
from playground.diagrams.marks import Disc, InkLine, Polygon, Words
from playground.diagrams.svg import svg
from playground.diagrams.tikz import escaped, tikz
from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Add, Concatenate, Dense
from playground.experiment import Experiment
from playground.files.examples import examples

EXAMPLES = {example.name: example for example in examples()}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(name, style="automatic"):
    return diagram(EXAMPLES[name].experiment, style)


def of_layers(*layers):
    return diagram(Experiment().with_(network=Architecture(layers=layers)))


def texts(drawing):
    return [mark.text for mark in drawing.marks if isinstance(mark, Words)]


def circles(drawing):
    return [mark for mark in drawing.marks if isinstance(mark, Disc) and mark.radius > 2]


def test_small_networks_are_drawn_neuron_by_neuron_with_a_line_for_each_weight():
    drawing = drawn("xor")  # 2 inputs, 6 neurons, 1 neuron
    assert len(circles(drawing)) == 2 + 6 + 1
    assert sum(isinstance(mark, InkLine) for mark in drawing.marks) == 2 * 6 + 6 * 1


def test_names_activations_sizes_and_parameters_are_written():
    found = texts(drawn("xor"))
    assert {"x₁", "x₂", "Input", "Dense 1", "Tanh", "6", "18 parameters", "Output", "Sigmoid"} <= set(found)
    assert found.count("7 parameters") == 1


def test_convolutional_networks_are_blocks_with_the_shapes_of_what_they_give():
    drawing = drawn("digits_cnn")
    assert not circles(drawing)
    assert {"8×8×1", "8×8×8", "4×4×16", "64", "1,168 parameters"} <= set(texts(drawing))
    assert sum(isinstance(mark, Polygon) for mark in drawing.marks) == 5 * 3 + 2  # cuboids have three faces


def test_a_skip_connection_is_an_arc_over_the_layers_between():
    arcs = [mark for mark in drawn("skip").marks if isinstance(mark, InkLine) and mark.curved]
    assert len(arcs) == 2
    assert all(arc.arrow and arc.points[1][1] < arc.points[0][1] for arc in arcs)


def test_of_a_layer_with_many_neurons_dots_stand_for_those_between():
    drawing = of_layers(Dense(id="wide", units=24), Dense(id="output", units=1))
    assert len(circles(drawing)) == 2 + 11 + 1
    assert "24" in texts(drawing)


def test_what_a_concatenation_puts_one_below_another_arrives_there():
    drawing = of_layers(
        Dense(id="a", units=2),
        Dense(id="b", units=3),
        Concatenate(id="both", inputs=("a", "b")),
        Dense(id="output", units=1),
    )
    bar = next(mark for mark in drawing.marks if isinstance(mark, Polygon))
    left = bar.points[0][0]
    ends = sorted(
        mark.points[1][1]
        for mark in drawing.marks
        if isinstance(mark, InkLine) and not mark.curved and mark.points[1][0] == left
    )
    top, bottom = bar.points[0][1], bar.points[2][1]
    assert len(ends) == 3  # those of b lie below the two of a
    assert all(y > top + (bottom - top) * 2 / 5 for y in ends)


def test_a_network_that_cannot_train_is_drawn_all_the_same():
    drawing = of_layers(Dense(id="a", units=2), Add(id="sum", inputs=("a", "input")), Add(id="one"))
    assert svg(drawing)


@pytest.mark.parametrize("style", ["neurons", "blocks"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_of_it_is_on_the_sheet_and_no_words_overlap(name, style):
    drawing = drawn(name, style)
    words = [mark for mark in drawing.marks if isinstance(mark, Words)]
    for mark in words:
        assert mark.reach[0] >= 0
        assert mark.reach[1] <= drawing.width
        assert 0 <= mark.place[1] <= drawing.height
    for index, mark in enumerate(words):
        for other in words[index + 1 :]:
            beside = mark.reach[1] <= other.reach[0] or other.reach[1] <= mark.reach[0]
            assert beside or abs(mark.place[1] - other.place[1]) >= max(mark.size, other.size)


@pytest.mark.parametrize("name", ["xor", "digits_cnn", "attention"])
def test_an_svg_holds_text_as_text_and_shapes_and_no_picture(name):
    root = ElementTree.fromstring(svg(drawn(name)))
    tags = {element.tag for element in root.iter()}
    assert {f"{SVG}text", f"{SVG}path"} <= tags
    assert f"{SVG}image" not in tags
    assert [element.text for element in root.iter(f"{SVG}text")] == texts(drawn(name))
    assert "sans-serif" in root.get("font-family")


def test_a_name_with_signs_of_markup_stays_as_it_is():
    name = 'a<b & "c" 中文'
    drawing = of_layers(Dense(id="a", units=2, name=name, activation=Relu()), Dense(id="o", units=1))
    assert name in [element.text for element in ElementTree.fromstring(svg(drawing)).iter(f"{SVG}text")]


def test_paper_and_ink_are_black_on_white_or_as_asked():
    drawing = drawn("xor")
    assert 'fill="#ffffff"' in svg(drawing)
    assert "#ffffff" not in svg(drawing, paper=None)
    within = svg(drawing, ink="currentColor", paper=None)
    assert "#" not in within.replace("http://www.w3.org", "")


# --- TikZ -------------------------------------------------------------------------------------------


def balanced(text):
    depth = 0
    for sign in re.sub(r"\\[\\{}]", "", text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    return depth == 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_document_of_tikz_is_whole(name):
    document = tikz(drawn(name))
    assert document.count(r"\begin{") == document.count(r"\end{") == 2
    assert r"\documentclass[tikz" in document
    assert balanced(document)
    body = document.partition(r"\begin{tikzpicture}")[2].partition(r"\end{tikzpicture}")[0]
    lines = body.strip().splitlines()[1:]
    assert all(line.startswith((r"\path[", r"\node[")) and line.endswith(";") for line in lines)
    assert body.count(r"\node") == len(texts(drawn(name)))
    assert body.count("$") % 2 == 0


def test_signs_that_mean_something_to_latex_are_escaped():
    assert escaped("50% of a_b & {c} #1 $x^2$ ~\\") == (
        r"50\% of a\_b \& \{c\} \#1 \$x\textasciicircum{}2\$ \textasciitilde{}\textbackslash{}"
    )


def test_letters_below_the_line_greek_and_signs_become_mathematics():
    assert escaped("x₁x₂²") == "x$_{1}$x$_{2}$$^{2}$"
    assert escaped("8×8 γ −1…") == r"8$\times$8 $\gamma$ $-$1\ldots{}"
    assert escaped("é ü") == "é ü"


def test_letters_that_pdflatex_lacks_are_declared_for_it():
    name = "中文"
    document = tikz(of_layers(Dense(id="a", units=2, name=name), Dense(id="o", units=1)))
    assert name in document
    for letter in name:
        assert rf"\DeclareUnicodeCharacter{{{ord(letter):04X}}}{{?}}" in document
