"""The one exception of this package: the program cannot do what it was asked."""


class UsageProblem(ValueError):
    """Why the program cannot do what it was asked: a sentence for the person."""
