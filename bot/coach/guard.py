"""Nothing is shown that the facts don't support: each sentence is judged whole, before it is shown.

A number passes only with the unit, the measure, the set and the repetition that it is said of; a word of more or less
only where the comparison bears it out; a body part only where a finding is about it. What can't be read as supported
fails: a dropped true sentence costs little, a false one shown costs trust. Sentences given as `trusted` pass word for
word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.coach.claims import MULTIPLES, Number, kinds_in, nearest_kind, numbers, spelled_out
from bot.coach.comparisons import SUPERLATIVE, any_of, unsupported_comparison
from bot.coach.cutter import is_whole, split
from bot.coach.facts import Facts, Language
from bot.coach.language import MONTHS, day, load, sentences
from bot.coach.quantities import Kind, Quantity, When, quantities
from bot.coach.words import folded, is_korean

LONGEST_CHARS = 400  # a sentence longer than this is a model that lost its way
CLAUSE = re.compile(r",\s+|;\s*|:\s+|\s+(?:and|but|while|then|whereas|versus|vs\.?|compared to|than|from)\s+|\(|\)")
WORDS: Mapping[str, Sequence[str]] = load("data/guard.toml")
PAST, EVER, NOW = (
    re.compile("|".join((any_of(WORDS[when]).pattern, *WORDS[f"{when}_korean"]))) for when in ("past", "ever", "now")
)
LAST_REP = re.compile(r"\b(?:the|your) (?:last|final)\b(?! (?:time|week|month|session|set|workout|reps))|마지막 반복")
FIRST_REP = re.compile(r"첫 반복")
ADVICE = re.compile(rf"^(?:(?:{'|'.join(WORDS['before_advice'])})[, ]+)*{any_of(WORDS['advice']).pattern}")
REPORTS = any_of(WORDS["reports"])
ONE_MORE = re.compile(r"\b(?:aim for|try|add) 1 (?:more )?rep\b|한 번 더")
SLOWEST = re.compile(r"\bslowest\b|가장 느린")
JUNK = re.compile(r"https?:|www\.|<\||\|>|</s>|\bas an ai\b|\blanguage model\b|\[/?inst|�")
RELATIVE_SLACK = 0.2  # a rounded time may be off by a fifth at most: "1 second" for 1.2 s, never for 0.6 s


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause speaks of: which sets, exercise, repetitions, day and measure; and whether it advises.

    Where it names nothing of its own, it goes on with the clause before.
    """

    start: int
    clause: str
    when: frozenset[When]
    exercise: str | None
    reps: frozenset[int]
    day: str | None
    kind: Kind | None
    advice: bool

    def kind_of(self, number: Number) -> Kind | None:
        """The measure that a number in this clause is said of."""
        here = nearest_kind(self.clause, number.at - self.start, number.end - self.start)
        return number.kind or here or self.kind


@dataclass(frozen=True)
class Guard:
    """Judges sentences against the facts. `trusted` are sentences that may be said word for word; numbers in `notes`
    (pieces of knowledge) may be used in advice, never as something that was measured."""

    facts: Facts
    trusted: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    language: Language = field(default="en")

    def passes(self, sentence: str) -> bool:
        """Whether the sentence may be shown."""
        return self.objection(sentence) is None

    def objection(self, sentence: str) -> str | None:
        """Why the sentence may not be shown, in a word for the log; None where it may."""
        if _plain(sentence) in self.trusted:
            return None
        if not is_whole(sentence) or len(sentence) > LONGEST_CHARS or JUNK.search(folded(sentence)):
            return "shape"
        if is_korean(sentence) != (self.language == "ko"):
            return "language"
        return self._numbers_objection(sentence) or self._words_objection(sentence)

    def _words_objection(self, sentence: str) -> str | None:
        if self.language == "ko":
            return None  # only the deterministic coach speaks Korean, and its words are chosen by the comparison itself
        text, _ = self._undated(spelled_out(sentence))
        return unsupported_comparison(text, self.facts, advice=self._advises(text))

    def _numbers_objection(self, sentence: str) -> str | None:
        text, days = self._undated(spelled_out(sentence))
        text = self._unnamed(text)
        if MULTIPLES.search(text):
            return "multiple"
        found = _with_inherited_units(text, numbers(text))
        contexts = self._contexts(text, days)
        if not all(self._supported(number, _at(contexts, number.at)) for number in found):
            return "number"
        return self._rep_list_objection(text, found)

    def _supported(self, number: Number, context: Context) -> bool:
        if number.unit is None:
            return False
        if context.advice and (number.value, number.unit) in self._noted:
            return True
        if ONE_MORE.search(context.clause) and number.value == 1 and number.unit == "reps":
            return True
        return any(_matches(number, one, context) for one in self._quantities)

    def _rep_list_objection(self, text: str, found: tuple[Number, ...]) -> str | None:
        """Repetitions named without a time must be those of one finding, or the one that was partial or slowest."""
        named = {int(number.value) for number in found if number.unit == "rep_number"}
        if SUPERLATIVE.search(text):
            return "superlative"
        if SLOWEST.search(text) and named:
            return None if named == self._slowest else "superlative"
        if not named or any(number.unit in ("s", "deg", "reps") for number in found):
            return None
        return None if any(named <= group for group in self._rep_groups) else "reps"

    def _contexts(self, text: str, days: tuple[tuple[int, str], ...]) -> tuple[Context, ...]:
        """Each clause's context, in order."""
        advice, found = self._advises(text), list[Context]()
        for start, end in _clauses(text):
            dated = [iso for at, iso in days if start <= at <= end]
            found.append(self._context(text[start:end], found[-1] if found else None, dated[-1] if dated else None))
            found[-1] = replace(found[-1], start=start, advice=advice)
        return tuple(found)

    def _context(self, clause: str, before: Context | None, dated: str | None) -> Context:
        when, kinds = self._when(clause, dated), kinds_in(clause)
        return Context(
            start=0,
            clause=clause,
            when=when or (before.when if before else self._default_when),
            exercise=_exercise_in(clause) or (before.exercise if before else None),
            reps=self._reps_in(clause) or (before.reps if before else frozenset()),
            day=dated or (before.day if before and not when else None),
            kind=kinds[-1] if kinds else before.kind if before else None,
            advice=False,
        )

    def _when(self, clause: str, dated: str | None) -> frozenset[When]:
        if dated or EVER.search(clause):
            return frozenset({"this", "past", "any"})
        if NOW.search(clause):
            return frozenset({"this", "any"})
        return frozenset({"past", "any"}) if PAST.search(clause) else frozenset()

    @property
    def _default_when(self) -> frozenset[When]:
        return frozenset({"this", "any"}) if self.facts.this else frozenset({"past", "any"})

    def _reps_in(self, clause: str) -> frozenset[int]:
        named = {int(number.value) for number in numbers(clause) if number.unit == "rep_number"}
        if self.facts.this and LAST_REP.search(clause):
            whole = [rep.number for rep in self.facts.this.reps if rep.complete]
            named |= set(whole[-1:]) | {rep.number for rep in self.facts.this.reps[-1:]}
        return frozenset(named | {1} if FIRST_REP.search(clause) else named)

    def _unnamed(self, text: str) -> str:
        """The text with the names of exercises replaced by their slugs, so that "bench press" is no lifting."""
        for label, slug in self._labels:
            text = re.sub(rf"(?<![a-z]){re.escape(label)}s?(?![a-z])", f"exercise_{slug}", text)
        return re.sub(r"\b1[\s-]?rm\b|\b(?:1|one)[\s-]rep max\w*|1회 최대", "max", text)

    def _undated(self, text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
        """The text with known dates taken out, and where each stood."""
        found: list[tuple[int, str]] = []
        for written, iso in self._dates:
            while (at := text.find(written)) >= 0:
                text = text[:at] + text[at + len(written) :]
                found = [(old - len(written) if old > at else old, known) for old, known in found]
                found.append((at, iso))
        return text, tuple(found)

    @staticmethod
    def _advises(text: str) -> bool:
        return ADVICE.search(text) is not None and REPORTS.search(text) is None

    @cached_property
    def _quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.facts)

    @cached_property
    def _noted(self) -> frozenset[tuple[float, str]]:
        said = [spelled_out(sentence) for note in self.notes for sentence in split(note)]
        pairs = ((n.value, n.unit) for text in said for n in _with_inherited_units(text, numbers(text)))
        return frozenset((value, unit) for value, unit in pairs if unit)

    @cached_property
    def _slowest(self) -> set[int]:
        this = self.facts.this
        timed = [rep for rep in this.reps if rep.complete and rep.concentric_s > 0] if this else []
        return {max(timed, key=lambda rep: rep.concentric_s).number} if timed else set()

    @cached_property
    def _rep_groups(self) -> tuple[set[int], ...]:
        this = self.facts.this
        if this is None:
            return ()
        single = ({rep.number} for rep in this.reps if not rep.complete)
        return (*(set(finding.reps) for finding in this.findings), *single)

    @cached_property
    def _labels(self) -> tuple[tuple[str, str], ...]:
        """Names of exercises as they may be written, the longest first, with their slugs."""
        pairs = {folded(past.label): past.exercise for past in self.facts.history}
        if self.facts.this:
            pairs[folded(self.facts.this.label)] = self.facts.this.exercise
        pairs |= {slug.replace("_", " "): slug for slug in set(pairs.values())}
        return tuple(sorted(pairs.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def _dates(self) -> tuple[tuple[str, str], ...]:
        """Every way in which a known day may be written, the longest first."""
        known = {past.done_on for past in self.facts.history} | (
            {self.facts.this.done_on} if self.facts.this else set()
        )
        ways = {
            (way, when.isoformat())
            for when in known
            for way in (
                folded(day(self.language, when)),
                when.isoformat(),
                f"{MONTHS[when.month - 1]} {when.day}".lower(),
            )
        }
        return tuple(sorted(ways, key=lambda pair: -len(pair[0])))


def guard_for_rules(facts: Facts, notes: Iterable[str]) -> Guard:
    """The guard over the deterministic coach: its fixed sentences and its knowledge pass word for word."""
    fixed = [text for text in sentences(facts.language).values() if "{" not in text]
    return Guard(facts, trusted(*fixed, *notes), tuple(notes), facts.language)


def guard_for_model(facts: Facts, said_by_rules: Iterable[str], notes: Iterable[str]) -> Guard:
    """The guard over a model: what the deterministic coach says to the same question passes word for word."""
    return Guard(facts, trusted(*said_by_rules), tuple(notes), facts.language)


def trusted(*texts: str) -> frozenset[str]:
    """The texts and each of their sentences, in the form in which sentences are compared."""
    return frozenset(_plain(part) for text in texts for part in (text, *split(text)))


def _plain(sentence: str) -> str:
    return " ".join(folded(sentence).split())


def _exercise_in(clause: str) -> str | None:
    found = re.search(r"\bexercise_([a-z0-9_]+)", clause)
    return found.group(1) if found else None


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in CLAUSE.finditer(text):
        yield start, match.start()
        start = match.start()
    yield start, len(text)


def _at(contexts: tuple[Context, ...], at: int) -> Context:
    return [context for context in contexts if context.start <= at][-1]


def _with_inherited_units(text: str, found: tuple[Number, ...]) -> tuple[Number, ...]:
    """Bare numbers of a list or a span take the unit of their neighbour: "reps 6, 7 and 8", "6 to 12 reps"."""
    ordered = sorted(found, key=lambda number: number.at)
    for at, number in enumerate(ordered):
        if (
            number.unit is None
            and at
            and _is_list(text[ordered[at - 1].at : number.at])
            and ordered[at - 1].unit == "rep_number"
        ):
            ordered[at] = replace(number, unit="rep_number")
    for at in range(len(ordered) - 2, -1, -1):
        number, after = ordered[at], ordered[at + 1]
        if number.unit is None and re.fullmatch(r"[\d.]+\s*(?:to|-|–|or|~)\s*", text[number.at : after.at]):
            ordered[at] = replace(number, unit=after.unit)
        if number.unit is None and after.unit == "rep_number" and _is_list(text[number.at : after.at]):
            ordered[at] = replace(number, unit="rep_number")
    return tuple(ordered)


def _is_list(between: str) -> bool:
    return re.fullmatch(r"[\d.]+\s*(?:,|and|,\s*and|&)\s*", between) is not None


def _matches(number: Number, one: Quantity, context: Context) -> bool:
    """Whether a quantity bears a number out: unit, value, measure, sets, exercise, repetition and day all agree."""
    return (
        number.unit == one.unit
        and _rounds_to(one.value, number, rough=one.kind == "maximum")
        and _same_kind(number, one.kind, context)
        and one.when in context.when
        and context.exercise in (None, one.exercise)
        and (one.unit == "rep_number" or _same_rep(one, context))
        and (context.day is None or one.day in (None, context.day))
    )


def _rounds_to(value: float, number: Number, *, rough: bool) -> bool:
    """Whether a value may be written so: counts exactly, loads in kg to a tenth, the rest rounded but not far off."""
    if number.unit in ("reps", "rep_number", "sets", "days"):
        return value == number.value
    decimals = max(number.decimals, 1) if number.unit == "kg" and not rough else number.decimals
    off = abs(value - number.value)
    return off <= 0.5 * 10.0**-decimals + 1e-6 and off <= RELATIVE_SLACK * abs(value)


def _same_kind(number: Number, kind: Kind, context: Context) -> bool:
    """Whether the number is said of what the quantity is; where the unit tells, a measure need not be named."""
    if number.unit == "rep_number":
        return True
    said = context.kind_of(number)
    if kind in ("partial", "maximum", "confidence", "change", "finding", "range") or number.unit == "s":
        return said == kind
    if kind == "next":
        return context.advice
    return said not in ("partial", "maximum", "change")


def _same_rep(one: Quantity, context: Context) -> bool:
    """A repetition's own time is said of that repetition, a median of none."""
    if one.rep is None:
        return not context.reps or one.unit not in ("s", "deg")
    return one.rep in context.reps
