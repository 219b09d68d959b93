"""Questions about speed, each answered by one script that prints a ratio measured in one run."""
