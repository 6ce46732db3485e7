"""Graphs: nodes and edges, what their structure says of each node, and where they are drawn.

networkx knows paths, forces and the formats of files; it is imported when one of them is asked for.
"""
