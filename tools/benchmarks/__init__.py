"""Measure how fast features are extracted and found again: `make bench`."""
