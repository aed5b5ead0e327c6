"""How many repetitions or blows fell into the first or the last seconds of a set."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.hearing.windows import Window
from bot.coach.language import plain, say
from bot.coach.telling import rounds
from bot.coach.telling import sets as told
from bot.coach.telling.answer import Answer
from bot.coach.telling.rough import rough


def within_seconds(facts: Facts, this: SetFacts, window: Window) -> Answer:
    """The number of complete repetitions that ended within the window, or of the blows that landed in it; that the set
    was no longer, where it was not."""
    reps = [rep for rep in this.reps if rep.complete]
    if not reps:
        return Answer((say(facts.language, "count_none"),))
    if not all(rep.seen for rep in reps):
        return Answer((say(facts.language, "doubt_reps_not_timed"),))
    begun_s, ended_s = reps[0].start_s, reps[-1].end_s
    if window.seconds >= ended_s - begun_s:
        said = say(facts.language, "window_longer", seconds=plain(round(ended_s - begun_s)))
        return Answer((said, *(rounds.count if this.is_round else told.asked_count)(facts, this)), general=(said,))
    at_s = [rep.turn_s if this.is_round else rep.start_s if window.at_end else rep.end_s for rep in reps]
    inside = [ended_s - at <= window.seconds if window.at_end else at - begun_s <= window.seconds for at in at_s]
    key = f"window_{'blows' if this.is_round else 'reps'}_{'last' if window.at_end else 'first'}"
    said = told.reps_sentence(facts, key, sum(inside), seconds=plain(window.seconds))
    return Answer((said, *told.torn(facts, this), *rough(facts, this)), general=(said,))
