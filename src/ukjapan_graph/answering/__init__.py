"""The answers' floor: engines, saved questions from the release, names of things, rows with status and citation."""
