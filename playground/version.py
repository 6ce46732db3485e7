"""The version of the program, which the packaging reads here as well."""

VERSION = "0.1.0"
