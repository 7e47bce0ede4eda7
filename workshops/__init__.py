"""Parties and regions, programmes, decisions, targets, workshops and what they are made of (floor 3)."""
