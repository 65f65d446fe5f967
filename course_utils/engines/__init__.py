"""What runs a backbone's forward pass, and backbones converted for it."""

from course_utils.engines.choice import Engine, choose_engine

__all__ = ["Engine", "choose_engine"]
