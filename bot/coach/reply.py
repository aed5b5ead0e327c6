"""What the deterministic coach says to a message: its question understood, the answer fitted to what was told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coach import rules
from bot.coach.adapt import adapted, topic_of
from bot.coach.corrections import Correction, correction
from bot.coach.facts import Facts, Turn
from bot.coach.intents import THRESHOLDS, Listener, Question
from bot.coach.language import say
from bot.coach.references import resolved
from bot.coach.rules import Answer
from bot.coach.told import NOTHING, Learned

VAGUE = frozenset(
    {"next_weight", "why", "fix", "verdict"}
)  # "what should I do?" after an injury was told asks about it


AFTER_AN_ALARM = frozenset(
    {"thanks", "greeting", "off_topic", "not_measured", "told", "upset", "topic:who", "topic:privacy"}
)


def reply(
    listener: Listener,
    text: str,
    facts: Facts,
    learned: Learned = NOTHING,
    turns: Sequence[Turn] = (),
    *,
    alarmed: bool = False,
) -> Answer:
    """The answer to a message; to one that only tells something, what is known about that.

    Just after an alarm (`alarmed`) nothing on training is said, however it is asked. `turns` are those before it,
    oldest first: they tell what "the second one" is of.
    """
    asked = resolved(listener.understand(learned.rest if learned else text), facts, turns)
    if alarmed and asked.target not in AFTER_AN_ALARM:
        return Answer((say(facts.language, "alarm_still"),))
    if not learned and (put_right := correction_of(listener, text, facts)):
        return rules.corrected(put_right, facts)
    if learned and (name := _topic_told(asked, learned)):
        asked = Question(text, f"topic:{name}", 1.0, exercise=asked.exercise)
    if learned and asked.target is None:
        return Answer(())
    return adapted(rules.answer(asked, facts), asked.target, facts)


def correction_of(listener: Listener, text: str, facts: Facts) -> Correction | None:
    """What a message puts right of the set in question; None where it says what is known already."""
    found = correction(text, listener) if facts.this and not facts.photo else None
    if found is None or facts.this is None:
        return None
    said_already = found.exercise == facts.this.exercise or (found.reps == facts.this.rep_count)
    return None if said_already else found


def _topic_told(asked: Question, learned: Learned) -> str | None:
    """The topic of what was told, where nothing else was clearly asked."""
    hurt = any(one.kind == "injury" for one in learned.facts)
    clear = asked.target is not None and asked.score >= THRESHOLDS.sure and not (hurt and asked.target in VAGUE)
    return None if clear else topic_of(learned)
