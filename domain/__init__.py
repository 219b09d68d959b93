"""The rules of public-good funding: what may happen, what then happened, and why not otherwise."""
