"""The joints that a question about a photo names, in either language; one that was not measured is said to be none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Facts, Language, PhotoFacts
from tests.coach.conversation import last_answer

POSE = SCENES["pose"]
KOREAN = {"left": "왼쪽", "right": "오른쪽", "knee": "무릎", "elbow": "팔꿈치", "hip": "엉덩관절"}


def shown(photo: PhotoFacts, language: Language, *joints: str) -> Facts:
    """A photo of these joints alone, named as its user reads them."""
    kept = [one for one in photo.joints if one.name in joints]
    if language == "ko":
        kept = [replace(one, name=" ".join(KOREAN[word] for word in one.name.split())) for one in kept]
    return replace(POSE, language=language, photo=replace(photo, joints=tuple(kept)))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("무릎은?", ["왼쪽 무릎이 118도", "오른쪽 무릎이 174도"]),
        ("왼팔은 곧아?", ["왼쪽 팔꿈치가 176도"]),
        ("골반 각도 어때?", ["왼쪽 엉덩관절이 101도"]),
        ("what's my right knee angle?", ["오른쪽 무릎이 174도"]),
    ],
)
async def test_the_joints_that_are_named_are_told_alone(asked: str, told: list[str]) -> None:
    assert POSE.photo is not None
    answer = await last_answer(shown(POSE.photo, "ko", *(one.name for one in POSE.photo.joints)), asked)
    assert all(one in answer for one in told)
    assert sum(answer.count(joint) for joint in ("무릎", "팔꿈치", "엉덩관절")) == len(told)


@pytest.mark.parametrize(("language", "asked"), [("en", "what's my knee angle?"), ("ko", "무릎 각도 어때?")])
async def test_a_joint_that_was_not_measured_is_said_to_be_none(language: Language, asked: str) -> None:
    assert POSE.photo is not None
    answer = await last_answer(shown(POSE.photo, language, "left elbow"), asked)
    assert answer.startswith({"en": "I couldn't measure that joint", "ko": "그 관절은 이 사진에서 재지 못했"}[language])
    assert "176" in answer
