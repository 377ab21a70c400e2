"""Matching: what is on topic, what is a copy, what is one story, what is new. Pure."""
