"""Begin a lesson: `setup` chooses the profile, sets seeds and says where things are."""

from course_utils.environment.course import Course, choose_profile
from course_utils.environment.start import environment_report, setup
from course_utils.paths import data_folder

__all__ = ["Course", "choose_profile", "data_folder", "environment_report", "setup"]
