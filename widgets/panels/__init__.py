"""The panels round the network: they know the document, and not one another."""
