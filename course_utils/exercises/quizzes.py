"""A quiz: a question, some choices, and a reason for each of them.

Its buttons stand in another order for each learner, so a position that somebody has heard of says nothing. They have no
letters: those belong to the choices as they are stored in the notebook, in one order for all.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from course_utils.errors import unknown_name
from course_utils.exercises.lesson_source import Option, QuizSource, find_source
from course_utils.exercises.order import in_own_order
from course_utils.exercises.progress_file import record
from course_utils.exercises.verdicts import Status, Verdict, paragraphs, plain, to_html
from course_utils.notebook import mimebundle

# A button shows one line, and cuts it, unless told otherwise.
_WRAPPED = (
    "<style>.course-option.jupyter-button { white-space: normal; height: auto; min-height: 28px; line-height: 1.4; "
    "padding: 4px 10px; text-align: left }</style>"
)


@dataclass(frozen=True)
class Quiz:
    """A question with choices. Shown as buttons where widgets run, else as choices that open to their reason."""

    source: QuizSource
    _shown: list = field(default_factory=list, repr=False)  # keeps the widget alive while the kernel runs

    def choose(self, letter: str) -> Verdict:
        """Return whether a choice is right, and why."""
        options = {option.letter: option for option in self.source.options}
        letter = str(letter).strip().lower()
        if letter not in options:
            raise unknown_name("letter", letter, options)
        return self.judge(options[letter])

    def judge(self, option: Option) -> Verdict:
        """Return the verdict on one of the options."""
        note = record(self.source.id, "right" if option.right else "tried")
        status = Status.RIGHT if option.right else Status.NOT_YET
        return Verdict(f"Quiz {self.source.id}", status, paragraphs(option.reason, note))

    def __repr__(self) -> str:
        choices = "\n".join(f"  {option.letter}. {option.text}" for option in self.source.options)
        return f"{self.source.question}\n{choices}\nAnswer: quiz({self.source.id!r}).choose(letter)"

    def _repr_html_(self) -> str:
        choices = "".join(_opening(option) for option in self.source.options)
        return f"<div>{to_html(self.source.question)}{choices}</div>"

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        self._shown[:] = [quiz_widget(self)]
        return mimebundle(self._shown[0], repr(self), self._repr_html_())


def quiz_widget(quiz: Quiz):
    """Return the question with a button for each choice; a click shows the verdict and its reason below."""
    import ipywidgets as widgets  # here, because tools and tests without a notebook need none

    verdict = widgets.HTML()
    options = {
        widgets.Button(
            description=plain(option.text),
            tooltip="Choose this answer",
            layout=widgets.Layout(width="auto", max_width="46em", margin="2px 0"),
        ): option
        for option in in_own_order(quiz.source.options, quiz.source.id)
    }

    def chosen(button: widgets.Button) -> None:
        verdict.value = quiz.judge(options[button])._repr_html_()

    for button in options:
        button.add_class("course-option")
        button.on_click(chosen)
    layout = widgets.Layout(align_items="flex-start")
    question = widgets.HTML(_WRAPPED + to_html(quiz.source.question))
    return widgets.VBox([question, *options, verdict], layout=layout)


@lru_cache
def quiz(name: str) -> Quiz:
    """Return a quiz by its id: the lesson's number, a dot and a letter, as in "5.a".

    Raises
    ------
    ValueError : there is no such quiz.
    """
    return Quiz(find_source("quizzes", name))


def _opening(option: Option) -> str:
    sign = "Right." if option.right else "Not this one."
    text = to_html(option.text).removeprefix("<p>").removesuffix("</p>\n")
    return (
        f'<details style="margin: 0.2em 0 0.2em 1em"><summary>{option.letter}. {text}</summary>'
        f'<div style="margin-left: 1.4em">{to_html(f"**{sign}** {option.reason}")}</div></details>'
    )
