"""Writers of files for people and for other programs."""
