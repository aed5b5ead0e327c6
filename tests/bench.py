"""`make bench`: how fast Spotter is on this machine, as JSON. A quiet machine gives the honest figures.

upload_to_chart_s   a user sends the sample clip (about 20 s) to the bot on the sandbox and has the chart
phone_clip_s        the same with a clip as phones send them: 30 s, 720 x 1280, 30 Hz, 4 Mbit/s
decode_s, pose_s    the same clip decoded only, and decoded with the pose found, in a process that is warm;
                    with their CPU seconds, which say the same on a busy machine, too
loop_lag_ms         how late the bot's event loop wakes during that analysis: median, 99th percentile, worst
set_up_s, suite_s   of the last `make demo` / `make test` set-up and full test run, null where there was none
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path

import av
import numpy as np
import psutil

from bot.app import open_services, running
from bot.commands.demo import sample_clip
from bot.sandbox import Sandbox
from bot.sandbox.user import SandboxUser
from bot.settings import Settings, load_settings
from bot.transport.updates import receiving
from pipeline.pose.estimator import PoseEstimator
from pipeline.video.decode import Frame, Part, Sampling, frames, probe
from pipeline.video.pace import Pace

ROOT = Path(__file__).resolve().parents[1]
TICK_S = 0.005
WARM_UP_S = 8.0
PHONE_SIZE, PHONE_HZ, PHONE_S = (720, 1280), 30, 30


async def lag_ms(stop: asyncio.Event) -> list[float]:
    """How much later than asked the loop wakes, milliseconds, until `stop`."""
    late = []
    while not stop.is_set():
        asked = time.perf_counter()
        await asyncio.sleep(TICK_S)
        late.append(1000 * (time.perf_counter() - asked - TICK_S))
    return late


async def answered(user: SandboxUser, clip: bytes) -> tuple[float, float]:
    """Seconds from a clip's upload to the first answer, and to the chart."""
    started = time.perf_counter()
    sent = await user.send_video(clip)
    acknowledged = await user.wait_for(lambda message: bool(message.text), timeout_s=30, after=sent.id)
    ack_s = time.perf_counter() - started
    await user.wait_for(lambda message: message.kind == "photo", timeout_s=180, after=acknowledged.id)
    return ack_s, time.perf_counter() - started


def as_a_phone_sends_it(sample: Path, to: Path) -> None:
    """The sample clip once more at `to`, forwards and backwards until it is long enough, in the size of a phone's."""
    with av.open(str(sample)) as container:
        pictures = [picture.reformat(*PHONE_SIZE) for picture in container.decode(video=0)]
    with av.open(str(to), "w") as container:
        stream = container.add_stream("libx264", rate=PHONE_HZ, options={"preset": "veryfast", "bf": "0"})
        stream.width, stream.height, stream.bit_rate = *PHONE_SIZE, 4_000_000
        for number, picture in zip(range(PHONE_S * PHONE_HZ), cycle(pictures + pictures[::-1]), strict=False):
            picture.pts, picture.time_base = number, Fraction(1, PHONE_HZ)
            container.mux(stream.encode(picture))
        container.mux(stream.encode())


async def chat(settings: Settings, sandbox: Sandbox, phone_clip: bytes) -> dict[str, object]:
    """Upload to chart on the whole road, with the loop watched."""
    user, clip = sandbox.user(1), sample_clip().read_bytes()
    async with open_services(settings) as services, running(services) as app, receiving(app, settings):
        await asyncio.sleep(WARM_UP_S)
        stop = asyncio.Event()
        watching = asyncio.create_task(lag_ms(stop))
        ack_s, chart_s = await answered(user, clip)
        _, phone_s = await answered(user, phone_clip)
        workers = [child.memory_info().rss / 1e6 for child in psutil.Process().children()]
        stop.set()
        late = np.array(await watching)
    lag = {"median": np.median(late), "p99": np.percentile(late, 99), "worst": late.max()}
    return {
        "acknowledged_s": round(ack_s, 3),
        "upload_to_chart_s": round(chart_s, 2),
        "phone_clip_s": round(phone_s, 2),
        "loop_lag_ms": {name: round(float(value), 1) for name, value in lag.items()},
        "worker_mb": round(max(workers, default=0.0)),
    }


def stages(model: Path) -> dict[str, float]:
    """Seconds, and CPU seconds, of decoding alone, and of decoding with the pose."""
    path, sampling = sample_clip(), Sampling()
    clip = probe(path)

    def shown(part: Part, pace: Pace) -> Iterator[Frame]:
        return frames(path, sampling, part=part, pace=pace)

    decoded = spent(lambda: sum(1 for _ in frames(path)))
    with PoseEstimator(model) as estimator:
        estimator.track(islice(frames(path), 30))
        posed = spent(lambda: estimator.track_clip(shown, clip, sampling))
    return {"decode_s": decoded[0], "decode_cpu_s": decoded[1], "pose_s": posed[0], "pose_cpu_s": posed[1]}


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of this process's cores that the work takes."""
    started, used = time.perf_counter(), time.process_time()
    work()
    return round(time.perf_counter() - started, 2), round(time.process_time() - used, 2)


def remembered(path: Path) -> float | None:
    """A figure an earlier run left behind."""
    try:
        return float(path.read_text())
    except (OSError, ValueError):
        return None


async def main() -> None:
    """Prints the figures."""
    own = load_settings()
    with tempfile.TemporaryDirectory() as scratch:
        as_a_phone_sends_it(sample_clip(), Path(scratch) / "phone.mp4")
        phone_clip = (Path(scratch) / "phone.mp4").read_bytes()
        async with Sandbox() as sandbox:
            settings = load_settings(
                telegram_token=sandbox.token,
                telegram_api_url=sandbox.url,
                chat_fetch=False,
                database_url=f"sqlite+aiosqlite:///{scratch}/bench.sqlite3",
            )
            found = await chat(settings, sandbox, phone_clip)
    found |= stages(own.models_dir / "pose_landmarker_full.task")
    found["chart_to_decode"] = round(float(str(found["upload_to_chart_s"])) / float(str(found["decode_s"])), 2)
    found["chart_to_pose"] = round(float(str(found["upload_to_chart_s"])) / float(str(found["pose_s"])), 2)
    found["clip_s"] = round(probe(sample_clip()).duration_s, 1)
    found["set_up_s"] = remembered(ROOT / ".venv/.set_up_s")
    found["suite_s"] = remembered(ROOT / ".pytest_cache/v/spotter/suite_s")
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    asyncio.run(main())
