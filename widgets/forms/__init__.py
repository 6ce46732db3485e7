"""Forms made from classes: a control for each kind of field, so that a new class needs no new widget."""

from widgets.forms.bool_control import BoolControl
from widgets.forms.choice_control import ChoiceControl
from widgets.forms.control import Control
from widgets.forms.form import Form, control_for
from widgets.forms.kind_control import KindControl
from widgets.forms.number_control import NumberControl
from widgets.forms.switch import switch
from widgets.forms.typed_control import NumbersControl, TextControl, drop_typed

__all__ = [
    "BoolControl",
    "ChoiceControl",
    "Control",
    "Form",
    "KindControl",
    "NumberControl",
    "NumbersControl",
    "TextControl",
    "control_for",
    "drop_typed",
    "switch",
]
