"""Real clips on real worker processes: each bad one gets its sentence, good ones are answered, the loop stays free."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import av
import numpy as np
import pytest
import pytest_asyncio

from bot.sandbox import Sandbox, SeenMessage
from bot.tasks import WorkerOptions
from bot.workers.executor import Limits, WorkerPool
from pipeline.video.decode import Sampling
from tests.athlete.fixtures import Studio, small_take, studio
from tests.bot.house import House, living
from tests.bot.phone import is_chart, is_remark, settled
from tests.pipeline.clips import moving_square, only_sound

__all__ = ["studio"]

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

LONGEST_S = 12.0
PATIENCE_S = 240.0
TICK_S = 0.005
WORST_P99_S = 0.1  # of the loop's own work between two turns, 0.01 as a rule; what a user waits, `make bench` measures


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(pose_model: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The bot with one real worker for the whole file, on a sandbox."""
    folder = tmp_path_factory.mktemp("house")
    options = WorkerOptions(pose_model, Sampling(limit_s=LONGEST_S), folder / "cache")
    async with (
        Sandbox() as sandbox,
        WorkerPool(options, Limits(), 1) as pool,
        living(sandbox, folder, pool, longest_clip_s=LONGEST_S) as house,
    ):
        yield house


def words(path: Path) -> None:
    path.write_text("these are words " * 100)


def truncated(path: Path) -> None:
    """Half of a clip whose index stands at its end, as phones write it."""
    moving_square(path, [number / 30 for number in range(60)])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def without_frames(path: Path) -> None:
    """A clip whose pictures were overwritten: the index is whole, not one frame can be decoded."""
    moving_square(path, [number / 30 for number in range(30)])
    content = bytearray(path.read_bytes())
    start, end = content.index(b"mdat") + 4, content.index(b"moov") - 4
    content[start:end] = bytes(end - start)
    path.write_bytes(content)


def nobody(path: Path) -> None:
    moving_square(path, [number / 10 for number in range(20)], size=(320, 240))


def too_long(path: Path) -> None:
    moving_square(path, [number / 2 for number in range(40)])


BAD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "words": ("set.mp4", words, "there is no video in it"),
    "pdf": ("plan.pdf", lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n"), "read PDF"),
    "empty": ("empty.mp4", lambda path: path.touch(), "is empty"),
    "truncated": ("half.mp4", truncated, "MP4 or MOV"),
    "zero frames": ("dark.mp4", without_frames, "seems damaged"),
    "audio only": ("song.m4a", only_sound, "no picture"),
    "nobody in view": ("square.mp4", nobody, "couldn't find anybody"),
    "too long": ("long.mp4", too_long, "I take up to 12 s"),
}


async def answer_to(house: House, content: bytes, name: str, user_id: int = 1001) -> SeenMessage:
    """What the bot replies to this file, sent as a file, about which Telegram says nothing."""
    user = house.sandbox.user(user_id)
    sent = await user.send_document(content, file_name=name)
    return await user.wait_for(lambda message: "reply_to_message" in message.raw, PATIENCE_S, after=sent.id)


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_clip_gets_its_sentence(house: House, tmp_path: Path, what: str) -> None:
    name, make, wanted = BAD[what]
    make(tmp_path / name)
    before = len(house.sandbox.user(1001).messages)
    answer = await answer_to(house, (tmp_path / name).read_bytes(), name)
    assert wanted in answer.text
    assert len(await settled(house.sandbox.user(1001), 0.2)) == before + 1
    assert list(house.settings.clips_dir.iterdir()) == []


async def test_after_all_of_them_a_good_clip_is_answered_and_the_loop_stays_free(house: House, studio: Studio) -> None:
    filmed = studio(small_take("squat"))
    async with watched() as busy_s:
        chart = await answer_to(house, filmed.path.read_bytes(), "set.mp4")
    assert is_chart(chart)
    assert f"Squat · {filmed.truth.rep_count} reps" in chart.text
    await house.sandbox.user(1001).wait_for(is_remark, PATIENCE_S, after=chart.id)
    assert np.percentile(busy_s, 99) < WORST_P99_S
    assert list(house.settings.clips_dir.iterdir()) == []


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[list[float]]:
    """How long the loop's thread worked between two turns of a task that only sleeps, in seconds of its own.

    By the wall's clock a busy machine would be measured, not the bot.
    """
    busy_s: list[float] = []

    async def watch() -> None:
        while True:
            began = time.thread_time()
            await asyncio.sleep(TICK_S)
            busy_s.append(time.thread_time() - began)

    watching = asyncio.create_task(watch())
    try:
        yield busy_s
    finally:
        watching.cancel()


async def test_somebody_who_stands_still_is_told_that_nothing_moved(
    house: House, studio: Studio, tmp_path: Path
) -> None:
    still(studio(small_take("squat")).path, tmp_path / "still.mp4")
    answer = await answer_to(house, (tmp_path / "still.mp4").read_bytes(), "still.mp4")
    assert is_chart(answer)
    assert "I saw no repetition" in answer.text


def still(clip: Path, out: Path) -> None:
    """Three seconds of the clip's first picture."""
    with av.open(str(clip)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24")
    with av.open(str(out), "w") as container:
        stream = container.add_stream("libx264", rate=20)
        stream.width, stream.height, stream.pix_fmt = picture.shape[1], picture.shape[0], "yuv420p"
        for _ in range(60):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
