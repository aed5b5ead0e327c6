"""Heart attacks, strokes and heart surgery of long ago, or in the family: a matter for a doctor, and no emergency."""

from __future__ import annotations

import re
from typing import Literal

from bot.coach.words import folded

Kind = Literal["history", "kin"]

EVENT = (
    r"(?:(?:mild|small|minor|major|massive|silent|open|triple|double|quadruple|mini)[ -])*"
    r"(?:heart attacks?|strokes?|tia|heart (?:surgery|operation|transplant)|bypass(?: surgery| operation)?|stents?"
    r"|angioplasty|cardiac arrest|valve (?:replace\w*|surgery|repair\w*)|ablation|pulmonary embolism|myocarditis)\b"
)
LONG_AGO = (
    r"(?:last year|(?:(?<!\d)\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|few|couple of|several"
    r"|many|some) "
    r"(?:years?|yrs?)(?: ago| back)|(?:[6-9]|1\d) months (?:ago|back)|years ago|(?:back )?in (?:19|20)\d\d|long ago"
    r"|a (?:long )?while (?:ago|back)|as a (?:kid|child|baby|teenager)|when i was \w+|in my (?:teens|twenties|thirties"
    r"|forties|fifties|sixties|[2-6]0s))\b"
)
HAPPENED = re.compile(
    rf"\b(?:had|have had|'ve had|got|suffered|survived|after|since)\b(?: \w+){{0,2}}? {EVENT}.*?\b{LONG_AGO}"
    rf"|\b{LONG_AGO}.*?\b(?:had|got|suffered|survived|after|since)\b(?: \w+){{0,2}}? {EVENT}"
    r"|(?:작년|재작년|(?<!\d)\d{1,3} ?년 ?전|몇 ?년 ?전|오래 ?전|어릴 ?때|예전에|(?:19|20)\d\d년)[^.!?]*"
    r"(?:심근경색|심장 ?마비|뇌졸중|뇌경색|뇌출혈|심장 ?수술|스텐트|판막 ?수술|심장 ?이식)"
    r"|(?:심근경색|심장 ?마비|뇌졸중|뇌경색|뇌출혈|심장 ?수술|스텐트|판막 ?수술|심장 ?이식)[^.!?]*"
    r"(?:작년|재작년|(?<!\d)\d{1,3} ?년 ?전|몇 ?년 ?전|오래 ?전|어릴 ?때|예전에)"
)
RELATIVES = (
    r"(?:dad|father|mom|mum|mother|parents?|brother|sister|uncle|aunt|grand\w+|cousin|wife|husband|partner|friend"
    r"|family)"
)
OF_KIN = re.compile(
    rf"\b(?:my|his|her|our|their) (?:\w+ )?{RELATIVES}\b.*\b(?:had|died (?:of|from)|suffered|survived)\b.*{EVENT}"
    rf"|{EVENT}.*\b(?:runs? in|in) (?:my|the) family\b|\bfamily history of (?:\w+ )?(?:heart|strokes?)"
    r"|(?:아버지|어머니|아빠|엄마|부모님|할머니|할아버지|형|오빠|누나|언니|동생|가족|집안)[^.!?]*"
    r"(?:심근경색|심장 ?마비|뇌졸중|뇌경색|뇌출혈|심장 ?수술)"
)
DIED = re.compile(rf"\b(?:died|family)\b|{LONG_AGO}|돌아가|가족력|집안|작년|년 ?전")
# Training again is asked for; symptoms again, or anything that is felt, is not of long ago.
TRAINS_AGAIN = re.compile(
    r"\b(?:lift|train|squat|bench|deadlift|run|exercis|work(?:ing)? out|start|gym|sport)\w*"
    r"(?: \w+){0,2}? (?:again|now|today)\b"
)
OF_NOW = re.compile(
    r"\b(?:now|today|tonight|again|just|currently|yesterday|this (?:morning|week)|at the moment|having|happening|coming"
    r"|feels?|feeling|felt|same|hurts?|hurting|pains?|painful|aches?|aching|tight\w*|pressure|burn\w*|dizz\w+"
    r"|light ?headed|faint\w*|breath\w*|numb\w*|tingl\w+|rac(?:es|ing)|pound\w+|flutter\w*|skip\w*|palpitations?"
    r"|irregular|sweat\w*|swollen|swelling|symptoms?|weird|strange|collapsed?|unconscious|vision|slurr\w+|droop\w*)\b"
    r"|지금|오늘|방금|아까|어제|또 |아프|아파|통증|답답|어지|저리|저려|두근|조이|조여|숨이|식은땀|증상"
)


def long_ago(text: str) -> tuple[Kind, str] | None:
    """What of long ago, or of the family, a text tells, and the rest of the text; None where it tells nothing of the
    kind, or also of how somebody is now."""
    said = folded(text)
    kind: Kind = "kin" if OF_KIN.search(said) and DIED.search(said) else "history"
    found = OF_KIN.search(said) if kind == "kin" else HAPPENED.search(said)
    if found is None or OF_NOW.search(TRAINS_AGAIN.sub(" ", said)):
        return None
    return kind, f"{said[: found.start()]} {said[found.end() :]}"
