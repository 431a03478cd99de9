"""Fetching from a mirror and from a local server that misbehaves: what is kept is whole, checked and inside."""

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.fetching import FetchError, FetchOutcome, Limits, download, fetch_documents
from pipeline.fetching.addresses import check_address
from pipeline.schemas import Document

PDF = b"%PDF-1.7\n" + b"x" * 5000
HTML = b"<!doctype html><html><body>not found</body></html>"
QUICK = Limits(seconds=5, silence=0.5, megabytes=0.01, retries=2, pause=0.01)
Answer = Callable[[BaseHTTPRequestHandler], None]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def document(identifier: str = "a", **fields: str) -> Document:
    """Make a document whose file is pdf/<id>.pdf, unless told otherwise."""
    row = Document(identifier, "KOR", 2023, "Plan", "", "ko", "other", f"pdf/{identifier}.pdf", "", "", "", "", "")
    return replace(row, **fields)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "mirror"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("place", ["pdf/a.pdf", "a.pdf", "text/a.pdf", "some/where/below/a.pdf"])
def test_a_file_is_found_in_the_mirror_by_its_path_or_name(corpus: Path, mirror: Path, place: str) -> None:
    (mirror / place).parent.mkdir(parents=True, exist_ok=True)
    (mirror / place).write_bytes(PDF)
    outcomes = fetch_documents([document(sha256=sha(PDF))], corpus, mirror=mirror)
    assert outcomes == [FetchOutcome("a", "copied", file="pdf/a.pdf", sha256=sha(PDF))]
    assert files_below(corpus) == {"pdf/a.pdf": PDF}


def test_of_files_with_one_name_that_with_the_right_content_is_copied(corpus: Path, mirror: Path) -> None:
    (mirror / "a.pdf").write_bytes(b"%PDF another")
    (mirror / "z").mkdir()
    (mirror / "z" / "a.pdf").write_bytes(PDF)
    (outcome,) = fetch_documents([document(sha256=sha(PDF))], corpus, mirror=mirror)
    assert outcome.status == "copied"
    assert files_below(corpus) == {"pdf/a.pdf": PDF}


def test_another_file_of_that_name_is_not_copied(corpus: Path, mirror: Path) -> None:
    (mirror / "a.pdf").write_bytes(b"%PDF another")
    (corpus / "pdf").mkdir()
    (corpus / "pdf" / "a.pdf").write_bytes(b"what was there")
    (outcome,) = fetch_documents([document(sha256=sha(PDF))], corpus, mirror=mirror)
    assert outcome.status == "failed"
    assert "it is another file and was not copied" in outcome.reason
    assert files_below(corpus) == {"pdf/a.pdf": b"what was there"}


def test_what_is_there_is_left_alone_and_what_is_wrong_is_brought_anew(corpus: Path, mirror: Path) -> None:
    (corpus / "pdf").mkdir()
    (corpus / "pdf" / "a.pdf").write_bytes(PDF)
    (corpus / "pdf" / "b.pdf").write_bytes(b"half a fi")
    (mirror / "b.pdf").write_bytes(PDF + b"b")
    before = (corpus / "pdf" / "a.pdf").stat()
    documents = [document("a", sha256=sha(PDF)), document("b", sha256=sha(PDF + b"b"))]
    assert [outcome.status for outcome in fetch_documents(documents, corpus, mirror=mirror)] == ["present", "copied"]
    assert (corpus / "pdf" / "a.pdf").stat() == before
    assert (corpus / "pdf" / "b.pdf").read_bytes() == PDF + b"b"


def test_without_a_registered_sha256_the_outcome_tells_it(corpus: Path, mirror: Path) -> None:
    (mirror / "a.pdf").write_bytes(PDF)
    for status in ("copied", "present"):
        assert fetch_documents([document()], corpus, mirror=mirror) == [
            FetchOutcome("a", status, file="pdf/a.pdf", sha256=sha(PDF))
        ]


def test_two_rows_never_get_the_same_file(corpus: Path, mirror: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (mirror / name).write_bytes(PDF)
    documents = [document("a"), document("b"), document("c", sha256=sha(PDF))]
    outcomes = fetch_documents(documents, corpus, mirror=mirror)
    assert [outcome.status for outcome in outcomes] == ["failed", "failed", "copied"]
    assert outcomes[0].reason == "it is the same file as that of c; remove one of the two rows"
    assert list(files_below(corpus)) == ["pdf/c.pdf"]


def test_links_that_leave_the_mirror_or_the_corpus_are_not_followed(corpus: Path, mirror: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(PDF)
    (mirror / "a.pdf").symlink_to(tmp_path / "secret.pdf")
    (mirror / "b.pdf").write_bytes(PDF)
    (tmp_path / "outside").mkdir()
    (corpus / "pdf").symlink_to(tmp_path / "outside")
    outcomes = fetch_documents([document("a", file="text/a.pdf"), document("b")], corpus, mirror=mirror)
    assert [outcome.status for outcome in outcomes] == ["failed", "failed"]
    assert "is not in the mirror" in outcomes[0].reason
    assert "leads out of the corpus folder" in outcomes[1].reason
    assert files_below(tmp_path / "outside") == {}


def test_a_document_that_is_nowhere_is_a_sentence(corpus: Path, mirror: Path) -> None:
    outcomes = fetch_documents([document("a"), document("b", file="")], corpus, mirror=mirror)
    outcomes += fetch_documents([document("c")], corpus)
    assert [outcome.status for outcome in outcomes] == ["failed"] * 3
    assert ["mirror" in outcome.reason for outcome in outcomes] == [True] * 3
    with pytest.raises(ValueError, match="is not a folder"):
        fetch_documents([], corpus, mirror=mirror / "absent")


def test_progress_is_told(corpus: Path) -> None:
    told: list[tuple[str, int, int]] = []
    fetch_documents([document("a"), document("b")], corpus, progress=lambda *step: told.append(step))
    assert told == [("fetch", 1, 2), ("fetch", 2, 2)]


class Server:
    """A local server: each path has an answer, and what was asked is noted."""

    def __init__(self) -> None:
        """Listen on a free port of this machine."""
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        owner = self

        class Requests(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.asked.append((self.path, self.headers["User-Agent"]))
                owner.answers.get(self.path, send(HTML, status=404))(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def paths(self) -> list[str]:
        """Return the paths asked for, in order."""
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.server.shutdown()
    running.server.server_close()


def send(content: bytes, *, status: int = 200, length: int | None = None, **headers: str) -> Answer:
    """Answer with a content, and with a length that may be a lie."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(content) if length is None else length))
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def endless(request: BaseHTTPRequestHandler) -> None:
    """Answer without a length and without an end."""
    request.send_response(200)
    request.end_headers()
    try:
        while True:
            request.wfile.write(b"%PDF-" + b"x" * 1000)
    except OSError:
        pass


def stalled(request: BaseHTTPRequestHandler) -> None:
    """Begin an answer and fall silent."""
    request.send_response(200)
    request.send_header("Content-Length", str(len(PDF)))
    request.end_headers()
    request.wfile.write(PDF[:100])
    request.wfile.flush()
    time.sleep(1.5)


def dripping(request: BaseHTTPRequestHandler) -> None:
    """Answer a byte at a time, never silent for long."""
    request.send_response(200)
    request.end_headers()
    try:
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def in_turn(*answers: Answer) -> Answer:
    """Answer differently each time."""
    left = list(answers)
    return lambda request: left.pop(0)(request)


def fetch(row: Document, corpus: Path, limits: Limits = QUICK) -> FetchOutcome:
    (outcome,) = fetch_documents([row], corpus, allow_private=True, limits=limits)
    return outcome


def test_a_file_is_downloaded_and_its_sha256_told(server: Server, corpus: Path) -> None:
    server.answers["/plan.pdf"] = send(PDF)
    row = document(url=f"{server.address}/plan.pdf")
    assert fetch(row, corpus) == FetchOutcome("a", "downloaded", file="pdf/a.pdf", sha256=sha(PDF))
    assert files_below(corpus) == {"pdf/a.pdf": PDF}
    assert server.asked[0][1].startswith("strategy-tables/")
    assert fetch(row, corpus).status == "present"
    assert server.paths() == ["/plan.pdf"]


@pytest.mark.parametrize(
    ("row", "content", "file"),
    [
        (document(file=""), PDF, "pdf/a.pdf"),
        (document(file=""), HTML, "html/a.html"),
        (document(file="html/a.html"), PDF, "pdf/a.pdf"),
        (document(file="html/own.htm"), HTML, "html/own.htm"),
        (document(file=""), "プラン".encode(), "text/a.txt"),
    ],
)
def test_a_file_is_stored_as_what_it_is(server: Server, corpus: Path, row: Document, content: bytes, file: str) -> None:
    server.answers["/plan"] = send(content)
    outcome = fetch(replace(row, url=f"{server.address}/plan"), corpus)
    assert (outcome.status, outcome.file) == ("downloaded", file)
    assert files_below(corpus) == {file: content}


@pytest.mark.parametrize(
    ("answer", "sentence", "times"),
    [
        (send(HTML), "gave an HTML page where a PDF was expected", 1),
        (send(b"PK\x03\x04\x00\x00"), "gave neither a PDF nor an HTML page nor plain text", 1),
        (send(b""), "answered with an empty file", 3),
        (send(HTML, status=404), "answered 404 Not Found", 1),
        (send(HTML, status=503), "answered 503", 3),
        (send(PDF, length=len(PDF) + 10), "broke off", 3),
        (send(PDF * 3), "15,027 bytes long; the limit is 0.01 megabytes", 1),
        (endless, "longer than the limit of 0.01 megabytes", 1),
        (send(b"", status=302, Location="ftp://example.org/plan.pdf"), "not an address that begins with http", 1),
        (send(b"", status=302, Location="file:///etc/passwd"), "not an address that begins with http", 1),
        (send(b"", status=302, Location="/plan.pdf"), "more than 8 redirects", 9),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_leaves_no_file(
    server: Server, corpus: Path, answer: Answer, sentence: str, times: int
) -> None:
    server.answers["/plan.pdf"] = answer
    outcome = fetch(document(url=f"{server.address}/plan.pdf"), corpus)
    assert outcome.status == "failed"
    assert sentence in outcome.reason
    assert files_below(corpus) == {}
    assert len(server.asked) == times


def test_a_server_that_falls_silent_or_never_ends_costs_a_bounded_time(server: Server, corpus: Path) -> None:
    server.answers |= {"/stalled.pdf": stalled, "/dripping.pdf": dripping}
    limits = replace(QUICK, seconds=1.0, silence=0.2, retries=1)
    begun = time.monotonic()
    silent = fetch(document(url=f"{server.address}/stalled.pdf"), corpus, limits)
    slow = fetch(document(url=f"{server.address}/dripping.pdf"), corpus, limits)
    assert "did not answer for 0.2 seconds" in silent.reason
    assert "took longer than the limit of 1 seconds" in slow.reason
    assert time.monotonic() - begun < 5
    assert files_below(corpus) == {}


def test_a_passing_fault_is_tried_again(server: Server, corpus: Path) -> None:
    server.answers["/plan.pdf"] = in_turn(send(b"", status=503), send(PDF, length=9000), send(PDF))
    assert fetch(document(url=f"{server.address}/plan.pdf"), corpus).status == "downloaded"
    assert files_below(corpus) == {"pdf/a.pdf": PDF}


def test_redirects_are_followed(server: Server, corpus: Path) -> None:
    server.answers |= {"/old": send(b"", status=301, Location="new/plan.pdf"), "/new/plan.pdf": send(PDF)}
    assert fetch(document(url=f"{server.address}/old"), corpus).status == "downloaded"


def test_a_changed_document_is_not_kept_and_what_was_there_stays(server: Server, corpus: Path) -> None:
    (corpus / "pdf").mkdir()
    (corpus / "pdf" / "a.pdf").write_bytes(b"damaged")
    server.answers["/plan.pdf"] = send(PDF)
    outcome = fetch(document(url=f"{server.address}/plan.pdf", sha256="0" * 64), corpus)
    assert "it has changed since it was registered" in outcome.reason
    assert files_below(corpus) == {"pdf/a.pdf": b"damaged"}


def test_private_addresses_are_refused_unless_allowed(server: Server, corpus: Path) -> None:
    server.answers["/plan.pdf"] = send(PDF)
    (outcome,) = fetch_documents([document(url=f"{server.address}/plan.pdf")], corpus)
    assert "127.0.0.1, which is not on the public internet" in outcome.reason
    assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/x.pdf",
        "http://10.0.0.1/x.pdf",
        "http://169.254.169.254/latest",
        "http://[::1]/x.pdf",
        "http://[::ffff:10.0.0.1]/x.pdf",
        "http://0.0.0.0/x.pdf",
        "http://2130706433/x.pdf",
        "http://100.64.0.1/x.pdf",
    ],
)
def test_addresses_of_private_networks_are_known_in_every_spelling(url: str) -> None:
    with pytest.raises(FetchError):
        check_address(url, allow_private=False)


@pytest.mark.parametrize(
    "url", ["ftp://a.org/x", "file:///x", "x.pdf", "", "http://", "http://[::1", "http://u:p@a.org/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        check_address(url, allow_private=True)


def test_a_host_is_refused_when_one_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (host, 80)) for host in ("93.184.215.14", "192.168.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(FetchError, match=r"is at 192\.168\.0\.1"):
        check_address("http://both.example/", allow_private=False)


def test_the_address_that_was_checked_is_the_one_that_is_asked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is looked up once only cannot change its address between the check and the request."""
    server.answers["/plan.pdf"] = send(PDF)
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **named: object) -> object:
        looked_up.append(host)
        return real("127.0.0.1" if host == "plan.example" else host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    url = server.address.replace("127.0.0.1", "plan.example") + "/plan.pdf"
    path = download(url, tmp_path, allow_private=True, limits=QUICK)
    assert path.read_bytes() == PDF
    assert looked_up.count("plan.example") == 1
