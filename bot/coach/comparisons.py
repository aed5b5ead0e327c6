"""Words of more and less, of praise and blame: whether the facts bear them out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coach.comparing import Direction, Measure, all_sets, heaviest, longest, since_last, slowing
from bot.coach.facts import Facts, past_set
from bot.coach.tell_history import verdict_key
from bot.coach.tell_set import STEADY_S, faults

REPS = r"(?:reps?|repetitions?)"
SAID: tuple[tuple[str, Measure, Direction], ...] = (
    (rf"(?:more|extra|additional|higher|increased)\b[\w\s]{{0,20}}\b{REPS}|{REPS}[\w\s]{{0,12}}\bmore\b", "reps", "more"),
    (rf"(?:fewer|less|lower|decreased)\b[\w\s]{{0,20}}\b{REPS}|{REPS}[\w\s]{{0,12}}\b(?:less|fewer)\b", "reps", "less"),
    (rf"as many {REPS}|same (?:number of |amount of )?{REPS}", "reps", "same"),
    (r"heavier|(?:more|increased|higher)\b[\w\s]{0,12}\b(?:weight|load|kg|lb)|(?:kg|kilos|lbs?|pounds) (?:more|heavier)", "weight", "more"),
    (r"lighter|(?:less|decreased|lower)\b[\w\s]{0,12}\b(?:weight|load|kg|lb)|(?:kg|kilos|lbs?|pounds) (?:less|lighter)", "weight", "less"),
    (r"same weight|same load|weight was the same", "weight", "same"),
    (r"lower(?:ed|ing)?\b[\w\s]{0,14}\b(?:slower|more slowly)|slower[\w\s]{0,10}(?:lowering|descent|eccentric|down)", "eccentric", "more"),
    (r"lower(?:ed|ing)?\b[\w\s]{0,14}\b(?:faster|quicker)|(?:faster|quicker)[\w\s]{0,10}(?:lowering|descent|eccentric|down)", "eccentric", "less"),
    (r"lower(?:ed|ing)?\b[\w\s]{0,14}\bsame pace", "eccentric", "same"),
    (r"lift(?:ed|ing)?\b[\w\s]{0,14}\b(?:slower|more slowly)|slower[\w\s]{0,10}(?:lifting|ascent|concentric|up\b)", "concentric", "more"),
    (r"lift(?:ed|ing)?\b[\w\s]{0,14}\b(?:faster|quicker)|(?:faster|quicker)[\w\s]{0,10}(?:lifting|ascent|concentric|up\b)", "concentric", "less"),
    (r"lift(?:ed|ing)?\b[\w\s]{0,14}\bsame pace", "concentric", "same"),
    (r"deeper|(?:more|greater|increased|larger)\b[\w\s]{0,6}\b(?:range|depth)", "range", "more"),
    (r"shallower|(?:less|smaller|decreased|reduced)\b[\w\s]{0,6}\b(?:range|depth)", "range", "less"),
    (r"range was (?:about )?the same|same range|same depth", "range", "same"),
    (r"held (?:\w+ )?longer", "hold", "more"),
    (r"held (?:\w+ ){0,2}(?:shorter|less long)", "hold", "less"),
    (r"held (?:about )?as long", "hold", "same"),
)  # fmt: skip
OVERALL: tuple[tuple[str, str], ...] = (
    (r"better|improv\w+|progress\w*|stronger|step(?:ped)? up|step forward|gains?\b|leveled up", "verdict_more"),
    (r"worse\w*|weaker|declin\w+|regress\w*|step(?:ped)? down|step back", "verdict_less"),
)
RECORD = re.compile(
    r"\b(?:personal (?:best|record)|new (?:best|record|pr|pb)|all[- ]time|best ever|best yet|pr|pb|record)\b"
)
ANY_COMPARISON = re.compile(
    r"\b(?:more|less|fewer|higher|lower than|heavier|lighter|slower|faster|quicker|deeper|shallower|longer|shorter|better|worse|"
    r"stronger|weaker|improv\w+|progress\w*|increas\w+|decreas\w+|grew|rose|reduc\w+|declin\w+|regress\w*|gain(?:s|ed)?|"
    r"added|up from|down from|same as|as many|as much|ahead of|behind|outperform\w*|surpass\w*|beat(?:en)?|exceed\w*|doubl\w+|step (?:up|down|forward|back))\b"
)  # fmt: skip
SLOWED = re.compile(r"\b(?:slow(?:ed|ing)(?: down)?|slower|fad(?:ed|ing)|tired|fatigued?|grind\w*|dropped off)\b")
NOT_SLOWED = re.compile(r"\b(?:didn't|did not|never|without|no) (?:slow\w*|fad\w*)")
STEADY = re.compile(r"\b(?:steady|consistent\w*|even pace|constant|uniform)\b")
WITHIN_SET = re.compile(
    r"\b(?:slowed|fad(?:ed|ing)|end of the set|(?:first|last|final|later) reps?|rep \d+|toward|as you went|through(?:out)? the set)\b"
)
PRAISE = re.compile(
    r"\b(?:perfect\w*|flawless\w*|excellent|ideal|textbook|impeccable|great|good|nice|solid|impressive|clean|spot on|on point)\b"
    r"[\w\s,]{0,24}\b(?:form|depth|technique|range|posture|alignment|lockout|control|reps?)\b"
    r"|\b(?:form|depth|technique|range|posture|alignment)\b[\w\s,]{0,14}\b(?:perfect|flawless|excellent|ideal|great|good|solid|spot on|on point|clean)\b"
)
BODY = re.compile(
    r"\b(?:your|the|both) (?:\w+ )?(knees?|back|hips?|elbows?|heels?|shoulders?|chest|spine|head|feet|foot|wrists?|neck|core|torso|ankles?|butt|glutes?|toes?|arms?|legs?)\b"
)


def unsupported_comparison(text: str, facts: Facts, *, advice: bool) -> str | None:
    """Why a sentence's words of more, less, good or bad are not borne out; None where they are, or it only advises."""
    if advice:
        return None
    if RECORD.search(text) and not _is_record(facts):
        return "record"
    if PRAISE.search(text) and (facts.this is None or faults(facts.this)):
        return "praise"
    if _strange_body_part(text, facts):
        return "body"
    if _is_about_pace(text):
        return None if _pace_is_so(text, facts) else "pace"
    if not ANY_COMPARISON.search(text) and not any(re.search(said, text) for said, _, _ in SAID):
        return None
    return None if _comparison_is_so(text, facts) else "comparison"


def _comparison_is_so(text: str, facts: Facts) -> bool:
    """Every comparison found is true against the last set, and at least one could be read at all."""
    claims = list(_read(text))
    directions = {change.measure: change.direction for change in since_last(facts)}
    overall = [key for said, key in OVERALL if re.search(rf"\b(?:{said})", text)]
    verdict = verdict_key(since_last(facts)) if directions else None
    stated = all(directions.get(measure) == direction for measure, direction in claims)
    return bool(claims or overall) and stated and all(verdict == key for key in overall)


def _read(text: str) -> Iterator[tuple[Measure, Direction]]:
    for said, measure, direction in SAID:
        if re.search(rf"\b(?:{said})", text):
            yield measure, direction


def _is_about_pace(text: str) -> bool:
    if STEADY.search(text) or NOT_SLOWED.search(text):
        return True
    return bool(SLOWED.search(text) and WITHIN_SET.search(text))


def _pace_is_so(text: str, facts: Facts) -> bool:
    found = slowing(facts.this) if facts.this else None
    if found is None:
        return False
    change_s = found.last_s - found.first_s
    if STEADY.search(text):
        return abs(change_s) < STEADY_S
    return change_s < STEADY_S if NOT_SLOWED.search(text) else change_s >= STEADY_S


def _is_record(facts: Facts) -> bool:
    """Whether the set in question is the heaviest known, or has the most repetitions, with an earlier one to beat."""
    if facts.this is None or facts.last_same is None:
        return False
    sets, this = all_sets(facts, facts.this.exercise), past_set(facts.this)
    return this in (heaviest(sets), longest(sets))


def _strange_body_part(text: str, facts: Facts) -> bool:
    """Whether a part of the body is spoken of that no finding is about."""
    about = " ".join(one.cue.lower() for one in facts.this.findings) if facts.this else ""
    return not _body_parts(text) <= _body_parts(about)


def _body_parts(text: str) -> set[str]:
    return {match.group(1).rstrip("s") for match in BODY.finditer(text)}
