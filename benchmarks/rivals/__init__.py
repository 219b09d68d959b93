"""The event stores that ours is measured against, and the processes that append to them."""
