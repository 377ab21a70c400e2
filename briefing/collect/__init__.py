"""Collecting: one bounded, guarded, conditional request, for many sources."""
