"""Changing a value's kind without losing what the person had set."""

from contextlib import suppress

from playground.value import InvalidValue, Kind


def switch(value: Kind, member: type[Kind]) -> Kind:
    """A value of another member of the family: fields of the same name are kept where they are valid."""
    result = member()
    shared = [name for name in member.model_fields if name in type(value).model_fields and name != "kind"]
    for name in shared:
        with suppress(InvalidValue):
            result = result.with_(**{name: getattr(value, name)})
    return result
