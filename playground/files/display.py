"""How a picture is to be shown, where what is opened says so."""

from playground.record import record


@record
class Display:
    """What a TensorFlow Playground link says about the picture and not about the experiment."""

    show_test: bool = False
    discretize: bool = False
