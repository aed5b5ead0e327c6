"""The recogniser's model card, written from the figures of the run that made the weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pipeline.learn.clips.network import RECIPES
from pipeline.learn.clips.precision import ALONG, NAMING
from pipeline.recognize.convolutions import SHARE
from pipeline.recognize.decide import SHORT_S

Row = Mapping[str, float | None]

HEADINGS: Final = {
    "clips": "clips",
    "top_1": "top-1",
    "top_3": "top-3",
    "family_top_1": "family",
    "calibration_error": "ECE",
    "named": "named",
    "named_right": "right when named",
    "macro_top_1": "mean over names",
    "macro_f1": "macro F1",
}

PRECISION_HEADINGS: Final = {
    "bytes": "bytes",
    "window_ms": "ms a window, one core",
    "clip_ms": "ms a clip of 30 s",
    "same": "same first name",
    "off": "largest change",
}

PIECE_HEADINGS: Final = {
    "pieces": "pieces",
    "named": "named",
    "right": "right when named",
    "named_before": "named, no less sure",
    "right_before": "right when named, no less sure",
}

STILL_KEYS: Final = {"windows": "windows", "exercise": "exercise", "idle": "no_exercise"}

CARD: Final = """# Recogniser

Which of {names} exercises a pose track shows. `recognizer.onnx`: {members} dense networks over summaries of 5.3 s
windows (12 frames a second) of MediaPipe landmarks; their mean answers. `recognizer_cut_off.onnx`: as many for windows
in which the picture's edge cuts somebody off. `recognizer_convolutions.onnx`: for the other windows a member of
another kind, with {share:.1f} of the answer (geometric mean), asked for the name of a clip or set. Weights are in half
precision.

- **Learned from** {each} simulated windows a name (`pipeline/learn/simulate/track.py`: the catalogue's own movements),
  movements of no exercise as "unknown", and the landmarks (no footage) of {clips} real clips out of public
  repositories, most of them push-ups, most of those repositories without a licence; beside them, as "no exercise",
  people out of these clips who stand and are held still. Seed {seed}.
- **Does not see** equipment, grip or palms: barbell, dumbbell and hammer curls, flat and incline benches, conventional
  and Romanian deadlifts are told apart by little and by how common they are. Where only the family is sure, the answer
  is marked `coarse` and called by the family's name, its members offered as alternatives.
- **Calibration**: temperature {temperature:.2f}, among members of one family {kin_temperature:.1f}; an answer is
  given without asking from {working_point:.2f} on (the dense networks alone, which tell where in a clip something else
  begins: {alone[temperature]:.2f}, {alone[kin_temperature]:.1f}, {alone[working_point]:.2f}), the lowest point from
  which on 97 % of such answers (names weighing by the root of their clips; push-ups and generated footage left out;
  clips of exercises in no catalogue wrong when named) were right in cross-validation. In what is seen for less than
  {short_s:g} s the temperature is as many times higher as it is shorter, to the power of {short_power:.1f}: see "Short
  pieces".
- **Made by** `spotter train clips DATA --out pipeline/weights --each {each} --members {a_recipe} --seed {seed}`;
  what is taken for what is drawn in `recognizer_confusion.png`.

{precision}

A clip of 30 s has {naming} windows that name it, as many that name the sets it is cut into, and {along} of which only
the dense networks are asked, to tell where something else begins. Times are of asking, not of making what is asked.

## Development clips, by source

Six folds by publisher: no clip is answered by a network that saw a clip of its source, and each fold is judged with
temperature and working point from the other folds. Not by athlete: that is not known. Some of the catalogue's
movements were revised after a look at some of these clips, so the figures are a little kind. "named" is the share
answered without asking; an answer is right when the name is, or the family where it is said coarsely.

{overall}
Were every answer right just as often as it is sure, these clips would show a calibration error of .054 ± .013 all the
same (ten bins, 300 draws of which answers are right, one standard deviation): what lies below is luck. Only that the 55
clips seen for less than 3 s are right 5 to 9 points oftener than they are sure, in each draw of convolutions, is known.

### Random convolutions beside the networks

84 kernels of nine taps (two on three of them, minus one on six) at four dilations, each over a random sum of 1 to 31
of the 127 channels of a window's 64 frames; of every kernel the share of time above three thresholds and the root of
the mean of how far above, as the window and its mirror image give them on average and how far they differ: 4032
numbers, and ridge regression on them (after MiniRocket, Dempster 2021), taught by every second simulated window and the
real ones. Share, decay and sharpness were chosen on these clips among some thirty variants, with two other draws; the
draw that ships is the first of a new seed, and the other draws in the table tell how much is chance. Names with few
clips gain nothing: the mean over names is no better than that of the networks alone.

### Bodies that the picture cuts off

What lies outside the picture MediaPipe guesses. 32 of the {overall_clips} clips show no knees and ankles for more than
30 % of the time: the networks for whole bodies name 56 % of them rightly at once, of the others 79 %. So a landmark
that is outside for more than half of a window counts as not known, and such windows are asked of networks of their own,
taught by all real windows, by the cut-off ones without guesses once more, and by simulated sets of which an edge cuts
three in ten. Of the 32 clips 66 % are right then (the truth 0.23 ± 0.15 nats likelier, one standard error), of the 54
with any such window 78 % instead of 70 (six won, two lost). Of all clips the networks for whole bodies alone name
77.3 % rightly at once, 86.4 by family, with a calibration error of .044; they name 64.6 % without asking, 97.7 % of
these rightly. (All this of the networks, before convolutions stood beside them.) The limit of a half was not tried out;
that networks of their own are asked of such windows only was chosen on these clips.

"Simulation alone" saw none of these clips, but its temperature and working point are chosen on the clips it is
judged on. Of {foreign_clips} clips of exercises that are in no catalogue, {foreign_named} were given a name all the
same. Of {still_windows} windows of standing people held still, from clips of sources not taught, {still_exercise} were
called an exercise, {still_idle} no exercise; of the others the bot asks.

### Short pieces

A second of a set may be the half of a repetition, of a push-up the plank that it starts from. Pieces cut out of the
same clips at random places, four of a length a clip, each asked of networks that saw no clip of its source: named
without asking, right when named, and the same were short ones no less sure. The power is the lowest at which of other
folds' filmed pieces of 1, 1.5 and 2 s, push-ups apart from others, 98 % of what is named is right. Two softer ways to
choose it came before, on the same pieces: 97 %, without push-ups, left 3.9 % of what is named in 1 s wrong (4.2 % of
push-ups, which are planks for so long), 98 % without push-ups none (4.7 %). That less than {short_s:g} s are short was
chosen on other pieces of these clips, among four lengths and two ways to fit; with 5.3 or 4 s as few are wrong, but
fewer whole clips are named. What generated footage shows is often not what it is called, however long it is.

{pieces}

Also asked, of the same clips whole: noise of 2, 4 and 8 cm on every landmark, a slow drift of 3, 6 and 10 cm, 8, 5 and
3 pictures a second. They are named less often (from 67.7 % without to 45.5, 27.8 and 64.1 % at worst), and 95.6 to
98.2 % of what is named is right: nothing was built for that. Cut off by the picture's edge at half to four fifths of
their height, 42.4 % are named and 94.0 % of these rightly, 5 of 84 wrong: too few to tell from 97 %.

Of 66 clips made dark (a sixth of the light, and noise) somebody is found in 39; no less sure of short ones 25 would be
named, one of them wrongly, which shows somebody for half a second.

### Tried, and not in these weights

- A second kind of network beside the dense ones: residual convolutions over the 127 channels of a window's 64 frames,
  the window and its mirror image answering together, taught by simulation first, then by both. By simulation alone
  71.7 % right at once, 75.8 % by family (two dense networks: 72.2, 77.8), both together 73.2 and 78.8. Taught by real
  clips, too, on the 73 clips of the three folds it was judged on: 72.6 % (dense 76.7); half and half with the dense
  networks 79.5 %, but among three 90.4 instead of 91.8, family 82.2 instead of 83.6, and the truth less likely by far
  (0.81 nats of surprise instead of 0.73), at 40 ms a clip instead of 2. With four times the noise it did worse.
- Other ways to pool a clip's windows (mean probability, other floors, windows weighing by how sure they are): all
  within a point.
- One kind of network for both looks (see "Bodies that the picture cuts off"). Three of one recipe: guesses taken for
  seen 75.3 % right at once, 85.4 by family, 0.753 nats of surprise; without them 79.3, 86.4 and 0.731; both looks,
  counting like windows, 79.3, 86.9 and 0.709. Four of both recipes, asked about every window: 80.8 % right at once,
  87.9 by family, yet calibration error .074, 96.9 % right when named, and bodies that nothing cuts off are named
  worse (0.06 ± 0.03 nats more, one standard error over clips).
- Beside the look without guesses, the share of time that elbows, wrists, knees, ankles, toes and nose are outside as
  more inputs: 80.8 % right at once, 85.9 by family, 0.746 nats (three networks; 79.3, 86.4, 0.731 without); real clips
  cut off at random once more besides: 79.8, 83.8, 0.777.
- What goes with what (a repetition folded together): how posture differs between the fifth of a window in which a hand
  is highest, or the hip, knee or elbow most bent, and the fifth in which it is lowest. Of all channels: 18 of s40's 20
  deadlifts right instead of 11, but the 146 clips above err more (+0.05 ± 0.03 nats), 85.4 % by family as before. Of
  fifteen angles and heights, without guesses: 0.695 nats instead of 0.731, but right at once 76.3 % instead of 79.3, by
  family 84.3 instead of 86.4, and s40 as before.
- Deadlift against Romanian deadlift by knee and hand: in s06 and s10 the two filmed deadlifts show 132 and 94 to 102
  degrees at the knee when the hands are lowest, the hands 0.28 and 0.25 of a leg above the ankle; the filmed Romanian
  one 117 to 123 degrees and 0.28. They overlap; both figures are in the summaries already. Where a clip starts (from
  the floor or from standing) would tell cut-out repetitions, but not a phone's clips, which start before the set.
- Random convolutions of 672 to 896 numbers instead of 4032, three draws: 0.019 to 0.030 ± 0.012 nats less than the
  networks for whole bodies alone, where two draws of 4032 had 0.039 and 0.033 ± 0.013 (alone these are 70.7 to 73.2 %
  right at once). Ridge regression of the plain summaries as that member does nearly as much (0.027 ± 0.013 nats less,
  nothing won at once, calibration error .058): most of it is that a linear model errs differently. (Over sources
  instead of clips the standard errors are half as large again.)
- What the body hangs from or stands on, said outright: in the picture a head goes 0.12 to 1.4 m up and down in a
  pull-up and at most 0.14 m in a press or pulldown, where hands go 0.18 to 0.7 m; yet three pull-ups are taken for
  presses. The logarithms of how far hips, nose, wrists, knees and ankles go, each over each, as ten more inputs of two
  networks a look: 76.8 % right at once instead of 78.8 (2 won, 6 lost), 85.4 by family instead of 86.4, 0.013 ± 0.024
  nats less; with convolutions beside them 78.3 instead of 78.8, 94.4 among three instead of 92.4, 85.9 by family
  instead of 86.9.
- The same after the networks, as a likelihood that simulation alone taught, added to their logarithms with weight 1 (a
  choice made beforehand): how far nose and wrists go up and down in a window, of names whose hands stay (the nose goes
  three times as far in the catalogue's movements), of names whose head stays, and of others, with a twentieth of the
  mean of these densities in each. 80.8 % right at once instead of 79.8 (three pull-ups won, four lost where everything
  moves in the picture), by family 88.9 instead of 87.9, but 91.4 among three instead of 93.9, 96.9 % right when named
  instead of 98.4, 0.09 ± 0.06 nats more; the networks alone and the other draws err alike. Saying something only where
  either hands or head stay: 80.3 %, 93.4 among three, 96.8 % right when named, 0.03 ± 0.04 nats more (of two filmed
  squats the hands stay, and they are called pull-ups). Simulated cameras stand still, and hands held still in a squat
  are in no movement of the catalogue: not tried.
- Short ones' power chosen where the true names of clips and pieces, both alike in weight, are likeliest, together with
  the temperatures, and caution apart from it: the doubt that a name may leave is less the shorter something is seen,
  with the power at which 98 % of each kind of pieces is right. The power varies less over the folds and draws (.15
  to .3; as it ships .2 to 1.0), 65.2, 64.6 and 63.6 % of clips are named in the three draws instead of 64.1, 61.1 and
  61.1, but 97.7, 98.4 and 97.6 % of these rightly instead of 98.4, 98.3 and 98.3, with a calibration error of .054,
  .047 and .039 instead of .054, .041 and .030. One working point for all that is short instead: 66.2 % named, 98.5 %
  rightly, .046, but of push-ups seen for a second 5.6 % of what is named is wrong.
- How common kin are counted in full, unsoftened by their temperature: right at once 77.8 % instead of 77.3, the truth a
  little likelier (0.73 nats of surprise instead of 0.74), but calibration error .056 instead of .044.
- More to simulate (deadlifts with upright shins or low hips, crunches on a falling bench, bodies that MediaPipe takes
  for leaning ones): two networks 78.3 % right at once instead of 77.8, by family 84.8 instead of 86.4, 95.6 % right
  when named instead of 96.9.
- Beside that, real clips counting by the root of their number in a name, of nine at most, so that names of one or two
  are not learned by heart: 79.3 % right at once, 85.9 by family, 96.2 % right when named, but calibration error .086
  instead of .059. (One network alone had promised 81.8 instead of 77.3: seeds move these figures by points.)

### Each source

{sources}
### Each name

{each_name}"""


def text(figures: Mapping[str, Any], said: Mapping[str, Any], each: int, members: int, clips: int) -> str:
    """The card in Markdown."""
    rows: Mapping[str, Row] = figures["by_source"]
    overall = {
        "without push-ups": rows["without_push_ups"],
        "with push-ups": rows["all"],
        "simulation alone, without push-ups": figures["simulation_alone"],
        "dense networks alone, without push-ups": figures["networks_alone"],
        **{f"draw {n} of convolutions, without push-ups": row for n, row in enumerate(figures["other_draws"], 2)},
    }
    return CARD.format(
        **{key: said[key] for key in ("temperature", "kin_temperature", "working_point", "seed")},
        names=len(said["names"]) - 1,
        share=SHARE,
        alone=figures["alone"],
        naming=NAMING[0],
        along=ALONG,
        members=members,
        a_recipe=members // len(RECIPES),
        each=each,
        clips=clips,
        overall=_table(overall),
        overall_clips=rows["without_push_ups"]["clips"],
        precision=_precisions(figures["precision"]),
        short_s=SHORT_S,
        short_power=said["short_power"],
        pieces=_pieces(figures["pieces"]),
        foreign_clips=figures["not_in_catalogue"]["clips"],
        foreign_named=figures["not_in_catalogue"]["named"],
        **{f"still_{key}": figures["stills"][own] for key, own in STILL_KEYS.items()},
        sources=_table(_only(rows, "source ")),
        each_name=_table(_only(rows, "name ")),
    )


def _precisions(rows: Mapping[str, Mapping[str, float]]) -> str:
    head = f"| weights stored in | {' | '.join(PRECISION_HEADINGS.values())} |\n|---" + "|---" * len(PRECISION_HEADINGS)
    shown = {key.replace("_", " "): [row[heading] for heading in PRECISION_HEADINGS] for key, row in rows.items()}
    lines = (f"| {key} | " + " | ".join(f"{value:g}" for value in row) + " |" for key, row in shown.items())
    return head + "|\n" + "\n".join(lines)


def _pieces(rows: Mapping[str, Row]) -> str:
    head = f"| | {' | '.join(PIECE_HEADINGS.values())} |\n|---" + "|---" * len(PIECE_HEADINGS)
    lines = (
        f"| {name} | " + " | ".join(_cell(row[key]) for key in PIECE_HEADINGS) + " |" for name, row in rows.items()
    )
    return head + "|\n" + "\n".join(lines)


def _only(rows: Mapping[str, Row], prefix: str) -> dict[str, Row]:
    return {key.removeprefix(prefix): row for key, row in rows.items() if key.startswith(prefix)}


def _table(rows: Mapping[str, Row]) -> str:
    head = "| | " + " | ".join(HEADINGS.values()) + " |\n|---|" + "---|" * len(HEADINGS) + "\n"
    lines = (f"| {name} | " + " | ".join(_cell(row[key]) for key in HEADINGS) + " |" for name, row in rows.items())
    return head + "\n".join(lines) + "\n"


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
