"""Nothing is shown that the facts don't support: each sentence is judged whole, before it is shown.

A number passes only with the unit, the measure, the set and the repetition that it is said of; a word of more or less
only where the comparison bears it out; a body part only where a finding is about it. What can't be read as supported
fails: a dropped true sentence costs little, a false one shown costs trust. Sentences given as `trusted` pass word for
word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from bot.coach.cutter import is_whole, split
from bot.coach.facts import Facts, Language
from bot.coach.facts.comparing import slowing
from bot.coach.guard.claims import MULTIPLES, Number, numbers, spelled_out
from bot.coach.guard.clauses import Context, advises, context_at, contexts, with_inherited_units
from bot.coach.guard.comparisons import SUPERLATIVE, unsupported_comparison
from bot.coach.guard.matching import bears_out
from bot.coach.guard.naming import uncued, undated, unnamed
from bot.coach.guard.quantities import quantities
from bot.coach.guard.quantity import Quantity
from bot.coach.hearing.intents import phrasings
from bot.coach.knowledge import topics
from bot.coach.language import load, sentences
from bot.coach.telling.extremes import most, of_phase
from bot.coach.words import folded, is_korean, words

LEAST_KNOWN = 0.5  # share of a sentence's words; below it a model babbles
LONGEST_CHARS = 400  # a sentence longer than this is a model that lost its way
ONE_MORE = re.compile(r"\b(?:aim for|try|add) 1 (?:more )?rep\b|한 번 더")
HARDEST = re.compile(r"\bhardest\b|가장 센")
EXTREMES = {name: re.compile(words) for name, words in load("data/guard.toml")["extremes"].items()}
JUNK = re.compile(r"https?:|www\.|<\||\|>|</s>|\bas an ai\b|\blanguage model\b|\[/?inst|�")


@dataclass(frozen=True)
class Guard:
    """Judges sentences against the facts. `trusted` are sentences that may be said word for word; numbers in `notes`
    (pieces of knowledge) may be used in advice, never as something that was measured."""

    facts: Facts
    trusted: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def passes(self, sentence: str) -> bool:
        """Whether the sentence may be shown."""
        return self.objection(sentence) is None

    def objection(self, sentence: str) -> str | None:
        """Why the sentence may not be shown, in a word for the log; None where it may."""
        if _plain(sentence) in self.trusted:
            return None
        if not is_whole(sentence) or len(sentence) > LONGEST_CHARS or JUNK.search(folded(sentence)):
            return "shape"
        if self.facts.language == "en" and not is_prose(sentence):
            return "words"
        if is_korean(sentence) != (self.facts.language == "ko"):
            return "language"
        return self._numbers_objection(sentence) or self._words_objection(sentence)

    def _words_objection(self, sentence: str) -> str | None:
        if self.facts.language == "ko":
            return None  # only the deterministic coach speaks Korean, and its words are chosen by the comparison itself
        text, _ = undated(uncued(spelled_out(sentence), self.facts), self.facts)
        return unsupported_comparison(unnamed(text, self.facts), self.facts, advice=advises(text))

    def _numbers_objection(self, sentence: str) -> str | None:
        text, days = undated(uncued(spelled_out(sentence), self.facts), self.facts)
        text = unnamed(text, self.facts)
        if MULTIPLES.search(text):
            return "multiple"
        found = with_inherited_units(text, numbers(text))
        clauses = contexts(text, days, self.facts)
        if not all(self._supported(number, context_at(clauses, number.at)) for number in found):
            return "number"
        return self._rep_list_objection(text, found)

    def _supported(self, number: Number, context: Context) -> bool:
        if number.unit is None:
            return False
        if context.advice and (number.value, number.unit) in self._noted:
            return True
        if ONE_MORE.search(context.clause) and number.value == 1 and number.unit == "reps":
            return True
        return any(bears_out(number, one, context) for one in self._quantities)

    def _rep_list_objection(self, text: str, found: tuple[Number, ...]) -> str | None:
        """Repetitions named without a time must be those of one finding, or the one that was partial or slowest."""
        named = {int(number.value) for number in found if number.unit == "rep_number"}
        if HARDEST.search(text) and self._hardest:
            return None if named <= self._hardest else "superlative"
        extremes = [of_phase(name, text) for name, pattern in EXTREMES.items() if pattern.search(text)]
        if extremes and named:
            return None if all(named == self._most(name) for name in extremes) else "superlative"
        if SUPERLATIVE.search(text):
            return "superlative"
        if not named or any(number.unit in ("s", "deg", "reps", "g") for number in found):
            return None
        return None if any(named <= group for group in self._rep_groups) else "reps"

    @cached_property
    def _quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.facts)

    @cached_property
    def _noted(self) -> frozenset[tuple[float, str]]:
        said = [spelled_out(sentence) for note in self.notes for sentence in split(note)]
        pairs = ((n.value, n.unit) for text in said for n in with_inherited_units(text, numbers(text)))
        return frozenset((value, unit) for value, unit in pairs if unit)

    def _most(self, name: str) -> set[int]:
        """The repetition that is most so; the slowest is named although all are alike."""
        this = self.facts.this
        found = most(this, name) if this else None
        if found is None and this and name == "slowest" and (lifted := slowing(this)):
            return {lifted.slowest_number}
        return {found.number} if found else set()

    @cached_property
    def _hardest(self) -> set[int]:
        """The blow with the largest peak; none where the set is no round of blows."""
        this = self.facts.this
        return {max(this.reps, key=lambda rep: rep.peak_m_s2).number} if this and this.is_round else set()

    @cached_property
    def _rep_groups(self) -> tuple[set[int], ...]:
        this = self.facts.this
        if this is None:
            return ()
        single = ({rep.number} for rep in this.reps if not rep.complete or math.isnan(rep.concentric_s))
        return (*(set(finding.reps) for finding in this.findings), *single)


def is_prose(sentence: str) -> bool:
    """Whether most words of an English sentence are words that the coach's own texts or its users' have."""
    said = [word for word in words(sentence) if word.isalpha()]
    return bool(said) and sum(word in _lexicon() for word in said) >= LEAST_KNOWN * len(said)


@cache
def _lexicon() -> frozenset[str]:
    written = (*sentences("en").values(), *(topic.text("en") for topic in topics().values()))
    asked = (phrase for phrase, _ in phrasings())
    return frozenset(word for text in (*written, *asked) for word in words(text))


def guard_for_rules(facts: Facts, notes: Iterable[str]) -> Guard:
    """The guard over the deterministic coach: its fixed sentences and its knowledge pass word for word."""
    said = tuple(notes)
    return Guard(facts, _fixed(facts.language) | trusted(*said), said)


@cache
def _fixed(language: Language) -> frozenset[str]:
    """The sentences without places to fill."""
    return trusted(*(text for text in sentences(language).values() if "{" not in text))


def guard_for_model(facts: Facts, said_by_rules: Iterable[str], notes: Iterable[str]) -> Guard:
    """The guard over a model: what the deterministic coach says to the same question passes word for word."""
    return Guard(facts, trusted(*said_by_rules), tuple(notes))


def trusted(*texts: str) -> frozenset[str]:
    """The texts and each of their sentences, in the form in which sentences are compared."""
    return frozenset(_plain(part) for text in texts for part in (text, *split(text)))


def _plain(sentence: str) -> str:
    return " ".join(folded(sentence).split())
