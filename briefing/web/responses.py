"""Answers as HTTP: headers that keep a page safe, tags by which a browser asks again."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from briefing.web.documents import Paper
from briefing.web.visit import HTML, YEAR, Answer

STYLES_OF_ISSUES = "style-src 'unsafe-inline'"  # an issue carries its look within, as the letter does
POLICY = (
    "default-src 'none'; {styles}; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SAFE: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # a personal link never travels to another site; 'no-referrer' would hide Origin
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
Pairs = tuple[tuple[bytes, bytes], ...]
OWN_POLICY = POLICY.format(styles="style-src 'self'")
ISSUE_POLICY = POLICY.format(styles=STYLES_OF_ISSUES)


@lru_cache(maxsize=8)
def safe_headers(*, secure: bool, inline_styles: bool = False, framed: bool = False) -> Pairs:
    """What every answer carries, as it goes over the wire."""
    policy = ISSUE_POLICY if inline_styles else OWN_POLICY
    if framed:
        policy = policy.replace("frame-ancestors 'none'", "frame-src 'self'; frame-ancestors 'self'")
    made = {**SAFE, "content-security-policy": policy}
    if secure:
        made["strict-transport-security"] = f"max-age={YEAR}"
    return tuple((name.encode(), value.encode()) for name, value in made.items())


def response(answer: Answer, asked: Request, *, secure: bool, vary: str = "") -> Response:
    """The answer as it leaves; 304 where the browser has it already."""
    safe = safe_headers(secure=secure, inline_styles=answer.inline_styles, framed=answer.framed)
    headers = {"cache-control": f"public, max-age={answer.fresh_s}" if answer.fresh_s else "no-store"}
    if vary:
        headers["vary"] = vary
    if answer.location:
        headers["location"] = answer.location
    if answer.cookie:
        headers["set-cookie"] = answer.cookie
    if answer.name:
        headers["content-disposition"] = f'attachment; filename="{answer.name}"'
    if answer.retry_s:
        headers["retry-after"] = str(answer.retry_s)
    if answer.fresh_s and answer.status == 200:  # noqa: PLR2004 - HTTP's own number
        headers["etag"] = f'"{sha256(answer.body).hexdigest()[:20]}"'
        if is_known(asked, headers["etag"]):
            return _with(safe, Response(status_code=304, headers=headers))
    return _with(safe, Response(answer.body, answer.status, headers, answer.media))


def paper_response(paper: Paper, media: str, asked: Request, *, secure: bool, fresh_s: int) -> Response:
    """A file of the archive; compressed where the browser takes it."""
    safe = safe_headers(secure=secure, inline_styles=media == HTML)
    headers = {"cache-control": f"public, max-age={fresh_s}", "etag": paper.etag, "vary": "Accept-Encoding"}
    if is_known(asked, paper.etag):
        return _with(safe, Response(status_code=304, headers=headers))
    if paper.is_packed and "gzip" in asked.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return _with(safe, Response(paper.kept, 200, headers, media))
    return _with(safe, Response(paper.body, 200, headers, media))


def _with(safe: Pairs, made: Response) -> Response:
    made.raw_headers += safe
    return made


def is_known(asked: Request, etag: str) -> bool:
    """Whether the browser says that it has this very text."""
    tags = asked.headers.get("if-none-match", "")
    return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
