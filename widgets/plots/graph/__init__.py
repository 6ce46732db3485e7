"""The graph whose nodes the samples are, coloured by what is true of them or by what the network says."""

from widgets.plots.graph.bar import GraphBar
from widgets.plots.graph.content import GraphContent, graph_content
from widgets.plots.graph.view import GraphView

__all__ = ["GraphBar", "GraphContent", "GraphView", "graph_content"]
