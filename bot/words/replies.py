"""Words that the bot's messages are made of: doubts, problems, cues, progress, weights, places, times. No I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.executor_errors import DeadlineExceeded, ExecutorError, MemoryExceeded
from bot.sentences import plain, say, sentences
from pipeline.errors import AnalysisError
from pipeline.units import KG_PER_LB
from pipeline.values import Caveat, Finding

LONGEST_QUOTE = 60  # characters: about a line of a phone
BAR_CELLS = 12  # letters: the narrowest phone shows them in one line
WORDS_OF_OURS = ("joint", "view", "holds", "sport")  # facts that are codes: each has its own group of words
EXECUTOR_SENTENCES: Mapping[type[ExecutorError], str] = {DeadlineExceeded: "deadline", MemoryExceeded: "memory"}


def doubt_sentences(caveats: Sequence[Caveat], language: str) -> tuple[str, ...]:
    """A plain sentence for each doubt, in the caveats' order."""
    return tuple(plain(language, f"doubt.{caveat.doubt}", **_worded(caveat.facts, language)) for caveat in caveats)


def problem(error: AnalysisError | ExecutorError, language: str) -> str:
    """What to tell the user when no report is possible, and what to do about it."""
    if isinstance(error, AnalysisError):
        facts = {key: f"{fact:g}" if isinstance(fact, float) else fact for key, fact in error.facts.items()}
        return say(language, f"problem.{snake(type(error).__name__)}", **_worded(facts, language))
    return say(language, f"problem.{EXECUTOR_SENTENCES.get(type(error), 'broken')}")


def cue(finding: Finding, language: str) -> str:
    """What to do about it, in the user's language; the catalogue's own words where there is no translation."""
    translated = sentences(language).get("cue", {}).get(finding.rule)
    return str(translated or finding.cue)


def _worded(facts: Mapping[str, float | str], language: str) -> dict[str, object]:
    """Facts that are words of ours (a joint, a view, what a file holds) in the user's language; others as they are."""
    return {
        key: ", ".join(plain(language, f"{key}.{word}") for word in str(value).split())
        if key in WORDS_OF_OURS
        else value
        for key, value in facts.items()
    }


def progress_bar(share: float, sentence: str) -> str:
    """One line of text that moves: the sentence, a bar and a percentage."""
    within = min(max(share, 0.0), 1.0)
    done = round(within * BAR_CELLS)
    return f"{sentence}\n{'▰' * done}{'▱' * (BAR_CELLS - done)} {within:.0%}"


def weight(weight_kg: float, units: str) -> str:
    """A weight in the user's unit, without needless decimals."""
    value = weight_kg if units == "kg" else weight_kg / KG_PER_LB
    return f"{value:.1f}".removesuffix(".0") + f" {units}"


def ordinal(place: int, language: str) -> str:
    """2 -> "2nd" in English, "2번째" in Korean."""
    if language == "ko":
        return f"{place}번째"
    last = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{last}"


def clock(time_s: float) -> str:
    """Seconds as a player shows them: 75 -> "1:15"."""
    minutes, seconds = divmod(round(time_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def quoted(text: str) -> str:
    """What somebody typed, short enough to be said again within a message."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def snake(name: str) -> str:
    """NobodyInView -> nobody_in_view."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def html(text: str) -> str:
    """The text as Telegram's HTML shows it letter for letter."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
