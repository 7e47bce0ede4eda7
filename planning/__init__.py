"""Planning: pure functions over frozen dataclasses, no Django, no clock, no database (floor 0)."""
