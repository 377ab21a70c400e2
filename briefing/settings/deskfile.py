"""`desk.toml` and the environment: read once, at start, into one frozen `Settings`.

The only place that knows the order of precedence: flag, environment, file, default.
"""

import re
import types
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, ValidationError

from briefing.errors import SettingsError
from briefing.model.subscriber import UncertainRule
from briefing.model.topic import QuietRule, ReviewRule, Rhythm
from briefing.settings.faults import Page, Strict, nearest, read_page
from briefing.settings.lines import Path as Keys
from briefing.settings.shapes import Count, Name, Words, Zone

PREFIX = "BRIEFING_"
SECRETS = ("smtp_url", "imap_url", "channels", "signing_key", "editor_password")
OTHER_VARIABLES = ("BRIEFING_DESK",)  # read by the command line itself
AGENT = "briefing (self-hosted topic desk; asks conditionally and rarely)"


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("should be an address that begins with http:// or https://")
    return text.rstrip("/")


def _mailbox(text: str) -> str:
    bare = re.sub(r"^.*<([^<>]*)>$", r"\1", text.strip())
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", bare) or "\n" in text:
        raise ValueError("should be one mail address: 'desk@example.org' or 'The Desk <desk@example.org>'")
    return text.strip()


Address = Annotated[str, AfterValidator(_address)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Place = Annotated[Path, Field(strict=False)]
Seconds = Annotated[float, Field(gt=0)]


UNNAMED = "Briefing"  # a desk that has no name of its own; its Chinese pages say so in Chinese


class DeskPart(Strict):
    """`[desk]`: who publishes, and where the archive can be read."""

    name: str = UNNAMED
    base_address: Address = "http://127.0.0.1:8000"
    zone: Zone = "UTC"
    topics: Words = ()  # empty: every topic that is found


class PathsPart(Strict):
    """`[paths]`: files and folders; relative ones start at the desk file's folder."""

    database: Place = Path("desk.db")
    archive: Place = Path("archive")
    templates: Place = Path("templates")


class FetchPart(Strict):
    """`[fetch]`: bounds of a request, and which private hosts may be asked."""

    user_agent: str = AGENT
    timeout_s: Seconds = 30.0
    max_bytes: Count = 10_000_000
    at_once: Count = 20
    per_host: Count = 2
    private_hosts: Words = ()


class MatchingPart(Strict):
    """`[matching]`: what helps the editor to see that two stories are one."""

    semantic: bool = False


class MailPart(Strict):
    """`[mail]`: what a letter says of its sender. The server's address is a secret and not here."""

    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    editor: Mailbox | None = None
    postal_address: str = ""
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key_file: Place | None = None
    bounce_maildir: Place | None = None
    uncertain: Annotated[UncertainRule, Field(strict=False)] = UncertainRule.HOLD
    connections: Count = 4
    per_second: Seconds = 50.0


MAIL_PLACES = ("dkim_key_file", "bounce_maildir")


class WebPart(Strict):
    """`[web]`: where the desk's own pages are served."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    behind_proxy: bool = False
    editors: tuple[Mailbox, ...] = ()


class EditionPart(Strict):
    """`[[edition]]`: what a topic's edition of that name does otherwise at this desk."""

    topic: Name
    name: Name
    enabled: bool | None = None
    rhythm: Annotated[Rhythm | None, Field(strict=False)] = None
    at: time | None = None
    zone: Zone | None = None
    weekday: Annotated[int, Field(ge=0, le=6)] | None = None
    quiet: Annotated[QuietRule | None, Field(strict=False)] = None
    review: Annotated[ReviewRule | None, Field(strict=False)] = None
    review_minutes: Count | None = None
    grace_minutes: Count | None = None
    languages: Words | None = None


class ChannelPart(Strict):
    """`[[channel]]`: where an edition is announced besides. Its address holds a token and is a secret."""

    name: Name
    topic: Name
    edition: Name
    language: Annotated[str, Field(pattern="^(en|zh)$")] = "en"


class Secrets(BaseModel):
    """From the environment, or from the file that the environment names; never shown."""

    smtp_url: str = Field(default="", repr=False)
    imap_url: str = Field(default="", repr=False)
    channels: str = Field(default="", repr=False)
    signing_key: str = Field(default="", repr=False)
    editor_password: str = Field(default="", repr=False)


class Settings(Strict):
    """All that an operator may decide; paths are absolute."""

    desk: DeskPart = DeskPart()
    paths: PathsPart = PathsPart()
    fetch: FetchPart = FetchPart()
    matching: MatchingPart = MatchingPart()
    mail: MailPart = MailPart()
    web: WebPart = WebPart()
    edition: Annotated[tuple[EditionPart, ...], Field(strict=False)] = ()
    channel: Annotated[tuple[ChannelPart, ...], Field(strict=False)] = ()
    secrets: Secrets = Field(default=Secrets(), exclude=True)
    folder: Path = Path()  # the desk's own folder

    def placed(self, folder: Path, secrets: Secrets) -> Self:
        """The settings of the desk in a folder, every path absolute."""
        placed = {key: folder / path for key in MAIL_PLACES if (path := getattr(self.mail, key))}
        paths = self.paths
        return self.model_copy(
            update={
                "folder": folder,
                "secrets": secrets,
                "mail": self.mail.model_copy(update=placed),
                "paths": PathsPart(
                    database=folder / paths.database,
                    archive=folder / paths.archive,
                    templates=folder / paths.templates,
                ),
            }
        )


SECTIONS: Mapping[str, type[Strict]] = types.MappingProxyType(
    {
        "desk": DeskPart,
        "paths": PathsPart,
        "fetch": FetchPart,
        "matching": MatchingPart,
        "mail": MailPart,
        "web": WebPart,
    }
)
KEYS = tuple(f"{section}.{key}" for section, shape in SECTIONS.items() for key in shape.model_fields)


def load_desk(path: Path, environment: Mapping[str, str], flags: Mapping[str, str] | None = None) -> Settings:
    """The settings of a desk folder or desk file. A desk without a file has the defaults.

    `flags` are what the command line was given, by key: {'paths.database': 'other.db'}.
    """
    file = path / "desk.toml" if path.is_dir() else path
    page = read_page(file, required=False)
    for name in ("secrets", "folder", *SECRETS):
        _refuse_secret(page, name)
    _overlay(
        page, {key: (_variable(key), environment[_variable(key)]) for key in KEYS if _variable(key) in environment}
    )
    _overlay(page, {key: (f"flag {key}", text) for key, text in (flags or {}).items()})
    _unknown_variables(page, environment)
    secrets = _secrets(page, environment)
    settings = page.check(Settings)
    if settings is None or page.faults:
        raise SettingsError(tuple(page.faults))
    return settings.placed(file.resolve().parent, secrets)


def _variable(key: str) -> str:
    return PREFIX + key.replace(".", "_").upper()


def _refuse_secret(page: Page, name: str) -> None:
    """A secret in the desk file is a fault of its own, wherever in the file it stands."""
    for keys in [(name,), *((section, name) for section in SECTIONS)]:
        table = page.values.get(str(keys[0])) if len(keys) > 1 else page.values
        if isinstance(table, dict) and name in table:
            del table[name]
            hint = f"set {PREFIX}{name.upper()} or {PREFIX}{name.upper()}_FILE" if name in SECRETS else "is no key"
            page.fault(keys, f"never stands in the desk file; {hint}" if name in SECRETS else hint)


def _overlay(page: Page, given: Mapping[str, tuple[str, str]]) -> None:
    """Puts what was given from outside over what the file says."""
    for key, (origin, text) in given.items():
        section, _, name = key.partition(".")
        keys: Keys = (section, name)
        page.origins[keys] = origin
        shape = SECTIONS.get(section)
        if shape is None or name not in shape.model_fields:
            page.fault(keys, f"unknown key{nearest(key, KEYS)}")
            continue
        table = page.values.setdefault(section, {})
        if isinstance(table, dict):
            table[name] = _converted(page, keys, shape, text)


def _converted(page: Page, keys: Keys, shape: type[Strict], text: str) -> object:
    """A value from outside is text; a list is parted by commas."""
    name = str(keys[-1])
    default = shape.model_fields[name].default
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    if not isinstance(default, (bool, int, float)):
        return text
    try:
        return TypeAdapter(type(default)).validate_strings(text)
    except ValidationError as error:
        page.fault(keys, error.errors()[0]["msg"].removeprefix("Input "))
        return default


def _unknown_variables(page: Page, environment: Mapping[str, str]) -> None:
    known = {*map(_variable, KEYS), *OTHER_VARIABLES}
    known |= {f"{PREFIX}{name.upper()}{end}" for name in SECRETS for end in ("", "_FILE")}
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            page.faults.append(f"{name}: unknown variable{nearest(name, known)}")


def _secrets(page: Page, environment: Mapping[str, str]) -> Secrets:
    found: dict[str, str] = {}
    for name in SECRETS:
        variable = PREFIX + name.upper()
        file = environment.get(f"{variable}_FILE")
        if file and variable in environment:
            page.faults.append(f"{variable}: is set together with {variable}_FILE; set one of them")
        elif file:
            found[name] = _secret_file(page, f"{variable}_FILE", Path(file))
        else:
            found[name] = environment.get(variable, "")
    return Secrets(**found)


def _secret_file(page: Page, variable: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        page.faults.append(f"{variable}: {file} cannot be read: {getattr(error, 'strerror', 'it is not UTF-8')}")
        return ""
