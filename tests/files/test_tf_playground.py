"""Links of TensorFlow Playground are found however people paste them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from link_examples import refusal

from playground.data.datasets.recipes import Spiral
from playground.engine.regularizers import L2
from playground.files.display import Display
from playground.files.problem import FileProblem
from playground.files.tf_playground import display, is_link, parse


@pytest.mark.parametrize(
    "text",
    [
        "#",
        "#noise=5",
        "playground.tensorflow.org",
        "https://playground.tensorflow.org/",
        "http://playground.tensorflow.org#noise=5",
        " HTTPS://Playground.TensorFlow.org/?hl=de#noise=5\n",
    ],
)
def test_links(text):
    assert is_link(text)
    assert parse(text, seed="1") == parse("#noise=5" if "noise" in text else "#", seed="1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "noise=5",
        "https://example.org/#noise=5",
        "playground.tensorflow.org.evil.com/",
        "moon.nnplay",
    ],
)
def test_other_texts_are_no_links(text):
    assert not is_link(text)
    assert refusal(parse, text) == "This is not a link of TensorFlow Playground."


def test_what_concerns_the_picture_is_told_apart():
    assert display("#") == Display(show_test=False, discretize=False)
    assert display("#showTestData=true") == Display(show_test=True, discretize=False)
    assert display("#discretize=1&showTestData=false") == Display(show_test=False, discretize=True)


@given(st.text(max_size=60) | st.from_regex(r"#([a-zA-Z]+=[ -~]*&?){1,4}", fullmatch=True))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused(text):
    for start in ("", "#", "playground.tensorflow.org/#networkShape=", "#noise=", "#batchSize=", "#seed="):
        try:
            parse(start + text)
        except FileProblem as problem:
            str(problem).encode(errors="surrogatepass")


# --- as people paste them ---------------------------------------------------------------------------

STATE = "activation=relu&networkShape=3,2&dataset=xor&regularization=L2&seed=0.5"
LINK = f"https://playground.tensorflow.org/#{STATE}"


@pytest.mark.parametrize(
    "text",
    [
        f"[the playground]({LINK})",
        f"![picture](a.png) [the playground](<{LINK}>)",
        f"<{LINK}>",
        f"Look at {LINK}, it is nice.",
        f"Look at {LINK}.",
        f"({LINK})",
        f'"{LINK}"',
        f"`{LINK}`",
        f"<a href='{LINK}'>here</a>",
        f"first line\n{LINK}\nlast line",
        f"<{LINK}|playground.tensorflow.org>",
        LINK.replace("#", "%23").replace("=", "%3D").replace("&", "%26"),
        LINK.replace("=", "%3D").replace("&", "%26"),
        LINK.replace(",", "%2C"),
        LINK.replace("&", "&amp;"),
        LINK.replace("&reg", "®"),
        "https%3A%2F%2Fplayground.tensorflow.org%2F%23" + STATE.replace("=", "%3D").replace("&", "%26"),
        "https://www.google.com/url?q=https://playground.tensorflow.org/%23"
        + STATE.replace("=", "%3D").replace("&", "%26")
        + "&sa=D",
        f"https://example.github.io/playground/#{STATE}",
        f"http://localhost:8080/index.html?x=1#{STATE}",
        f"file:///home/me/playground/dist/index.html#{STATE}",
        f"http://127.0.0.1:5000/#{STATE}",
    ],
)
def test_a_link_is_found_however_it_is_pasted(text):
    assert is_link(text)
    assert parse(text) == parse(LINK)
    assert parse(text).network.layers[0].units == 3
    assert parse(text).training.regularizer == L2(strength=0)


@pytest.mark.parametrize(
    "text",
    [
        "see playground.tensorflow.org for more",
        "https://example.org/#top",
        "https://example.org/page#x=1",
        "# A heading of Markdown\n\n- with a list",
        "#hashtag",
        "a&b=c",
        "C# is a language",
        "notes=1&seed=2",
    ],
)
def test_a_text_that_speaks_of_something_else_is_no_link(text):
    assert not is_link(text)


def test_the_first_of_several_links_is_taken():
    other = LINK.replace("xor", "spiral")
    assert parse(f"{other} and {LINK}").data.dataset == Spiral()
