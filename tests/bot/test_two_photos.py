"""Two photos one after the other in the chat: remembered, paired limb by limb, and compared when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.photos.facts import Limb, angles_before, job_of, photo_facts
from bot.photos.memory import BEFORE, NEWEST, remember
from bot.sandbox import Sandbox, SandboxUser
from bot.tasks import AnalyzePhoto, DrawnPhoto, Result, Task
from bot.words.photo_messages import photo_text
from models.store import open_store
from models.tables import User
from pipeline.photo.report import JointAngle, JointSide, PhotoReport, photo_to_plain
from pipeline.values import Recognition
from tests.bot.house import PNG, ScriptedExecutor, living, measured
from tests.bot.phone import chart_of, flat, is_remark
from tests.databases import lay_empty
from tests.pipeline.photo.bodies import warrior_report

JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
WARRIOR = replace(warrior_report(), view=None)
BETTER = "is it better than the photo before?"
OTHER: dict[JointSide, JointSide] = {"left": "right", "right": "left"}
TOLERANCE_DEG = 1e-3  # JSON has so many decimals


def bent(report: PhotoReport, by_deg: float) -> PhotoReport:
    """The same with the left knee bent by so much more."""
    angles = tuple(
        replace(one, angle_deg=one.angle_deg - by_deg) if (one.joint, one.side) == ("knee", "left") else one
        for one in report.angles
    )
    return replace(report, angles=angles)


def mirrored(report: PhotoReport) -> PhotoReport:
    """The pose taken to the other side."""
    angles = tuple(replace(one, side=OTHER[one.side]) for one in report.angles)
    return replace(
        report, angles=angles, differences=tuple(replace(one, side=OTHER[one.side]) for one in report.differences)
    )


def test_each_limb_is_held_against_itself() -> None:
    found = angles_before(photo_to_plain(WARRIOR), photo_to_plain(bent(WARRIOR, 30.0)))
    now: dict[Limb, float] = {(one.joint, one.side): one.angle_deg for one in WARRIOR.angles}
    assert found[("knee", "left")] == pytest.approx(now[("knee", "left")] - 30.0, abs=TOLERANCE_DEG)
    assert {limb: found[limb] for limb in found if limb != ("knee", "left")} == pytest.approx(
        {limb: now[limb] for limb in found if limb != ("knee", "left")}, abs=TOLERANCE_DEG
    )


def test_a_pose_taken_to_the_other_side_is_held_against_its_mirror_image() -> None:
    found = angles_before(photo_to_plain(WARRIOR), photo_to_plain(mirrored(WARRIOR)))
    now = {(one.joint, one.side): one.angle_deg for one in WARRIOR.angles if (one.joint, one.side) in found}
    assert found == pytest.approx(now, abs=TOLERANCE_DEG)


def test_limbs_that_point_at_the_camera_and_other_poses_are_not_compared() -> None:
    first, *others = WARRIOR.angles
    pointing = replace(WARRIOR, angles=(JointAngle(first.joint, first.side, first.angle_deg, True), *others))
    assert (first.joint, first.side) not in angles_before(photo_to_plain(WARRIOR), photo_to_plain(pointing))
    assert (first.joint, first.side) not in angles_before(photo_to_plain(pointing), photo_to_plain(WARRIOR))
    tree = photo_to_plain(replace(WARRIOR, said="tree_pose"))
    assert angles_before(photo_to_plain(WARRIOR), tree) == {}
    assert photo_facts(photo_to_plain(WARRIOR), "en", tree).before == "Tree pose"


def test_an_angle_of_a_limb_that_points_at_the_camera_is_no_fact() -> None:
    first, *others = WARRIOR.angles
    pointing = replace(WARRIOR, angles=(JointAngle(first.joint, first.side, first.angle_deg, True), *others))
    assert len(photo_facts(photo_to_plain(pointing), "en").joints) == len(others)
    told, left_out = (photo_text(report).count("°") for report in (WARRIOR, pointing))
    assert left_out == told - 1


class Photographer(ScriptedExecutor):
    """Each photo shows the next of the poses; one that is named again shows what it is said to be."""

    def __init__(self, *reports: PhotoReport) -> None:
        super().__init__(self.show)
        self.reports = list(reports)

    def show(self, task: Task) -> Result:
        if not isinstance(task, AnalyzePhoto):
            return measured()(task)
        if task.exercise:
            given = Recognition(task.exercise, 1.0, given=True)
            return DrawnPhoto(replace(WARRIOR, said=task.exercise, recognition=given), PNG)
        return DrawnPhoto(self.reports.pop(0), PNG)


async def photo(user: SandboxUser) -> None:
    sent = await user.send_photo(JPEG)
    await user.wait_for(lambda message: message.kind == "photo", after=sent.id)


async def answer_to(user: SandboxUser, text: str) -> str:
    sent = await user.send_text(text)
    return (await user.wait_for(is_remark, after=sent.id)).text


async def test_two_photos_sent_one_after_the_other_are_compared(sandbox: Sandbox, tmp_path: Path) -> None:
    executor = Photographer(bent(WARRIOR, 40.0), WARRIOR, WARRIOR)
    async with living(sandbox, tmp_path, executor) as house:
        user = sandbox.user(1001)
        await photo(user)
        assert "have an earlier photo" in await answer_to(user, BETTER)
        await photo(user)
        assert "left knee was at 140° and is at 180° now, nearer to the usual 176°" in await answer_to(user, BETTER)
        chart = await chart_of(house)
        await user.wait_for(is_remark, after=chart.id)
        assert "first set of squat" in await answer_to(user, "did i improve")  # of the set again
        await photo(user)  # the clip between changes nothing
        assert "No joint clearly moved" in await answer_to(user, "compare it with the photo before")


async def test_a_photo_that_is_named_stays_the_same_photo(sandbox: Sandbox, tmp_path: Path) -> None:
    unsure = replace(WARRIOR, said="unknown", level="unknown", recognition=Recognition("unknown", 0.2), differences=())
    likely = replace(unsure, recognition=replace(WARRIOR.recognition, name="unknown"))
    async with living(sandbox, tmp_path, Photographer(WARRIOR, likely)) as house:
        user = sandbox.user(1001)
        await photo(user)
        await photo(user)
        assert "couldn't tell the pose" in await answer_to(user, "compare the two photos")
        asking = await user.wait_for(lambda message: len(flat(message)) > 1, after=user.messages[1].id - 1)
        await (await user.press(asking, "Tree pose")).answered()
        await user.wait_for(lambda message: message.id == asking.id and "Vrksasana" in message.text)
        assert "this one Tree pose" in await answer_to(user, "compare the two photos")
        account: User | None = await house.services.store.account.user(1001)
        assert account is not None
        kinds = [fact.kind for fact in await house.services.store.talk.facts_of(1001)]
        assert sorted(kinds) == ["photo", "photo_before"]


async def test_an_earlier_photo_that_is_named_anew_stays_the_earlier_one(tmp_path: Path) -> None:
    await lay_empty(tmp_path / "spotter.db")
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}") as store:
        await store.account.meet(1, 1, "Ada")
        for job in (1, 2, 1):
            await remember(store.talk, 1, job, WARRIOR)
        kept = {fact.kind: job_of(fact.text) for fact in await store.talk.facts_of(1)}
        assert kept == {NEWEST: 2, BEFORE: 1}
