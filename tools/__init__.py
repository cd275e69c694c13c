"""Development-time commands: nothing here is needed to read or serve the book."""
