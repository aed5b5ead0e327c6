"""Questions about a photo in words that are those of questions about sets: what it shows, whether that is right, how
bent its joints are."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.hearing.photo_asked import asked_of_photo
from tests.coach.conversation import last_answer

POSE = SCENES["pose"]
DISPUTED = "tap its name under the picture"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what is this?", "The photo shows warrior two."),
        ("why do you think it's a warrior", DISPUTED),
        ("how do you know", DISPUTED),
        ("that's not a jumping jack", DISPUTED),  # was answered by how to warm up
        ("wrong pose!", DISPUTED),
        ("are my elbows straight enough", "left elbow is at 176°"),
        ("left vs right knee", "right knee is at 174°"),  # was said not to be measured
    ],
)
async def test_a_photo_is_told_and_disputed(asked: str, told: str) -> None:
    assert told in await last_answer(POSE, asked)


@pytest.mark.parametrize("asked", ["it's not fair", "what is that in pounds", "how many squats today", "is that good"])
def test_what_may_be_of_something_else_is_left_to_the_phrasings(asked: str) -> None:
    assert POSE.photo is not None
    assert asked_of_photo(asked, POSE.photo, None) is None
