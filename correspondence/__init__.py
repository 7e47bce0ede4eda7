"""Letters, the outbox and its delivery, and stored files (floor 2)."""
