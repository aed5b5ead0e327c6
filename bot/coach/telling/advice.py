"""What is known about mending a fault: the piece of knowledge for it, and what the set in question showed of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.coach.facts import Facts, SetFacts
from bot.coach.language import Sentences, load, say
from bot.coach.telling import form
from bot.coach.words import folded

ASKED_OF_A_SET = frozenset({"heels", "knees_in", "squat_lean"})  # topics on a fault that a clip may show
OF_THIS_SET = re.compile(
    r"^(?:and |so |but )*(?:did|were|was) (?:my|the|i)\b|(?:들렸|떴|모였|모이|숙여졌|들어갔|무너졌)[가-힣]*\??$"
)


def seen_of(name: str, asked: str, facts: Facts) -> Sentences:
    """What the set in question showed of a topic on form, where the question is of that set: "did my heels lift?"."""
    this = facts.this
    if this is None or this.kind != "clip" or name not in ASKED_OF_A_SET or not OF_THIS_SET.search(folded(asked)):
        return ()
    found = next((one for one in form.faults(this) if topic_of_rule(one.rule) == name), None)
    if found is None:
        return (say(facts.language, "not_noted"),)
    return (say(facts.language, "main_cue", cue=found.cue), *form.where(facts, found))


def topics_of(this: SetFacts) -> tuple[str, ...]:
    """The topic that explains the weightiest fault, if there is one."""
    found = form.faults(this)
    name = topic_of_rule(found[0].rule) if found else None
    return (name,) if name else ()


def topic_of_rule(rule: str) -> str | None:
    """The topic that explains a form rule: the longest beginning of its name wins."""
    table: Mapping[str, str] = load("data/topics_of_rules.toml")
    matching = [start for start in table if rule.startswith(start)]
    return table[max(matching, key=len)] if matching else None
