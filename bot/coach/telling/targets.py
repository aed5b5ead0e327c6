"""Whether the phases of a set lasted as long as somebody prescribed."""

from __future__ import annotations

from bot.coach.facts import Facts, SetFacts
from bot.coach.facts.comparing import margin_s
from bot.coach.hearing.targets import Target
from bot.coach.language import known, plain, say
from bot.coach.telling.answer import Answer
from bot.coach.telling.rough import rough
from bot.coach.telling.times import phase


def held_against(facts: Facts, this: SetFacts, target: Target) -> Answer:
    """In how many of the complete repetitions the phase lasted so long, and how long it usually took.

    Those that fall short by less than a time is measured exactly are told apart: they may have been long enough.
    """
    of_lowering = target.phase == "lowering"
    took_s = [rep.eccentric_s if of_lowering else rep.concentric_s for rep in this.reps if rep.complete]
    took_s = [one for one in took_s if known(one)]
    if not took_s:
        return Answer((say(facts.language, "tempo_unknown"),))
    long_enough = sum(one >= target.seconds for one in took_s)
    close = sum(target.seconds - margin_s(this) <= one < target.seconds for one in took_s)
    key = "all" if long_enough == len(took_s) else "some" if long_enough else "none"
    values = {"seconds": plain(target.seconds), "count": long_enough, "reps": len(took_s)}
    verdict = say(facts.language, f"target_{target.phase}_{key}", **values)
    nearly = (say(facts.language, "target_nearly", count=close),) if close else ()
    usual = phase(facts, this, target.phase)[:1]
    return Answer((verdict, *nearly, *usual, *rough(facts, this)), general=(verdict, *nearly))
