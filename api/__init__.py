"""How people and programs reach the system: HTTP, pages, command line."""
