"""Downloads one file within limits of time and size, into a temporary file that the caller moves or removes."""

from __future__ import annotations

import os
import ssl
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from pipeline.fetching.addresses import FetchError, Target, check_address

USER_AGENT = "strategy-tables/0.1 (reads public national strategies for research; asks one file at a time)"
_MOST_REDIRECTS = 8
_PAUSES = (429, 500, 502, 503, 504)
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Limits:
    """What one download may cost: seconds in all and between two pieces, bytes, and how often it is tried again.

    ``pause`` is how many seconds to wait before the first new try; it doubles with each.
    """

    seconds: float = 180.0
    silence: float = 30.0
    megabytes: float = 200.0
    retries: int = 2
    pause: float = 1.0


def download(
    url: str,
    folder: Path,
    *,
    limits: Limits | None = None,
    allow_private: bool = False,
    user_agent: str = USER_AGENT,
    wait: Callable[[float], None] = time.sleep,
) -> Path:
    """Download ``url`` into a new temporary file in ``folder`` and return its path; the caller moves or removes it.

    FetchError (a ValueError) with a sentence where that fails; then no file is left. Proxies set in the environment
    are not used: through them the check for private addresses would mean nothing.
    """
    limits = limits or Limits()
    folder.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=folder, prefix=".fetching-", suffix=".part")
    os.close(number)
    path = Path(name)
    try:
        for attempt in range(limits.retries + 1):
            try:
                _download_once(url, path, limits, allow_private, user_agent)
                break
            except FetchError as error:
                if not error.again or attempt == limits.retries:
                    raise
                wait(limits.pause * 2**attempt)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def content_kind(path: Path) -> str:
    """Return "pdf", "html", "txt" or nothing, by the beginning of a downloaded file.

    The register's own check when a document is added is stricter; layers do not import each other.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    small = head.lower()
    if b"%pdf-" in small[:1024]:
        return "pdf"
    if any(tag in small for tag in (b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    return "txt" if head.strip() and b"\x00" not in head else ""


def _download_once(url: str, path: Path, limits: Limits, allow_private: bool, user_agent: str) -> None:
    """Follow redirects by hand, so that each address on the way is checked before it is asked."""
    deadline = time.monotonic() + limits.seconds
    timeout = httpx.Timeout(min(limits.silence, limits.seconds))
    headers = {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "identity"}
    try:
        with httpx.Client(timeout=timeout, headers=headers, trust_env=False, follow_redirects=False) as client:
            for _ in range(_MOST_REDIRECTS + 1):
                target = check_address(url, allow_private=allow_private)
                following = _ask(client, target, path, limits, deadline)
                if not following:
                    return
                url = following
    except httpx.TimeoutException as error:
        raise FetchError(f"{url} did not answer for {limits.silence:g} seconds", again=True) from error
    except (httpx.HTTPError, ssl.SSLError) as error:
        raise FetchError(f"{url} broke off: {error or type(error).__name__}", again=True) from error
    except httpx.InvalidURL as error:
        raise FetchError(f"{url} is not a usable address: {error}") from error
    raise FetchError(f"{url} was reached after more than {_MOST_REDIRECTS} redirects; give the last address itself")


def _ask(client: httpx.Client, target: Target, path: Path, limits: Limits, deadline: float) -> str:
    """Ask one address; write what it sends to ``path``, or return the address that it redirects to."""
    for place, host in enumerate(target.hosts):
        request = client.build_request(
            "GET",
            target.pinned(host),
            headers={"Host": target.url.netloc.decode("ascii")},
            # The certificate must be the named host's, although an IP address is dialled.
            extensions={"sni_hostname": target.url.raw_host.decode("ascii")},
        )
        try:
            response = client.send(request, stream=True)
        except httpx.ConnectError:
            if place == len(target.hosts) - 1:
                raise
            continue
        try:
            return _take(response, target, path, limits, deadline)
        finally:
            response.close()
    raise FetchError(f"the host {target.url.host} has no address", again=True)


def _take(response: httpx.Response, target: Target, path: Path, limits: Limits, deadline: float) -> str:
    url, status = target.url, response.status_code
    if response.is_redirect:
        return str(url.join(response.headers["location"]))
    if status != 200:
        reason = f"{url} answered {status} {response.reason_phrase}".rstrip()
        raise FetchError(reason, again=status in _PAUSES)
    most = int(limits.megabytes * 1_000_000)
    told = response.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise FetchError(f"{url} is {int(told):,} bytes long; the limit is {limits.megabytes:g} megabytes")
    size = 0
    with path.open("wb") as sink:
        for piece in response.iter_bytes():
            size += len(piece)
            if size > most:
                raise FetchError(f"{url} is longer than the limit of {limits.megabytes:g} megabytes")
            if time.monotonic() > deadline:
                raise FetchError(f"{url} took longer than the limit of {limits.seconds:g} seconds")
            sink.write(piece)
    if not size:
        raise FetchError(f"{url} answered with an empty file", again=True)
    return ""
