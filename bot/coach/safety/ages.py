"""How old somebody is said to be: "i'm 13", "my daughter is nine", "in 3rd grade", "아들이 8살"."""

from __future__ import annotations

import re

from bot.coach.hearing.numbered import NUMBER_WORDS, TEENS
from bot.coach.words import folded

IN_WORDS = (*NUMBER_WORDS, *TEENS[:5])  # up to fifteen
CHILDREN = (
    "son|daughter|kid|boy|girl|child|grandson|granddaughter|grandchild|nephew|niece|brother|sister|lad|lass|little one"
    "|youngest|eldest|pupils?|students?|kids|boys|girls|children"
)
WHO_IS = (
    r"i am|im|i'm|(?:my|his|her) age is|he is|she is|he's|she's"
    rf"|(?:{CHILDREN})(?: is| are|'s|,| who is| just)?(?: turned| turns| turning)?"
    r"|(?:am|i|he|she|just) (?:turned|turn|turns)|aged?"
)
NO_AGE = (
    r"\s*(?:%|[a-z]*\s*(?:weeks?|months?|days?|kg|kilos?|lbs?|pounds?|reps?|sets?|minutes?|percent|cm|feet|in\b|of\b))"
)
AGE = re.compile(
    rf"\b(?:{WHO_IS})\s+(?:only\s+)?(?P<own>\d+|{'|'.join(IN_WORDS)})\b(?!{NO_AGE})"
    r"|\b(?P<old>\d+)[\s-]*(?:years?|yrs?|yr|y)[\s/-]*(?:olds?|o)\b"
    r"|(?<!\d)(?P<korean>\d+)\s*(?:살|세(?=$|[\s.,?!인이입가는라여]))"
    r"|(?<![가-힣])중(?P<middle>[1-3])(?!\d|\s*[개번회세kg%])"
    r"|\bin (?:the )?(?P<grade>\d)(?:st|nd|rd|th) grade\b"
)
LIKE_A_CHILD = re.compile(r"\blike i(?:'?m| am) (?:only )?(?:\d+|[a-z]+)\b|\beli5\b")  # "explain it like i'm five"
OLD_THING = re.compile(
    r"(?:\b\d+[\s-]*)?\byears?[\s-]*old (?:barbell|bar|bench|plates?|shoes?|belt|gym|rack|program|plan|record|pr|injury"
    r"|knee|scar|bike)"
    r"|(?:^|[.!?,;])\s*(?:my|our|this|these) (?:barbell|bar|bench|plates|shoes|belt|rack|bike) (?:is|are) (?:\w+ )?\d+ "
    r"years? old\b"
)
SCHOOL_AGE = 6  # years: a child of the first grade turns seven in it
MIDDLE_SCHOOL_AGE = 12  # years, in Korea; in "중3" one turns fifteen
YOUNGEST = 16  # years; below it the child's reply is given: the house's choice, as for most gyms


def tells_an_age(text: str) -> bool:
    """Whether somebody's age is told."""
    return AGE.search(folded(text)) is not None


def is_young(text: str) -> bool:
    """Whether somebody too young for a plan is told of; a bench that is ten years old is not."""
    said = OLD_THING.sub(" ", LIKE_A_CHILD.sub(" ", folded(text)))
    return any(0 < _age(match) < YOUNGEST for match in AGE.finditer(said))


def _age(match: re.Match[str]) -> int:
    if match["grade"]:
        return int(match["grade"]) + SCHOOL_AGE
    if match["middle"]:
        return int(match["middle"]) + MIDDLE_SCHOOL_AGE
    said = next(group for group in match.groups() if group)
    return int(said) if said.isdecimal() else IN_WORDS.index(said) + 1
