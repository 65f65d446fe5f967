"""Plugins of pytest for notebooks that run as tests, loaded by the conftest.py at the top."""
