"""Fetching model files: resumed, verified, and never half there. Against a server on this machine."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.assets import POSE_LANDMARKER, Asset, download, locate, verify
from pipeline.errors import AssetCorrupt, AssetMissing

CONTENT = bytes(range(256)) * 1000


class Files(BaseHTTPRequestHandler):
    """Serves CONTENT with ranges, if it knows them; breaks off once after `breaks_after` bytes."""

    breaks_after: int | None = None
    knows_ranges = True
    ranges: list[str | None]

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.knows_ranges else 0
        self.send_response(206 if asked and self.knows_ranges else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        limit, type(self).breaks_after = type(self).breaks_after, None
        self.wfile.write(CONTENT[start : start + limit] if limit else CONTENT[start:])

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def server() -> Iterator[str]:
    Files.ranges, Files.breaks_after, Files.knows_ranges = [], None, True
    served = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}/model"
    served.shutdown()
    thread.join()
    served.server_close()


def asset(content: bytes = CONTENT) -> Asset:
    digest = hashlib.sha256(content).hexdigest()
    return Asset("model", "model.bin", "", (digest,), len(content), "MIT", "a model")


def test_a_download_lands_verified_and_tells_how_far_it_is(server: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = download(asset(), tmp_path / "new", lambda done, total: told.append((done, total)), url=server)
    assert path.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), len(CONTENT))
    assert verify(asset(), tmp_path / "new") == path


def test_a_broken_download_goes_on_where_it_stopped(server: str, tmp_path: Path) -> None:
    Files.breaks_after = 100_000
    with pytest.raises(OSError, match=r"stopped|Incomplete"):
        download(asset(), tmp_path, lambda *_: None, url=server)
    with pytest.raises(AssetMissing):
        locate(asset(), tmp_path)
    assert download(asset(), tmp_path, lambda *_: None, url=server).read_bytes() == CONTENT
    assert Files.ranges == [None, "bytes=100000-"]


def test_a_server_that_sends_all_of_it_again_is_not_added_to_what_is_there(server: str, tmp_path: Path) -> None:
    Files.knows_ranges = False
    (tmp_path / "model.bin.part").write_bytes(CONTENT[:1000])
    assert download(asset(), tmp_path, lambda *_: None, url=server).read_bytes() == CONTENT


def test_what_has_arrived_whole_is_not_asked_for(server: str, tmp_path: Path) -> None:
    (tmp_path / "model.bin.part").write_bytes(CONTENT)
    assert download(asset(), tmp_path, lambda *_: None, url=server).read_bytes() == CONTENT
    assert Files.ranges == []


def test_a_server_that_breaks_off_between_pieces_or_speaks_no_http_could_not_be_reached(tmp_path: Path) -> None:
    for said in (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhalf", b"who is there?\r\n\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            threading.Thread(target=_answer_once, args=(listening, said)).start()
            with pytest.raises(OSError, match="broke off"):
                download(asset(), tmp_path, lambda *_: None, url=f"http://127.0.0.1:{listening.getsockname()[1]}/")


def _answer_once(listening: socket.socket, said: bytes) -> None:
    caller, _ = listening.accept()
    with caller:
        caller.recv(4096)
        caller.sendall(said)


def test_wrong_bytes_never_become_the_file(server: str, tmp_path: Path) -> None:
    wanted = replace(asset(), sha256=("0" * 64,))
    with pytest.raises(AssetCorrupt):
        download(wanted, tmp_path, lambda *_: None, url=server)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(CONTENT + b"!")
    with pytest.raises(AssetCorrupt) as corrupt:
        verify(asset(), tmp_path)
    assert corrupt.value.facts["expected_sha256"] == asset().sha256[0]


def test_the_pose_model_s_digests_are_digests() -> None:
    assert all(len(digest) == 64 and int(digest, 16) for digest in POSE_LANDMARKER.sha256)
