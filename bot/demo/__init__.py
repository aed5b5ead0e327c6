"""What the demonstration needs: `sample.mp4`, a filmed set of known repetitions, and its truth, `sample.json`.

Nobody is in it: the athlete is drawn by `tests/athlete`. Made by `python -m tests.athlete.sample`.
"""
