"""The compiled machine: steps as machine code, made once for all networks by Numba where it is installed."""
