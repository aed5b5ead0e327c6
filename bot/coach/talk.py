"""One question on its way to an answer: what is known of it, what the deterministic coach says, who may say what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.coach.cutter import split
from bot.coach.facts import Facts, Turn
from bot.coach.guard.clauses import reports_seconds
from bot.coach.guard.guard import Guard, guard_for_model, guard_for_rules
from bot.coach.language import say
from bot.coach.telling.answer import Answer
from bot.coach.telling.rough import doubted_once, is_doubt, rough
from bot.coach.words import words

SHORTEST_CONTENT_WORD = 4  # letters; shorter words are mostly grammar


@dataclass(frozen=True)
class Talk:
    """A question with its facts, the turns before it, and the deterministic answer."""

    question: str
    facts: Facts
    turns: Sequence[Turn]
    plain: Answer

    @property
    def wordable(self) -> bool:
        """Whether a model may word it; plain numbers are best said plainly."""
        return speakable(self.facts) and self.plain.open and self.plain.known

    @property
    def notes(self) -> tuple[str, ...]:
        """What the model is told to say in its own words, the core first."""
        return tuple(dict.fromkeys((*(one for one in (self.plain.core,) if one), *self.plain.sentences)))

    @cached_property
    def guard(self) -> Guard:
        """Judges what a model says."""
        return guard_for_model(self.facts, self.safe_sentences, self._known_texts)

    @cached_property
    def safe_sentences(self) -> tuple[str, ...]:
        """What the deterministic coach says, as the guard lets it; where nothing is left, that it doesn't know."""
        judge = guard_for_rules(self.facts, self._known_texts)
        passed = tuple(sentence for sentence in self.plain.sentences if judge.passes(sentence))
        return passed or (say(self.facts.language, "unknown_answer"),)[: len(self.plain.sentences)]

    def still_to_say(self, shown: Sequence[str], least_cover: float) -> tuple[str, ...]:
        """What the rules say after a model: all where it said nothing; else what it missed of the core, or of an answer
        of which nothing may be left out, and that times are rough where it told any that are."""
        if not shown:
            return self.safe_sentences
        safe = [part for sentence in self.notes if sentence in self.safe_sentences for part in split(sentence)]
        wanted = safe if self.plain.whole else safe[:1]
        missed = tuple(part for part in wanted if covered(part, shown) < least_cover)
        doubts = self._doubts if any(map(reports_seconds, (*shown, *missed))) else ()
        return (*missed, *(doubt for doubt in doubts if doubt not in (*shown, *missed)))

    @property
    def _doubts(self) -> tuple[str, ...]:
        """That the times which an answer may tell are rough: those of the set in question, and the plain answer's."""
        of_this = rough(self.facts, self.facts.this) if self.facts.this else ()
        return doubted_once(self.facts, (*of_this, *(one for one in self.plain.sentences if is_doubt(self.facts, one))))

    @property
    def _known_texts(self) -> tuple[str, ...]:
        return self.plain.known_texts(self.facts.language)


def speakable(facts: Facts) -> bool:
    """Whether the conversation is in a model's language: TinyLlama's is English only."""
    return facts.language == "en"


def covered(core: str, shown: Sequence[str]) -> float:
    """The share of the core's content words that were said (0..1)."""
    wanted = {word for word in words(core) if len(word) >= SHORTEST_CONTENT_WORD or word[0].isdigit()}
    said = {word for sentence in shown for word in words(sentence)}
    return len(wanted & said) / len(wanted) if wanted else 1.0
