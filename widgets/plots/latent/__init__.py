"""The codes of an autoencoder as a plane to walk over."""
