"""Windows of a series: none is lost, none leaks from test to training, and what is wrong is told."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data import Data, TableSeries
from playground.data.datasets.own_text import MOST_SYMBOLS, OTHER, OwnText, alphabet, cleaned, codes_of
from playground.data.prose import is_prose, read
from playground.data.tables import reading
from playground.data.windows import MOST_NUMBERS, Windows
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.randomness import Pcg64
from playground.training.trainer import Trainer
from playground.value import InvalidValue


def table(text):
    return reading.read(text, reading.guess(text))


def of_rows(count, column=lambda row: row):
    return table("day,value\n" + "\n".join(f"d{row:04},{column(row)}" for row in range(count)))


def prepared(data):
    return data.prepare(Pcg64().streams().data)


# --- cutting ----------------------------------------------------------------------------------------


def test_the_last_step_of_a_series_is_predicted_by_the_last_window():
    windows, following = Windows(10, 3, 2).cut(np.arange(10))
    assert len(windows) == 6
    assert windows[-1].tolist() == [5, 6, 7]
    assert following[-1].tolist() == [8, 9]


def test_a_series_just_long_enough_gives_one_window_and_one_step_less_none():
    assert Windows(5, 3, 2).count == 1
    assert Windows(4, 3, 2).count == 0


@given(st.integers(1, 300), st.integers(1, 40), st.integers(1, 10))
def test_what_follows_a_window_is_what_stands_behind_it(series, window, horizon):
    cut = Windows(series, window, horizon)
    if not cut.count:
        return
    windows, following = cut.cut(np.arange(series))
    assert len(windows) == len(following) == cut.count
    np.testing.assert_array_equal(windows[:, 0] + window, following[:, 0])
    assert (np.diff(np.hstack([windows, following]), axis=1) == 1).all()


def test_of_a_very_long_series_windows_are_passed_over_so_that_all_fit_into_memory():
    cut = Windows(1_000_000, 100, 1, 10)
    assert cut.count * 100 * 10 <= MOST_NUMBERS
    windows, _ = cut.cut(np.zeros(1_000_000))
    assert len(windows) == cut.count


@given(
    st.integers(40, 400),
    st.integers(1, 12),
    st.integers(1, 4),
    st.sampled_from([50, 60, 80]),
    st.sampled_from([0, 15]),
)
def test_no_step_of_the_series_is_on_two_sides(rows, window, horizon, train, validation):
    dataset = TableSeries.of(of_rows(rows), ["value"], window, horizon)
    data = Data().with_dataset(dataset).with_(train_percent=train)
    data = data.with_(validation_percent=validation)
    if data.problem is not None:
        return  # it says that none would be left to validate on
    found = prepared(data)
    sides = [found.train, found.test, *filter(None, [found.validation])]
    steps = [{*side.raw.ravel().tolist(), *np.ravel(side.labels).tolist()} for side in sides]
    assert len(set.union(*steps)) == sum(map(len, steps))
    assert (found.validation is not None) == bool(validation)


def test_windows_that_overlap_are_not_split_by_chance():
    data = Data().with_dataset(OwnText())
    assert data.split == "in_order"
    with pytest.raises(InvalidValue, match="the windows of Text overlap"):
        data.with_(split="random")
    assert data.with_dataset(Data().dataset).split == "random"


# --- a column of a table ----------------------------------------------------------------------------


def test_several_columns_are_several_numbers_a_step_and_all_are_predicted():
    found = table("a,b\n" + "\n".join(f"{row},{row * row}" for row in range(30)))
    dataset = TableSeries.of(found, ["a", "b"], window=4, horizon=2)
    samples = dataset.take(Pcg64().streams().data)
    assert dataset.shape.axes[-1].names == ("a", "b")
    assert samples.raw[3].tolist() == [[3, 9], [4, 16], [5, 25], [6, 36]]
    assert samples.targets[3].tolist() == [[7, 49], [8, 64]]


def test_rows_whose_dates_run_backwards_are_sorted_by_them():
    lines = [f"2020-01-{day:02},{day}" for day in range(28, 0, -1)]
    dataset = TableSeries.of(table("date,value\n" + "\n".join(lines)), ["value"], window=3)
    assert dataset.take(Pcg64().streams().data).raw[0].ravel().tolist() == [1, 2, 3]


def test_a_gap_is_filled_between_its_neighbours_and_at_the_ends_with_the_nearest():
    dataset = TableSeries.of(table("value,x\n,1\n2,1\n,1\n,1\n5,1\n6,1\n,1\n"), ["value"], window=2)
    assert dataset.arrays.raw.ravel().tolist() == [2, 2, 3, 4, 5, 6, 6]
    assert dataset.filled == 4


@pytest.mark.parametrize(
    ("names", "words"),
    [(["value", "nothing"], "There is no column “nothing”"), (["day"], "holds no numbers")],
)
def test_what_is_no_series_is_refused_with_its_column(names, words):
    with pytest.raises(InvalidValue, match=words):
        TableSeries.of(of_rows(40), names)


def test_a_series_shorter_than_the_window_is_refused_with_how_many_rows_it_takes():
    with pytest.raises(InvalidValue, match="need at least 22 rows, and there are 9"):
        TableSeries.of(of_rows(9), ["value"], window=20)
    assert TableSeries.of(of_rows(9), ["value"]).count > 1


def test_a_window_that_becomes_too_long_is_a_problem_and_no_fault():
    dataset = TableSeries.of(of_rows(30), ["value"]).with_(window=100)
    start = Experiment().with_dataset(dataset)
    assert "take a shorter window" in str(start.problems()[0].text)


def test_what_truly_follows_a_window_is_known_as_far_as_the_series_goes():
    dataset = TableSeries.of(of_rows(30), ["value"], window=5)
    assert dataset.onward(20, 60).ravel().tolist() == [25, 26, 27, 28, 29]


def test_a_series_is_saved_opened_and_resumed_bit_for_bit():
    dataset = TableSeries.of(of_rows(80, lambda row: round(math.sin(row / 3), 3)), ["value"], window=6)
    trainer = Trainer(Experiment().with_dataset(dataset))
    trainer.run(7)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    again = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, again):
        each.run(20)
    assert opened.experiment.data.dataset == dataset
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)


# --- a text -----------------------------------------------------------------------------------------


def test_of_a_text_the_next_character_is_the_class():
    dataset = OwnText(text="abcabcabcabc", window=4)
    samples = dataset.take(Pcg64().streams().data)
    assert dataset.symbols == ("a", "b", "c")
    assert samples.raw[1].argmax(axis=1).tolist() == [1, 2, 0, 1]
    assert samples.targets.tolist() == [1, 2, 0, 1, 2, 0, 1, 2]


@pytest.mark.parametrize(
    ("given", "learnt"),
    [
        ("\ufeffone\r\ntwo\rthree", "one\ntwo\nthree"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("a\x00b\x07c\td", "abc\td"),
        ("smile 😀 done", "smile 😀 done"),
    ],
    ids=["bom and line ends", "combining", "control", "emoji"],
)
def test_a_text_is_cleaned_and_cleaning_it_again_changes_nothing(given, learnt):
    assert cleaned(given) == learnt == OwnText(text=given).text
    assert cleaned(learnt) == learnt


@given(st.text(max_size=300))
def test_any_text_has_an_alphabet_of_two_at_least_and_a_hundred_at_most(text):
    dataset = OwnText(text=text, window=3)
    assert 2 <= len(dataset.symbols) <= MOST_SYMBOLS
    assert (codes_of(dataset.written, dataset.symbols) >= 0).all()
    assert (dataset.problem is None) == (len(dataset.written) > 4 and len(set(dataset.written)) > 1)


def test_characters_that_are_too_many_are_learnt_as_one_the_rare_ones():
    text = "ab" * 50 + "".join(chr(0x4E00 + place) for place in range(200))
    symbols = alphabet(text)
    assert len(symbols) == MOST_SYMBOLS
    assert {"a", "b", OTHER} <= set(symbols)
    assert symbols[codes_of("\u9999", symbols)[0]] == OTHER


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "has 0 characters"), ("abc", "has 3 characters"), ("aaaaaaaaaaaaaaaaaaaa", "one character")],
)
def test_a_text_of_which_nothing_can_be_learnt_is_a_problem_in_a_sentence(text, words):
    start = Experiment().with_dataset(OwnText(text=text))
    assert words in str(start.problems()[0].text)


def test_classes_that_cannot_be_seen_have_names():
    names = OwnText(text="a b\nc\td" * 5).task.class_names
    assert {"space", "new line", "tab"} <= set(names)


def test_a_text_is_saved_opened_and_resumed_bit_for_bit():
    trainer = Trainer(Experiment().with_dataset(OwnText(text="the cat sat on the mat. " * 5)))
    trainer.run(7)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    again = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, again):
        each.run(9)
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)


# --- files of text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Once upon a time, there was\na king; he had\nthree sons.", True),
        ("One line alone without an end", True),
        ("a,b\n1,2\n3,4\n", False),
        ("value\n1.5\n2.5\n", False),
        ("x y\n1 2\n3 4\n", False),
        ("name\tage\nAnn\t3\nBob\t4\n", False),
        ("", False),
    ],
)
def test_a_text_to_be_read_is_told_from_a_table(text, prose):
    assert is_prose(text) == prose


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_file_of_text_is_read_in_its_encoding(tmp_path, encoding):
    path = tmp_path / "verse.TXT"
    path.write_bytes("Grüße, und\r\nnoch ein Satz".encode(encoding))
    assert cleaned(read(path)) == "Grüße, und\nnoch ein Satz"


def test_of_a_long_file_the_beginning_is_learnt(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("word " * 50_000 + "\nend.", encoding="utf-8")
    assert len(read(path)) == 100_000
    assert OwnText(text=read(path)).problem is None


def test_a_file_that_is_no_text_is_left_to_the_reader_of_tables(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n")
    assert read(path) is None
