"""The first page: examples, recent files, a tour."""
