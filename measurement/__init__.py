"""Units, amounts and totals of national targets, and how alike two records are: pure, exact, and never guessing (floor 0)."""
