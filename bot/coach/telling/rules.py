"""The deterministic coach: a question understood, answered in whole sentences from the facts or the knowledge."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import partial

from bot.coach.facts import Facts, PhotoFacts, SetFacts
from bot.coach.hearing.exercise_asked import MOST, OF_ALL, current, heaviest_exercise, label_of, other_exercise
from bot.coach.hearing.intents import Question
from bot.coach.hearing.references import none_of_then
from bot.coach.hearing.shares import asks_share, share_asked
from bot.coach.hearing.two_photos import of_photos_to_come, of_two_photos
from bot.coach.knowledge import topics
from bot.coach.language import say
from bot.coach.phrases import in_words
from bot.coach.telling import against as against
from bot.coach.telling import form as form
from bot.coach.telling import history as history
from bot.coach.telling import motion as motion
from bot.coach.telling import muscles as muscles
from bot.coach.telling import photos as pictured
from bot.coach.telling import rounds as punched
from bot.coach.telling import sessions as day_of
from bot.coach.telling import sets as told
from bot.coach.telling import times as timed
from bot.coach.telling.advice import seen_of, topics_of
from bot.coach.telling.answer import Answer
from bot.coach.telling.careful import part_loaded
from bot.coach.telling.intent_table import (
    ABOUT_A_PHOTO,
    ABOUT_A_REP,
    ABOUT_A_ROUND,
    ABOUT_A_SET_OF_THE_DAY,
    ABOUT_AN_EXERCISE,
    ABOUT_THE_SET,
    ABOUT_WHAT_WAS_SAID,
    BEFORE_THIS,
    NOT_FROM_A_LOG,
    NOT_OF_A_HOLD,
    OPEN_INTENTS,
    WARMLY,
    WITHOUT_FACTS,
    OfExercise,
)
from bot.coach.telling.next_time import next_of, next_time
from bot.coach.telling.over_time import ABOUT_THE_LOG, idle, next_up
from bot.coach.telling.plans import days_of_plan
from bot.coach.telling.reckoning import reckoned
from bot.coach.telling.reps import of_difference, of_extremes, of_reps
from bot.coach.telling.shares import share_done, share_of_maximum
from bot.coach.words import folded

COACH_SAYS = re.compile(r"\b(?:you|u|ya)\b.{0,30}\b(?:say|said|think|tell|told|write|wrote)\b|그렇게 (?:말|생각|얘기)")
AT_FAULT = re.compile(r"\b(?:wrong|mistakes?|faults?|bad|fix)\b|잘못|틀렸")
OF_ANGLE = re.compile(r"\b(?:back|knee|hip|elbow|trunk|torso|spine|angle)s?\b|각도|허리|무릎|팔꿈치|상체")
SHOULD = re.compile(r"\b(?:should|shall|do i need to|must)\b|할까|해야|하면 (?:돼|되|좋)|하는 게 좋")
IN_GENERAL = {  # what should be done, told by what is known: always, or while there is no set to go by
    "day": ("week_plan", True),
    "session": ("week_plan", True),
    "next_weight": ("start_weight", False),
    "weight": ("start_weight", False),
    "depth": ("squat_depth", False),
    "tempo": ("tempo_advice", False),
    "lowering": ("tempo_advice", False),
}
GROWN = re.compile(r"\b(?:improv|progress)\w*|\b(?:go|gone|went) up\b|늘었|늘어|발전")
PACES = frozenset({"tempo", "lowering", "lifting", "slowing"})
OF_RANGE = re.compile(r"\b(?:deep\w*|shallow\w*|depth|range|rom|lower)\b|깊|얕|범위")
BOTH_ENDS = re.compile(r"\b(?:first|start|beginning|opening)\b.*\b(?:last|end|final)\b|(?:처음|첫).*(?:마지막|끝)")
GAPS = frozenset({"often", "rest_done", "pause"})  # what the longest break is of, where the set is a round of blows
GAP = re.compile(r"\b(?:break|gap|pause|rest|stop)s?\b(?!.{0,24}\bbetween\b.{0,12}\b(?:rounds|sets)\b)|쉬|쉰|공백|휴식")
WHICH_GAP = re.compile(r"\b(?:when|where|longest|biggest|how long)\b|언제|어디|얼마나|제일|가장")
WHAT_NOW = re.compile(
    r"(?:so |ok |hi |hello )*what (?:do|should|can) i (?:do|send)(?: now| here| first)?[?!. ]*|what now[?!. ]*"
    r"|(?:이제 |그럼 |저 |나 )*(?:뭐|뭘|무엇을)(?: ?부터)? ?(?:하면|해야|보내면|보내야) ?(?:돼|되|하)"
    r"[가-힣]{0,3}[?!.~ ]*"
)
A_REP = re.compile(r"\breps?\b|번째")


def answer(question: Question, facts: Facts) -> Answer:
    """What the facts and the knowledge say to a question; an honest "I don't know" where they say nothing."""
    if facts.photo and of_two_photos(question):
        return Answer(pictured.compared(facts, facts.photo))
    if not facts.photo and of_photos_to_come(question):
        return Answer((say(facts.language, "photos_none"),))
    if question.target is None:
        return Answer((say(facts.language, "unknown_answer"),), known=False)
    if not facts.logged and not facts.photo and WHAT_NOW.fullmatch(folded(question.text).strip()):
        return _from_topic("capabilities", question.text, facts)
    if question.target == "topic:muscles" and (known := muscles.worked(facts, question)):
        return known
    if question.topic == "squat_depth" and (of_it := _of_its_own_depth(question, facts)):
        return of_it
    if question.topic:
        return _from_topic(question.topic, question.text, facts)
    if question.target in WITHOUT_FACTS:
        keys = WITHOUT_FACTS[question.target]
        return Answer(tuple(say(facts.language, key) for key in keys), known=question.target != "off_topic")
    if question.target in WARMLY:
        return Answer(WARMLY[question.target](facts))
    if question.target == "greeting":
        return Answer((_greeting(facts),))
    if question.target == "told":
        return Answer((told_so := _told(facts),), general=(told_so,))
    if facts.photo and question.target in ABOUT_A_PHOTO:
        return _from_photo(question, facts.photo, facts)
    return _from_facts(question, question.target, facts)


def first_remark(facts: Facts) -> Answer:
    """The coach's first words on a fresh report: what was done, the one cue, and how it compares."""
    if facts.this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    change = against.compare(facts, facts.this)[1:3] if facts.last_same else ()
    found = form.fix(facts, facts.this)[:2] if form.faults(facts.this) or facts.this.kind != "log" else ()
    if (part := part_loaded(facts)) and not form.faults(facts.this):
        found = (*found, say(facts.language, f"care_{part}"))
    if facts.this.is_round:
        return Answer(punched.verdict(facts, facts.this))
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


def _from_topic(name: str, asked: str, facts: Facts) -> Answer:
    by_days = days_of_plan(asked, facts) if name == "week_plan" else ()
    said = by_days or (*seen_of(name, asked, facts), topics()[name].text(facts.language))
    return Answer(said, topics=(name,), open=True, whole=True, general=by_days)


def _of_its_own_depth(question: Question, facts: Facts) -> Answer | None:
    """ "How do i get lower" in a photo, or in an exercise that is no squat; None where it is of squats."""
    if facts.photo:
        return Answer(pictured.verdict(facts, facts.photo))
    this = facts.this
    if this is None or question.exercise or "squat" in this.exercise or "lunge" in this.exercise:
        return None
    return Answer(form.fix(facts, this), topics=topics_of(this), open=True)


def _planned(asked: str, facts: Facts) -> Answer:
    """A week's plan, after what the few sets that are known left out."""
    plan, unworked = _from_topic("week_plan", asked, facts), idle(facts)
    return replace(plan, sentences=(*unworked, *plan.sentences), general=unworked)


def _from_facts(question: Question, intent: str, facts: Facts) -> Answer:
    """What the stored sets say: of the whole log, of sets of the day, of one exercise, or of the set in question."""
    if intent == "reckoned":
        return reckoned(facts, question)
    if intent == "train_next":
        return next_up(facts) or _planned(question.text, facts)
    if intent == "versus_muscles":
        return muscles.compared(facts, question) or Answer((say(facts.language, "unknown_answer"),), known=False)
    if first := _in_general(question, intent, facts) or _of_its_gaps(question, intent, facts):
        return first
    if tell := ABOUT_THE_LOG.get(intent):
        if question.group and intent not in ("muscle_last", "muscle_picks"):
            return muscles.counted(facts, question, question.group, tell)
        return tell(facts, question)
    other = other_exercise(question, facts)
    of_sets = intent in ABOUT_A_SET_OF_THE_DAY or (len(question.sets) > 1 and intent != "max")
    if question.sets and facts.this and not other and of_sets:
        of_range = OF_RANGE.search(folded(question.text)) is not None
        return Answer(day_of.one_of(facts, facts.this, question.sets, of_range=of_range))
    intent = _rather(question, intent, facts)
    if intent == "max" and (share := _of_a_share(question, other, facts)):
        return share
    if intent in ABOUT_AN_EXERCISE:
        return _of_the_exercise(question, intent, other, facts)
    if other:
        return _of_exercise(_of_another(intent, question.text), other, facts)
    if facts.this is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    return _from_this(question, intent, facts, facts.this)


def _in_general(question: Question, intent: str, facts: Facts) -> Answer | None:
    """What should be done, told by what is known, where no set of the exercise is there to go by."""
    if not SHOULD.search(folded(question.text)):
        return None
    if intent in PACES and facts.this and not facts.this.is_hold:
        return _on_pace(question, intent, facts, facts.this)
    if intent not in IN_GENERAL:
        return None
    topic, always = IN_GENERAL[intent]
    other = other_exercise(question, facts)
    unseen = current(facts) is None or (other is not None and not facts.earlier(other))
    return _from_topic(topic, question.text, facts) if always or unseen else None


def _on_pace(question: Question, intent: str, facts: Facts, this: SetFacts) -> Answer:
    """ "Should i go down more slowly": how it went, and what is advised."""
    advice = _from_topic("tempo_advice", question.text, facts)
    if other_exercise(question, facts) or this.is_round:
        return advice
    return replace(advice, sentences=(*ABOUT_THE_SET[intent](facts, this)[:1], *advice.sentences))


def _of_its_gaps(question: Question, intent: str, facts: Facts) -> Answer | None:
    """The longest gap of a round of blows, where one is asked for."""
    said = folded(question.text)
    if not (facts.this and facts.this.is_round and GAP.search(said) and (intent in GAPS or WHICH_GAP.search(said))):
        return None
    gap = punched.longest_gap(facts, facts.this)
    return Answer(gap, general=gap)


def _rather(question: Question, intent: str, facts: Facts) -> str:
    """The intent that is meant where a repetition or the two ends of a round are named."""
    said = folded(question.text)
    if facts.this and facts.this.is_round and intent == "compare" and BOTH_ENDS.search(said):
        return "round_pace"
    if intent == "when_last" and question.rep is not None and A_REP.search(said):
        return "rep"  # "was my last rep ok" asks of no last time
    if intent == "session" and question.rep is not None and question.rep > len(facts.session):
        return "rep"  # "was the third one slower?" after the first set of the day
    return intent


def _of_a_share(question: Question, other: str | None, facts: Facts) -> Answer | None:
    """A share of the one-repetition maximum, where one is asked for."""
    if asks_share(question.text) and facts.this and not other:
        return _of_exercise(partial(share_done, this=facts.this), current(facts), facts)
    if percent := share_asked(question.text):
        return _of_exercise(partial(share_of_maximum, percent=percent), other or current(facts), facts)
    return None


def _of_the_exercise(question: Question, intent: str, other: str | None, facts: Facts) -> Answer:
    """What is told of all sets of an exercise: the best of every one, or of those before this, where that is asked."""
    said = folded(question.text)
    if intent == "best" and not other and OF_ALL.search(said):
        other = heaviest_exercise(facts)
    if intent == "best" and BEFORE_THIS.search(said) and facts.history:
        facts = replace(facts, this=None)
    return _of_exercise(ABOUT_AN_EXERCISE[intent], other or current(facts), facts)


def _from_this(question: Question, intent: str, facts: Facts, this: SetFacts) -> Answer:
    """What is told of the set in question: of its repetitions, of one or several of them, or of the whole."""
    if intent == "apart":
        return Answer(of_difference(question, facts, this))
    if len(question.reps) > 1:
        return Answer(of_reps(question, facts, this))
    if (
        question.rep is not None
        and intent in ABOUT_A_REP
        and (intent != "fix" or A_REP.search(folded(question.text)))  # "the number one thing to fix" is no repetition
        and not (intent == "depth" and math.isnan(this.range_deg))
    ):
        judged = intent == "fix" or OF_ANGLE.search(folded(question.text)) or AT_FAULT.search(folded(question.text))
        found = form.fix_of_rep(facts, this, question.rep) if judged else ()
        return Answer((*found, *told.rep(facts, this, question.rep)))
    return _of_this(question, intent, facts, this)


def _of_another(intent: str, asked: str) -> OfExercise:
    """What is told of an exercise that is not the one in question: "how long was my longest plank" is of the best."""
    if intent == "next_weight":
        return next_of
    if MOST.search(folded(asked)):
        return history.best
    grown = intent in ("compare", "compare_first") or GROWN.search(folded(asked))
    return history.progress if grown else history.last_one


def _from_photo(question: Question, photo: PhotoFacts, facts: Facts) -> Answer:
    told = ABOUT_A_PHOTO[question.target or ""]
    if question.target == "which_joint" and (meant := pictured.of_angle(facts, photo, question.text)):
        return Answer(meant)
    if told is pictured.angles:
        apart = pictured.apart(facts, photo, question.text)
        return Answer((*pictured.joint(facts, photo, question.text), *apart), general=apart)
    return Answer(told(facts, photo))


def _of_this(question: Question, intent: str, facts: Facts, this: SetFacts) -> Answer:
    if this.is_round and intent in ABOUT_A_ROUND:
        return Answer(ABOUT_A_ROUND[intent](facts, this))
    if this.is_hold and intent in NOT_OF_A_HOLD:
        intent = "steady"
    if this.kind == "log" and intent in NOT_FROM_A_LOG:
        return Answer((say(facts.language, "log_no_form"),))
    if intent == "extreme":
        return Answer(of_extremes(question, facts, this))
    if intent in ("compare", "compare_by") and facts.last_same and none_of_then(question.text, facts):
        return Answer((say(facts.language, "compare_none_then", label=this.label), *against.compare(facts, this)))
    if intent in ABOUT_WHAT_WAS_SAID:
        return Answer(ABOUT_WHAT_WAS_SAID[intent](facts, this))
    if intent == "which_joint":
        return Answer(of_joint := motion.which_joint(facts, this), general=of_joint)
    if intent == "next_weight":
        return next_time(facts, this, question.text)
    if intent == "why":
        return _why(question.text, facts, this)
    if intent == "rep":
        at_fault = form.fix(facts, this)[:2] if form.faults(this) else ()
        return Answer((*at_fault, *timed.slowest(facts, this)))
    said = ABOUT_THE_SET[intent](facts, this)
    keep_on = intent == "fix" and not form.faults(this) and this.kind != "log"
    core = said[-1] if intent == "compare" or keep_on else ""  # the verdict, or how to go on
    if intent == "loss" and len(said) > 1:
        return Answer(said, topics=("velocity_loss",), open=True, whole=True)
    return Answer(said, topics=topics_of(this), open=intent in OPEN_INTENTS, core=core)


def _of_exercise(tell: OfExercise, exercise: str | None, facts: Facts) -> Answer:
    if exercise is None:
        return Answer((say(facts.language, "no_set"),), known=False)
    label = label_of(exercise, facts)
    if not facts.earlier(exercise) and current(facts) != exercise:
        return Answer((say(facts.language, "no_set_of", label=label),), known=False)
    said = tell(facts, exercise, label)
    return said if isinstance(said, Answer) else Answer(said)


def _why(asked: str, facts: Facts, this: SetFacts) -> Answer:
    """The cue for the weightiest fault and what is known about mending it; where no form was judged, that numbers tell
    no cause, or what the coach's own words rest on."""
    if not this.form_judged and not this.findings and this.kind != "log":
        of_words = COACH_SAYS.search(folded(asked))
        return Answer(motion.source(facts, this) if of_words else (say(facts.language, "why_unknown"),))
    found = topics_of(this)
    advice = tuple(topics()[name].text(facts.language) for name in found)
    return Answer((*form.fix(facts, this)[:2], *advice), topics=found, open=True)
