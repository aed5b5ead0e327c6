"""What is said to what is no question: that it went well, that it was hard, that more will come; and to one who wants
to hear something good."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts, past_set
from bot.coach.facts.comparing import best_of, since_last
from bot.coach.language import Sentences, say
from bot.coach.telling import photos as pictured
from bot.coach.telling.against import compare, verdict_key
from bot.coach.telling.form import faults
from bot.coach.telling.rounds import count as count_of_round
from bot.coach.telling.sets import count, hold


def glad(facts: Facts) -> Sentences:
    """To one who is pleased: what the set gives reason for."""
    return (say(facts.language, "glad"), *good_news(facts))


def worn(facts: Facts) -> Sentences:
    """To one for whom it was hard: that it may be, and what was done all the same."""
    return (say(facts.language, "worn"), *good_news(facts))


def ashamed(facts: Facts) -> Sentences:
    """To one who thinks little of it: that nobody is compared with others, and what was done."""
    return (say(facts.language, "ashamed"), *good_news(facts))


def praise(facts: Facts) -> Sentences:
    """What was good."""
    return good_news(facts) or (say(facts.language, "glad"),)


def planned(facts: Facts) -> Sentences:
    """To one who tells what comes next."""
    return (say(facts.language, "planned"),)


def arrived(facts: Facts) -> Sentences:
    """Whether what was sent is there, and what it holds."""
    if facts.photo:
        return (say(facts.language, "arrived"), *pictured.name(facts, facts.photo))
    if facts.this is None:
        return (say(facts.language, "no_set"),)
    return (say(facts.language, "arrived"), *_done(facts, facts.this))


def good_news(facts: Facts) -> Sentences:
    """What was better than before, or the best so far, or without a fault; at least what was done."""
    this = facts.this
    if this is None or facts.photo:
        return ()
    change = since_last(facts) if facts.last_same else ()
    if change and verdict_key(change) == "verdict_more":
        return (*_done(facts, this), *compare(facts, this)[:1], compare(facts, this)[-1])
    earlier, this_one = facts.earlier(this.exercise), past_set(this)
    surpassed = bool(earlier) and best_of((*earlier, this_one)) is this_one  # a set just as good is not
    best = (say(facts.language, "best_so_far"),) if surpassed else ()
    fine = (say(facts.language, "no_fault"),) if this.form_judged and not faults(this) and not this.is_torn else ()
    return (*_done(facts, this), *(best or fine))


def _done(facts: Facts, this: SetFacts) -> Sentences:
    tell = count_of_round if this.is_round else hold if this.is_hold else count
    return tell(facts, this)[:1]
