"""What is said of a set's form: the one thing to work on, depth, the line of the body, and a word on the whole set."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import was_a_grind
from bot.coach.language import Sentences, degrees, numbers, say
from bot.coach.telling.careful import part_loaded, spared_at
from bot.coach.telling.rough import doubted_once, rough
from bot.coach.telling.sets import caveats, count, doubts, wanted_view
from bot.coach.telling.times import first_and_last, pace, tempo_line
from pipeline.catalogue import find
from pipeline.catalogue.rules import judged_from
from pipeline.values import UNKNOWN, Finding, range_is_hidden

# Parts of the names of form rules (pipeline/catalogue/rules.toml) that are about the line of the body, and about depth.
LINE_RULES = ("line", "kip", "swing", "lean", "trunk", "heel", "valgus", "plank")
LINE_ASPECTS = frozenset(("line", "trunk"))
DEPTH_RULES = ("depth", "parallel", "bottom", "hang", "range", "upper_arm", "rear_knee", "front_knee", "rom")


def ranked(this: SetFacts) -> tuple[Finding, ...]:
    """Findings, the severe first, then those seen in most repetitions; mere information last."""
    weight_of = {"severe": 0, "mild": 1, "info": 2}
    return tuple(sorted(this.findings, key=lambda one: (weight_of[one.severity], -len(one.reps))))


def faults(this: SetFacts) -> tuple[Finding, ...]:
    """What may be called a fault, the weightiest first."""
    return tuple(one for one in ranked(this) if one.severity != "info")


def fix(facts: Facts, this: SetFacts) -> Sentences:
    """The one thing to work on, where it was seen, and the next one."""
    found = faults(this)
    if not found and this.kind == "log":
        return (say(facts.language, "log_no_form"),)
    if not found and this.is_torn:
        return (say(facts.language, "torn_no_form"),)
    if not found and (unjudged := _why_unjudged(this)):
        seen_askew = unjudged == "form_unjudged" and _is_askew(this)
        view = (say(facts.language, f"doubt_view_hides_range{wanted_view(this)}"),) if seen_askew else ()
        return (say(facts.language, unjudged), *view)
    if not found:
        part = part_loaded(facts)  # no more of what loads a part that hurts
        further = spared_at(part, facts, this)[:1] if part else (say(facts.language, _next_step(this)),)
        return (say(facts.language, "no_fault"), *further)
    second = tuple(say(facts.language, "second_cue", cue=one.cue) for one in found[1:2])
    return (say(facts.language, "main_cue", cue=found[0].cue), *where(facts, found[0]), *second)


def work_on(facts: Facts, this: SetFacts) -> Sentences:
    """The one thing to work on; of a log, which shows no form, how the pace was and, after a grind, to stay."""
    if faults(this) or this.kind != "log" or not this.rep_count or part_loaded(facts):
        return fix(facts, this)
    grind = (say(facts.language, _next_step(this)),) if was_a_grind(this) else ()
    return (*fix(facts, this), *pace(facts, this)[:1], *grind)


def _why_unjudged(this: SetFacts) -> str | None:
    """Why nothing can be said of the form: no repetition was seen, it is not known which exercise it was, or none of
    its rules could be judged."""
    if this.rep_count == 0 and not this.is_hold:
        return "none_no_form"
    if this.exercise == UNKNOWN:
        return "unknown_no_form"
    return None if this.form_judged or this.kind == "log" or this.is_torn else "form_unjudged"


def _next_step(this: SetFacts) -> str:
    """What to do after a set without a fault; form that was not seen is not to be kept as it is."""
    if was_a_grind(this):
        return "no_fault_grind" if this.weight_kg is not None else "no_fault_grind_bare"
    if _is_askew(this):
        return f"doubt_view_hides_range{wanted_view(this)}"
    return "no_fault_hold" if this.is_hold else "no_fault_hint"


def where(facts: Facts, finding: Finding) -> Sentences:
    """In which repetitions a fault was seen; nothing where it is of the whole set."""
    if not finding.reps:
        return ()
    key = "main_cue_rep" if len(finding.reps) == 1 else "main_cue_reps"
    return (say(facts.language, key, numbers=numbers(facts.language, finding.reps)),)


def fix_of_rep(facts: Facts, this: SetFacts, number: int) -> Sentences:
    """What was at fault in one repetition (-1 is the last complete one); that nothing was where it was judged."""
    if this.kind == "log" or this.is_torn:
        return fix(facts, this)
    last = max((rep.number for rep in this.reps if rep.complete), default=0)
    at_fault = [one for one in faults(this) if (last if number == -1 else number) in one.reps]
    if not at_fault and _why_unjudged(this):
        return fix(facts, this)
    if not at_fault:
        return (say(facts.language, "no_fault_rep"),)
    return (say(facts.language, "main_cue", cue=at_fault[0].cue), *where(facts, at_fault[0]), *_by(facts, at_fault[0]))


def seen_in(facts: Facts, this: SetFacts) -> Sentences:
    """In which repetitions the weightiest fault was seen; where there is none, or none of them, what to work on."""
    found = faults(this)
    return (where(facts, found[0]) if found else ()) or fix(facts, this)


def limits(facts: Facts, this: SetFacts) -> Sentences:
    """Each fault with what was measured and its limit; what else is to be said of the form where there is none."""
    told = tuple(
        sentence for one in faults(this) if (by := _by(facts, one)) for sentence in (one.cue, *where(facts, one), *by)
    )
    return told or fix(facts, this)


def _by(facts: Facts, finding: Finding) -> Sentences:
    """By how much, where it was measured in degrees."""
    if finding.unit != "°":
        return ()
    return (say(facts.language, "finding_by", measured=degrees(finding.measured), limit=degrees(finding.limit)),)


def depth(facts: Facts, this: SetFacts) -> Sentences:
    """Depth and range: a fault where one was found, else the range, else why it can't be told; of a hold its line."""
    if this.is_hold:
        return line(facts, this)
    found = _of_kind(this, DEPTH_RULES)
    typical = () if math.isnan(this.range_deg) else (say(facts.language, "range", degrees=degrees(this.range_deg)),)
    measured = (*typical, *(first_and_last(facts, this, "range") if typical else ()))
    if found:
        return (say(facts.language, "depth_fault", cue=found.cue), *where(facts, found), *_by(facts, found), *measured)
    if _is_askew(this):
        return (say(facts.language, f"doubt_view_hides_range{wanted_view(this)}"),)
    fine = () if not measured or _aspects(this) <= LINE_ASPECTS else (say(facts.language, "depth_fine"),)
    return (*fine, *measured) if measured else (say(facts.language, "range_unknown"),)


def _is_askew(this: SetFacts) -> bool:
    """Whether another camera angle would show how far the joints bend; of a press on the back none does."""
    exercise = find(this.exercise)
    return range_is_hidden(this.caveats) and not (exercise and judged_from(exercise) == "nowhere")


def line(facts: Facts, this: SetFacts) -> Sentences:
    """The line of the body: a fault where one was found, none where a rule was judged, else that it was not."""
    found = _of_kind(this, LINE_RULES)
    if found:
        return (say(facts.language, "line_fault", cue=found.cue), *where(facts, found), *_by(facts, found))
    fine = "line_fine" if _aspects(this) & LINE_ASPECTS else "line_unjudged"
    return (say(facts.language, "torn_no_form" if this.is_torn else fine), *doubts(facts, this))


def _aspects(this: SetFacts) -> frozenset[str]:
    """What of the form was judged, as the catalogue's rules call it."""
    return frozenset(this.form_judged)


def _of_kind(this: SetFacts, kinds: tuple[str, ...]) -> Finding | None:
    return next((one for one in faults(this) if any(kind in one.rule for kind in kinds)), None)


def verdict(facts: Facts, this: SetFacts) -> Sentences:
    """A short word on the whole set: count, tempo, the one cue, and the first doubt; of rough times that too."""
    beat = tempo_line(facts, this)
    found = faults(this)
    judged = this.kind != "log" and not this.is_torn and not _why_unjudged(this)
    cue = fix(facts, this)[:2] if found else (say(facts.language, "no_fault"),) if judged else ()
    doubt = (*caveats(facts, this)[:1], *(rough(facts, this) if beat else ()))
    return doubted_once(facts, (*count(facts, this), *((beat,) if beat else ()), *cue, *doubt))
