"""Where things are kept and where they come from: database, files, imports and exports."""
