"""What builds and checks the course, run from its top: `python -m tools.ROOM.TOOL --help`."""
