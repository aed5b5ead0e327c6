"""spotter train: make one of the project's own networks again from data; or let the coach learn its lists."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """The command, a sub-command for each network."""
    command = commands.add_parser(
        "train", help="teach a network from data (needs the train extra), or the coach its lists", description=__doc__
    )
    networks = command.add_subparsers(title="networks", metavar="NETWORK", required=True)
    for describe in NETWORKS:
        describe(networks)


def add_logs(networks: Any) -> None:
    """spotter train logs DATA --out DIR: the recogniser of sensor logs, and the counter."""
    command = networks.add_parser("logs", help="what names and what counts sensor logs: weights, card and figures")
    command.add_argument("data", type=Path, metavar="DATA", help="folder of the labelled logs (NAME.npz and NAME.csv)")
    command.add_argument("--out", type=Path, required=True, help="where weights, card and figures go")
    command.add_argument("--work", type=Path, help="where half-done work is kept and gone on from (OUT/work)")
    command.add_argument("--folds", type=int, default=4, help="of people; each is answered by a network of the others")
    command.add_argument("--judged", type=int, default=1, help="how many of the folds the card's figures are of")
    command.add_argument("--calibrating", type=int, default=2, help="how many more tell how sure an answer must be")
    command.add_argument("--share", type=float, default=1.0, help="of the usual steps: less is quicker and worse")
    command.add_argument("--seed", type=int, default=1, help="of everything that is drawn")
    command.add_argument("--quick", action="store_true", help="without the experiments on pretraining and made windows")
    command.add_argument("--minutes", type=float, nargs="+", default=[4, 8, 12], help="of the counter's rounds")
    command.add_argument("--only", choices=("names", "counter"), help="one of the two (both)")
    command.set_defaults(call=call_logs)


def call_logs(given: argparse.Namespace) -> int:
    """Weights, card and figures are written; the exit status is 2 where the extra or the data are missing, or the
    minutes too few."""
    work = given.work or given.out / "work"
    parts = [LOG_PARTS[part] for part in ((given.only,) if given.only else ("names", "counter"))]
    return _made(*(partial(part, given, work) for part in parts))


def _log_names(given: argparse.Namespace, work: Path) -> str:
    from pipeline.learn.logs.train import Options, train_logs

    counts = {name: getattr(given, name) for name in ("folds", "judged", "calibrating", "share", "seed")}
    train_logs(Options(given.data, given.out, work, **counts, with_experiments=not given.quick))
    return f"{given.out / 'motion.onnx'} and its card {given.out / 'motion.md'}"


def _log_counter(given: argparse.Namespace, work: Path) -> str:
    from pipeline.learn.log_counter.train import Options, train_log_counter
    from pipeline.motion.beat import WITH_GRAVITY, WITHOUT

    train_log_counter(Options(given.data, given.out, work / "counter", tuple(given.minutes), seed=given.seed))
    made = (*WITH_GRAVITY, *WITHOUT, "log_choice.json")
    return f"{', '.join(str(given.out / name) for name in made)} and figures"


LOG_PARTS = {"names": _log_names, "counter": _log_counter}


def add_clips(networks: Any) -> None:
    """spotter train clips DATA --out DIR: the recogniser of clips."""
    command = networks.add_parser("clips", help="the recogniser of clips: weights and model card")
    command.add_argument("data", type=Path, metavar="DATA", help="folder of packed pose tracks (index.csv and npz)")
    command.add_argument("--out", type=Path, required=True, help="where weights, card and figures go")
    command.add_argument("--work", type=Path, help="where half-done work is kept and gone on from (OUT/work)")
    command.add_argument("--each", type=int, default=300, help="simulated windows of each name")
    command.add_argument("--members", type=int, default=2, help="networks of each recipe, whose mean answers")
    command.add_argument("--folds", type=int, default=6, help="of cross-validation, grouped by source")
    command.add_argument("--seed", type=int, default=1, help="of everything that is drawn")
    command.set_defaults(call=call, make=_clips)


def _clips(given: argparse.Namespace) -> str:
    from pipeline.learn.clips.train import Options, train_clips

    counts = {name: getattr(given, name) for name in ("each", "members", "folds", "seed")}
    train_clips(Options(given.data, given.out, given.work or given.out / "work", **counts))
    return f"{given.out / 'recognizer.onnx'} and its card {given.out / 'recognizer.md'}"


def add_poses(networks: Any) -> None:
    """spotter train poses DATA --out DIR: the networks that name still poses in photos."""
    command = networks.add_parser("poses", help="the networks for photos: weights and model cards")
    command.add_argument("data", type=Path, metavar="DATA", help="folder of the photos' landmarks (yoga82.npz, .csv)")
    command.add_argument("--tracks", type=Path, help="folder of packed tracks: also teach the exercises of the gym")
    command.add_argument("--out", type=Path, required=True, help="where weights, cards and figures go")
    command.add_argument("--work", type=Path, help="where half-done work is kept and gone on from (OUT/work)")
    command.add_argument("--references", type=Path, help="folder of the poses' files: write their usual angles anew")
    command.add_argument("--epochs", type=int, default=64, help="of the networks that ship")
    command.add_argument("--search-epochs", type=int, default=14, help="of each recipe that is compared; 0: none is")
    command.add_argument("--members", type=int, default=1, help="dense networks whose mean answers, with attention's")
    command.add_argument("--seed", type=int, default=1, help="of everything that is drawn")
    command.set_defaults(call=call, make=_poses)


def _poses(given: argparse.Namespace) -> str:
    from pipeline.learn.poses import train, train_stills

    work = given.work or given.out / "work"
    poses = train.Options(
        given.data,
        given.out,
        work,
        given.references,
        epochs=given.epochs,
        search_epochs=given.search_epochs,
        members=given.members,
        seed=given.seed,
    )
    train.train_poses(poses)
    if given.tracks:
        train_stills.train_pose_stills(train_stills.Options(poses, given.tracks))
    return f"{given.out / 'poses.onnx'} and its card {given.out / 'poses.md'}"


def add_equipment(networks: Any) -> None:
    """spotter train equipment WEIGHTS --out DIR: the public network that looks at hands in photos."""
    command = networks.add_parser("equipment", help="a public picture network, as photos need it (nothing is taught)")
    command.add_argument("weights", type=Path, metavar="WEIGHTS", help="EfficientNet-lite0's checkpoint (.pth)")
    command.add_argument("--out", type=Path, required=True, help="where the network goes")
    command.set_defaults(call=call, make=_equipment)


def _equipment(given: argparse.Namespace) -> str:
    from pipeline.learn.poses.equipment import write_equipment

    write_equipment(given.weights, given.out)
    return str(given.out / "equipment.onnx")


def add_coach(networks: Any) -> None:
    """spotter train coach: what the coach learns from its own lists."""
    command = networks.add_parser("coach", help="the coach, from its own lists (no data and no extra needed)")
    command.set_defaults(call=call_coach)


def call_coach(_: argparse.Namespace) -> int:
    """What was learned lies beside the lists, where the coach finds it."""
    from bot.coach.relearn import relearn

    for path in relearn():
        print(f"written: {path}")
    return 0


def call(given: argparse.Namespace) -> int:
    """What the network's own function makes is written; the exit status is as `_made` has it."""
    return _made(partial(given.make, given))


def _made(*makers: Callable[[], str]) -> int:
    """What each makes is told; the exit status is 2 where the extra or the data are missing, the minutes too few, or
    the work folder holds what was begun otherwise."""
    if not _ready():
        return 2
    from pipeline.learn.begun import BegunOtherwise
    from pipeline.learn.log_counter.choice import TaughtTooBriefly

    try:
        for make in makers:
            print(f"written: {make()}")
    except FileNotFoundError as error:
        print(f"not here: {error.filename}", file=sys.stderr)
        return 2
    except (TaughtTooBriefly, BegunOtherwise) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _ready() -> bool:
    missing = [name for name in ("torch", "onnx", "tqdm") if find_spec(name) is None]
    if missing:
        print(f"missing: {', '.join(missing)}. Install the extra: pip install 'spotter[train]'", file=sys.stderr)
    return not missing


NETWORKS = (add_clips, add_logs, add_poses, add_equipment, add_coach)
