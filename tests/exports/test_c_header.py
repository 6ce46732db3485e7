"""The header of C compiles without a warning, and gives what the engine gives."""

import subprocess

import numpy as np
import pytest
from portable_networks import cases
from small_experiments import moment_of, on, table_of

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.recipes import Circle
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import Gru
from playground.exports.network import PortableNetwork
from playground.exports.targets import targets
from playground.exports.targets.c_header.target import compiled, compiler
from playground.exports.verifying import verify

C = targets()["c"]
CASES = [case for case in cases() if C.refusal(case.portable) is None]
MAIN = """
#include <stdio.h>
{includes}
static FILE *in, *out;
int main(void) {{
    static double sample[64], answer[64];
    in = fopen("given", "rb");
    out = fopen("answer", "wb");
{calls}
    return fclose(in) | fclose(out);
}}
"""
CALL = """    for (int i = 0; i < {count}; i++) {{
        if (fread(sample, sizeof(double), {given}, in) != {given}) return 1;
        {prefix}_predict(sample, answer);
        fwrite(answer, sizeof(double), {outputs}, out);
    }}
"""
needs_compiler = pytest.mark.skipif(compiler() is None, reason="there is no compiler for C here")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What the headers of all networks give, compiled into one program, by the names of the networks."""
    folder, includes, calls, given = tmp_path_factory.mktemp("c"), [], [], []
    for number, case in enumerate(CASES):
        files = C.written(case.portable, f"case{number}").files
        (folder / f"case{number}.h").write_bytes(files[f"case{number}.h"])
        includes.append(f'#include "case{number}.h"')
        sizes = {"count": len(case.raw), "given": case.raw[0].size, "outputs": case.outputs.shape[1]}
        calls.append(CALL.format(prefix=f"case{number}", **sizes))
        given.append(case.raw.ravel())
    (folder / "given").write_bytes(np.concatenate(given).tobytes())
    (folder / "main.c").write_text(MAIN.format(includes="\n".join(includes), calls="".join(calls)))
    try:
        compiled(folder, "-O0")
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stderr.decode())
    found = np.frombuffer((folder / "answer").read_bytes())
    ends = np.cumsum([case.outputs.size for case in CASES])
    return dict(zip((case.name for case in CASES), np.split(found, ends[:-1]), strict=True))


@needs_compiler
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_c(case, answers):
    found = answers[case.name].reshape(case.outputs.shape)
    np.testing.assert_allclose(found, case.outputs, rtol=0, atol=1e-12 * np.abs(case.outputs).max())


@needs_compiler
def test_rows_of_a_table_are_prepared_and_answers_scaled_back():
    moment = moment_of(table_of())
    network = PortableNetwork.of(moment, 'A "title" that */ ends \\ remarks')
    proof = verify(C, moment, network, C.written(network, "1 schöner Name"))
    assert proof.problem is None
    assert [(each.precision, each.agrees) for each in proof.compared] == [
        ("float32", True),
        ("float64", True),
    ]


def test_what_c_cannot_say_is_a_sentence_that_names_the_layer():
    refused = {case.name: str(C.refusal(case.portable)) for case in cases() if C.refusal(case.portable)}
    assert refused["graph_convolution 0"] == "C has no word for the layer Graph conv “middle”."
    assert {name.split()[0] for name in refused} == {
        "graph_attention",
        "graph_convolution",
        "message_passing",
    }


def test_a_network_that_is_too_large_for_a_header_is_refused_with_its_size():
    network = PortableNetwork.of(
        moment_of(on(Circle(), Dense(id="wide", units=4096), Dense(id="b", units=32))), "big"
    )
    said = "The network has 143,425 weights, more than the 100,000 that a header holds."
    assert str(C.refusal(network)) == said


@needs_compiler
def test_weights_that_are_no_numbers_stay_so(tmp_path):
    moment = moment_of(on(Circle(), Dense(id="hidden", units=3)))
    moment.parameters[:4] = np.nan, np.inf, -np.inf, 1e30
    text = C.written(PortableNetwork.of(moment, "odd"), "odd").code
    assert "NAN, INFINITY, 1e+30f" in text
    assert "-INFINITY, " in text
    (tmp_path / "odd.h").write_text(text)
    (tmp_path / "main.c").write_text('#include "odd.h"\nint main(void) { return 0; }\n')
    try:
        compiled(tmp_path)
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stderr.decode())


def said_by(folder, statements):
    """What a program prints that has these statements in it."""
    (folder / "main.c").write_text(
        f'#include <stdio.h>\n#include "net.h"\nint main(void) {{\n{statements}\nreturn 0;\n}}\n',
        encoding="utf-8",
    )
    try:
        return compiled(folder).split()
    except subprocess.CalledProcessError as error:
        return pytest.fail(error.stderr.decode())


@needs_compiler
def test_a_text_is_read_symbol_by_symbol(tmp_path):
    moment = moment_of(on(OwnText(text="größe und güte " * 20, window=6), Gru(id="gru", units=3)))
    (tmp_path / "net.h").write_text(
        C.written(PortableNetwork.of(moment, "net"), "net").code, encoding="utf-8"
    )
    symbols = moment.data.dataset.shape.symbols
    raw = np.eye(len(symbols))[[symbols.index(each) for each in "größe "]][np.newaxis]
    found = said_by(
        tmp_path,
        f"""double sample[{raw.size}], answer[{len(symbols)}];
        printf("%d ", net_read_text("größe ", sample));
        printf("%s ", NET_CLASSES[net_predict(sample, answer)]);
        printf("%d %d %d", net_read_text("größe !", sample), net_read_text("größe gü", sample),
               net_read_text("", sample));""",
    )
    chosen = moment.data.task.class_names[moment.ask(raw).classes[0]]
    assert found == ["6", *chosen.split(), "-1", "-1", "0"]


@needs_compiler
def test_a_category_is_found_by_its_name_and_one_that_is_new_is_none(tmp_path):
    network = PortableNetwork.of(moment_of(table_of()), "net")
    (tmp_path / "net.h").write_text(C.written(network, "net").code, encoding="utf-8")
    names = network.preparation.columns[1].categories
    found = said_by(
        tmp_path,
        f"""const char *names[] = {{"blau, hell", "gr\\"ün\\\\", "rot", "pink", "ro", ""}};
        for (int i = 0; i < 6; i++) printf("%d ", net_place_of(NET_CATEGORIES_1, {len(names)}, names[i]));""",
    )
    assert found == ["0", "1", "2", "-1", "-1", "-1"]
