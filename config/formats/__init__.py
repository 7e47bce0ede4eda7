"""How days and numbers are written where Django does not know the planner's name of a language."""
