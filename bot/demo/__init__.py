"""What the demonstration needs: `sample.mp4`, a filmed set of known repetitions, and `sample-log.csv`, what a watch
might have recorded of two sets; the truth of each in the json beside it.

Nobody is in them: the athlete is drawn by `tests/athlete`, the wrist moved by `tests/pipeline/motion/wrist.py`. Made by
`python -m tests.athlete.sample` and `python -m tests.pipeline.motion.sample`.
"""
