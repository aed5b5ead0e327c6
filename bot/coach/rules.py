"""The deterministic coach: a question understood, answered in whole sentences from the facts or the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.coach import tell_history as history
from bot.coach import tell_session as day_of
from bot.coach import tell_set as told
from bot.coach.facts import Facts, SetFacts
from bot.coach.intents import Question
from bot.coach.knowledge import topics
from bot.coach.language import load, say
from bot.coach.phrases import in_words
from bot.coach.tell_set import Sentences


@dataclass(frozen=True, slots=True)
class Answer:
    """What the deterministic coach says. `topics` are the knowledge it used; `known` is False where it has no answer.

    `open` tells that a model may word it: advice and verdicts are, counts and times are best said as they are. `core`
    is the sentence that matters most, the first one where it is empty; `whole`: none of them may be left out.
    """

    sentences: Sentences
    topics: tuple[str, ...] = ()
    known: bool = True
    open: bool = False
    core: str = ""
    whole: bool = False


OfSet = Callable[[Facts, SetFacts], Sentences]
OfExercise = Callable[[Facts, str, str], Sentences]

ABOUT_THE_SET: Mapping[str, OfSet] = {
    "count": told.count,
    "verdict": told.verdict,
    "fix": told.fix,
    "depth": told.depth,
    "line": told.line,
    "tempo": told.tempo,
    "lowering": lambda facts, this: told.phase(facts, this, "lowering"),
    "lifting": lambda facts, this: told.phase(facts, this, "lifting"),
    "pause": lambda facts, this: told.phase(facts, this, "pause"),
    "tension": told.tension,
    "slowing": told.pace,
    "slowest": told.slowest,
    "weight": told.load_used,
    "doubts": told.doubts,
    "exercise": told.exercise,
    "hold": told.hold,
    "compare": history.compare,
    "compare_first": history.compare_first,
    "next_weight": history.next_load,
    "session": day_of.session,
    "session_count": day_of.count,
    "session_total": day_of.total,
    "session_best": day_of.best,
    "loss": told.loss,
}
ABOUT_AN_EXERCISE: Mapping[str, OfExercise] = {
    "best": history.best,
    "progress": history.progress,
    "when_last": history.last_one,
    "sets_known": history.sets_known,
    "max": history.maximum,
}
WITHOUT_FACTS: Mapping[str, tuple[str, ...]] = {
    "thanks": ("thanks",),
    "upset": ("sorry", "sorry_hint"),
    "not_measured": ("not_measured", "not_measured_hint"),
    "off_topic": ("off_topic",),
}
OPEN_INTENTS = frozenset({"verdict", "fix", "why", "compare"})  # where another wording helps
ABOUT_A_REP = frozenset({"rep", "count", "verdict", "tempo", "lowering", "lifting", "slowest", "depth", "doubts"})

ABOUT_A_SET_OF_THE_DAY = ABOUT_A_REP | {"session", "compare", "compare_first", "weight", "when_last", "session_best"}


def answer(question: Question, facts: Facts) -> Answer:
    """What the facts and the knowledge say to a question; an honest "I don't know" where they say nothing."""
    if question.target is None:
        return Answer((say(facts.language, "unknown_answer"),), known=False)
    if question.topic:
        return _from_topic(question.topic, facts)
    if question.target in WITHOUT_FACTS:
        keys = WITHOUT_FACTS[question.target]
        return Answer(tuple(say(facts.language, key) for key in keys), known=question.target != "off_topic")
    if question.target == "greeting":
        return Answer((_greeting(facts),))
    if question.target == "told":
        return Answer((_told(facts),))
    return _from_facts(question, question.target, facts)


def first_remark(facts: Facts) -> Answer:
    """The coach's first words on a fresh report: what was done, the one cue, and how it compares."""
    if facts.this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    change = history.compare(facts, facts.this)[1:3] if facts.last_same else ()
    found = told.fix(facts, facts.this)[:2]
    done = told.hold if facts.this.is_hold else told.count
    return Answer((*done(facts, facts.this)[:1], *change[:1], *found), topics=topics_of(facts.this), open=True)


def _greeting(facts: Facts) -> str:
    return (
        say(facts.language, "greeting_set", label=facts.this.label)
        if facts.this
        else say(facts.language, "greeting_none")
    )


def _told(facts: Facts) -> str:
    """What the user told, said back."""
    return (
        say(facts.language, "told_list", told=in_words(facts.told, facts))
        if facts.told
        else say(facts.language, "told_nothing")
    )


def _from_topic(name: str, facts: Facts) -> Answer:
    return Answer((topics()[name].text(facts.language),), topics=(name,), open=True, whole=True)


def _from_facts(question: Question, intent: str, facts: Facts) -> Answer:
    other = _other_exercise(question, facts)
    if question.sets and facts.this and not other and (intent in ABOUT_A_SET_OF_THE_DAY or len(question.sets) > 1):
        return Answer(day_of.one_of(facts, facts.this, question.sets))
    if intent in ABOUT_AN_EXERCISE:
        return _of_exercise(ABOUT_AN_EXERCISE[intent], other or _current(facts), facts)
    if other:
        return _of_exercise(history.last_one, other, facts)
    if facts.this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    if len(question.reps) > 1:
        return Answer(tuple(one for number in question.reps for one in told.rep(facts, facts.this, number)))
    if question.rep is not None and intent in ABOUT_A_REP:
        return Answer(told.rep(facts, facts.this, question.rep))
    return _of_this(intent, facts, facts.this)


def _of_this(intent: str, facts: Facts, this: SetFacts) -> Answer:
    if intent == "why":
        return _why(facts, this)
    if intent == "rep":
        return Answer(told.slowest(facts, this))
    said = ABOUT_THE_SET[intent](facts, this)
    core = said[-1] if intent == "compare" else ""  # its verdict
    return Answer(said, topics=topics_of(this), open=intent in OPEN_INTENTS, core=core)


def _of_exercise(tell: OfExercise, exercise: str | None, facts: Facts) -> Answer:
    if exercise is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    label = label_of(exercise, facts)
    if not facts.earlier(exercise) and _current(facts) != exercise:
        return Answer((say(facts.language, "no_set_of", label=label),), known=False)
    return Answer(tell(facts, exercise, label))


def _why(facts: Facts, this: SetFacts) -> Answer:
    """The cue for the weightiest fault and what is known about mending it."""
    found = topics_of(this)
    advice = tuple(topics()[name].text(facts.language) for name in found)
    return Answer((*told.fix(facts, this)[:2], *advice), topics=found, open=True)


def _other_exercise(question: Question, facts: Facts) -> str | None:
    return question.exercise if question.exercise and question.exercise != _current(facts) else None


def _current(facts: Facts) -> str | None:
    """The exercise in question: that of this set, else of the newest stored one."""
    if facts.this:
        return facts.this.exercise
    return facts.history[0].exercise if facts.history else None


def label_of(exercise: str, facts: Facts) -> str:
    """How an exercise is called in the facts at hand; its slug in words where they don't hold it."""
    known = {past.exercise: past.label for past in facts.history}
    if facts.this:
        known[facts.this.exercise] = facts.this.label
    return known.get(exercise, exercise.replace("_", " "))


def topics_of(this: SetFacts) -> tuple[str, ...]:
    """The topic that explains the weightiest fault, if there is one."""
    found = told.faults(this)
    name = topic_of_rule(found[0].rule) if found else None
    return (name,) if name else ()


def topic_of_rule(rule: str) -> str | None:
    """The topic that explains a form rule: the longest beginning of its name wins."""
    table: Mapping[str, str] = load("data/topics_of_rules.toml")
    matching = [start for start in table if rule.startswith(start)]
    return table[max(matching, key=len)] if matching else None
