"""Helpers for the course "Transfer Learning is for the Birds": they take away only what would distract."""
