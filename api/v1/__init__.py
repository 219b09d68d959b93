"""The HTTP interface, version 1: one file a noun."""
