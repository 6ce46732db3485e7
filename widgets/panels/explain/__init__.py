"""The Explain tab: a short page with formula and live plot about whatever was touched last."""

from widgets.panels.explain.panel import ExplainPanel

__all__ = ["ExplainPanel"]
