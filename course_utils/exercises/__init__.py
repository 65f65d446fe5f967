"""Exercises that answer back, quizzes with reasons, and your progress.

    exercise("5.2").check(answer)     right, or not yet and why
    quiz("5.a")                       a question with a reason for each choice
    progress()                        what you have done; reset() forgets it, after asking

All of them are written in the lessons (`lesson_source` says how). The kinds of checks are `Value`, `Choice`,
`Function`, `Table`, `Predictions` and `Outcome` here, and `Structure`, for Keras models, in
`course_utils.exercises.models`: importing Keras is left to the lesson.
"""

from course_utils.exercises import draws
from course_utils.exercises.asking import Exercise, exercise
from course_utils.exercises.behaviour import Case, Function
from course_utils.exercises.checks import Check, Choice, Mistake, Value
from course_utils.exercises.outcomes import Outcome
from course_utils.exercises.overview import progress, reset
from course_utils.exercises.predictions import Exam, Predictions
from course_utils.exercises.quizzes import Quiz, quiz
from course_utils.exercises.tables import Table
from course_utils.exercises.verdicts import Verdict

__all__ = [
    "Case",
    "Check",
    "Choice",
    "Exam",
    "Exercise",
    "Function",
    "Mistake",
    "Outcome",
    "Predictions",
    "Quiz",
    "Table",
    "Value",
    "Verdict",
    "draws",
    "exercise",
    "progress",
    "quiz",
    "reset",
]
