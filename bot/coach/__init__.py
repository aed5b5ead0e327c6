"""The coach: talks about sets that were measured, and says nothing that the facts don't bear out.

    question -> safety -> hearing -> facts -> telling -> model -> guard -> user

`coach.Coach` is the whole road; `facts` are the values that a caller fills. `hearing` is what a message asks, `telling`
what the deterministic coach answers; `model` and `llama` word it, where there is a model; `guard` lets it pass or not.
"""

from bot.coach.coach import Coach, Said
from bot.coach.facts import Facts, FactsOptions, PastSet, SetFacts, Turn, past_set, set_facts
from bot.coach.writing import CoachSettings, Patience

__all__ = [
    "Coach",
    "CoachSettings",
    "Facts",
    "FactsOptions",
    "PastSet",
    "Patience",
    "Said",
    "SetFacts",
    "Turn",
    "past_set",
    "set_facts",
]
