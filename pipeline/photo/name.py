"""A still body named: is it yoga at all, and which pose, or which exercise of the gym."""

from __future__ import annotations

from pipeline.photo.answer import Answer, answer
from pipeline.photo.network import pose_network
from pipeline.photo.shape import shapes
from pipeline.values import Array


def name_still(image_px: Array, visibility: Array) -> Answer:
    """What one body shows, from landmarks (1, 33, 2) in pixels (NaN where not known) and visibility (1, 33)."""
    network = pose_network()
    probabilities = network.probabilities(shapes(image_px, visibility))[0]
    return answer(network.names, probabilities, network.sure_from)
