"""A message understood by the talk so far: what "it", "and the fastest?" and "when was that?" are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.coach.facts import Facts, Turn
from bot.coach.hearing.claims import claim_in
from bot.coach.hearing.fitting import fitting
from bot.coach.hearing.followups import followed
from bot.coach.hearing.gone_on import HEARD
from bot.coach.hearing.intents import THRESHOLDS, Listener, Question
from bot.coach.hearing.own_names import own_name
from bot.coach.hearing.pointing import NOTHING_SPOKEN, Spoken, pointed
from bot.coach.hearing.premises import claimed_reps
from bot.coach.hearing.reckoning import period_sought, reckoned
from bot.coach.hearing.references import about_that, resolved
from bot.coach.hearing.sought import Part, Sought
from bot.coach.hearing.unsure import chosen
from bot.coach.telling.form import faults
from bot.coach.telling.intent_table import ABOUT_AN_EXERCISE
from bot.coach.telling.spoken import spoken_by
from bot.coach.words import folded

PERIOD_BEFORE = re.compile(r"\b(?:the )?(?P<period>week|month) before\b(?! (?:last|that))", re.IGNORECASE)
WHY = re.compile(r"^(?:and |so |but )*why\b(?! (?:didn't|did not|didnt|don't you|do you|can't you))|^왜")
WHEN_THAT = re.compile(
    r"(?:and |so |ok )*(?:when|how long ago|how many days ago|what day|which day) was (?:that|it|this)[?!. ]*"
    r"|(?:그게|그건|그거) ?(?:언제|며칠 전)[가-힣 ]*[?!. ]*|며칠 전[가-힣]*[?!. ]*"
)
OF_THAT_ONE = re.compile(
    r"\b(?:those|them|then|that (?:time|one|day)|for it)\b|^(?:and |but )?there\b"
    r"|^and (?:with |for |at )?how (?:heavy|many|much|long)\b|그때|그날|그 ?운동|그건|그거|그게"
)
ADVISED = re.compile(r"\bshould\b|할까|해야")
HOW_FAR_OFF = re.compile(
    r"\bhow (?:much|far|many degrees)\b.{0,30}"
    r"\b(?:lean\w*|bend|bent|round\w*|tilt\w*|back|torso|trunk|knees?|hips?|elbows?)\b"
    r"|(?:상체|허리|몸통|무릎|팔꿈치|등).{0,6}(?:얼마나|몇 ?도)"
)
TURNS_FOLLOWED = 6  # of the user's: "and the fastest?" after "and the first?" after a question
CAUSED = frozenset({"depth", "line", "fix"})  # a measure whose fault has a cause that is known


def understood(listener: Listener, text: str, facts: Facts, turns: Sequence[Turn], spoken: Spoken) -> Question:
    """What a message asks, with what it points at and takes from the talk so far; `spoken` is what that was of."""
    heard = fitting(listener.understand(_of_the_week_before(_asked_again(text, turns), facts, spoken)), facts)
    heard = heard if heard.exercise else replace(heard, exercise=own_name(text, facts))
    heard = _of_the_exercise_before(heard, listener, facts, turns)
    return reckoned(heard, facts, spoken) or pointed(heard, facts, spoken) or _gone_on_with(heard, facts, turns, spoken)


def _of_the_exercise_before(heard: Question, listener: Listener, facts: Facts, turns: Sequence[Turn]) -> Question:
    """ "How heavy was that then?" after a question on another exercise than that of the set is of that one."""
    if (
        heard.exercise
        or heard.topic
        or ADVISED.search(folded(heard.text))
        or not OF_THAT_ONE.search(folded(heard.text))
    ):
        return heard
    said = next((turn.text for turn in reversed(turns) if turn.role == "user"), "")
    before = listener.mentioned(said) or own_name(said, facts)
    if before is None or before == (facts.this and facts.this.exercise) or not facts.earlier(before):
        return heard
    keeps = heard.target in ABOUT_AN_EXERCISE or heard.target in HEARD
    asked = heard.target if keeps else "when_last"
    return replace(heard, exercise=before, target=asked, score=1.0, rep=None, reps=())


def spoken_of(listener: Listener, facts: Facts, turns: Sequence[Turn]) -> Spoken:
    """What the user's newest turn was of, each turn understood by the one before it."""
    spoken = NOTHING_SPOKEN
    for turn in [turn for turn in turns if turn.role == "user"][-TURNS_FOLLOWED:]:
        heard = listener.understand(turn.text)
        heard = heard if heard.exercise else replace(heard, exercise=own_name(turn.text, facts))
        asked = reckoned(heard, facts, spoken) or pointed(heard, facts, spoken) or followed(heard, facts, spoken.target)
        claim = claim_in(asked, facts)
        of_count = claimed_reps(turn.text) is not None or (claim and not (claim.part.of_sets or claim.part.reps))
        spoken = Spoken("count") if of_count else spoken_by(asked, facts)
        if claim and claim.part.of_sets:
            spoken = replace(spoken, sought=Sought("reps", (), None, (claim.part,), claim.exercise))
        spoken = spoken if spoken.sought else replace(spoken, sought=period_sought(heard, facts))
    return spoken


def _of_the_week_before(text: str, facts: Facts, spoken: Spoken) -> str:
    """The text; after a period that runs till today "the week before" is the last one."""
    known = (*(spoken.sought.parts if spoken.sought else ()), *((Part(days=spoken.days),) if spoken.days else ()))
    runs = any(part.days and part.days.hold(facts.today) and part.days.first < facts.today for part in known)
    runs = runs or spoken.spans[:1] in (("this_week",), ("this_month",))
    return PERIOD_BEFORE.sub(lambda found: f"last {found['period']}", text) if runs else text


def _asked_again(text: str, turns: Sequence[Turn]) -> str:
    """The text; for "the second" the question that was offered, for "and when was that?" the one before, whose answer
    tells the day."""
    said = turns[-1].text if turns and turns[-1].role == "assistant" else ""
    if question := chosen(text, said):
        return question
    if not WHEN_THAT.fullmatch(folded(text).strip()):
        return text
    asked = (turn.text for turn in reversed(turns) if turn.role == "user")
    return next((one for one in asked if not WHEN_THAT.fullmatch(folded(one).strip())), text)


def _in_degrees(facts: Facts) -> bool:
    """Whether a fault of the set in question was measured as an angle."""
    return facts.this is not None and not facts.photo and any(one.unit == "°" for one in faults(facts.this))


def _gone_on_with(heard: Question, facts: Facts, turns: Sequence[Turn], spoken: Spoken) -> Question:
    """The question with the sets, the measure or the topic that it takes from the talk so far."""
    asked = _of_what_was_asked(resolved(heard, facts, turns), facts, spoken)
    return followed(asked, facts, spoken.target)


def _of_what_was_asked(asked: Question, facts: Facts, spoken: Spoken) -> Question:
    """ "Is that a lot?" asks of what was asked before; "why …" asks for the cause of a fault, whatever the measure."""
    if target := about_that(asked.text, spoken.target):
        return replace(asked, target=target)
    if asked.score < THRESHOLDS.sure and HOW_FAR_OFF.search(folded(asked.text)) and _in_degrees(facts):
        return replace(asked, target="limits", score=1.0)
    at_fault = facts.this is None or bool(faults(facts.this)) or asked.target != "depth"
    caused = at_fault and asked.target in CAUSED and WHY.search(folded(asked.text))
    return replace(asked, target="why") if caused else asked
