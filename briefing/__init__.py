"""A self-hosted desk that tells its readers only what is new, and checks every figure."""

__version__ = "0.1.0"
