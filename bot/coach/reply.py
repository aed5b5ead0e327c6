"""What the deterministic coach says to a message: its question understood, the answer fitted to what was told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.coach.facts import Facts, SetFacts, Told, Turn
from bot.coach.hearing.aims import aim_asked, asks_way, asks_when, bare_goal, names_goal
from bot.coach.hearing.checks import asked_number
from bot.coach.hearing.claims import claim_in, difference_in
from bot.coach.hearing.corrections import Correction, bare_count, correction
from bot.coach.hearing.days import day_of_month, done_on, named_days
from bot.coach.hearing.exercise_asked import current, label_of, other_exercise
from bot.coach.hearing.first_time import first_reached
from bot.coach.hearing.fitting import AILS
from bot.coach.hearing.followups import unit_asked
from bot.coach.hearing.goals import goal_asked
from bot.coach.hearing.intents import MOODS, THRESHOLDS, Listener, Question
from bot.coach.hearing.known_exercises import exercise_doubted
from bot.coach.hearing.open_goals import goals_offered
from bot.coach.hearing.pointing import Spoken
from bot.coach.hearing.premises import claimed_reps, counted_so, told_of_then
from bot.coach.hearing.several import asked_apart, leans_back, several
from bot.coach.hearing.sought import Part
from bot.coach.hearing.spans import spans_named
from bot.coach.hearing.targets import target_of
from bot.coach.hearing.told import NOTHING, Learned
from bot.coach.hearing.two_photos import of_photos_to_come, of_two_photos
from bot.coach.hearing.windows import window_of
from bot.coach.language import load, say
from bot.coach.phrases import in_words
from bot.coach.safety.gate import YOUNG, replies
from bot.coach.talk_so_far import spoken_of, understood
from bot.coach.telling import rules
from bot.coach.telling.adapt import adapted, topic_of
from bot.coach.telling.answer import Answer, joined
from bot.coach.telling.careful import asks_leave, given_leave, leads_on, part_loaded, spared_at
from bot.coach.telling.claims import confirmed, differing
from bot.coach.telling.first_time import first_time
from bot.coach.telling.goals import to_go, way_to
from bot.coach.telling.guessing import doubted, guessed, tells, unheard
from bot.coach.telling.in_passing import of_pain, told_beside
from bot.coach.telling.intent_table import WARMLY
from bot.coach.telling.put_right import checked, claimed, corrected, of_another_time
from bot.coach.telling.spoken import spoken_by
from bot.coach.telling.targets import held_against
from bot.coach.telling.windows import within_seconds
from bot.coach.words import folded

VAGUE = frozenset(
    {"next_weight", "why", "fix", "verdict"}
)  # "what should I do?" after an injury was told asks about it


CHATTER = frozenset({"ack", "greeting", "thanks", "examples", "plan"})  # "ok. my knee hurts" is about the knee
NOT_A_PART = CHATTER | MOODS | {"off_topic", "topic:bye", "topic:banter", *WARMLY}  # of what asks several things
LEAST_OF_TOLD = 0.3  # that must speak for a question in what seems to ask nothing; under it 28 % are understood
CARED_TURNS = 3  # of the coach's: about a screen, on which the same care need not stand twice
NOT_TWICE = frozenset({"why", "fix", "compare"})
LOADS = frozenset({"next_weight", "train_next"})
PLANS = frozenset(
    {
        "week_plan",
        "start",
        "frequency",
        "start_weight",
        "overload",
        "plateau",
        "reps_for_strength",
        "failure",
        "pain_or_effort",
        "cardio",
    }
)
NOT_FOR_A_CHILD = frozenset({"week_plan", "start_weight", "creatine", "caffeine", "water_cut", "fat_loss"})
OF_CARE = frozenset(
    {"pain_or_effort", "knee_care", "shoulder_care", "back_care", "injury_return", "conditions", "medicine", "sick"}
)
NO_TRAINING = frozenset(
    {"thanks", "ack", "greeting", "off_topic", "not_measured", "told", "upset", "apology", "arrived"}
)


MERELY_MEASURED = frozenset(  # told of a set or of the log, and advising nothing
    {"count", "hold", "tension", "lowering", "lifting", "pause", "slowest", "rep", "weight", "exercise", "when_last"}
    | {"session_count", "session_total", "sets_known", "often", "since", "span"}
)


OVER_TIME = re.compile(
    r"\b(?:longer|shorter|seconds|time|week|record|best|yesterday|reps|since|improv\w*|progress\w*|months?)\b|초|오래|지난|저번|기록"
)
OF_A_LOG = re.compile(r"\b(?:log|watch|sensor|recording|gaps?)\b|로그|시계|센서|빈 ?구간")
OF_A_PHOTO = re.compile(r"\b(?:photos?|pictures?|pics?|pose)\b|사진|자세|포즈")


@dataclass(frozen=True, slots=True)
class Caution:
    """What the talk so far asks for: just after an alarm (`alarmed`) nothing on training is said, however it is asked;
    `cleared_first`: no leave to train and no load is given before a doctor has; `young`: neither plans nor loads nor
    supplements are for a child."""

    alarmed: bool = False
    cleared_first: bool = False
    young: bool = False


NO_CAUTION = Caution()


def reply(
    listener: Listener,
    text: str,
    facts: Facts,
    learned: Learned = NOTHING,
    turns: Sequence[Turn] = (),
    caution: Caution = NO_CAUTION,
) -> Answer:
    """The answer to a message; to one that only tells something, what is known about that.

    `turns` are those before it, oldest first: they tell what "the second one" is of.
    """
    if facts.photo and _of_the_set(listener, text, facts, turns):
        facts = replace(facts, photo=None)
    spoken = spoken_of(listener, facts, turns)
    asked = understood(listener, learned.rest if learned else text, facts, turns, spoken)
    facts = replace(facts, units=unit_asked(text) or facts.units)
    if first := _first_of_all(listener, text, asked, facts, learned, turns, spoken, caution):
        return first
    if goal := _of_a_goal(listener, text, asked, facts, learned):
        return goal
    if learned and (name := _topic_told(asked, learned)):
        asked = Question(text, f"topic:{name}", 1.0, exercise=asked.exercise)
    if learned and (asked.target is None or asked.target in CHATTER):
        return Answer(tuple(say(facts.language, f"care_{one.value}") for one in learned.facts if one.kind == "injury"))
    if not learned and (each := _of_several(listener, text, asked, facts, turns, spoken)):
        return each
    if key := told_beside(asked, facts):
        return Answer((say(facts.language, key),))
    if of_pain(asked, facts):
        asked = replace(asked, target="topic:pain_or_effort", rep=None, reps=())
    return _answered(asked, facts, turns)


def _first_of_all(
    listener: Listener,
    text: str,
    asked: Question,
    facts: Facts,
    learned: Learned,
    turns: Sequence[Turn],
    spoken: Spoken,
    caution: Caution,
) -> Answer | None:
    """What stands before an answer to the question as it was heard: caution, a number that is told, something put
    right, leave to train, some seconds of the set, an exercise that is not known."""
    if held := _held_back(asked, facts, caution) or _of_a_number(
        listener, text, asked, facts, learned, spoken, caution
    ):
        return held
    if not learned and asked.target != "topic:muscles" and (put_right := correction_of(listener, text, facts)):
        return corrected(put_right, facts)
    if facts.spared and (allowed := _leave(listener, asked, facts, turns)):
        return allowed
    if facts.this and not facts.photo and (timed := _of_its_seconds(text, facts, facts.this)):
        return timed
    if asked.score < THRESHOLDS.sure and (name := exercise_doubted(text)):
        return _known_or_not(listener.mentioned(name), facts)
    return None


def _of_several(
    listener: Listener, text: str, asked: Question, facts: Facts, turns: Sequence[Turn], spoken: Spoken
) -> Answer | None:
    """The answers to a message that asks several things; None where it asks one."""
    if facts.this and not facts.photo and (parts := several(listener, text)):
        return joined(tuple(adapted(rules.answer(part, facts), part.target, facts) for part in parts), facts)
    return None if of_pain(asked, facts) else _each(listener, text, facts, turns, spoken)


def _answered(asked: Question, facts: Facts, turns: Sequence[Turn]) -> Answer:
    """The answer of the rules, fitted to what the user told, with a word of doubt where it was perhaps misheard, and
    without what was said just before."""
    loads_other = asked.target == "next_weight" and other_exercise(asked, facts)  # which is told with its own care
    told = adapted(rules.answer(asked, facts), None if loads_other else asked.target, facts)
    answer = _hedged(_care_once(told, facts, turns), asked, facts)
    if answer.sentences == (say(facts.language, "unknown_answer"),) or _merely_tells(asked, facts):
        answer = unheard(asked, facts, turns)
    of_a_set = answer.sentences[:1] == (say(facts.language, "no_set"),)
    if turns and not answer.known and not of_a_set and answer.sentences[0] in turns[-1].text:
        return replace(answer, sentences=(say(facts.language, "examples"),))
    return _not_again(answer, asked.target, turns, facts) if asked.target in NOT_TWICE else answer


def _held_back(asked: Question, facts: Facts, caution: Caution) -> Answer | None:
    """What is said instead of an answer on training, where an alarm or somebody's age stands before it."""
    if caution.alarmed and asked.target not in _of_no_training():
        return _after_an_alarm(asked, facts)
    if caution.cleared_first and (asks_leave(asked) or asked.target in LOADS or asked.topic in PLANS):
        return Answer((say(facts.language, "doctor_first"),))
    if caution.young and (asked.target in LOADS or asked.topic in NOT_FOR_A_CHILD):
        return Answer((replies()[YOUNG][facts.language],))
    return None


def _of_a_number(
    listener: Listener, text: str, asked: Question, facts: Facts, learned: Learned, spoken: Spoken, caution: Caution
) -> Answer | None:
    """The answer to a number that is told or held against what was measured; None where there is none."""
    if facts.photo:
        return None
    if (claim := claim_in(asked, facts)) and (held := confirmed(claim, facts)):
        return held
    if (differs := difference_in(asked, facts, spoken)) and (held := differing(differs, facts)):
        return held
    if reached := first_reached(text, facts.units):
        return first_time(facts.whole, listener.understand(text), reached)
    if not learned and told_of_then(text, facts):
        return of_another_time(facts, named_days(text, facts.today), text)
    if (reps := claimed_reps(text)) is not None:
        return claimed(reps, facts)
    if facts.this and counted_so(text, facts.this.rep_count):
        return claimed(facts.this.rep_count, facts)
    check = asked_number(text, listener.mentioned, spoken.target)
    if check and (held := checked(check, facts)):
        return held
    goal = goal_asked(text) if caution == NO_CAUTION and not facts.spared else None
    return to_go(facts, facts.this, goal) if goal and facts.this else None


def _of_a_goal(listener: Listener, text: str, asked: Question, facts: Facts, learned: Learned) -> Answer | None:
    """How far a goal is that is just told, or asked of; which is meant where it may be two. None where none is."""
    told = next((one.aim for one in learned.facts if one.aim), None)
    if told and (not learned.rest or asked.target is None or asked.score < THRESHOLDS.sure or asks_way(text)):
        return way_to(facts, told)
    if not learned and (bare := bare_goal(text, listener.mentioned, current(facts))):
        load, reps = goals_offered(*bare, facts.units, facts.language)
        return Answer((which := say(facts.language, "goal_which", load=load, reps=reps),), general=(which,), whole=True)
    if not asks_way(text):
        return None
    if aim := aim_asked(facts.told, asked.exercise or current(facts)):
        which = say(facts.language, "goal_is", goal=in_words((Told("aim", str(aim)),), facts))
        nobody = (say(facts.language, "goal_when"),) if asks_when(text) else ()
        way = way_to(facts, aim)
        return replace(way, sentences=(which, *way.sentences, *nobody), general=(which, *way.general, *nobody))
    return Answer((ask := say(facts.language, "goal_untold"),), general=(ask,)) if names_goal(text) else None


def _of_the_set(listener: Listener, text: str, facts: Facts, turns: Sequence[Turn]) -> bool:
    """Whether a message is of the set in question and not of the newer photo: it names the exercise, which the photo
    does not show, or goes on in time with one that did."""
    if facts.this is None or facts.photo is None or facts.photo.label == facts.this.label:
        return False
    if facts.this.kind == "log" and OF_A_LOG.search(folded(text)):
        return True
    if named := listener.mentioned(text):
        return named == facts.this.exercise
    before, said = next((turn.text for turn in reversed(turns) if turn.role == "user"), ""), folded(text)
    if OF_A_PHOTO.search(said):
        return False
    if spans_named(said, facts.today) or day_of_month(said, facts.today) or done_on(said, facts.today):
        return True  # of days, of which sets are known
    gone_on = OVER_TIME.search(said) is not None
    return gone_on and listener.mentioned(before) == facts.this.exercise


@cache
def _of_no_training() -> frozenset[str]:
    """What is answered just after an alarm too: how the bot works, and what asks for nothing."""
    return NO_TRAINING | {"topic:medicine"} | {f"topic:{name}" for name in load("knowledge/house.toml")}


def _after_an_alarm(asked: Question, facts: Facts) -> Answer:
    """That what was told comes first; behind it what was measured, where just that is surely asked."""
    still = Answer((say(facts.language, "alarm_still"),))
    if asked.target not in MERELY_MEASURED or asked.score < THRESHOLDS.heard:
        return still
    return joined((still, rules.answer(asked, facts)), facts)


def _each(listener: Listener, text: str, facts: Facts, turns: Sequence[Turn], spoken: Spoken) -> Answer | None:
    """The answers to the questions of a message that asks several, and that one was not understood where one was not;
    None where fewer than two were surely understood, or alike: then it is one question, of which much is said."""
    found, parts, exercise = list[Question](), asked_apart(text), None
    for part in parts:
        asked = understood(listener, part, facts, turns, spoken)
        asked = replace(asked, exercise=asked.exercise or exercise)  # "when did i last bench, and what did i lift"
        exercise, spoken = asked.exercise, spoken_by(asked, facts)
        sure = asked.target is not None and asked.score >= THRESHOLDS.sure and not leans_back(asked)
        found += [asked] if sure and asked.target not in NOT_A_PART else []
    answers = [adapted(rules.answer(one, facts), one.target, facts) for one in found]
    told = tuple({one.sentences: one for one in answers if one.known}.values())
    if len(told) < 2:
        return None
    whole = joined(tuple(_care_once(one, facts, turns) for one in told), facts)
    if len(found) == len(parts):
        return whole
    return replace(whole, sentences=(*whole.sentences, say(facts.language, "part_unheard")))


def _of_its_seconds(text: str, facts: Facts, this: SetFacts) -> Answer | None:
    """What is told of the set where its phases are held against a length, or where some of its seconds are asked of."""
    if target := target_of(text):
        return held_against(facts, this, target)
    window = None if this.is_hold else window_of(text)
    return within_seconds(facts, this, window) if window else None


def _known_or_not(exercise: str | None, facts: Facts) -> Answer:
    """Whether an exercise that was asked about is one that is known."""
    if exercise is None:
        return Answer((say(facts.language, "exercise_not_known"),))
    return Answer((say(facts.language, "exercise_is_known", label=label_of(exercise, facts)),))


def _hedged(answer: Answer, asked: Question, facts: Facts) -> Answer:
    """The answer; to what was perhaps misheard, the questions that it may have been."""
    of_care = asked.topic is not None and asked.topic.endswith("_care") and AILS.search(folded(asked.text)) is not None
    of_photos = of_photos_to_come(asked) or bool(facts.photo and of_two_photos(asked))  # told by their words
    if not answer.known or of_care or of_photos or asked.target in NOT_A_PART or asked.plainly_heard:
        return answer
    if not asked.topic and other_exercise(asked, facts):
        return answer  # it names what it tells
    if _only_guessed(asked, facts):
        return guessed(asked, answer, facts)
    return doubted(asked, answer, facts)


def _only_guessed(asked: Question, facts: Facts) -> bool:
    """Whether nothing but likeness tells what is asked: no name, number or day, and nothing said before. Care is told
    all the same, though it may be another."""
    named = (
        asked.exercise or asked.rep is not None or asked.reps or asked.sets or asked.days or asked.spans or asked.group
    )
    likeliest = asked.likely[:1] == ((asked.target, asked.score),)
    return likeliest and not named and asked.topic not in OF_CARE


def _merely_tells(asked: Question, facts: Facts) -> bool:
    """Whether a message asks nothing, and what it seems to ask is no more than a guess: "Alfred here, eighty next
    month" asks for no weight."""
    social = asked.target in NOT_A_PART or asked.target == "told"
    return asked.score < LEAST_OF_TOLD and not social and tells(asked.text) and _only_guessed(asked, facts)


def _care_once(answer: Answer, facts: Facts, turns: Sequence[Turn]) -> Answer:
    """The answer without the care for a part of the body that stands a few lines above, where more is said."""
    above = [turn.text for turn in turns if turn.role == "assistant"][-CARED_TURNS:]
    cares = {say(facts.language, f"care_{part}") for part in facts.spared}
    fresh = tuple(one for one in answer.sentences if one not in cares or not any(one in text for text in above))
    return replace(answer, sentences=fresh) if fresh else answer


def _leave(listener: Listener, asked: Question, facts: Facts, turns: Sequence[Turn]) -> Answer | None:
    """What is said, while a part of the body is to be spared, to "can i still squat", to "what about lunges" behind it,
    and to "should i go heavier"; None where nothing of the kind is asked."""
    before = next((turn.text for turn in reversed(turns) if turn.role == "user"), "")
    if asked.target in ("train_next", "topic:not_eaten"):
        return None
    if asks_leave(asked) or (leads_on(asked) and before and asks_leave(listener.understand(before))):
        return given_leave(asked, facts)
    of_this = asked.target == "next_weight" and other_exercise(asked, facts) is None
    part = part_loaded(facts) if of_this else None
    told = spared_at(part, facts, facts.this, asked.text) if part and facts.this else ()
    return Answer(told, general=told) if told else None


def _not_again(answer: Answer, asked: str, turns: Sequence[Turn], facts: Facts) -> Answer:
    """The answer without what was said just before, where something is left of it; else its core alone. A comparison
    with another set than before stays whole: the same words are of another day."""
    said = turns[-1].text if turns and turns[-1].role == "assistant" else ""
    if not said or facts.photo or (asked == "compare" and answer.sentences[0] not in said):
        return answer
    fresh = tuple(sentence for sentence in answer.sentences if sentence not in said)
    if fresh and fresh != (say(facts.language, "guess"),):
        return replace(answer, sentences=fresh, core=answer.core if answer.core in fresh else "")
    if asked == "compare" and not answer.core:
        return answer  # of two photos: no sentence of it says all
    told = tuple(one for one in answer.sentences if one != say(facts.language, "guess"))
    again = told[0] if asked == "fix" else told[-1]
    return replace(answer, sentences=(answer.core or again,), core="")


def correction_of(listener: Listener, text: str, facts: Facts) -> Correction | None:
    """What a message puts right of the set in question; None where it says what is known already."""
    this = facts.this
    if this is None or facts.photo:
        return None
    claim = claim_in(listener.understand(text), facts)
    if told_of_then(text, facts) or (claim and (claim.part != Part() or claim.exercise != this.exercise)):
        return None  # of another set
    found = correction(text, listener) or bare_count(text, this.rep_count)
    if found is None or (this.is_hold and found.reps):
        return None
    if found.weight_kg is not None and found.exercise == this.exercise:
        return replace(found, exercise=None)
    said_already = found.exercise == this.exercise or found.reps == this.rep_count
    return None if said_already else found


def _topic_told(asked: Question, learned: Learned) -> str | None:
    """The topic of what was told, where nothing else was clearly asked."""
    hurt = any(one.kind == "injury" for one in learned.facts)
    clear = asked.target is not None and asked.score >= THRESHOLDS.sure and asked.target not in CHATTER
    clear = clear and not (hurt and asked.target in VAGUE)
    return None if clear else topic_of(learned)
