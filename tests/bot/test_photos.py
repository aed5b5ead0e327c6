"""A photo in the chat: it comes back drawn upon, with what it shows; named by its caption; or refused with a reason."""

from __future__ import annotations

import asyncio
import math
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from bot.sentences import LANGUAGES
from bot.tasks import AnalyzePhoto, DrawnPhoto, Result, Task
from bot.words.captions import CAPTION_LIMIT
from bot.words.photo_messages import photo_caption, photo_text, photo_title, photo_words
from bot.workers.work import perform
from models.tables import JobState
from pipeline.errors import AnalysisError, NobodyInPicture, NotAPicture
from pipeline.photo.answer import Level
from pipeline.photo.report import Difference, PhotoReport
from pipeline.photo.words import PhotoWords
from pipeline.values import Candidate, Caveat, Doubt, Recognition
from pipeline.video.decode import Sampling
from tests.bot.house import PNG, House, ScriptedExecutor, living
from tests.bot.phone import LONG_S, STEP_S, flat, settled
from tests.models.people import jobs_of
from tests.pipeline.photo.bodies import warrior_report

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
BENT = Difference("knee", "left", 95.0, 176.0, 4.0, within=False)


async def test_a_photo_comes_back_drawn_upon_and_named(house: House, executor: ScriptedExecutor) -> None:
    user = house.sandbox.user(1001)
    await user.send_photo(JPEG)
    drawn = await user.wait_for(lambda message: message.kind == "photo" and "Warrior II" in message.text, LONG_S)
    assert drawn.content == PNG
    assert "Virabhadrasana II" in drawn.text
    assert isinstance(executor.tasks[0], AnalyzePhoto)
    assert list(house.settings.clips_dir.iterdir()) == []


@pytest.mark.parametrize(
    ("caption", "slug"), [("tree pose", "tree_pose"), ("나무 자세", "tree_pose"), ("Squat", "squat")]
)
async def test_a_caption_says_what_the_photo_shows(
    house: House, executor: ScriptedExecutor, caption: str, slug: str
) -> None:
    user = house.sandbox.user(1001)
    await user.send_photo(JPEG, caption=caption)
    await user.wait_for(lambda message: message.kind == "photo" and "Warrior" in message.text, LONG_S)
    task = executor.tasks[0]
    assert isinstance(task, AnalyzePhoto)
    assert task.exercise == slug


async def test_what_an_earlier_photo_was_said_to_show_is_expected_of_the_next(
    house: House, executor: ScriptedExecutor
) -> None:
    user = house.sandbox.user(1001)
    answered = 0
    for caption in ("tree pose", ""):
        await user.send_photo(JPEG, caption=caption)
        drawn = await user.wait_for(
            lambda message: message.kind == "photo" and "Warrior" in message.text, LONG_S, after=answered
        )
        answered = drawn.id
    first, second = executor.tasks
    assert isinstance(first, AnalyzePhoto)
    assert isinstance(second, AnalyzePhoto)
    assert (second.exercise, second.told_before) == (None, ("tree_pose",))


async def test_a_photo_sent_as_a_file_is_a_photo(house: House, executor: ScriptedExecutor) -> None:
    user = house.sandbox.user(1001)
    await user.send_document(JPEG, file_name="IMG_1.jpg", mime_type="image/jpeg")
    await user.wait_for(lambda message: message.kind == "photo" and "Warrior" in message.text, LONG_S)
    assert isinstance(executor.tasks[0], AnalyzePhoto)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NobodyInPicture(seen_share=0.0), "couldn't find anybody in that photo"),
        (NotAPicture(), "JPEG or PNG"),
    ],
)
async def test_a_photo_that_shows_nothing_is_refused_with_a_reason(
    sandbox: Sandbox, tmp_path: Path, error: AnalysisError, words: str
) -> None:
    def refuse(_: Task) -> Result:
        raise error

    async with living(sandbox, tmp_path, ScriptedExecutor(refuse)) as house:
        user = house.sandbox.user(1001)
        await user.send_photo(JPEG)
        await user.wait_for(words, LONG_S)


def unsure(task: Task) -> Result:
    """A photo whose pose is not sure until somebody says it."""
    assert isinstance(task, AnalyzePhoto)
    if task.exercise:
        given = Recognition(task.exercise, 1.0, given=True)
        return DrawnPhoto(replace(warrior_report(), said=task.exercise, recognition=given, view=None), PNG)
    likely = tuple(Candidate(name, share) for name, share in (("tree_pose", 0.3), ("eagle_pose", 0.04)))
    recognition = Recognition("standing_split_pose", 0.35, likely, coarse=True)
    unknown = replace(warrior_report(), said="standing", level="large_group", recognition=recognition, differences=())
    return DrawnPhoto(replace(unknown, view=None), PNG)


async def test_an_unsure_photo_asks_with_three_names_and_shows_the_one_that_was_tapped(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    executor = ScriptedExecutor(unsure)
    async with living(sandbox, tmp_path, executor) as house:
        user = house.sandbox.user(1001)
        await user.send_photo(JPEG)
        drawn = await user.wait_for(lambda message: message.kind == "photo" and bool(message.buttons), LONG_S)
        assert [button.text for button in flat(drawn)] == ["Standing split", "Tree pose", "Eagle pose"]
        assert "Tap the right one" in drawn.text
        await user.press(drawn, "Tree pose")
        told = await user.wait_for(lambda message: message.id == drawn.id and "Vrksasana" in message.text, LONG_S)
        assert told.content == PNG
        assert [task.exercise for task in executor.tasks if isinstance(task, AnalyzePhoto)] == [None, "tree_pose"]
        stored = await jobs_of(house.services.store, 1001)
        assert [job.exercise_given for job in stored] == ["tree_pose"]
        assert list(house.settings.clips_dir.iterdir()) == []


@pytest.mark.parametrize("caption", ["tree pose", "나무 자세"])
async def test_a_photo_whose_caption_is_edited_is_answered_once_more_under_that_name(
    sandbox: Sandbox, tmp_path: Path, caption: str
) -> None:
    executor = ScriptedExecutor(unsure)
    async with living(sandbox, tmp_path, executor) as house:
        user = house.sandbox.user(1001)
        sent = await user.send_photo(JPEG)
        drawn = await user.wait_for(lambda message: message.kind == "photo" and bool(message.buttons), LONG_S)
        await answered(house)
        await user.edit_caption(sent, caption)
        told = await user.wait_for(lambda message: "Vrksasana" in message.text, LONG_S, after=drawn.id)
        assert told.content == PNG
        await user.edit_caption(sent, f"{caption}!")  # the same name: nothing new
        await settled(user)
        assert [task.exercise for task in executor.tasks if isinstance(task, AnalyzePhoto)] == [None, "tree_pose"]
        assert list(house.settings.clips_dir.iterdir()) == []


async def answered(house: House) -> None:
    """The photo's job is done, which is noted just after its picture stands in the chat."""

    async def done() -> bool:
        return [job.state for job in await jobs_of(house.services.store, 1001)] == [JobState.DONE]

    while not await done():
        await asyncio.sleep(STEP_S)


async def test_nobody_names_somebody_elses_photo(sandbox: Sandbox, tmp_path: Path) -> None:
    executor = ScriptedExecutor(unsure)
    async with living(sandbox, tmp_path, executor) as house:
        await house.sandbox.user(1001).send_photo(JPEG)
        drawn = await house.sandbox.user(1001).wait_for(lambda message: bool(message.buttons), LONG_S)
        store, number = house.services.store, int(flat(drawn)[0].data.split(":")[1])
        assert await store.jobs.name_photo(1002, number, "tree_pose") is None
        assert [job.exercise_given for job in await jobs_of(store, 1001)] == [None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_caption_is_within_the_limit_whatever_differs_and_is_doubted(language: str) -> None:
    many = replace(warrior_report(), differences=(BENT,) * 8, caveats=(Caveat(Doubt.BODY_HIDDEN),) * 40)
    text = photo_caption(many, language)
    assert len(text) <= CAPTION_LIMIT
    assert text.count("➤") == 3


def test_who_is_not_all_in_an_unsure_photo_is_told_to_step_back() -> None:
    cut = replace(warrior_report(), level="unknown", caveats=(Caveat(Doubt.BODY_HIDDEN),))
    assert "step back" in photo_caption(cut, "en")
    assert "step back" not in photo_caption(replace(cut, level="name"), "en")
    assert "step back" not in photo_caption(replace(cut, perhaps_on_its_side=True), "en")


def test_what_differs_is_said_with_both_angles_and_the_way_to_move() -> None:
    bent = photo_caption(replace(warrior_report(), differences=(BENT,)), "en")
    assert "Your left knee is more bent than usual in this pose: 95°, usually about 176°." in bent
    straight = replace(BENT, measured_deg=178.0, reference_deg=111.0)
    assert "straighter" in photo_caption(replace(warrior_report(), differences=(straight,)), "en")
    raised = replace(BENT, joint="shoulder", measured_deg=150.0, reference_deg=93.0)
    assert "further from your side" in photo_caption(replace(warrior_report(), differences=(raised,)), "en")


def test_a_pose_as_it_usually_is_is_said_to_be() -> None:
    within = replace(warrior_report(), differences=(replace(BENT, within=True),))
    assert "where it usually is" in photo_caption(within, "en")


@pytest.mark.parametrize(
    ("said", "level", "name", "title"),
    [
        ("tree_pose", "name", "tree_pose", "Tree pose"),
        ("standing_straight", "group", "tree_pose", "Standing upright"),
        ("standing", "large_group", "tree_pose", "Standing pose"),
        ("squat", "name", "squat", "Squat"),
        ("curl", "group", "hammer_curl", "Biceps curl"),
        ("unknown", "unknown", "unknown", "A pose I can't name"),
    ],
)
def test_the_title_says_as_much_as_is_sure(said: str, level: Level, name: str, title: str) -> None:
    recognition = Recognition(name, 0.6, (Candidate("eagle_pose", 0.2),), coarse=level != "name")
    report = replace(warrior_report(), said=said, level=level, recognition=recognition, differences=())
    assert photo_title(report, "en") == title
    caption = photo_caption(report, "en")
    assert ("Most likely" in caption) == (level != "name")
    assert photo_words(report, "ko").title


def test_where_a_family_is_sure_only_its_kinds_are_offered() -> None:
    likely = tuple(Candidate(name, 0.2) for name in ("push_up", "decline_bench_press", "incline_bench_press"))
    recognition = Recognition("bench_press", 0.8, likely, coarse=True)
    report = replace(warrior_report(), said="bench_press", level="group", recognition=recognition, differences=())
    caption = photo_caption(report, "en")
    assert "This photo doesn't show which kind it is. Most likely: Bench press, Decline bench press." in caption
    alone = replace(report, recognition=replace(recognition, alternatives=likely[:1]))
    assert "Most likely: Bench press, Push-up." in photo_caption(alone, "en")


def test_an_unsure_picture_is_headed_by_what_is_likeliest_where_that_is_likely_enough() -> None:
    likely = (Candidate("pull_up", 0.4), Candidate("shoulder_press", 0.2))
    recognition = Recognition("unknown", 0.4, likely)
    report = replace(warrior_report(), said="unknown", level="unknown", recognition=recognition, differences=())
    assert photo_title(report, "en") == "Pull-up, perhaps"
    assert photo_words(report, "en").subtitle == "or Shoulder press"
    assert "It may also be: Shoulder press." in photo_caption(report, "en")
    less = replace(report, recognition=replace(recognition, alternatives=likely[1:]))
    assert photo_words(less, "en").subtitle == "perhaps Shoulder press"


@pytest.mark.parametrize(("language", "told"), [("en", "turn it upright"), ("ko", "똑바로 돌려서")])
def test_an_unsure_photo_that_may_lie_on_its_side_is_asked_for_upright(language: str, told: str) -> None:
    unknown = replace(warrior_report(), said="unknown", level="unknown", differences=())
    sideways = [photo_caption(replace(unknown, perhaps_on_its_side=perhaps), language) for perhaps in (False, True)]
    assert [told in caption for caption in sideways] == [False, True]


def test_a_photo_is_written_on_in_english_where_no_font_can_draw_the_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written: list[str] = []

    def draw(_: PhotoReport, words: PhotoWords) -> bytes:
        written.append(words.title)
        return PNG

    monkeypatch.setattr("bot.words.chart_words.can_draw", lambda _: False)
    monkeypatch.setattr("bot.workers.work.analyze_photo", lambda *_, **__: warrior_report())
    monkeypatch.setattr("bot.workers.work.draw_photo", draw)
    perform(AnalyzePhoto(tmp_path, "a.jpg", "ko"), None, Sampling(), lambda _: None)  # type: ignore[arg-type]
    assert written == ["Warrior II"]


def test_the_terminal_lists_the_angles_that_are_seen() -> None:
    report = warrior_report()
    hidden = replace(report.angles[0], angle_deg=math.nan)
    text = photo_text(replace(report, angles=(hidden, *report.angles[1:])))
    assert text.startswith("Warrior II")
    assert "right elbow" in text
    assert "nan" not in text
