"""Questions about what is stored: a quantity, how it is summed up, of what, and held against what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import LOG, SCENES, TODAY
from bot.coach.facts import Facts
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import last_answer

SQUAT, DAY, SESSION, KOREAN, PLANK = (SCENES[name] for name in ("squat", "day", "session", "squat_ko", "plank"))
ROUGH = replace(SQUAT, this=SQUAT.this and replace(SQUAT.this, caveats=(Caveat(Doubt.TIMES_UNSURE),)))


@pytest.mark.parametrize(
    ("facts", "messages", "held"),
    [
        (SQUAT, ("mean lowering time",), "Lowering time, this set: 2.1 s on average over 8 reps."),
        (SQUAT, ("how long was my average rep",), "Time per rep, this set: 3.8 s on average over 8 reps."),
        (SQUAT, ("how many squats did i do this month?", "how was it?"), "I counted 8 complete reps of squat."),
        (SQUAT, ("average reps of my last 3 squat sessions",), "Reps, the last 3 times: 8.3 reps on average"),
        (SQUAT, ("average reps of my last 7 squat sessions",), "Reps, all I have of squat: 8.8 reps on average"),
        (SQUAT, ("average range of the last three reps",), "Range, reps 6, 7 and 8: 90° on average over 3 reps."),
        (SQUAT, ("what fraction of the time was lowering",), "Lowering time, this set: 56 % of each rep, 2.1 s of 3.8"),
        (SQUAT, ("ratio of lowering to lifting",), "2.1 s to 1.3 s on average, 1.7 to 1."),
        (SQUAT, ("how much slower was rep 8 than rep 1 in percent",), "That is 0.8 s slower (80 %)."),
        (SQUAT, ("second half vs first half, lifting time, how much slower",), "1.4 s on average (reps 5, 6, 7 and"),
        (SQUAT, ("standard deviation of my lifting time",), "1.8 s over 8 reps, a standard deviation of 0.3 s."),
        (SQUAT, ("average weight of my squats",), "Weight, all I have of squat: 53.1 kg on average over 4 sets."),
        (SQUAT, ("trend in weight over time",), "From the first to the last that is 15 kg more (33 %)."),
        (SQUAT, ("how much more weight than march 3",), "57.5 kg (March 3, 2026). That is 2.5 kg more."),
        (SESSION, ("average reps per set today",), "Reps, today: 8 reps on average over 3 sets."),
        (SESSION, ("how much heavier was set 3 than set 1",), "72.5 kg (set 3), 70 kg (set 1). That is 2.5 kg more."),
        (SESSION, ("volume per set",), "700 kg (set 1); 580 kg (set 2); 435 kg (set 3)."),
        (SESSION, ("total time under tension today",), "79.3 s in total over 3 sets."),
        (SQUAT, ("when did i first squat 50",), "was this: Squat, February 24, 2026: 10 reps"),
        (SQUAT, ("when did i first squat 100",), "None of your squat sets I have was that much."),
        (SQUAT, ("what's my average",), "53.1 kg on average over 4 sets. Range, lifting and lowering"),
        (SQUAT, ("how low did i get on average",), "Range, this set: 94° on average over 8 reps."),
        (SQUAT, ("e1rm vs march 3",), "76 kg (this set), 70.9 kg (March 3, 2026). That is 5.1 kg more."),
        (SQUAT, ("average of my last 2 squat sessions",), "7.5 reps on average over 2 sets. Weight"),
        (SQUAT, ("how much has my squat gone up since feb 24",), "that is 10 kg more (20 %)."),
        (SQUAT, ("was i faster than last time",), "1.2 s (this set), 1.3 s (March 3, 2026)."),
        (SQUAT, ("what fraction of my range did i lose by the last rep",), "98° (rep 1). That is 10° less"),
        (SQUAT, ("how confident are you it's squats",), "I was 91 % sure of that."),
        (KOREAN, ("마지막 세 개가 너무 느렸죠?",), "6번째 1.3초; 7번째 1.5초; 8번째 1.8초."),
        (KOREAN, ("내리는 시간 평균",), "내리는 시간(이번 세트): 8회 평균 2.1초."),
        (KOREAN, ("1번이랑 8번 올라오는 시간 몇 배야",), "1.8배"),
        (KOREAN, ("스쿼트 무게 평균이 얼마야",), "4세트 평균 53.1 kg"),
    ],
)  # fmt: skip
async def test_a_figure_is_reckoned(facts: Facts, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(facts, *messages)


@pytest.mark.parametrize(
    ("facts", "messages", "held"),
    [
        (SQUAT, ("average range of the first three reps", "and of the last three"), "reps 6, 7 and 8: 90°"),
        (SQUAT, ("how many more reps than march 3", "what % more is that"), "That is 1 rep more (14 %)."),
        (SQUAT, ("how slow was the lowering", "is that slower than march 3?"), "this set), 1.6 s (March 3, 2026)."),
        (SQUAT, ("mean lowering time", "and going up?"), "Lifting time, this set: 1.3 s on average"),
        (SQUAT, ("what did i squat on march 3", "heavier than the time before?"), "57.5 kg (March 3, 2026), 50 kg"),
        (SQUAT, ("what did i squat on february 10", "and the time before?"), "no set of squat from before that"),
        (SQUAT, ("how deep was i on march 3", "and the tempo then"), "Lowering time in a typical rep, March 3"),
        (SESSION, ("total reps today", "is that more than on march 5"), "24 reps in total (today), 6 reps (March 5"),
        (SQUAT, ("how long did the lifting take", "and on march 3?"), "in a typical rep, March 3, 2026: 1.3 s."),
        (KOREAN, ("내리는 시간 평균", "올라오는 시간은?"), "올리는 시간(이번 세트): 8회 평균 1.3초."),
    ],
)  # fmt: skip
async def test_what_is_left_out_was_said_before(facts: Facts, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(facts, *messages)


@pytest.mark.parametrize(
    ("facts", "asked", "held"),
    [
        (SCENES["day"], "was bench deeper on thursday, by how much", "I didn't measure range there"),
        (SESSION, "how much deeper was set 2 than set 1", "too close for me to tell apart"),
        (SQUAT, "how many more reps than in january", "January: I have no set from then."),
        (replace(SQUAT, history=()), "trend in weight over time", "That is only one, so there is no trend yet."),
        (Facts(TODAY, LOG), "average range", "A sensor only shows how it moves itself"),
        (ROUGH, "what fraction of the time was lowering", "These times are too rough for a percentage or a ratio"),
        (ROUGH, "mean lowering time", "about 2 s on average over 8 reps. I couldn't"),
    ],
)  # fmt: skip
async def test_what_is_not_known_is_said_to_be(facts: Facts, asked: str, held: str) -> None:
    assert held in await last_answer(facts, asked)


@pytest.mark.parametrize(
    "asked",
    [
        "what's the average squat for a man",
        "is an average of 3 reps enough",
        "how much more weight should i use next time",
        "how long is a training cycle",
        "what percentage of my max was that",
        "gap between my legs",
        "how to add weight over time",
        "보통 사람 평균 무게는?",
    ],
)
async def test_norms_and_advice_are_nothing_that_is_stored(asked: str) -> None:
    said = await last_answer(KOREAN if asked.startswith("보") else SQUAT, asked)
    assert "on average over" not in said
    assert "평균 " not in said or "세트 평균" not in said
