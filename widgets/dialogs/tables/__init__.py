"""The dialog in which a table of one's own is looked at before it is learnt from."""
