"""What the window looks at: which neuron, space and tiles; the training thread works out that alone."""

from __future__ import annotations

from dataclasses import replace

from playground.data.spaces import Space
from playground.training.codes import CodeView
from playground.training.session import TrainingSession
from playground.training.snapshot import View


class Looking:
    """Keeps the view that a session was asked for, and asks for another when it changes."""

    def __init__(self, session: TrainingSession) -> None:
        self._session, self._view = session, View()
        self._of_page, self._side_by_side = True, False

    def at_neuron(self, focus: tuple[str, int] | None) -> None:
        """Show this neuron's map in the output panel; None for the network's output."""
        self._look(replace(self._view, focus=focus))

    def over(self, space: Space) -> None:
        """Draw maps over this space, where the data have it."""
        self._look(replace(self._view, space=space))

    def from_neurons(self, first_units: dict[str, int]) -> None:
        """Make tiles from these neurons on."""
        self._look(replace(self._view, first_units=first_units))

    def at_temperature(self, temperature: float) -> None:
        """Let a text go on as freely as this."""
        self._look(replace(self._view, temperature=temperature))

    def at_maps(self, seen: bool) -> None:
        """Work out maps, or none as long as the page in front shows none."""
        self._of_page = seen
        self._look_at_maps()

    def side_by_side(self, seen: bool) -> None:
        """Work out maps of all runs beside one another, or of the one in front alone."""
        if seen != self._side_by_side:
            self._side_by_side = seen
            self._session.beside.look(seen)
            self._look_at_maps()

    def _look_at_maps(self) -> None:
        self._look(replace(self._view, maps=self._of_page or self._side_by_side))

    def at_code(self, code: CodeView | None) -> None:
        """Work out the codes of samples, and decode these; None for no look at codes."""
        self._look(replace(self._view, code=code))

    def at_details(self, seen: bool) -> None:
        """Measure in detail what is taken for what, or no longer while training runs."""
        self._look(replace(self._view, details=seen))

    def at_distributions(self, seen: bool) -> None:
        """Count how the numbers of layers are spread, or no longer."""
        self._look(replace(self._view, distributions=seen))

    def _look(self, view: View) -> None:
        if view != self._view:
            self._view = view
            self._session.look(view)
