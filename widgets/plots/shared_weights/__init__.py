"""The weights that an autoencoder shares, beside principal components."""
