"""Reading: from bytes to entries, and from entries to articles. Pure."""
