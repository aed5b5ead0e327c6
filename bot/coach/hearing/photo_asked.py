"""What a question about a photo asks for, where its words are those of questions about a set."""

from __future__ import annotations

import re
from typing import Final

from bot.coach.facts import PhotoFacts
from bot.coach.hearing.joints import JOINTS, parts_of_body
from bot.coach.words import folded, words

WHAT: Final = re.compile(
    r"\W*(?:so |and |hey |hi )?what(?:'?s| is| was) (?:this|that|it)(?: (?:one|pose|exercise|photo|picture))?\W*"
    r"|\W*(?:이게|이거|이건|그게|그거) ?(?:뭐|무슨 ?(?:동작|운동|자세))\S*\W*"
)
WHY: Final = re.compile(
    r"\bwhy\b.{0,20}\b(?:think|thought|say|said|call|called|guess|guessed)\b"
    r"|\bhow (?:do|did|can|could) (?:you|u) (?:know|tell|see|recogni[sz]e)\b|왜.{0,20}(?:라고|이라고)|어떻게 알"
)
DISPUTED: Final = re.compile(
    r"\b(?:that|this|it)(?:'?s| is| was)?(?: not|n'?t| no)\b|(?:아니에요|아닌데요?|아니야|아니거든요?|아닙니다)\W*$"
)
WRONG_NAME: Final = re.compile(r"\b(?:wrong|not the right) (?:exercise|pose|name)\b|이름이 (?:틀|잘못)")
GENERAL: Final = frozenset({"pose", "자세", "the", "a", "up", "one", "two", "side"})  # words of many names
BENT: Final = re.compile(
    r"\b(?:straight|bent|bend(?:ing)?|locked|lock|extended|vs|versus)\b|굽|구부|펴[진졌지]|곧[아은게]"
)


def asked_of_photo(text: str, photo: PhotoFacts, exercise: str | None) -> str | None:
    """The target of a question that only a photo can be meant by: what it shows, why that is thought or that it is
    something else, how bent its joints are; None for any other. `exercise` is the one that the text names, if any."""
    said = folded(text)
    if WHAT.fullmatch(said):
        return "exercise"
    names_it = exercise is not None or not ({*words(photo.label)} - GENERAL).isdisjoint(words(text))
    if WRONG_NAME.search(said) or WHY.search(said) or (DISPUTED.search(said) and names_it):
        return "photo_disputed"
    measured = parts_of_body(" ".join(joint.name for joint in photo.joints))
    return "angles" if BENT.search(said) and parts_of_body(said) & JOINTS & measured else None
