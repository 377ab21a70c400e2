"""Delivering: messages, signatures, SMTP, the outbox."""
