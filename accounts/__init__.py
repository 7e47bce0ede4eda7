"""Who somebody is, what that lets them do, and the log of what was done (floor 1)."""
