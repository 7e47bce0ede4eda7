"""Files from plain values: spreadsheets, PDF, canonical JSON; no framework and no database (floor 0)."""
