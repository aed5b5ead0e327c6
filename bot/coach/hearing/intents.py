"""What a question asks for: the likeliest intent or topic, the exercise and the repetition it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.coach.hearing.learned import fingerprint, stored
from bot.coach.hearing.muscles import Group
from bot.coach.hearing.numbered import DIFFERENCE, rep_number, rep_numbers, set_numbers
from bot.coach.hearing.openers import to_the_point
from bot.coach.hearing.patterns import expanded
from bot.coach.hearing.retrieval import Lessons, Match, PhraseIndex, Reading, Weights, learned
from bot.coach.hearing.shares import asks_share, share_asked
from bot.coach.hearing.sought import Sought
from bot.coach.hearing.spans import Days
from bot.coach.knowledge import topics
from bot.coach.language import load
from bot.coach.words import folded, words
from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.load import spelling
from pipeline.catalogue.shorthand import in_full

FILE = "questions"
DONE = re.compile(
    r"\b(?P<going>how (?:are|is) my\b.*\b(?:going|doing|coming|progressing)|how's my\b.*\b(?:going|doing|coming)"
    r"|how much (?:did|has|have) my\b.*\b(?:improved?|grown?|go up|gone up|increased?))\b"
    r"|\b(?P<how>how (?:(?:deep|low|far|slow|fast|good|bad|clean|straight) )?"
    r"(?:was|were|is|did) (?:my|the|that|this)\b(?!.*\b(?:supposed|should|work|done)\b))"
    r"|\b(?P<ever>how many\b.* have i (?:done|did|logged|sent))\b"
    r"|\b(?:what|how (?:much|many(?: [a-z-]+){0,2})|when) (?:weight )?did i\b|\blast (?:time|week|session)\b"
    r"|지난|저번|언제 .*했|얼마나? .*들었|몇 .*들었|마지막(?:으로|에) "
    r"|(?P<was>어땠|괜찮았|잘 ?했|좋았)"
)
HOW_DEEP = re.compile(r"\b(?:was|were)\b.*\b(?:deep|shallow)|\b(?:deep|shallow)\w*\b.*\b(?:was|were)\b")
EVERYDAY = frozenset(  # names of exercises, but hardly ever meant
    {
        "straight",
        "cross",
        "hook",
        "rest",
        "nothing",
        "none",
        "walking",
        "standing",
        "resting",
        "걷기",
        "서 있기",
        "휴식",
    }
)
MOODS = frozenset({"upset", "sad", "glad", "worn", "apology", "ashamed", "bored", "angry"})
OF_NO_EXERCISE = MOODS | {"ack", "thanks", "greeting", "praise", "plan", "arrived", "off_topic", "told"}
AS_OF_FORM = frozenset({"fix", "why", "verdict", "exercise", "line", "train_next", "next_weight"})
FORM = frozenset({"form", "technique", "자세"})
OF_THE_HEART = re.compile(r"\b(?:heart|pulse|bpm|hr(?:max)?|vo2 ?max)\b|심박|맥박")
SHORT = (  # what patterns look for in full: "r1 v r3", "last wk"
    (re.compile(r"\br(?=\d{1,2}\b)"), "rep "),
    (re.compile(r"\bwk(?=s?\b)"), "week"),
    (re.compile(r"\bvol\b"), "volume"),
    (re.compile(r"\b(?:lst|lasst)\b"), "last"),
    (re.compile(r"\byday\b"), "yesterday"),
    (
        re.compile(r"(?<=\bfirst )(?:lot|go|bout)\b|(?<=\bsecond )(?:lot|go|bout)\b|(?<=\bthird )(?:lot|go|bout)\b"),
        "set",
    ),
)
LIKED = re.compile("[👍👌🙏💪❤🔥😊😀😁🙂🎉👏😍🥳✅\ufe0f\u200d\U0001f3fb-\U0001f3ff ]+")  # any colour of skin
DISLIKED = re.compile("[👎😡🤬💩😠🖕😤🙄😒]")
GREETED = re.compile(
    r"^\W*(?:(?:hi|hello|hey|oh)\W+)?good morning(?=[,.!]|$| (?:dear|coach|sir|everyone|all|there|i|my|to)\b)"
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
MOST_ASKED = 12  # sentences of one message: each takes two milliseconds, and a story ends in what is asked
ASKING = re.compile(
    r"^(?:and |so |but |ok )*(?:how|what|which|why|when|where|who|was|were|did|does|do|is|are|am|can|should|would)\b"
    r"|\?|[가-힣]"
)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How much must speak for what a question is taken to ask (see retrieval), set on known phrasings left out one at a
    time: of those under `known` 28 % were understood, between it and `heard` 43 %, above that 80 %.

    Under `known` the coach says that it doesn't know; under `heard` that it may have misunderstood, before it answers,
    and under `sure` too, unless the next likely target is as far off as `clear`: of 1970 phrasings of patterns left
    out whole, where it is so 63 % are understood, else 49 %; a doubt then stands before 22 % of what would be told
    wrongly without one, and before 6 % of what is right. (Margin, known words and length beside the score tell right
    from wrong no better than the score alone: area under the curve 0.804 and 0.801.) Above `sure` what is asked beside
    something told counts. Of 240 messages of twelve new users, written without a look
    at any list and judged by hand, 9 %, 42 % and 82 % were understood.
    """

    known: float = 0.2
    heard: float = 0.4
    clear: float = 0.2
    sure: float = 0.5


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood: `target` is an intent or "topic:<name>", None where nothing known is like it.

    `exercise` is the slug that it names, `rep` the repetition (-1 for the last one), `score` how sure that is (0..1),
    `reps` and `sets` are all the repetitions and sets of the day that it names by number, `extreme` the most of a kind
    ("fastest") that it asks for, `days` those of the past, `measure` what two repetitions are compared in, where that
    was said before. `other` is a second exercise that it names, `spans` two weeks or months by name, the later first,
    `group` the muscles whose training it speaks of, `likely` the likeliest targets and how much speaks for each.
    `sought` is what it seeks in what is stored.
    """

    text: str
    target: str | None
    score: float
    exercise: str | None = None
    rep: int | None = None
    reps: tuple[int, ...] = ()
    sets: tuple[int, ...] = ()
    extreme: str | None = None
    days: Days | None = None
    measure: str | None = None
    other: str | None = None
    spans: tuple[str, ...] = ()
    group: Group | None = None
    likely: tuple[tuple[str, float], ...] = ()
    sought: Sought | None = None

    @property
    def plainly_heard(self) -> bool:
        """Whether it may be answered without a word of doubt."""
        if self.score < THRESHOLDS.heard or self.likely[:1] != ((self.target, self.score),):
            return self.score >= THRESHOLDS.heard
        runner_up = max((score for _, score in self.likely[1:]), default=0.0)
        return self.score >= THRESHOLDS.sure or self.score - runner_up >= THRESHOLDS.clear

    @property
    def topic(self) -> str | None:
        """The name of the topic that is asked for; None where an intent is."""
        return self.target.removeprefix("topic:") if self.target and self.target.startswith("topic:") else None


class Listener:
    """Understands questions, given what the exercises are called."""

    def __init__(self, exercises: Iterable[Exercise] = (), thresholds: Thresholds = THRESHOLDS) -> None:
        self._mentions = _mention_table(exercises)
        self._index = index()  # loaded once, here, so that no user's question waits for it
        self._thresholds = thresholds

    def understand(self, text: str) -> Question:
        """What the text asks for, what leads up to its question left out."""
        if (wordless := _wordless(text.strip())) and share_asked(text) is None:
            return Question(text, wordless, 1.0)
        text = _in_full(to_the_point(text))
        match = max((self._index.best(part) for part in _parts(text)), key=lambda found: found.score)
        rep, reps, exercise = rep_number(text), rep_numbers(text), self.mentioned(text)
        match = self._beside_the_name(text, match) if exercise else match
        other = self._mentioned_beside(text, exercise) if exercise else None
        done = _about_done(text, exercise) if _on_form(match.target) else None
        target = done or (match.target if match.score >= self._thresholds.known else None)
        score = max(match.score, self._thresholds.heard) if done else match.score  # its words tell
        if len(reps) > 1:
            target = "rep"
            score = max(score, self._thresholds.heard) if DIFFERENCE.search(folded(text)) else score
        elif share_asked(text) is not None or asks_share(text):
            target, score = "max", max(score, self._thresholds.sure)
        elif rep is not None and target == "tension":
            target, score = "rep", max(score, self._thresholds.heard)  # "how long was rep 3?"
        elif target == "max" and OF_THE_HEART.search(folded(text)):
            target = "not_measured"  # "80% of my max heart rate" is no load
        elif target == "topic:squat_depth" and HOW_DEEP.search(folded(text)):
            target = "depth"
        return Question(text, target, score, exercise, rep, reps, set_numbers(text), other=other, likely=match.likely)

    def mentioned(self, text: str) -> str | None:
        """The slug of the exercise named in a text, the longest name winning; None where none is.

        Shorthand counts as written out. Where none is named, one may have been meant: "push pres".
        """
        said = _said(text)
        named = max(self._longest(said), self._longest(_said(" ".join(map(in_full, words(text))))), key=_length)
        return named[1] or self._longest(_said(" ".join(self._index.mended(words(said)))))[1]

    def _beside_the_name(self, text: str, match: Match) -> Match:
        """What is asked of the exercise that a text names, where its name alone seems to ask for its form, or nothing
        is sure: "lunges weight" asks for a weight."""
        if not _on_form(match.target) and match.score >= self._thresholds.sure:
            return match
        rest = " ".join(self._unnamed(words(text)))
        if _on_form(match.target) and rest in FORM:
            return match  # "squat form" is of how it is done
        asked = self._index.best(rest) if rest else match
        if asked.target.startswith("topic:") or asked.target in OF_NO_EXERCISE:
            return match
        by_name = (
            match.target.startswith("topic:") and asked.target not in AS_OF_FORM
        )  # much of its score is the name's
        return asked if asked.score >= max(self._thresholds.heard, 0.0 if by_name else match.score) else match

    def _unnamed(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """The words without those of the longest name among them."""
        named = [_as_named(word) for word in said]
        name = self._longest(f" {' '.join(named)} ")[0].split()
        starts = (at for at in range(len(said)) if name and " ".join(named[at:]).startswith(" ".join(name)))
        at = next(starts, None)
        return said if at is None else said[:at] + said[at + len(name) :]

    def _mentioned_beside(self, text: str, exercise: str) -> str | None:
        """The slug of another exercise that a text names."""
        said = _said(text)
        while (found := self._longest(said))[1] == exercise:
            said = said.replace(found[0], " ")
        return found[1]

    def _longest(self, said: str) -> tuple[str, str | None]:
        """The longest name in a text, and whose it is."""
        found = max((len(phrase), phrase) for phrase in ("", *self._mentions) if phrase in said)[1]
        return found, self._mentions.get(found)


def _length(found: tuple[str, str | None]) -> int:
    """How long the name is that was found."""
    return len(found[0])


def _in_full(text: str) -> str:
    for short, meant in SHORT:
        text = short.sub(meant, text)
    return text


def _wordless(text: str) -> str | None:
    """What a message without words asks for: signs, a picture, a number; None where it has any."""
    if LIKED.fullmatch(text):
        return "ack"
    said = words(text)
    if not said:
        return "upset" if DISLIKED.search(text) else "examples"
    return "bare_number" if len(said) == 1 and said[0].replace(".", "").isdecimal() else None


def _said(text: str) -> str:
    """A text as names of exercises are looked for in it; to wish a good morning names none."""
    return f" {' '.join(_as_named(word) for word in words(GREETED.sub(' ', folded(text))))} "


def _parts(text: str) -> tuple[str, ...]:
    """The text, and of several sentences the last that ask, each on its own: "140 kg, belt on. how was it"."""
    parts = [part for part in SENTENCE_END.split(text) if words(part)]
    asking = list(dict.fromkeys(part.strip() for part in parts if ASKING.search(folded(part))))
    return (text, *asking[-MOST_ASKED:]) if len(parts) > 1 else (text,)


def _on_form(target: str) -> bool:
    return target.startswith("topic:") and target.endswith(("_form", "_start"))


def _about_done(text: str, exercise: str | None) -> str | None:
    """What is asked of sets that were done, where a question on form only seems to be one: "what did i bench?"."""
    found = DONE.search(folded(text)) if exercise else None
    if found is None:
        return None
    asked = {"going": "progress", "ever": "sets_known", "how": "verdict", "was": "verdict"}
    return next((target for name, target in asked.items() if found[name]), "when_last")


@cache
def index() -> PhraseIndex:
    """The one that knows all phrasings. Where the file is of other ones it learns first, which takes seconds."""
    read = reading()
    kept = stored(FILE, lists())
    taught = learned(phrasings(), read) if kept is None else Lessons.of_arrays(kept, read)
    return PhraseIndex(read, taught)


@cache
def reading() -> Reading:
    """By what questions are compared: the concepts of data/concepts.toml among it."""
    meanings = load("data/concepts.toml")
    return Reading(meanings["concepts"], frozenset(meanings["plain"]))


def lists() -> str:
    """The fingerprint of all that understanding questions is learned from."""
    return fingerprint(Weights(), load("data/concepts.toml"), load("data/shorthand.toml"), phrasings())


@cache
def phrasings() -> tuple[tuple[str, str], ...]:
    """Every known phrasing with its target."""
    return (*listed(), *_composed())


@cache
def listed() -> tuple[tuple[str, str], ...]:
    """The phrasings of the lists and the topics: the safety gate's ordinary talk, which nothing composed dilutes."""
    return tuple(_listed())


def _composed() -> Iterator[tuple[str, str]]:
    for language in ("en", "ko"):
        for target, lines in load(f"data/ways_of_asking.{language}.toml").items():
            patterns = filter(None, lines.splitlines())
            yield from ((phrase, target) for pattern in patterns for phrase in expanded(pattern))
        yield from ((question, target) for target, question in load("data/offers.toml")[language].items())


def _listed() -> Iterator[tuple[str, str]]:
    for name in ("data/questions.toml", "data/heard.toml"):
        for intent, asked in load(name).items():
            yield from ((phrase, intent) for phrase in asked)
    for target, patterns in load("data/asked_patterns.toml").items():
        yield from ((phrase, target) for pattern in patterns for phrase in expanded(pattern))
    for topic in topics().values():
        yield from ((phrase, f"topic:{topic.name}") for phrase in topic.asked)


def _mention_table(exercises: Iterable[Exercise]) -> Mapping[str, str]:
    table: dict[str, str] = {}
    for slug, phrases in load("data/mentions.toml").items():
        table |= {_phrase(phrase): slug for phrase in phrases}
    for exercise in exercises:
        names = (exercise.name.replace("_", " "), *exercise.names.values(), *exercise.aliases)
        table |= {_phrase(name): exercise.name for name in names if words(name)}
    everyday = {_phrase(name) for name in EVERYDAY}
    return {phrase: slug for phrase, slug in table.items() if phrase not in everyday}


def _phrase(name: str) -> str:
    """A name as it is looked for: whole words, but a Korean name may carry a particle."""
    said = " ".join(map(_as_named, words(name)))
    return f" {said} " if said.isascii() else f" {said}"


def _as_named(word: str) -> str:
    """The word as names are compared by it: without the s of a plural, Korean sounds that nobody keeps apart alike."""
    return singular(word) if word.isascii() else spelling(word)


def singular(word: str) -> str:
    """The word without the s of a plural."""
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
