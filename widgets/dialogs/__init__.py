"""Dialogs: questions that cannot wait, and sheets to look things up."""
