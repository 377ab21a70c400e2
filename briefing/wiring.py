"""Builds the real parts of a desk from its folder, once. The environment is read here and nowhere below."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import SystemRandom
from secrets import choice, token_urlsafe
from urllib.parse import urlsplit

from briefing.collect.guard import Policy
from briefing.deliver.channels import Place
from briefing.deliver.dkim import Signer
from briefing.deliver.hosts import hosts
from briefing.deliver.imap import box
from briefing.deliver.message import Letterhead
from briefing.deliver.smtp import verified
from briefing.deliver.standing import Sender
from briefing.deliver.tokens import checked_key
from briefing.demo.sample import MARKER, load_sample
from briefing.desk.announcing import Board, Notice
from briefing.desk.delivering import Pages, Post
from briefing.desk.parts import Desk, Fetching, unwatched
from briefing.desk.readers import Register
from briefing.desk.rendering import Renderer
from briefing.desk.returns import Boxes
from briefing.errors import UsageError
from briefing.model.issue import Issue
from briefing.model.topic import Topic
from briefing.read.text import fold
from briefing.settings import Settings, editions_of, load_desk, load_topic, topics_in
from briefing.store import issues
from briefing.store.connection import opened

SAMPLE = "sample"  # the bundled demonstration is no topic of a real desk
KEY_FILE = "desk.key"
NO_DOMAIN = "desk.invalid"
ID_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"


@contextmanager
def desk_at(folder: str | Path, *, step: Callable[[str], None] = unwatched) -> Iterator[Desk]:
    """The desk in a folder, open; closed at the end whatever happens. Raises SettingsError with every fault."""
    if not Path(folder).exists():
        raise UsageError(f"there is no folder {folder}", hint=f"`briefing init {folder}` makes a desk there")
    settings = load_desk(Path(folder), os.environ)
    desk = built(settings, topics_of(settings), sample=_is_demo(settings), step=step)
    try:
        yield desk
    finally:
        desk.database.close()


def topics_of(settings: Settings) -> tuple[Topic, ...]:
    """The topics that a desk watches, with its own changes to their editions."""
    wanted = settings.desk.topics
    folders = [path for path in topics_in(settings.folder) if path.name != SAMPLE]
    found = [load_topic(path, fold) for path in folders if not wanted or path.name in wanted]
    if _is_demo(settings):
        found = [replace(topic, sources=load_sample().resting()) for topic in found]
    return tuple(_with_editions(settings, topic) for topic in found)


def _is_demo(settings: Settings) -> bool:
    """Whether `briefing demo` made this desk: it holds invented news alone, and asks nobody."""
    return (settings.folder / MARKER).exists()


def _with_editions(settings: Settings, topic: Topic) -> Topic:
    return replace(topic, editions=editions_of(settings, topic))


def built(
    settings: Settings,
    topics: tuple[Topic, ...],
    *,
    sample: bool = False,
    step: Callable[[str], None] = unwatched,
) -> Desk:
    """The parts of a desk, as its settings say."""
    fetch, mail = settings.fetch, settings.mail
    policy = Policy(private=fetch.private_hosts)
    return Desk(
        name=settings.desk.name,
        folder=settings.folder,
        archive=settings.paths.archive,
        base_address=settings.desk.base_address,
        database=opened(settings.paths.database),
        topics=topics,
        fetching=Fetching(
            policy=policy,
            user_agent=fetch.user_agent,
            deadline_s=fetch.timeout_s,
            max_bytes=fetch.max_bytes,
            at_once=fetch.at_once,
            per_host=fetch.per_host,
        ),
        renderer=Renderer(
            folders=(settings.paths.templates,),
            base_address=settings.desk.base_address,
            sender=mail.sender or f"{settings.desk.name} <briefing@{_mail_domain(settings)}>",
            postal_address=mail.postal_address,
            reply_to=mail.reply_to or "",
        ),
        settings=settings,
        sample=sample,
        places=_places(settings),
        step=step,
    )


def _places(settings: Settings) -> tuple[Place, ...]:
    """The channels of the desk file, each with its address: BRIEFING_CHANNELS='newsroom=slack://… hook=json://…'."""
    words = (word.partition("=") for word in settings.secrets.channels.split())
    addresses = {name: address for name, _, address in words}
    names = [one.name for one in settings.channel]
    for name in (*addresses, *names):
        if names.count(name) != 1 or not addresses.get(name):
            hint = (
                "each [[channel]] of desk.toml needs one name=address in BRIEFING_CHANNELS, and each address a channel"
            )
            raise UsageError(f"the channel {name!r} has no address, or no part of its own in desk.toml", hint=hint)
    return tuple(Place(one.name, one.topic, one.edition, one.language, addresses[one.name]) for one in settings.channel)


def _mail_domain(settings: Settings) -> str:
    """Where a desk without a sender of its own writes from: the host of its pages, else a domain that is none."""
    host = urlsplit(settings.desk.base_address).hostname or ""
    named = "." in host and not host.rpartition(".")[2].isdigit()
    return host.removeprefix("www.") if named and host.isascii() else NO_DOMAIN


def signing_key(settings: Settings) -> bytes:
    """What signs readers' links: from the environment, else from `desk.key`, which is made at its first use."""
    if settings.secrets.signing_key:
        return _checked(settings.secrets.signing_key, "BRIEFING_SIGNING_KEY")
    file = settings.folder / KEY_FILE
    try:
        if not file.exists():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(token_urlsafe(48))
        return _checked(file.read_text("ascii").strip(), str(file))
    except OSError as fault:
        raise UsageError(f"{file}: the signing key cannot be kept ({fault.strerror})") from fault


def _checked(text: str, place: str) -> bytes:
    try:
        return checked_key(text)
    except ValueError as fault:
        raise UsageError(f"{place}: {fault}") from fault


def register(desk: Desk) -> Register:
    """Where this desk's readers are kept."""
    return Register(desk.database, signing_key(desk.settings), lambda: "".join(choice(ID_SIGNS) for _ in range(16)))


def post(desk: Desk, clock: Callable[[], datetime], holder: str) -> Post:
    """How this desk sends; `holder` as `Post` has it. Raises DeliveryError when no mail server is set."""
    sending = sender(desk)
    if sending.domain == NO_DOMAIN and not all(server.is_loopback for server in sending.hosts):
        raise UsageError("letters need a sender", hint="set [mail] sender = 'The Desk <desk@example.org>' in desk.toml")
    return Post(
        hosts=sending.hosts,
        tls=sending.tls,
        key=signing_key(desk.settings),
        return_path=f"bounce@{sending.domain}",
        clock=clock,
        chance=SystemRandom().random,
        holder=holder,
        signers=sending.signers,
        per_second=desk.settings.mail.per_second,
        uncertain=desk.settings.mail.uncertain,
        board=Board(desk.places, notices(desk)) if desk.places else None,
    )


def sender(desk: Desk) -> Sender:
    """The domain that letters come from, its keys and its servers. Raises DeliveryError when no mail server is set."""
    mail, domain = desk.settings.mail, desk.renderer.domain
    alone = desk.places and not desk.settings.secrets.smtp_url  # such a desk announces its issues and mails nothing
    servers = () if alone else hosts(desk.settings.secrets.smtp_url, domain, mail.connections)
    signers: tuple[Signer, ...] = ()
    if mail.dkim_key_file:
        from briefing.deliver.keys import signer  # noqa: PLC0415 - 7 MB, where letters are signed

        try:
            pem = mail.dkim_key_file.read_bytes()
        except OSError as fault:
            raise UsageError(f"{mail.dkim_key_file}: the DKIM key cannot be read ({fault.strerror})") from fault
        signers = (signer(mail.dkim_domain or domain, mail.dkim_selector or "briefing", pem),)
    return Sender(domain, signers, servers, verified(), one_click=desk.base_address.startswith("https:"))


def notices(desk: Desk) -> Notice:
    """What other channels are told of an issue: its subject, what it counts, and where it stands."""

    def notice(topic: str, issue: str, language: str) -> tuple[str, str]:
        found = _document(desk, topic, issue)
        web = desk.renderer.links(found, language).web
        return desk.renderer.subject(found, language), f"{desk.renderer.preheader(found, language).strip()}\n\n{web}"

    return notice


def _document(desk: Desk, topic: str, issue: str) -> Issue:
    found = issues.document(desk.database, topic, issue)
    if found is None:
        raise UsageError(f"there is no issue {issue} of {topic}")
    return found


def boxes(desk: Desk) -> Boxes:
    """Where this desk's bounces come to; nowhere, unless it says so."""
    address = desk.settings.secrets.imap_url
    return Boxes(desk.settings.mail.bounce_maildir, box(address) if address else None, verified())


def pages(desk: Desk) -> Pages:
    """The letters of published issues, as the sender asks for them."""

    def page(topic: str, issue: str, language: str) -> tuple[Letterhead, str, str]:
        found = _document(desk, topic, issue)
        forms = desk.renderer.forms(found, language)
        return desk.renderer.letterhead(found, language), forms.text, forms.html

    return page
