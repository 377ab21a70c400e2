"""Figures: found, tied to what they measure, checked, and kept in a ledger. Pure."""
