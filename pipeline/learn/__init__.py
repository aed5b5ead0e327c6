"""How the networks in `pipeline/weights` were made: data, simulation, teaching, measuring. Needs the `train` extra."""
