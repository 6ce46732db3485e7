"""Graphs as they are seen: nodes coloured by what is true of them, or by what the network says."""
