"""Numbers as people of many countries type them; what can be read in two ways is refused with both."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from playground.numbers.reading import Ambiguous, NotANumber, Signs, parse_number, parse_row
from playground.numbers.writing import entry

THIN, NARROW, NO_BREAK = "\u2009", "\u202f", "\u00a0"


def signs_of(name):
    """The signs that Qt knows of a locale."""
    locale = QLocale(name)
    return Signs(locale.decimalPoint(), locale.groupSeparator())


LOCALES = {
    name: signs_of(name) for name in ("C", "en_US", "de_DE", "fr_FR", "hi_IN", "zh_CN", "de_CH", "ar_EG")
}
NO_NUMBERS = [
    "0 500",
    "1,50,00",
    "1'5",
    "1 500'000",
    "1,234.567,8",
    "10²",
    "½",
    "0x10",
    "1_000",
    "--1",
    "1-2",
]
EVERYWHERE = pytest.mark.parametrize("signs", LOCALES.values(), ids=list(LOCALES))


@EVERYWHERE
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500", 500),
        ("0.5", 0.5),
        ("0,5", 0.5),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("1,5", 1.5),
        ("1.25", 1.25),
        ("0.010", 0.01),
        ("0,125", 0.125),
        ("1234.5", 1234.5),
        ("1234,567", 1234.567),
        ("1e-3", 0.001),
        ("1,5E+3", 1500),
        ("2.5 e3", 2500),
        ("1,500e3", 1500),
        ("6.695e10", 6.695e10),
        ("+7", 7),
        ("-7", -7),
        ("−7", -7),
        ("– 7", -7),
        ("5 %", 5),
        ("5%", 5),
        (f"5{NARROW}%", 5),
        (f"1{THIN}000", 1000),
        (f"1{NARROW}500", 1500),
        (f"1{NO_BREAK}500{NO_BREAK}000", 1500000),
        ("1 500", 1500),
        ("12 500,75", 12500.75),
        ("1'500", 1500),
        ("1’500.5", 1500.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,000,000", 1000000),
        ("1.000.000", 1000000),
        ("1,000,000.5", 1000000.5),
        ("1.000.000,5", 1000000.5),
        ("12,34,567", 1234567),
        ("12,34,567.5", 1234567.5),
        ("１２．５", 12.5),
        ("－３", -3),
        ("١٢٫٥", 12.5),
        ("१२", 12),
        ("\u200e-3\u200e", -3),
        ("12345678901234567890", 12345678901234567890),
    ],
)
def test_what_is_clear_is_read_alike_everywhere(text, number, signs):
    assert parse_number(text, "%", signs) == number


@pytest.mark.parametrize(
    ("locale", "text", "number"),
    [
        ("de_DE", "1,500", 1.5),
        ("fr_FR", "1,500", 1.5),
        ("fr_FR", "1.500", 1.5),
        ("en_US", "1.500", 1.5),
        ("C", "1.500", 1.5),
        ("hi_IN", "1.500", 1.5),
        ("zh_CN", "1.500", 1.5),
        ("de_CH", "1.500", 1.5),
    ],
)
def test_a_decimal_sign_of_the_locale_that_separates_nothing_else_is_one(locale, text, number):
    assert parse_number(text, signs=LOCALES[locale]) == number


@pytest.mark.parametrize(
    ("locale", "text", "readings"),
    [
        ("C", "1,500", ("1500", "1.5")),
        ("en_US", "1,500", ("1500", "1.5")),
        ("en_US", "1,000", ("1000", "1.0")),
        ("en_US", "-12,345", ("-12345", "-12.345")),
        ("hi_IN", "1,500", ("1500", "1.5")),
        ("zh_CN", "１，５００", ("1500", "1.5")),
        ("de_CH", "1,500", ("1500", "1.5")),
        ("de_DE", "1.500", ("1500", "1,5")),
        ("de_DE", "1.125", ("1125", "1,125")),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(locale, text, readings):
    with pytest.raises(Ambiguous) as problem:
        parse_number(text, signs=LOCALES[locale])
    assert problem.value.readings == readings
    first, second = (parse_number(reading, signs=LOCALES[locale]) for reading in readings)
    assert first == pytest.approx(1000 * second)  # both can be typed as they are named


@EVERYWHERE
@pytest.mark.parametrize(
    "text",
    [
        *NO_NUMBERS,
        "",
        " ",
        "abc",
        "1e",
        "e5",
        "nan",
        "inf",
        "Infinity",
        "1 2 x",
        "1 2",
        "1 23",
        "0,5,5",
        "1.2.3",
        "1..2",
    ],
)
def test_what_is_no_number_is_refused(text, signs):
    with pytest.raises(NotANumber):
        parse_number(text, "%", signs)


@pytest.mark.parametrize("text", ["1e400", "-1e400", "9" * 5000])
def test_what_no_number_can_hold_is_infinite(text):
    assert math.isinf(parse_number(text))


def test_whole_numbers_are_whole():
    assert type(parse_number("1 000")) is int
    assert type(parse_number("1.0")) is float


@EVERYWHERE
@given(number=st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e12, 1e12)))
def test_what_the_program_writes_can_be_typed_unless_its_point_may_separate(number, signs):
    text = entry(number)
    try:
        found = parse_number(text, signs=signs)
    except Ambiguous:
        assert signs.group == "."
        assert len(text.rpartition(".")[2]) == 3
    else:
        assert found == pytest.approx(number, rel=1e-5)


@given(st.text(alphabet="0123456789.,' -+e%٫’", max_size=12))
def test_any_text_is_a_number_or_refused(text):
    for signs in LOCALES.values():
        with suppress(NotANumber, Ambiguous):
            assert isinstance(parse_number(text, "%", signs), int | float)


# --- rows ---


@EVERYWHERE
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", []),
        ("5", [5]),
        ("8, 4", [8, 4]),
        ("8; 4;2", [8, 4, 2]),
        ("0.5, 0.25", [0.5, 0.25]),
        ("0.5,0.25", [0.5, 0.25]),
        ("0,5; 0,25", [0.5, 0.25]),
        ("8 4", [8, 4]),
        ("10,20,30", [10, 20, 30]),
        (f"1{THIN}000, 2{THIN}000", [1000, 2000]),
        ("8, 4,", [8, 4]),
        ("8;", [8]),
    ],
)
def test_a_row_is_read(text, numbers, signs):
    assert parse_row(text, signs) == numbers


@pytest.mark.parametrize("text", ["50,100", "50, 100", "50; 100", "50,100,"])
def test_commas_separate_whole_numbers(text):
    assert parse_row(text, whole=True) == [50, 100]


@EVERYWHERE
@pytest.mark.parametrize(
    ("text", "readings"),
    [("0,5", ("0.5", "0; 5")), ("8, 0,5", ("0.5", "0; 5")), ("50 100", ("50100", "50; 100"))],
)
def test_a_row_that_can_be_read_in_two_ways_is_refused_with_both(text, readings, signs):
    with pytest.raises(Ambiguous) as problem:
        parse_row(text, signs)
    assert problem.value.readings == readings


def test_what_was_there_before_stays_what_it_was():
    known = {"1.125": 1.125, "0.123457": 0.1234567}
    assert parse_row("1.125, 0.123457, 2", LOCALES["de_DE"], known=known) == [1.125, 0.1234567, 2]


def test_what_is_no_number_in_a_row_is_named():
    with pytest.raises(NotANumber) as problem:
        parse_row("8, x, 4")
    assert problem.value.entry == "x"
