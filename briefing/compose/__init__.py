"""Composing: an issue out of verdicts and facts, and its rendered forms. Pure."""
