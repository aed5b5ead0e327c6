"""What three new users said that was misheard: a beginner with a sore knee, a powerlifter, one who asks for honesty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.safety.gate import check
from pipeline.values import UNKNOWN, Caveat, Doubt
from tests.coach.conversation import COACH, last_answer

SORE = "저 무릎이 좀 시큰거려요"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("몇 번째가 제일 빨랐어요", "가장 빠른 것은"),
        ("그럼 단백질은 얼마나 먹어요", "단백질 1.6 g"),
        ("얼음찜질 하면 될까요", "낫게 해 주지는 않아요"),
        ("물은 얼마나 마셔야 돼요", "목마를 때"),
        ("밤이라 어두운데 괜찮을까요", "골반 높이"),
        ("하루에 몇 세트요?", "일주일에 힘든 세트 10개"),
        ("제 기록 친구가 볼 수 있나요", "본인의 기록도 다른 사람에게 보이지"),
        ("제 무릎이 발끝보다 나갔나요", "발끝"),
        ("허리가 꺾였나요", "선"),
        ("마지막 운동이 언제였죠", "마지막 날은 2026년 3월 10일"),
        ("병원에서는 연골이 조금 약하대요", "제 말보다 먼저예요"),
        ("집에 매트랑 의자밖에 없어요", "맨몸으로"),
    ],
)
async def test_a_korean_beginner_is_understood(asked: str, told: str) -> None:
    assert told in await last_answer(SCENES["squat_ko"], asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("opener?", "three on a bad day"),
        ("water cut ok?", "I give no plan for that"),
        ("caffiene b4 lifting", "cup or two of coffee"),
        ("my hands shakin after that single normal?", "passes within minutes"),
        ("do u do bench", "I know the usual lifts"),
        ("how long since my last workout", "The last day from which I have a set is March 10"),
        ("whats ur error margin", "nine in ten"),
        ("does the owner of this bot read my messages", "whoever runs it could look"),
        ("what's my name", "four things"),
        ("do i look fat in the video", "no opinion on your body"),
        ("is my squat better than the average woman's", "I don't rank you"),
        ("i sped the video up 2x", "every second that I tell is wrong"),
        ("two people in the video, which one is me?", "the one who trains"),
        ("record me live", "I see nothing live"),
        ("sharp in hip crease at bottom", "Stop the set for that kind of pain"),
    ],
)
async def test_terse_and_distrustful_ones_are(asked: str, told: str) -> None:
    assert told in await last_answer(SCENES["squat"], asked)


async def test_a_question_on_a_knee_heals_none() -> None:
    assert not COACH.learn("제 무릎이 발끝보다 나갔나요")
    assert not COACH.learn("무릎 다 나았어?")
    assert [one.value for one in COACH.learn("무릎 다 나았어요").healed] == ["knee"]


async def test_what_hurts_less_is_no_comparison_of_sets() -> None:
    assert "살살" in await last_answer(SCENES["squat_ko"], SORE, "좀 나아졌어요")
    assert "Go on gently" in await last_answer(SCENES["squat"], "my knee is a bit achy", "it's better now")


async def test_what_may_be_misheard_says_so_and_what_is_clear_does_not() -> None:
    assert "If I understand you right" in await last_answer(SCENES["squat"], "how far off")
    assert "If I understand you right" not in await last_answer(SCENES["squat"], "how many reps")


@pytest.mark.parametrize(
    ("scene", "text", "told"),
    [
        ("squat", "whats the point of the pause thing", "takes the bounce away"),
        ("squat", "how much did i burn", "I can't measure that"),
        ("squat", "im 61, can i still do this", "never too late"),
        ("squat", "what does 2.1-0.4-1.2 mean", "the four numbers are the seconds"),
        ("curl", "my elbow clicks", "wrists or elbows"),
        ("plank", "my hips dropped?", "Lift your hips"),
        ("session", "how was my workout overall", "Today you did this"),
    ],
)
async def test_what_another_reader_asked_has_its_own_answer(scene: str, text: str, told: str) -> None:
    said = await last_answer(SCENES[scene], text)
    assert told in said
    assert "If I understand you right" not in said


async def test_the_first_remark_adds_no_load_to_a_sore_knee() -> None:
    clean = replace(SCENES["squat_ko"].this, findings=()) if SCENES["squat_ko"].this else None
    facts = replace(SCENES["squat_ko"], this=clean)
    said = " ".join([one.text async for one in COACH.first_remark(facts, (Turn("user", SORE),))])
    assert "늘려" not in said
    assert "아프지 않게 되면" in said


async def test_no_form_that_was_not_judged_is_called_faultless() -> None:
    this = SCENES["clean"].this
    assert this is not None
    for of_set, said in (
        (replace(this, reps=(), tempo=None), "no form to judge"),
        (replace(this, exercise=UNKNOWN), "I don't judge its form"),
        (replace(this, form_judged=()), "I couldn't judge the form of this set"),
    ):
        facts = replace(SCENES["clean"], this=of_set)
        remark = " ".join([one.text async for one in COACH.first_remark(facts)])
        assert said in remark
        assert said in await last_answer(facts, "rate my form")
        assert "no fault" not in remark


async def test_where_the_view_hid_all_that_is_judged_no_fault_is_denied() -> None:
    this = SCENES["clean"].this
    assert this is not None
    aslant = (Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "angle"}),)
    facts = replace(SCENES["clean"], this=replace(this, exercise="squat", form_judged=(), caveats=aslant))
    for text in ("what should i fix", "rate my form", "how was my form in rep 2"):
        said = await last_answer(facts, text)
        assert "no fault" not in said
    assert "film from" in await last_answer(facts, "what should i fix")


async def test_after_a_hold_no_repetition_is_advised() -> None:
    plank = SCENES["plank"].this
    assert plank is not None
    facts = replace(SCENES["plank"], this=replace(plank, findings=()))
    said = " ".join([one.text async for one in COACH.first_remark(facts)])
    assert "a few seconds longer" in said
    assert "add a rep" not in said


@pytest.mark.parametrize(
    "text", ["i have asthma and a bad shoulder", "허리가 꺾였나요", "explain it like i'm five", "제 등이 굽었나요"]
)
def test_a_question_is_no_alarm(text: str) -> None:
    assert check(text, "en") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("허리가 꺾였어요 너무 아파요", "injury"),
        ("my age is 15, can i lift?", "child"),
        ("asthma attack, can't breathe", "breath"),
        ("pulled hammy yday", "injury"),
    ],
)
def test_what_is_one_stays_one(text: str, kind: str) -> None:
    alarm = check(text, "en")
    assert alarm is not None
    assert alarm.kind == kind


async def test_a_weight_asked_after_is_no_count() -> None:
    assert COACH.correction("wat day did i hit 455", SCENES["squat"]) is None
    assert "'fix the count'" not in await last_answer(SCENES["squat"], "wat day did i hit 455")


async def test_a_set_in_which_nothing_was_counted_is_compared_with_none() -> None:
    this = SCENES["squat"].this
    assert this is not None
    nothing = replace(SCENES["squat"], this=replace(this, reps=(), tempo=None))
    assert await last_answer(nothing, "did i improve") == "I counted no complete repetition in this recording."
    assert "best" not in await last_answer(nothing, "i am quite proud of myself")
    before = SCENES["squat"].history
    after_nothing = replace(SCENES["squat"], history=(replace(before[0], rep_count=0), *before[1:]))
    assert "0 reps" not in await last_answer(after_nothing, "did i improve")


async def test_why_the_coach_says_so_is_told_by_what_it_measured_with() -> None:
    this = SCENES["curl"].this
    assert this is not None
    unjudged = replace(SCENES["curl"], this=replace(this, form_judged=(), findings=()))
    assert "from your clip" in await last_answer(unjudged, "why did u say that")


@pytest.mark.parametrize(
    ("exercise", "told"),
    [("squat", "film from the side"), ("jumping_jack", "film from the front"), ("bench_press", "doesn't show")],
)
async def test_a_hidden_range_is_told_with_the_view_that_would_show_it(exercise: str, told: str) -> None:
    this = SCENES["clean"].this
    assert this is not None
    hidden = replace(this, exercise=exercise, caveats=(Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "angle"}),))
    assert told in await last_answer(replace(SCENES["clean"], this=hidden), "how sure are you of this set?")
