"""What a search looks like: curves, dots, lines and bars of its trials, and a table of them."""
