"""People, focal points, calls, nominations, selection, invitations, registration, attendance (floor 4)."""
