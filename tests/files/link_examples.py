"""Links by what stands behind the `#`, and what is said of those that cannot be."""

import pytest

from playground.files.tf_playground import LinkProblem, parse


def parsed(state):
    return parse("#" + state, seed="0.5")


def refusal(read, *arguments):
    with pytest.raises(LinkProblem) as problem:
        read(*arguments)
    return str(problem.value)
