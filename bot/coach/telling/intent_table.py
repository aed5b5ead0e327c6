"""Which function answers which intent: of a set, of a round of blows, of a photo, of an exercise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bot.coach.facts import Facts, PhotoFacts, SetFacts
from bot.coach.language import Sentences
from bot.coach.telling import against as against
from bot.coach.telling import form as form
from bot.coach.telling import history as history
from bot.coach.telling import motion as motion
from bot.coach.telling import photos as pictured
from bot.coach.telling import rounds as punched
from bot.coach.telling import sessions as day_of
from bot.coach.telling import sets as told
from bot.coach.telling import times as timed
from bot.coach.telling import warmly as warm
from bot.coach.telling.answer import Answer
from bot.coach.telling.next_time import next_load

OfSet = Callable[[Facts, SetFacts], Sentences]
OfPhoto = Callable[[Facts, PhotoFacts], Sentences]
OfExercise = Callable[[Facts, str, str], Sentences | Answer]

ABOUT_THE_SET: Mapping[str, OfSet] = {
    "count": told.asked_count,
    "verdict": form.verdict,
    "fix": form.work_on,
    "limits": form.limits,
    "depth": form.depth,
    "line": motion.straightness,
    "tempo": timed.tempo,
    "lowering": lambda facts, this: timed.phase(facts, this, "lowering"),
    "lifting": lambda facts, this: timed.phase(facts, this, "lifting"),
    "pause": lambda facts, this: timed.phase(facts, this, "pause"),
    "tension": timed.tension,
    "slowing": timed.pace,
    "slowest": timed.slowest,
    "weight": told.load_used,
    "doubts": told.doubts,
    "exercise": told.exercise,
    "hold": told.hold,
    "compare": against.compare,
    "compare_first": against.compare_first,
    "next_weight": next_load,
    "session": day_of.session,
    "session_count": day_of.count,
    "session_total": day_of.total,
    "session_best": day_of.best,
    "loss": timed.loss,
    "sides": motion.sides,
    "travel": motion.travel,
    "speed": motion.speed,
    "steady": motion.steadiness,
    "span": motion.span,
    "source": motion.source,
    "measured": motion.measured,
    "day": day_of.whole_day,
    "rest_done": day_of.rest_done,
    "angles": form.depth,
    "pose_name": told.exercise,
    "round_pace": timed.pace,
    "round_power": timed.slowest,
}
ABOUT_A_ROUND: Mapping[str, OfSet] = {
    **dict.fromkeys(("count", "tension"), punched.count),
    **dict.fromkeys(("verdict", "rep"), punched.verdict),
    **dict.fromkeys(("tempo", "slowing", "round_pace", "lifting", "lowering", "loss"), punched.pace),
    **dict.fromkeys(("round_power", "speed", "slowest"), punched.power),
    **dict.fromkeys(("fix", "why", "depth", "line", "angles", "sides", "pause", "travel"), punched.technique),
}
ABOUT_A_PHOTO: Mapping[str, OfPhoto] = {
    **dict.fromkeys(("verdict", "fix", "line", "why", "depth"), pictured.verdict),
    **dict.fromkeys(("exercise", "pose_name"), pictured.name),
    **dict.fromkeys(("count", "tempo", "hold", "tension", "slowing", "lowering", "lifting", "pause"), pictured.no_time),
    **dict.fromkeys(("angles", "measured", "sides", "which_joint"), pictured.angles),
    "doubts": pictured.doubts_and_name,
    "photo_disputed": pictured.disputed,
}
ABOUT_WHAT_WAS_SAID: Mapping[str, OfSet] = {
    "compare_by": against.compare_by,
    "best_by": against.best_by,
    "where": form.seen_in,
}
BEFORE_THIS = re.compile(r"\b(?:before (?:this|that|today)|until (?:today|now)|previous|old)\b|이전|오늘 전")
NOT_FROM_A_LOG = frozenset({"depth", "line", "angles", "which_joint"})
NOT_OF_A_HOLD = frozenset({"slowing", "slowest", "loss", "rep", "speed"})  # what a hold has in their stead: stillness
ABOUT_AN_EXERCISE: Mapping[str, OfExercise] = {
    "best": history.best,
    "progress": history.progress,
    "when_last": history.last_and_ago,
    "max": history.maximum,
}
WITHOUT_FACTS: Mapping[str, tuple[str, ...]] = {
    "thanks": ("thanks",),
    "ack": ("ack",),
    "upset": ("sorry", "sorry_hint"),
    "sad": ("sad",),
    "apology": ("apology",),
    "bored": ("bored",),
    "angry": ("angry",),
    "examples": ("examples",),
    "bare_number": ("bare_number",),
    "not_measured": ("not_measured", "not_measured_hint"),
    "off_topic": ("off_topic",),
}
WARMLY: Mapping[str, Callable[[Facts], Sentences]] = {
    "glad": warm.glad,
    "worn": warm.worn,
    "ashamed": warm.ashamed,
    "praise": warm.praise,
    "plan": warm.planned,
    "arrived": warm.arrived,
}
OPEN_INTENTS = frozenset({"verdict", "fix", "why", "compare"})  # where another wording helps
ABOUT_A_REP = frozenset(
    {"rep", "count", "verdict", "fix", "tempo", "lowering", "lifting", "slowest", "depth", "doubts", "speed"}
)

ABOUT_A_SET_OF_THE_DAY = ABOUT_A_REP | {"session", "compare", "compare_first", "weight", "when_last", "session_best"}
