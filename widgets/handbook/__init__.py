"""The handbook: the manual, and a page for every class of the program, made of what it says of itself."""
