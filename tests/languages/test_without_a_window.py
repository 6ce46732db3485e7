"""A command speaks the language that is asked for, or that of the terminal; files are the same in any."""

import pytest

from playground.languages.catalogue import catalogue
from playground.languages.spoken import spoken
from playground.text import say
from widgets.program import main


@pytest.fixture(autouse=True)
def english_in_the_end():
    yield
    spoken.language = "en"


def test_training_is_told_in_chinese_and_its_curves_are_the_same(capsys, tmp_path):
    told = []
    for number, language in enumerate(("en", "zh_CN")):
        history = tmp_path / f"{number}.csv"
        assert (
            main(["train", "xor", "--epochs", "2", "--history", str(history), f"--language={language}"]) == 0
        )
        told.append(capsys.readouterr().out)
    assert "epoch 2: training loss" in told[0]
    assert "第 2 轮：训练损失" in told[1]
    assert (tmp_path / "0.csv").read_bytes() == (tmp_path / "1.csv").read_bytes()


def test_the_language_of_the_terminal_is_spoken(capsys, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    assert main(["predict", "nothing.nnplay", "--data", "a.csv", "--out", "b.csv"]) == 2
    assert "没有" in capsys.readouterr().err


def test_a_language_that_there_is_not_is_refused_with_those_there_are(capsys):
    assert main(["train", "xor", "--language", "xx"]) == 2
    assert "en, zh_CN" in capsys.readouterr().err


def test_a_sentence_within_a_sentence_is_said_in_the_same_language():
    spoken.language = "zh_CN"
    inner = say("cli.frozen", "frozen")
    assert str(say("list.then", "{first}, {then}", first=inner, then=3)) == "已冻结，3"


def test_help_is_in_the_language_that_is_asked_for(capsys):
    assert main(["--language", "zh_CN", "train", "--help"]) == 0
    told = capsys.readouterr().out
    assert "不用窗口训练实验" in told
    assert "选项" in told
    assert main(["train", "--help"]) == 0
    assert "Train an experiment without a window" in capsys.readouterr().out


def test_english_reads_no_catalogue():
    catalogue.cache_clear()
    spoken.language = "en"
    assert str(say("cli.frozen", "frozen")) == "frozen"
    assert catalogue.cache_info().currsize == 0
