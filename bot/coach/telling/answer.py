"""What the deterministic coach says to one message."""

from __future__ import annotations

from dataclasses import dataclass

from bot.coach.facts import Facts, Language, PastSet
from bot.coach.knowledge import topics
from bot.coach.language import Sentences
from bot.coach.telling.rough import doubted_once


@dataclass(frozen=True, slots=True)
class Answer:
    """What the deterministic coach says. `topics` are the knowledge it used; `known` is False where it has no answer.

    `open` tells that a model may word it: advice and verdicts are, counts and times are best said as they are. `core`
    is the sentence that matters most, the first one where it is empty; `whole`: none of them may be left out. `summed`
    are the groups of sets that its sums are of. `general` are those of the sentences that tell nothing
    measured: what the catalogue says of an exercise.
    """

    sentences: Sentences
    topics: tuple[str, ...] = ()
    known: bool = True
    open: bool = False
    core: str = ""
    whole: bool = False
    summed: tuple[tuple[PastSet, ...], ...] = ()
    general: Sentences = ()

    def known_texts(self, language: Language) -> Sentences:
        """What it says that rests on no measurement: its pieces of knowledge, and what is general."""
        return (*(topics()[name].text(language) for name in self.topics), *self.general)


def joined(answers: tuple[Answer, ...], facts: Facts) -> Answer:
    """The answers to several questions as one, of which nothing may be left out."""
    said = doubted_once(facts, (sentence for answer in answers for sentence in answer.sentences))
    named = tuple(topic for answer in answers for topic in answer.topics)
    general = tuple(sentence for answer in answers for sentence in answer.general)
    summed = tuple(group for answer in answers for group in answer.summed)
    return Answer(said, topics=named, general=general, whole=True, summed=summed)
