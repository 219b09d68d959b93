"""Tranches: the instalments of a grant, each a payment through four pairs of hands."""
