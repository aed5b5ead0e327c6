"""Which muscles a message speaks of training: "when did I last train chest", "how many sets of legs last week"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.coach.facts import Language
from bot.coach.language import load
from pipeline.catalogue import exercises

TRAINED = re.compile(
    r"\b(?:train\w*|work(?:ed|ing)?|workouts?|sessions?|days?|do|did|done|hit|exercises?|exercised|sets?|reps?)\b"
    r"|\blast when\b|운동|했|훈련|한 ?지|한 ?게|세트"
)
HURTS = re.compile(
    r"\b(?:hurt\w*|pain\w*|ach\w+|sore\w*|stretch\w*|round\w*|straight|arch\w*|bent?|touch\w*|lean\w*|injur\w+"
    r"|use|used|using|feel|felt|in my|cramp\w*|tight\w*|stiff\w*)\b"
    r"|뻣뻣|경련|쥐가|아프|아파|통증|뻐근|쑤|굽|숙|펴|구부|알 ?배|당기|당겨|땡[기겨]|찌릿|저[릿려]|욱신|시큰|불편"
)
PICKING = re.compile(
    r"\b(?:exercises?|movements?|workouts?|lifts?|something|anything|what(?: else)?|which one)\b"
    r".*\b(?:for|builds?|grows?|hits?|works?"
    r"|trains?|targets?)\b"
    r"|\bhow (?:do|can|to|should) (?:i )?(?:\w+ )?(?:grow|build|train|work|hit|target|strengthen|tone)\b"
    r"|\b(?:best|good|recommend|suggest)\b.*\bexercises?\b"
    r"|(?:운동|동작)[가-힣]* ?(?:좀 ?)?(?:추천|알려|뭐|좋은|골라|있)"
    r"|(?:키우|커지|넓히|넓어지|발달|강화|만들|예뻐|업 ?하)[가-힣]* ?.*(?:뭐|뭘|어떻|추천|운동|방법)"
)
NOT_PICKING = re.compile(
    r"\b(?:did|was|were|does|do you|warm|stretch\w*|last|often|many|much|day|week|number|reps?|sets?|weight|heavy)\b"
    r"|했|마지막|언제|몇"
)
MUSCLES = r"\b(?:muscles?|muscle groups?|body ?parts?)\b"
LEFT_OUT = r"\b(?:neglect\w*|skip\w*|miss\w*|ignor\w*|forg[eo]t\w*|left out|lag\w*|behind|untrained|least)\b"
NEGLECTED = re.compile(
    rf"{MUSCLES}.*{LEFT_OUT}|{LEFT_OUT}.*{MUSCLES}"
    rf"|{MUSCLES}.*\b(?:\w*n'?t|not|never) (?:i |been |really )*(?:train\w*|work\w*|hit|touch\w*|do(?:ne)?)\b"
    r"|\bwhat (?:did|do|have|am|was) i (?:been )?(?:neglect|ignor|leav(?=\w+ out)|left out)\w*"
    r"|근육[^?]*(?:안 ?했|안 ?썼|안 ?한|빠[졌뜨트진]|빼먹|소홀|부족|못 ?했|못 ?한|건너)"
    r"|(?:안 ?한|빠진|빼먹은|소홀한|소홀했던|부족한|못 ?한) ?(?:부위|근육)"
    r"|부위[^?]*(?:안 ?했|빠[졌뜨트진]|소홀|부족|못 ?했)"
)
LONGEST_WORDS = 12  # who says more speaks of something else besides


@dataclass(frozen=True, slots=True)
class Group:
    """Muscles that people train together: what they are called in each language, the catalogue's names of them, and
    exercises for them."""

    en: str
    ko: str
    said: re.Pattern[str]
    muscles: frozenset[str]
    picks: tuple[str, ...]

    def called(self, language: Language) -> str:
        """Its name."""
        return self.ko if language == "ko" else self.en

    def is_worked_by(self, exercise: str) -> bool:
        """Whether the catalogue names one of the muscles for an exercise."""
        return not self.muscles.isdisjoint(muscles_of(exercise))

    def is_main_of(self, exercise: str) -> bool:
        """Whether the muscle that the catalogue names first for an exercise is one of these."""
        return not self.muscles.isdisjoint(muscles_of(exercise)[:1])


def muscles_of(exercise: str) -> tuple[str, ...]:
    """What an exercise works, by the catalogue, the most worked first; nothing for one that it has not."""
    entry = exercises().get(exercise)
    return entry.muscles if entry else ()


def muscle_called(muscle: str, language: Language) -> str:
    """A muscle of the catalogue in the user's language."""
    return str(load("data/muscles.toml")["names"][language].get(muscle, muscle))


def group_trained(said: str) -> Group | None:
    """The group of muscles whose training a text speaks of; None where it speaks of none, or of how it felt."""
    if len(said.split()) > LONGEST_WORDS or not TRAINED.search(said) or HURTS.search(said):
        return None
    return group_named(said)


def group_to_train(said: str) -> Group | None:
    """The group of muscles for which a text asks for exercises; None where it asks for none."""
    if len(said.split()) > LONGEST_WORDS or not PICKING.search(said) or NOT_PICKING.search(said) or HURTS.search(said):
        return None
    return group_named(said)


def group_named(said: str) -> Group | None:
    """The first group of muscles that a text names."""
    return next((group for group in groups() if group.said.search(said)), None)


def neglect_asked(said: str) -> bool:
    """Whether a text asks which muscles went without training."""
    return bool(len(said.split()) <= LONGEST_WORDS and NEGLECTED.search(said) and not HURTS.search(said))


@cache
def single_groups() -> tuple[Group, ...]:
    """The groups that hold no smaller one ("legs" hold the thighs), those with most exercises first."""
    single = (one for one in groups() if not any(other.muscles < one.muscles for other in groups()))
    return tuple(sorted(single, key=lambda group: -sum(group.is_main_of(name) for name in exercises())))


@cache
def groups() -> tuple[Group, ...]:
    """All of data/muscles.toml."""
    return tuple(
        Group(one["en"], one["ko"], _pattern(one["said"]), frozenset(one["muscles"]), tuple(one["picks"]))
        for one in load("data/muscles.toml")["group"]
    )


def _pattern(members: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{one}\b" if one.isascii() else one for one in members))
