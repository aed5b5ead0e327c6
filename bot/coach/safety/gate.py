"""The gate before everything else: acute symptoms, and what a coach must leave to others, get a fixed, kind reply.

Two sieves that judge together: word lists by meaning (data/safety.toml), and likeness to known messages (likeness.py),
which has the last word on either. Misspellings count; ordinary tiredness, soreness and symptoms denied don't.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from bot.coach.facts import Language
from bot.coach.hearing.intents import listed
from bot.coach.hearing.typed import spelled_out
from bot.coach.language import load
from bot.coach.safety.ages import is_young, tells_an_age
from bot.coach.safety.amounts import is_overdose, is_starving, missed_a_day
from bot.coach.safety.examples import judge
from bot.coach.safety.long_ago import long_ago
from bot.coach.words import by_first_letter, folded, lookalikes, words

Phrase = tuple[str, ...]
Group = tuple[Phrase, ...]

SMALL_TALK = re.compile(
    r"^(?:(?:hey|hi|hello|yo|coach|ok|okay|so|um+|uh|well|listen|look|sorry|please|bro|dude|man|btw|and|but|then|also)\b[\s,.!]*)+"
)
ANGER = re.compile(  # "drunk" is another "pissed", and who fainted was "out"
    r"\bpissed (?:off\b|(?:that|because|about)\b|at (?:myself|you|him|her|them|it|this)\b)"
    r"|\bpissed(?=,? (?:i |i've |and |been )*(?:stuck|failed|missed)\b)|\bout of line\b"
)
A_LOAD = re.compile(  # "15 each arm, not total": nothing else is said, so a limb that is named ails nothing
    r"(?:(?:and|btw|so|no|it's|its|it is|it was|that's|that was|was|did|used|i used|i did|with) )*"
    r"\d{1,3}(?:[.,]\d)? ?(?:kgs?|kilos?|lbs?|pounds?|reps?)? ?(?:(?:in|on|per|for|with|a) )?"
    r"(?:each |every |per |one |both )?(?:arms?|hands?|legs?|sides?)"
    r"(?:,? (?:not|no|and not) (?:the |in )?(?:total|both|together|combined|all))?(?: btw| tho| though)?[?.! ]*"
)
SENTENCE_END = re.compile(r"[.!?;\n]+\s*|\s+(?:and then|but then|then|but)\s+")
FORM_ASKED = re.compile(
    r"(?:제 |내 )?(?:허리|등|목|무릎|손목|발목|팔꿈치|엉덩이)[이가은는도]? ?(?:너무 |좀 |많이 )?"
    r"(?:(?:뒤로|앞으로|안으로|밖으로|옆으로) ?(?:너무 |좀 |많이 )?(?:빠|나|벌|모)"
    r"|꺾|굽|휘|말[렸리려]|숙[였이여]|처[졌지져])[가-힣]*(?:나요?|는지|은가요|던가요)[?!. ]*$"
)
JOINTS = r"(?:knees?|hips?|elbows?|shoulders?|feet|foot|toes|wrists?|hands?|chest|arms?|heels?|back|legs?)"
FORM_ASKED_ENGLISH = re.compile(  # "should my knee be over my ankle", "can you tell if i locked my knees"
    rf"\b(?:should|must|shall|is|are|was|were|do|does|did) (?:my|the|your) (?:(?:left|right|front|back|rear) )?{JOINTS}"
    r"(?: (?:be|go|stay|come|get|point|track|stand|stack|stacked|directly|right|supposed to be))*"
    r" (?:over|above|past|below|under|behind|between|in line with|in front of|next to|level with|on top of)"
    r" (?:my|the|your) (?:knees?|ankles?|hips?|toes|foot|feet|wrists?|shoulders?|elbows?|bar|heels?|hands?)[?!. ]*$"
    r"|\b(?:can|could|did|do) you (?:tell|see|notice|know) (?:if|whether) i (?:really |fully |even )?"
    r"(?:locked|bent|straightened|tucked|flared|dropped|raised|lifted|shrugged|rounded|arched|kept)"
    rf" (?:out )?(?:my|the) {JOINTS}(?: (?:out|in|up|down|straight|tucked|still|enough))*[?!. ]*$"
    rf"|\b(?:is|are|was|were) (?:my|the) (?:(?:left|right|front|back|rear) )?{JOINTS} (?:fully |really )?locked out"
    r"(?: at the top| enough| here| there| (?:in|on) (?:the|this|that) (?:photo|picture|clip))?[?!. ]*$"
)
LEAST_WORDS = 4  # of a sentence that is judged on its own
ACUTE = frozenset({"heart", "faint", "breath", "nerve", "injury", "overdose"})  # kinds that training waits for
YOUNG = "child"  # who is to be coached by somebody who is there
CLEARED_FIRST = frozenset({"history"})  # after which a doctor says what may be done


@dataclass(frozen=True, slots=True)
class Alarm:
    """What tripped the gate, and the reply to give."""

    kind: str
    reply: str


@dataclass(frozen=True, slots=True)
class Odds:
    """The log odds (see likeness) above which a message is an alarm: where a rule has its words, and where none has.

    Set on examples left out of the fit: `alone` stops 2 in 100 of ordinary ones that were written
    to be mistaken. A sentence out of a longer message must be surer by `of_a_part`: it was torn from what explains it.
    """

    ruled: float = -2.0
    alone: float = 1.15
    of_a_part: float = 0.8


ODDS = Odds()


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    groups: tuple[Group, ...]
    unless: Group
    apart: int


def check(text: str, language: Language) -> Alarm | None:
    """The alarm that a message raises, the gravest kind first; None for ordinary talk."""
    kind = _kind(text)
    return Alarm(kind, replies()[kind][language]) if kind else None


def forget_texts() -> None:
    """Nothing that anybody typed stays in memory."""
    _kind.cache_clear()
    _meanings.cache_clear()


@lru_cache(maxsize=256)  # each message of the conversation is looked at for every answer
def _kind(text: str) -> str | None:
    if (past := long_ago(text)) is not None:
        kind, rest = past
        return (_kind_now(rest) if len(rest.split()) >= LEAST_WORDS else None) or kind
    return _kind_now(text)


def _kind_now(text: str) -> str | None:
    if A_LOAD.fullmatch(folded(text).strip()):
        return None
    said = ANGER.sub("angry", SMALL_TALK.sub("", without_denied(text)))
    alike, odds = _gravest(said)
    starves = not missed_a_day(said)
    likely = odds > ODDS.alone and (alike != "child" or not tells_an_age(text))  # a child whose age says so: below
    likely = likely and (alike != "eating" or starves)
    if is_overdose(said) and not (likely and alike == "self_harm"):
        return "overdose"
    if likely:
        return alike
    ruled = _ruled(said) if odds > ODDS.ruled else None
    if ruled == "eating" and not starves:
        return None
    return ruled or ("eating" if is_starving(text) else None) or ("child" if is_young(text) else None)


def _gravest(text: str) -> tuple[str, float]:
    """The likeliest kind and its log odds: of the whole, or of a sentence that a long message would drown."""
    kind, odds = judge().judged(text)
    parts = [part for part in SENTENCE_END.split(text) if len(part.split()) >= LEAST_WORDS]
    found = [(judge().judged(part)) for part in parts] if len(parts) > 1 else []
    torn = ((one, of - ODDS.of_a_part) for one, of in found if one != YOUNG)  # a child that is mentioned is not trained
    return max([(kind, odds), *torn], key=lambda one: one[1])


def _ruled(text: str) -> str | None:
    """The kind whose words are in the text."""
    found = next((kind for said in _readings(text) if (kind := _spoken_of(said))), None)
    joined = "".join(folded(text).split())
    return found or next((rule.kind for rule in _korean_rules() if _fires_korean(rule, joined)), None)


def without_denied(text: str) -> str:
    """The text without symptoms that it denies ("no pain, just tired") and a question on form ("허리가 꺾였나요")."""
    said = _denial().sub(" ", folded(text))
    return FORM_ASKED_ENGLISH.sub(" ", FORM_ASKED.sub(" ", said))


@cache
def _denial() -> re.Pattern[str]:
    denied = load("data/safety.toml")["denied"]
    before, things, more = ("|".join(denied[name]) for name in ("before", "things", "more"))
    thing = rf"(?:(?:any|a|more|real|such|like|kind of|sort of|{more})\s+)*(?:{things})"
    return re.compile(rf"\b(?:{before})\s+{thing}(?:\s*(?:,|/|or|and|nor|no|&)+\s+{thing})*\b")


def _readings(text: str) -> tuple[tuple[str, ...], ...]:
    """What was typed, word by word, and the same with shorthand written out."""
    plain, written = words(text), spelled_out(text)
    return (plain,) if plain == written else (plain, written)


def _spoken_of(typed: tuple[str, ...]) -> str | None:
    places: dict[str, set[int]] = defaultdict(set)  # where each word of the lists may stand
    for at, word in enumerate(typed):
        for meant in _meanings(word):
            places[meant].add(at)
    return next((rule.kind for rule in _rules() if _fires(rule, typed, places)), None)


def _fires(rule: _Rule, typed: Sequence[str], places: Mapping[str, Set[int]]) -> bool:
    if any(_exact_at(typed, phrase) for phrase in rule.unless):
        return False
    starts = [[at for phrase in group for at in _starts(places, phrase)] for group in rule.groups]
    return all(starts) and _near(starts, rule.apart)


def _near(places: Sequence[Sequence[int]], apart: int) -> bool:
    """Whether one place of each group lies within the span."""
    return any(all(any(abs(at - start) <= apart for at in group) for group in places[1:]) for start in places[0])


def _starts(places: Mapping[str, Set[int]], phrase: Phrase) -> list[int]:
    """Where the phrase stands in what was typed, each word as it is or misspelled."""
    first, *others = (places.get(word, frozenset()) for word in phrase)
    return sorted(at for at in first if all(at + by in other for by, other in enumerate(others, start=1)))


@lru_cache(maxsize=8192)
def _meanings(typed: str) -> frozenset[str]:
    """The words of the lists that a typed word may be; a word of gym talk ("does") is no misspelling ("dose")."""
    if typed in _well_spelt():
        return frozenset({typed})
    return frozenset(lookalikes(typed, _vocabulary()))


@cache
def _vocabulary() -> Mapping[str, Sequence[str]]:
    return by_first_letter({word for rule in _rules() for group in rule.groups for phrase in group for word in phrase})


@cache
def _well_spelt() -> frozenset[str]:
    """Words that are what they are: those of the phrasings, the commonest, and a few of their own."""
    said = (word for phrase, _ in listed() for word in words(phrase))
    return frozenset((*said, *load("data/concepts.toml")["plain"], *load("data/safety.toml")["well_spelt"]))


def _exact_at(typed: Sequence[str], phrase: Phrase) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(typed)} "


def _fires_korean(rule: _Rule, joined: str) -> bool:
    if any(phrase[0] in joined for phrase in rule.unless):
        return False
    return all(any(phrase[0] in joined for phrase in group) for group in rule.groups)


@cache
def replies() -> Mapping[str, Mapping[Language, str]]:
    """The fixed reply of every kind in every language."""
    found: Mapping[str, Mapping[Language, str]] = load("data/safety.toml")["replies"]
    return found


@cache
def _rules() -> tuple[_Rule, ...]:
    data = load("data/safety.toml")
    return tuple(_rule(fields, data["groups"]) for fields in data["rule"])


@cache
def _korean_rules() -> tuple[_Rule, ...]:
    return tuple(_rule(fields, {}) for fields in load("data/safety.toml")["korean"])


def _rule(fields: Mapping[str, Any], named: Mapping[str, Sequence[str]]) -> _Rule:
    groups = tuple(_group(members, named) for members in fields["all"])
    return _Rule(fields["kind"], groups, _group(fields.get("unless", ()), named), int(fields.get("apart", 99)))


def _group(members: Sequence[str], named: Mapping[str, Sequence[str]]) -> Group:
    """The phrases of a group; "@name" stands for a named one."""
    spelled = [one for member in members for one in (named[member[1:]] if member.startswith("@") else [member])]
    return tuple(words(member) for member in spelled)
