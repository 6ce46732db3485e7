"""The network as code, or in a format, that runs elsewhere: chosen, read, copied, verified and saved."""
