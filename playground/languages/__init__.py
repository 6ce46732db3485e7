"""The languages of the program: a catalogue file each, in the format of gettext, which needs no Python."""
