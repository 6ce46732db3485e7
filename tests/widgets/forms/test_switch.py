from forms_examples import Constant, Cosine, Descent, Momentum, Warmup

from widgets.forms import switch


def test_fields_of_the_same_name_keep_their_value():
    assert switch(Descent(rate=0.05, beta=0.25), Momentum) == Momentum(rate=0.05, beta=0.25)


def test_a_value_that_the_new_member_forbids_becomes_its_default():
    assert switch(Descent(rate=5.0, beta=0.25), Momentum) == Momentum(beta=0.25)
    assert switch(Descent(rate=0.05, beta=1.0), Momentum) == Momentum(rate=0.05)


def test_members_with_nothing_in_common_start_anew():
    assert switch(Cosine(alpha=0.5), Warmup) == Warmup()
    assert switch(Warmup(steps=7), Constant) == Constant()
