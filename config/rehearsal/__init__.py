"""A workshop's whole life, played through the verbs with synthetic people on a practice copy of its programme."""
