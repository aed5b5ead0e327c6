"""How the networks in `pipeline/weights` are trained: data, simulation, training, evaluation. Needs the `train`
extra.
"""
