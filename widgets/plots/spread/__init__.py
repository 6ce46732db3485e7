"""How numbers are spread, as ridges over the epochs and as bars."""
