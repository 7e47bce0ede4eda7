"""Units, amounts and totals of national targets: pure, exact, and never guessing (floor 0)."""
