"""Questions to a round while it takes proposals, and answers that go to everybody at once."""

from __future__ import annotations

from domain.errors import check
from domain.kernel import Mandate
from domain.policies import holds
from domain.rounds import changes as e
from domain.rounds.round import Round


def ask_question(round: Round, *, text: str, by: Mandate) -> None:
    """Takes a question (R5a) up to and on the last day of questions."""
    stage = round.after("ask-question")
    until = round.question_until
    check(
        holds(
            "R5a.until",
            until is not None and by.day <= until,
            "The last day of questions was {day}.",
            day=until,
        )
    )
    event = e.QuestionAsked(stage=stage, no=len(round.questions) + 1, text=text)
    round.record(event, by)


def publish_clarification(
    round: Round, *, question: str, answer: str, asked: int | None, by: Mandate
) -> None:
    """Answers in public (R5b), in the round's own words and without saying who had asked.

    The rules of the round stand apart from what is said here, and stay as they were frozen.
    """
    stage = round.after("publish-clarification")
    numbers = {each.no for each in round.questions}
    check(
        holds(
            "R5b.asked",
            asked is None or asked in numbers,
            "There is no question of this number.",
            field="/asked",
        )
    )
    event = e.ClarificationPublished(stage=stage, question=question, answer=answer, asked=asked)
    round.record(event, by)
