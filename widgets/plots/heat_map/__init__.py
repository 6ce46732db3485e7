"""A heat map with its colours and names, in which places are read out by the pointer and by keys."""
