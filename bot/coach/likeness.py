"""Messages that are like known cries for help, although no rule of the gate has their words.

The same comparison as for questions (see retrieval), against examples of every kind of alarm and of ordinary gym talk.
A message without any word of the body, of pain, food, drugs or death is not even compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.coach.intents import phrasings
from bot.coach.language import load
from bot.coach.retrieval import PhraseIndex
from bot.coach.typed import Speller, spelled_out
from bot.coach.words import is_korean

ORDINARY = "ordinary"
MEANT = frozenset({"my", "not", "no", "cant", "dont"})  # mean little in a question on a set, much in a cry for help


@dataclass(frozen=True, slots=True)
class Margins:
    """By how much the votes for a kind of alarm must outweigh those for ordinary talk, and the least likeness (0..1).

    Set on the examples, each judged by all the others: at 0 the votes alone find 68 % of the alarms (the rules find
    others) and would stop 4 % of examples of ordinary talk that were written to be mistaken.
    """

    votes: float = 0.0
    alike: float = 0.42


MARGINS = Margins()


def kind_alike(text: str, margins: Margins = MARGINS) -> str | None:
    """The kind of alarm that a message is like; None for one that is like ordinary talk, or like nothing known."""
    if not _touches(text):
        return None
    votes, likeness = index().votes(text)
    ordinary = votes.pop(ORDINARY)
    kind = max(votes, key=lambda name: votes[name])
    return kind if votes[kind] - ordinary > margins.votes and likeness > margins.alike else None


@cache
def index() -> PhraseIndex:
    """The examples, ready for comparison."""
    plain = set(load("data/concepts.toml")["plain"]) - MEANT
    return PhraseIndex(_examples(), _concepts(), plain)


def _examples() -> Iterator[tuple[str, str]]:
    for kind, said in load("data/alarms.toml").items():
        yield from ((text, kind) for text in said)
    yield from ((text, ORDINARY) for text, _ in phrasings() if _touches(text))


def _touches(text: str) -> bool:
    """Whether a text has a word of health, as it is or within a Korean word."""
    said, members = spelled_out(text), _members()
    if any(word in members or _speller().mended([word])[0] in members for word in said):
        return True
    return is_korean(text) and any(member in word for word in said for member in members if is_korean(member))


@cache
def _speller() -> Speller:
    return Speller((*_members(), *(word for phrase, _ in phrasings() for word in spelled_out(phrase))))


@cache
def _members() -> frozenset[str]:
    return frozenset(member for members in _concepts().values() for member in members)


@cache
def _concepts() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = load("data/symptoms.toml")["concepts"]
    return found
