"""Whether a message asks if an exercise is known: "do you know clamshells", "can you count burpees"."""

from __future__ import annotations

import re

from bot.coach.words import folded

ASKS_OF_ONE = re.compile(
    r"(?:and |so |ok |but )*(?:do|can|could|will|would) you (?:also |even |too )*"
    r"(?:know(?: how to count)?|recogni[sz]e|count|track|detect|identify|do|look at|analy[sz]e|measure|support)"
    r"(?: also| my)? (?!(?:my|the|me|you|it|this|that|these|if|when|how|what|who|about|a|an|with)\b)"
    r"(?P<name>[a-z' -]{3,40}?)(?: too| as well| also| yet| please)*[?!. ]*"
    r"|(?P<korean>[가-힣 ]{2,15}?)(?:도|은|는)? ?(?:셀 수 있|알아봐|알아보|인식)[가-힣 ]*[?!. ]*"
)


def exercise_doubted(text: str) -> str | None:
    """What the message asks whether it is known, in its own words; None where it asks for something else."""
    found = ASKS_OF_ONE.fullmatch(folded(text).strip())
    return (found["name"] or found["korean"]).strip() if found else None
