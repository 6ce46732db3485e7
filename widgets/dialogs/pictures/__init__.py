"""The dialog in which pictures of one's own are looked at before they are learnt from."""
