"""The stored reference values, and the members of a family that they speak of."""

import json
from pathlib import Path

import numpy as np
import pytest

PATH = Path(__file__).parents[1] / "references" / "pytorch.json"
VALUES = json.loads(PATH.read_text(encoding="utf-8"))
VALUES |= {"graphs": json.loads(PATH.with_name("graphs.json").read_text(encoding="utf-8"))["graphs"]}

TOLERANCE = {"rtol": 1e-9, "atol": 1e-9}


def entries(table, family):
    """Pairs of a member and an entry for it, one test each; kinds that the app does not have are left."""
    known = {member.tag(): member for member in family.members()}
    return [
        pytest.param(known[entry["kind"]](**entry["parameters"]), entry, id=name(entry))
        for entry in VALUES[table]
        if entry["kind"] in known and set(entry["parameters"]) <= set(known[entry["kind"]].model_fields)
    ]


def name(entry):
    marks = [f"{field}={value}" for field, value in entry["parameters"].items()]
    return " ".join([entry["kind"], *marks, *(entry[key] for key in ("problem",) if key in entry)])


def without_reference(table, family):
    """The members that no entry speaks of."""
    covered = {type(parameter.values[0]) for parameter in entries(table, family)}
    return [member.tag() for member in family.members() if member not in covered]


def array(nested):
    return np.array(nested, np.float64)
