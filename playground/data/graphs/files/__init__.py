"""Graphs of a person's own: files of graphs, or tables of nodes and edges, made into a table of nodes."""
