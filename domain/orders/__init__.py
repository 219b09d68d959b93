"""Orders: what is bought or paid for out of a fund or a round that is no grant."""
