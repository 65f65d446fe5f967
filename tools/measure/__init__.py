"""Measure the figures that the course rests on, and what it takes to train to the same weights twice."""
