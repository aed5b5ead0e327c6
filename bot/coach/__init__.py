"""The coach: talks about sets that were measured, and says nothing that the facts don't bear out.

    question -> safety -> intent -> facts -> prompt -> ChatModel -> guard -> user

`coach.Coach` is the whole road; `facts` are the values that a caller fills; `llama.LlamaModel` and `weights.Weights`
are the model and its file. Without a model the deterministic coach (`rules`) answers everything.
"""

from bot.coach.coach import Coach, CoachSettings, Patience, Said
from bot.coach.facts import Facts, Turn
from bot.coach.set_facts import FactsOptions, PastSet, SetFacts, past_set, set_facts

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
