"""What the coach may speak of: the set in question, the user's earlier ones, a photo, and what the user told."""

from bot.coach.facts.facts import Aim, Facts, JointSeen, Language, PhotoFacts, Told, ToldKind, Turn, Units
from bot.coach.facts.sets import FactsOptions, PastSet, SetFacts, past_set, set_facts

__all__ = [
    "Aim",
    "Facts",
    "FactsOptions",
    "JointSeen",
    "Language",
    "PastSet",
    "PhotoFacts",
    "SetFacts",
    "Told",
    "ToldKind",
    "Turn",
    "Units",
    "past_set",
    "set_facts",
]
