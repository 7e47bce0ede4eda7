"""National targets: submissions, areas, review, compilations and their report files (floor 5)."""
