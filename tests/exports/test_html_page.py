"""The page gives what the engine gives, is one file that asks for nothing, and can be used as it says."""

import json
import re
import shutil
import subprocess
from math import erfc
from pathlib import Path

import numpy as np
import pytest
from portable_networks import cases
from small_experiments import moment_of, on, table_of

from playground.data.datasets.recipes import Circle
from playground.engine.activations import Gelu
from playground.engine.layers import Dense
from playground.exports.network import PortableNetwork
from playground.exports.targets import targets
from playground.exports.targets.html_page.target import network_script
from playground.exports.verifying import verify
from playground.files.examples import examples
from playground.training.moment import Moment
from playground.training.trainer import Trainer

HTML = targets()["html"]
CASES = [case for case in cases() if HTML.refusal(case.portable) is None]
RUN = """
{{ {script}
const found = [];
for (const sample of {samples}) found.push(...NETWORK.predict(sample).answer);
console.log(JSON.stringify(found)); }}
"""
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")


def node(text, folder):
    """What a script prints, line by line."""
    (folder / "run.js").write_text(text, encoding="utf-8")
    done = subprocess.run(["node", "run.js"], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert not done.returncode, done.stderr[-2000:]
    return done.stdout.splitlines()


def script_of(portable):
    return network_script(HTML.written(portable, "page").code)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What the scripts of all pages give, run by one Node, by the names of the networks."""
    texts = []
    for case in CASES:
        rows = json.dumps([row.ravel().tolist() for row in case.raw])  # NaN is NaN in both
        script = script_of(case.portable).replace('"use strict";', "")
        texts.append(RUN.format(script=script, samples=rows))
    lines = node("".join(texts), tmp_path_factory.mktemp("html"))
    return dict(zip((case.name for case in CASES), map(json.loads, lines), strict=True))


@needs_node
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_a_page(case, answers):
    found = np.reshape(answers[case.name], case.outputs.shape)
    np.testing.assert_allclose(found, case.outputs, rtol=0, atol=1e-12 * np.abs(case.outputs).max())


@needs_node
def test_rows_of_a_table_are_prepared_and_answers_scaled_back():
    moment = moment_of(table_of())
    network = PortableNetwork.of(moment, "A table")
    (compared,) = verify(HTML, moment, network, HTML.written(network, "a table ü")).compared
    assert compared.agrees


@needs_node
def test_the_bell_of_a_gelu_is_right_far_out(tmp_path):
    """JavaScript has no error function of its own; beside it stands that of Python."""
    network = PortableNetwork.of(moment_of(on(Circle(), Dense(id="a", units=2, activation=Gelu()))), "g")
    script = script_of(network)
    function = re.search(r"function erfc.*?\n}\n", script, re.DOTALL).group()
    places = [-30.0, -6.0, -2.6, -2.4, -1.0, -1e-9, 0.0, 1e-9, 0.5, 1.99, 1.9999, 2.0, 2.6, 5.0, 10.0, 26.0]
    (line,) = node(f"{function}\nconsole.log(JSON.stringify({places}.map(erfc)));", tmp_path)
    np.testing.assert_allclose(json.loads(line), [erfc(place) for place in places], rtol=5e-13)


def page_of(name):
    saved = next(each for each in examples() if each.name == name).load()
    moment = Moment.of(Trainer(saved.experiment, saved.checkpoint))
    return HTML.written(PortableNetwork.of(moment, name), name).code


def test_a_page_asks_nobody_for_anything():
    text = page_of("spiral")
    assert not re.findall(r"https?://|<link|<img|<iframe|src=|fetch\(|import\(|XMLHttpRequest", text)
    assert "default-src 'none'" in text


def test_a_title_breaks_no_page():
    title = '</script><b>{style} & "quotes" ’'
    text = HTML.written(PortableNetwork.of(moment_of(on(Circle())), title), "page").code
    assert text.count("</script>") == 3
    assert "<title>&lt;/script&gt;&lt;b&gt;{style} &amp; &quot;quotes&quot; ’</title>" in text


def test_rows_that_are_somebodys_own_are_in_no_page():
    network = PortableNetwork.of(moment_of(table_of()), "mine")
    assert len(network.shown[0]) == 0
    assert len(PortableNetwork.of(moment_of(on(Circle())), "circle").shown[0]) > 100


def used(name, actions, folder):
    """What a page of an example prints when it is used in as much of a browser as it needs."""
    scripts = re.findall(r"<script id=\"\w+\">\n(.*?)</script>", page_of(name), re.DOTALL)
    stage = (Path(__file__).parent / "page_in_node.js").read_text(encoding="utf-8")
    return node("\n".join([stage, *scripts, actions]), folder)


@needs_node
def test_a_point_is_moved_over_the_map_by_pointer_keys_and_sliders(tmp_path):
    first, moved, keyed, slid = used(
        "spiral",
        """
        const told = () => [Array.from(sample), by("answer").textContent, by("bars").children.length];
        const say = () => console.log(JSON.stringify(told()));
        say();
        by("map").onpointerdown({ pointerId: 1, clientX: 75, clientY: 25 }); say();
        by("map").onkeydown({ key: "ArrowLeft", preventDefault() {} }); say();
        by("column1").value = "-3"; by("column1").oninput(); say();
        by("scheme").onclick();
        """,
        tmp_path,
    )
    assert json.loads(first)[0] == [pytest.approx(0, abs=1), pytest.approx(0, abs=1)]
    assert json.loads(moved)[0] == [3, 3]
    assert json.loads(keyed)[0] == [pytest.approx(2.76), 3]
    assert json.loads(slid)[0] == [pytest.approx(2.76), -3]
    assert all(re.fullmatch(r"[−+]1, \d+ %", json.loads(line)[1]) for line in (first, moved, keyed, slid))
    assert json.loads(slid)[2] == 2


@needs_node
def test_a_digit_is_drawn_and_wiped_away(tmp_path):
    drawn, wiped = used(
        "digits_cnn",
        """
        const clear = by("given").children[1].children[0];
        clear.onclick();
        by("pad").onpointerdown({ pointerId: 1, clientX: 50, clientY: 10 });
        by("pad").onpointermove({ buttons: 1, clientX: 50, clientY: 90 });
        const total = () => Array.from(sample).reduce((a, b) => a + b, 0);
        console.log(total() > 50 && by("bars").children.length === 10);
        clear.onclick();
        console.log(total());
        """,
        tmp_path,
    )
    assert (drawn, wiped) == ("true", "0")


@needs_node
def test_a_text_is_typed_and_one_that_is_too_short_is_told(tmp_path):
    typed, told, written = used(
        "text_gru",
        """
        const field = by("sequence"), wrong = by("given").children[2];
        const longer = field.value; field.oninput();
        console.log(by("answer").textContent !== "" && wrong.textContent === "");
        field.value = "a"; field.oninput();
        console.log(wrong.textContent);
        field.value = longer;
        by("given").children[3].children[0].onclick();
        console.log(by("given").children[4].textContent.length - longer.length);
        """,
        tmp_path,
    )
    assert typed == "true"
    assert re.fullmatch(r"It has 1 steps; \d+ are needed\.", told)
    assert written == "120"
