"""Build the pose model out of the mediapipe wheel, for machines that reach only the package index.

The mediapipe 0.10.21 wheel carries the two BlazePose networks (Apache-2.0) as plain TFLite; MediaPipe Tasks wants
them zipped, with the normalisation of their input as TFLite metadata. The result is the same to the byte everywhere,
so its sha256 stands in `assets.py` beside the official file's.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import flatbuffers
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata
from mediapipe.tasks.metadata import schema_py_generated as tflite

from pipeline.assets import Asset, accept
from pipeline.errors import AssetCorrupt

WHEEL = "mediapipe==0.10.21"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip can hold: bytes must not depend on the day


@dataclass(frozen=True, slots=True)
class Network:
    """One network of the bundle; pixels are fed as (value - mean) / std."""

    member: str
    path_in_wheel: str
    sha256: str
    mean: float
    std: float


NETWORKS = (
    Network(
        member="pose_detector.tflite",
        path_in_wheel="mediapipe/modules/pose_detection/pose_detection.tflite",
        sha256="9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        mean=127.5,
        std=127.5,
    ),
    Network(
        member="pose_landmarks_detector.tflite",
        path_in_wheel="mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        sha256="e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        mean=0.0,
        std=255.0,
    ),
)


def build(asset: Asset, folder: Path) -> Path:
    """Write the pose bundle into `folder`, made out of the wheel that pip downloads.

    Raises subprocess.CalledProcessError when the index cannot be reached, AssetCorrupt when the wheel's networks
    or the bundle are not the expected bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        candidate = folder / f"{asset.file_name}.built"
        bundle(_download_wheel(Path(scratch)), candidate)
    return accept(asset, candidate, folder)


def bundle(wheel: Path, out: Path) -> None:
    """Write the networks of `wheel` to `out`, as MediaPipe Tasks >= 1.0 loads them. Raises AssetCorrupt."""
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for network in NETWORKS:
            content = source.read(network.path_in_wheel)
            found = hashlib.sha256(content).hexdigest()
            if found != network.sha256:
                raise AssetCorrupt(name=network.member, expected_sha256=network.sha256, found_sha256=found)
            member = zipfile.ZipInfo(network.member, EPOCH)
            member.create_system = 3  # Unix, also where this runs on Windows
            target.writestr(member, _with_normalisation(content, network))


def _download_wheel(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    wanted = ["--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--dest", str(folder), WHEEL]
    subprocess.run([*pip, *wanted], check=True, capture_output=True, text=True)
    return next(folder.glob("mediapipe-*.whl"))


def _with_normalisation(content: bytes, network: Network) -> bytes:
    model = tflite.ModelT.InitFromObj(tflite.Model.GetRootAsModel(bytearray(content), 0))
    described = tflite.BufferT()
    described.data = list(_packed(_input_metadata(network), b"M001"))
    model.buffers.append(described)
    entry = tflite.MetadataT()
    entry.name, entry.buffer = "TFLITE_METADATA", len(model.buffers) - 1
    model.metadata = [*(model.metadata or []), entry]
    return _packed(model, b"TFL3")


def _packed(table: object, identifier: bytes) -> bytes:
    builder = flatbuffers.Builder(0)
    builder.Finish(table.Pack(builder), identifier)  # type: ignore[attr-defined]
    return bytes(builder.Output())


def _input_metadata(network: Network) -> object:
    options = metadata.NormalizationOptionsT()
    options.mean, options.std = [network.mean], [network.std]
    unit = metadata.ProcessUnitT()
    unit.optionsType, unit.options = metadata.ProcessUnitOptions.NormalizationOptions, options
    tensor = metadata.TensorMetadataT()
    tensor.name, tensor.processUnits = "image", [unit]
    tensor.content = metadata.ContentT()
    tensor.content.contentPropertiesType = metadata.ContentProperties.ImageProperties
    tensor.content.contentProperties = metadata.ImagePropertiesT()
    tensor.content.contentProperties.colorSpace = metadata.ColorSpaceType.RGB
    subgraph = metadata.SubGraphMetadataT()
    subgraph.inputTensorMetadata = [tensor]
    described = metadata.ModelMetadataT()
    described.subgraphMetadata = [subgraph]
    return described
