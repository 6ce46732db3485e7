"""The handbook: a page for every class of the program, made of what the class says of itself."""
