"""Signing in: by a mailed link or the operator's password; a session on the server, a token only the browser has."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from binascii import Error
from datetime import timedelta

from briefing.store import sessions
from briefing.store.sessions import Deed
from briefing.web.visit import Visit

LASTS = timedelta(hours=12)
LINK_LASTS = timedelta(minutes=15)
WORK = {"n": 1 << 14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try
HASHED = "scrypt$"
EDITOR = "editor"


def hashed(password: str, salt: bytes) -> str:
    """What an operator may set in place of the password itself."""
    digest = hashlib.scrypt(password.encode(), salt=salt, **WORK)
    return f"{HASHED}{b64encode(salt).decode()}${b64encode(digest).decode()}"


def is_password(given: str, kept: str) -> bool:
    """Takes the same time for every guess. `kept` is the password, or what `hashed` makes of it."""
    salt, wanted = _parts(kept)
    digest = hashlib.scrypt(given.encode("utf-8", "replace"), salt=salt, **WORK)
    return hmac.compare_digest(digest, wanted) and bool(kept)


def _parts(kept: str) -> tuple[bytes, bytes]:
    if kept.startswith(HASHED):
        try:
            first, _, second = kept.removeprefix(HASHED).partition("$")
            return b64decode(first, validate=True), b64decode(second, validate=True)
        except (Error, ValueError):
            return b"", b""  # opens for nobody
    salt = hashlib.sha256(b"briefing editor" + kept.encode()).digest()[:16]
    return salt, hashlib.scrypt(kept.encode(), salt=salt, **WORK)


def cookie_name(visit: Visit) -> str:
    """Behind TLS the browser itself sees to it that no other host sets this cookie."""
    return "__Host-desk" if visit.base.startswith("https://") else "desk"


def begun(visit: Visit, who: str = EDITOR) -> str:
    """A new session; gives the cookie. Every sign-in has a token of its own, whatever the browser brought."""
    token = visit.house.fresh_token()
    deed = Deed(visit.now, who, "signed in", visit.client)
    sessions.begin(visit.desk.database, _hash(token), visit.now, visit.now + LASTS, deed)
    return _cookie(visit, token, int(LASTS.total_seconds()))


def ended(visit: Visit) -> str:
    """The session is over on the server; gives the cookie that is empty."""
    sessions.end(
        visit.desk.database, _hash(_token(visit)), Deed(visit.now, visit.who or EDITOR, "signed out", visit.client)
    )
    return _cookie(visit, "", 0)


def signed_in(visit: Visit) -> str:
    """Who asks; '' for who is not signed in, and for an editor whom the operator has let go since."""
    token = _token(visit)
    who = sessions.whose(visit.desk.database, _hash(token), visit.now) if token else ""
    still = bool(visit.house.password) if who == EDITOR else who in visit.house.editors
    return who if still else ""


def link_for(visit: Visit, who: str) -> str:
    """The address by which an editor signs in once, within minutes."""
    token = visit.house.fresh_token()
    sessions.offer(visit.desk.database, _hash(token), who, visit.now, visit.now + LINK_LASTS)
    return f"{visit.base}/editor/enter/{token}"


def entered(visit: Visit, token: str) -> str:
    """Whose link it is, which is used up by asking; '' where it opens nothing."""
    who = sessions.taken(visit.desk.database, _hash(token[:200]), visit.now)
    return who if who in visit.house.editors else ""


def form_token(visit: Visit) -> str:
    """Stands in every form of the editor: made of the session, so that no other page can know it."""
    return hmac.new(_token(visit).encode(), b"form", hashlib.sha256).hexdigest()


def is_own_form(visit: Visit) -> bool:
    return hmac.compare_digest(form_token(visit), visit.sent("form"))


def _token(visit: Visit) -> str:
    return visit.cookies.get(cookie_name(visit), "")[:200]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _cookie(visit: Visit, token: str, seconds: int) -> str:
    secure = "; Secure" if visit.base.startswith("https://") else ""
    return f"{cookie_name(visit)}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
