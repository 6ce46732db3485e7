"""Samples that are pictures: walls of them with what the network says, and a pad to draw another."""
