"""What is said of errors, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.labs.bias_variance import BiasVariance
from playground.labs.bias_variance.errors import Fits, SizeErrors, chosen_by_validation
from playground.numbers.writing import NONE, figures, whole
from widgets.sentences import counted


def size_name(lab: BiasVariance) -> str:
    """What the size of the model is."""
    return _tr("degree") if lab.model == "polynomial" else _tr("neurons")


def sized(lab: BiasVariance, size: int) -> str:
    """A model of a size, in words."""
    if lab.model == "polynomial":
        return _tr("degree {size}").format(size=size)
    return counted("{count} neuron", "{count} neurons", size)


def error_rows(lab: BiasVariance, fits: Fits, found: SizeErrors | None) -> list[tuple[str, str, str]]:
    """Name, number and meaning of each error of the size that is set."""
    noise = lab.noise**2
    parts = (
        (_tr("bias²"), fits.bias, _tr("wrong in all sets alike")),
        (_tr("variance"), fits.variance, _tr("wrong by chance")),
        (_tr("noise"), noise, _tr("nothing can know it")),
        (_tr("sum"), fits.bias + fits.variance + noise, _tr("expected on fresh samples")),
    )
    one = (
        (_tr("training"), None if found is None else found.training, _tr("sets the weights")),
        (_tr("validation"), None if found is None else found.validation, _tr("chooses the size")),
        (_tr("test"), None if found is None else found.test, _tr("asked once, at the end")),
    )
    return [
        (name, NONE if value is None else figures(value, 3), told) for name, value, told in (*parts, *one)
    ]


def told(lab: BiasVariance, fits: Fits, found: Sequence[SizeErrors]) -> str:
    """What there is to be seen now."""
    said = [_where_it_stands(lab, fits)]
    if found:
        best = min(found, key=lambda each: (each.bias + each.variance, each.size))
        said.append(_tr("On average {size} is best.").format(size=sized(lab, best.size)))
    if (chosen := chosen_by_validation(list(found))) is not None:
        words = _tr("Validation chooses {size} and promises {error}; the test says {test}.")
        said.append(
            words.format(
                size=sized(lab, chosen.size),
                error=figures(chosen.validation, 2),
                test=figures(chosen.test, 2),
            )
        )
    return " ".join(said)


def _where_it_stands(lab: BiasVariance, fits: Fits) -> str:
    weights = lab.size + 1
    if lab.penalty == 0 and weights >= lab.samples:
        words = _tr("{weights} weights go through all {samples} samples, noise and all.")
        return words.format(weights=whole(weights), samples=whole(lab.samples))
    if fits.bias > 2 * fits.variance:
        return _tr("Mostly bias: a larger model would do better, more samples would not.")
    if fits.variance > 2 * fits.bias:
        return _tr("Mostly variance: more samples, a smaller model or a penalty would help.")
    return _tr("Bias and variance are about even.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("BiasVarianceWords", text)
