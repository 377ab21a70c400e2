"""Canonical addresses: one key for one item, however its address is decorated. Asks nobody; only rewrites."""

import hashlib
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

import idna

from briefing.read.hosts import ALIASES, KEEP_ONLY, REDIRECTORS, TRACKING, TRACKING_PREFIXES, host_key

FRONT_LABELS = frozenset(("www", "www2", "m", "mobile", "wap", "3g", "amp", "touch"))
SAFE = "!$&'()*+,;=:@~-._/"
AMP_SUFFIX = re.compile(r"\.amp(\.html)?$", re.IGNORECASE)
INDEX = re.compile(r"/(?:index|default)\.(?:html?|shtml)$", re.IGNORECASE)
ARCHIVED = re.compile(r"^/web/\d{4,14}(?:[a-z]{2}_)?/(https?:/.*)$")
MAX_ADDRESS = 4_000
COMMON_LABELS = frozenset(("feeds", "feed", "rss", "blog", "com", "news", "gov", "org", "net", "edu"))
MAX_HOPS = 3  # a redirector inside a redirector inside a redirector


def absolute(base: str, address: str) -> str:
    """The address as seen from its page; '' where it leads nowhere that can be asked."""
    address = re.sub(r"[\x00-\x20\x7f]+", lambda found: "" if found[0].strip(" ") else "%20", address.strip())
    if not address or len(address) > MAX_ADDRESS:
        return ""
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return re.sub(r"^(https?://[^/?#]+)(?:/\.\.)+(?=/)", r"\1", joined, flags=re.IGNORECASE)


def canonical(address: str) -> str:
    """The key of an address: equal for http and https, with and without tracking, on www., m. and AMP."""
    plain = unwrapped(address.strip()[:MAX_ADDRESS])
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return plain
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return plain
    host = _host(host)
    query = parse_qsl(parts.query, keep_blank_values=True, errors="replace")
    if key := host_key(host, parts.path, dict(query)):
        return f"https://{key}"
    shown = f"{host}:{port}" if port and port not in {80, 443} else host
    path = _path(parts.path)
    kept = urlencode(sorted(_kept(host, query)), quote_via=quote)
    fragment = f"#{parts.fragment}" if parts.fragment[:1] in {"!", "/"} else ""  # a page drawn by script
    return f"https://{shown}{path}" + (f"?{kept}" if kept else "") + fragment


def unwrapped(address: str) -> str:
    """The address that a redirector link carries inside itself; any other address as it is."""
    for _ in range(MAX_HOPS):
        inner = _inner(address)
        if not inner:
            break
        address = inner
    return address


def identity(guid: str, link: str, title: str, date: str) -> str:
    """The key of an entry within its source: its guid, else its address, else its title with its date."""
    if guid.strip():
        return canonical(guid) if guid.strip().lower().startswith(("http://", "https://")) else guid.strip()
    if link:
        return canonical(link)
    digest = hashlib.sha256(f"{title.strip()}\n{date.strip()}".encode("utf-8", "replace")).hexdigest()
    return f"text:{digest[:20]}"


def host_of(address: str) -> str:
    """The host of an address without its front label; '' where there is none."""
    try:
        return _host(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def short_name(address: str) -> str:
    """A short name for a source, out of its host: 'caixin' for en.caixin.com and for feeds.caixin.com."""
    labels = [label for label in host_of(address).split(".") if label not in COMMON_LABELS]
    named = [label for label in labels[:-1] if len(label) > 2] or labels  # noqa: PLR2004 - 'en', 'zh', 'cn' name no one
    return re.sub(r"[^a-z0-9-]", "-", named[0] if named else "source").strip("-") or "source"


def _host(host: str) -> str:
    host = host.lower().rstrip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return host
    front, _, rest = host.partition(".")
    while front in FRONT_LABELS and "." in rest:
        host = rest
        front, _, rest = host.partition(".")
    return ALIASES.get(host, host)


def _path(path: str) -> str:
    """Dot segments resolved, escapes in one spelling, no AMP, no 'index.html', no slash at the end."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."} and segment.lower() != "amp":
            kept.append(quote(unquote(segment, errors="surrogateescape"), safe=SAFE, errors="surrogateescape"))
    return INDEX.sub("", AMP_SUFFIX.sub(r"\1", "/" + "/".join(kept))) or "/"


def _kept(host: str, query: list[tuple[str, str]]) -> list[tuple[str, str]]:
    only = KEEP_ONLY.get(host)
    if only is not None:
        return [(name, worth) for name, worth in query if name in only]
    return [
        (name, worth)
        for name, worth in query
        if name.lower() not in TRACKING
        and not name.lower().startswith(TRACKING_PREFIXES)
        and not _is_amp_mark(name, worth)
    ]


def _is_amp_mark(name: str, worth: str) -> bool:
    return (name.lower(), worth.lower()) in {("amp", "1"), ("amp", ""), ("outputtype", "amp"), ("amp", "true")}


def _inner(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = _host(parts.hostname or "")
    except ValueError:
        return ""
    if host == "web.archive.org" and (archived := ARCHIVED.match(parts.path)):
        return re.sub(r"^(https?:)/+", r"\1//", archived[1]) + (f"?{parts.query}" if parts.query else "")
    if (host == "google.com" and parts.path.startswith("/amp/")) or host.endswith(".cdn.ampproject.org"):
        return _amp_cache(parts.path)
    for marked, path, parameter in REDIRECTORS:
        if (host == marked or host.endswith("." + marked)) and parts.path.startswith(path):
            inner = dict(parse_qsl(parts.query)).get(parameter, "")
            if inner.lower().startswith(("http://", "https://")):
                return inner
    if host == "r.search.yahoo.com" and (found := re.search(r"/RU=([^/]+)/", parts.path)):
        return unquote(found[1])
    return ""


def _amp_cache(path: str) -> str:
    inner = re.sub(r"^/(?:amp|[cvia])/", "", path)
    secure = inner.startswith("s/")
    rest = inner.removeprefix("s/")
    return f"{'https' if secure else 'http'}://{rest}" if "." in rest.partition("/")[0] else ""
