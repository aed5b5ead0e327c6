"""Lasting facts that a user tells: injuries, goals, equipment, bodyweight. Only what is said outright, never a guess.

What is kept is a key of data/told.toml, an exercise's slug or a number, never the user's words: nothing that a user
types can come back as an instruction. A question tells nothing ("should I lift if my knee hurts?"), nor does what is
said of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.coach.facts import Told
from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.language import load
from bot.coach.words import folded, is_korean

CLAUSE = re.compile(
    r"[!?;\n]+|\.(?!\d)|,\s+|\s+-+\s+|\s+(?:but|so|and now|also|plus)\s+|"
    r"\s+and\s+(?=i\b|my\b|want\b|wanna\b|would like\b)"
)
ASKS = re.compile(
    r"^(?:and |so |but |hey |ok )*(?:do|does|did|is|are|was|were|can|could|should|shall|would|will|what|whats|why|how|"
    r"when|which|who|where|if|whether|suppose|imagine|any|maybe|say)\b"
)
NOT_SO = re.compile(
    r"\b(?:no|not|never|dont|don't|doesn't|doesnt|isn't|isnt|aren't|arent|didn't|didnt|without|used to|anymore|"
    r"any more|no longer|wont|won't|if|would|could|might|afraid|scared|worried|avoid|prevent)\b"
)
NOT_SO_KOREAN = re.compile(r"지 ?않|면 ?어떻|까 ?봐|안 ?다치|왜")
ASKS_KOREAN = re.compile(r"(?:나요|까요?|은지|는지|가요|을까|니)[ .!~]*$")
OTHERS = re.compile(
    r"\b(?:wife|husband|partner|girlfriend|boyfriend|friend|buddy|mate|mum|mom|dad|mother|father|brother|sister|son|daughter)(?:'?s)?\b"
)
FIRST = r"\b(?:i|i've|ive|i'm|im|i am|i'd|my|me|we)\b"
WEIGHT = (
    r"(?P<value>\d{2,3}(?:[.,]\d{1,2})?)\s*(?P<unit>kgs?|kilos?|kilograms?|lbs?|pounds?|킬로(?:그램)?|키로)(?![a-z])"
)
WEIGHS = re.compile(
    r"(?:\bi (?:currently |now )?weigh(?: in at)?|\bmy (?:body ?)?weight(?: is|:|=)?|\b(?:my )?bodyweight(?: is|:|=)?|"
    r"\bi(?:'m| am|m)(?: at| currently| now)?|몸무게[는가이]?|체중[은이]?|"
    r"(?<![가-힣])(?:저는?|나는?|난|전))\s*(?:about|around|roughly|like|~|약)?\s*"
    rf"{WEIGHT}"
    r"(?!\s*(?:heavier|lighter|stronger|weaker|more|less|over|under|up|down|off|away|short|on|for|x|from|of|in|at|"
    r"squat|bench|dead|press|for)\b|\s*(?:들|로|으로|까지|씩|를|을|했|스쿼트|벤치|데드|더|빼|빠|늘))"
)
LIGHTEST_KG, HEAVIEST_KG = 30.0, 300.0  # beyond them it is a slip, or a load
ASKED_BESIDE = re.compile(  # "how much protein should i eat i'm 80 kg", "단백질 얼마나 먹어요 저 70kg이에요"
    r"^(?:how|what|which|should|do|can|am)\b(?!.*\bif\b).*?(?=\bi(?:'m| am|m) \d|\bi weigh)"
    r"|^[^?]*(?:얼마|뭐|몇|어떻게)[^?]*?(?=(?<![가-힣])(?:저는?|나는?|난|전|몸무게|체중)\s*\d)"
)
GOAL = re.compile(
    r"^(?:want|wanna|would like) |"
    r"\b(?:my (?:main |only |big |current )?(?:goal|aim|target)s?(?: right now| this year)?(?: is| are|:|=)|"
    r"(?:i|i'm|im|i am|i've been|i'd) (?:really |just |mainly |mostly |currently )?"
    r"(?:want|wanna|like|aim|aiming|try|trying|hope|hoping|train|training|lift|lifting|here|looking|working|plan|planning)"
    r"(?: to| for| on)?)\b"
)
GOAL_KOREAN = re.compile(r"목표|고 ?싶|위해|려고")
ONLY = re.compile(
    r"\b(?:i|we|i've|ive|i'm|im) (?:only|just)(?: have| own| got| use| train with| have got)?\b|"
    r"\ball (?:i|we) (?:have|own|got)\b|"
    r"\b(?:i|we) (?:have|own|got|have got)(?: only| just| nothing but| access to only)\b|"
    r"\b(?:i|we) (?:have|own|got) (?=no |nothing|zero |an? (?:full |commercial |proper )?gym)|"
    r"\bi(?:'ve| have)? (?:got )?no\b|"
    r"\bi (?:train|lift|work ?out|exercise)(?: at home| at| in)?(?: with| without| using)?\b"
)
ONLY_KOREAN = re.compile(r"밖에 ?없|만 ?있|뿐|만 ?가지|만 ?써|만 ?쓰|없어|없음|없는데|으로만|로만")


@dataclass(frozen=True, slots=True)
class Learned:
    """What a message told: new facts, parts of the body that are well again, and what was said beside."""

    facts: tuple[Told, ...] = ()
    healed: tuple[Told, ...] = ()
    rest: str = ""

    def __bool__(self) -> bool:
        return bool(self.facts or self.healed)


NOTHING = Learned()


def learn(text: str, aim: Callable[[str], Told | None] = lambda _: None) -> Learned:
    """The lasting facts that a message tells outright; `aim` finds the number that a clause says to be the goal."""
    facts, healed, rest = list[Told](), list[Told](), list[str]()
    asks = is_korean(text) and "?" in text  # "무릎 다 나았어?" tells nothing
    for clause in _clauses(folded(text)):
        found, well = _told(clause, aim), [] if asks else _healed(clause)
        facts += [one for one in found if one not in facts]
        healed += well
        if not found and not well:
            rest.append(clause)
        elif asked := ASKED_BESIDE.match(clause):  # "how much protein should i eat, i'm 80 kg" still asks
            rest.append(asked.group().strip())
    return Learned(tuple(facts), tuple(healed), ", ".join(rest))


def remembered(known: Sequence[Told], learned: Learned) -> tuple[Told, ...]:
    """What is known after a message."""
    gone = outdated(known, learned)
    kept = [one for one in known if one not in gone]
    return (*kept, *(one for one in learned.facts if one not in kept))


def outdated(known: Sequence[Told], learned: Learned) -> tuple[Told, ...]:
    """What no longer holds after a message: injuries and goals of several exercises add up, of the rest the newest
    holds."""
    return tuple(one for one in known if one in learned.healed or any(_replaces(new, one) for new in learned.facts))


def _replaces(new: Told, old: Told) -> bool:
    if new.aim and old.aim:
        return new.aim.exercise == old.aim.exercise
    return new.kind == old.kind and new.kind not in ("injury", "aim")


def aching(said: Sequence[str]) -> tuple[str, ...]:
    """The parts of one's own body that these messages, oldest first, say to hurt, sore ones among them, and do not say
    to be well again."""
    parts = dict[str, None]()
    for clause in (clause for text in said for clause in _clauses(folded(text))):
        for healed in _healed(clause):
            parts.pop(healed.value, None)
        parts |= dict.fromkeys(_aching_in(clause))
    return tuple(parts)


def _aching_in(clause: str) -> list[str]:
    korean = is_korean(clause)
    denied = (
        NOT_SO_KOREAN.search(clause)
        if korean
        else NOT_SO.search(clause) or ASKS.search(clause) or OTHERS.search(clause)
    )
    aches = not denied and _any("injury", "aches_korean" if korean else "aches").search(clause)
    return _named("parts_ko" if korean else "parts", clause) if aches else []


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in (part.strip() for part in CLAUSE.split(text)) if clause)


def _told(clause: str, aim: Callable[[str], Told | None]) -> list[Told]:
    korean = is_korean(clause)
    weight = [*_bodyweight(ASKED_BESIDE.sub("", clause))]
    if ASKS.search(clause) and not (weight and ASKED_BESIDE.search(clause)):
        return []
    if weight:
        return weight
    aimed = [one] if (one := aim(clause)) else []
    return [*_injuries(clause, korean), *aimed, *_goal(clause, korean), *_equipment(clause, korean)]


def _bodyweight(clause: str) -> Iterator[Told]:
    if found := WEIGHS.search(clause):
        pounds = found["unit"].startswith(("lb", "pound"))
        weight_kg = float(found["value"].replace(",", ".")) / (POUNDS_PER_KG if pounds else 1.0)
        if LIGHTEST_KG <= weight_kg <= HEAVIEST_KG:
            yield Told("bodyweight", f"{weight_kg:.{3 if pounds else 1}f}")  # told back, 180 lb must be 180 lb


def _injuries(clause: str, korean: bool) -> Iterator[Told]:
    if korean:
        if NOT_SO_KOREAN.search(clause) or ASKS_KOREAN.search(clause) or _any("injury", "korean_healed").search(clause):
            return
        if _any("injury", "korean").search(clause):
            yield from (Told("injury", part) for part in _named("parts_ko", clause))
    elif not NOT_SO.search(clause) and _says_injured(clause):
        yield from (Told("injury", part) for part in _named("parts", clause))


def _says_injured(clause: str) -> bool:
    """Whether a part of one's own is said to be hurt: "my knee hurts", "i have knee pain", "i tore my acl"."""
    part, state, noun = _parts(), _any("injury", "state").pattern, _any("injury", "noun").pattern
    ways = (
        rf"\bmy (?:left |right |both )?{part}(?: \w+){{0,3}}? {state}",
        rf"\bi (?:once )?{_any('injury', 'verb').pattern} my (?:left |right |both )?{part}",
        rf"{FIRST}(?: \w+){{0,3}}? (?:a |an |some |the )?(?:{state} )?(?:left |right )?{part} {noun}",
        rf"\b(?:i have|i've got|i've|ive got|i got|with my) (?:\w+ )?{state} (?:left |right )?{part}",
        rf"{FIRST}(?: \w+){{0,3}}? {noun} (?:in|on|of|with) (?:my |the )?(?:left |right |both )?{part}",
        rf"^{part} {noun}(?: \w+)? (?:since|for)\b",
        rf"{FIRST}(?: \w+){{0,4}}? {_any('injury', 'alone').pattern}",
    )
    return any(re.search(way, clause) for way in ways)


def _healed(clause: str) -> list[Told]:
    if is_korean(clause):
        well = _any("injury", "korean_healed").search(clause) and not ASKS_KOREAN.search(clause)
        return [Told("injury", part) for part in _named("parts_ko", clause)] if well else []
    now = rf"\bmy (?:left |right |both )?{_parts()} (?:is|are|feels?|feel) (?:\w+ )?{_any('injury', 'healed').pattern}"
    again = rf"{now}(?: (?:now|again|these days))|\bmy {_parts()} (?:has |have )?(?:fully )?(?:healed|recovered)"
    gone = rf"\bmy {_parts()} (?:doesn't|doesnt|don't|dont|no longer) (?:hurts?|ache) ?(?:any ?more)?"
    dropped = rf"^(?:please )?forget (?:about )?(?:my )?{_parts()}(?: (?:pain|injury|problem|thing))?$"
    said = not ASKS.search(clause) and re.search(f"{again}|{gone}|{dropped}", clause.strip(" .!"))
    return [Told("injury", part) for part in _named("parts", clause)] if said else []


def _goal(clause: str, korean: bool) -> Iterator[Told]:
    said = GOAL_KOREAN.search(clause) if korean else GOAL.search(clause)
    if said and not NOT_SO.search(clause):
        yield from (Told("goal", goal) for goal in _named("goal_ko" if korean else "goal", clause)[:1])


def _equipment(clause: str, korean: bool) -> Iterator[Told]:
    said = ONLY_KOREAN.search(clause) if korean else ONLY.search(clause)
    found = _named("items_ko" if korean else "items", clause) if said else []
    without = re.search(r"\bno (?:barbell|rack|machines?|bench|cables?)\b|(?:바벨|머신|랙)(?:이|은|도)? ?없", clause)
    if found and not without:
        yield Told("equipment", "+".join(found))


def _named(table: str, clause: str) -> list[str]:
    return [name for name, members in load("data/told.toml")[table].items() if _whole(tuple(members)).search(clause)]


def part_in_question(text: str) -> str | None:
    """The part of the body that a question says in passing to be bad: "are swings ok with a bad back"."""
    said = folded(text)
    state, sore = _any("injury", "state").pattern, _any("injury", "aches").pattern
    with_one = rf"\bwith (?:a |an |my |one )?(?:{state}|{sore}) (?:left |right )?{_parts()}"
    found = re.search(with_one, said)
    return next(iter(_named("parts", found.group())), None) if found else None


def _parts() -> str:
    names: Mapping[str, Sequence[str]] = load("data/told.toml")["parts"]
    return _whole(tuple(member for members in names.values() for member in members)).pattern


def _any(table: str, name: str) -> re.Pattern[str]:
    return _whole(tuple(load("data/told.toml")[table][name]))


@cache
def _whole(members: tuple[str, ...]) -> re.Pattern[str]:
    """Matches any of the members, English ones as whole words."""
    either = "|".join(members)
    return re.compile(f"(?:{either})" if any(is_korean(member) for member in members) else rf"\b(?:{either})\b")
