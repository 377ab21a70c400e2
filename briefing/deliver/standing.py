"""How the desk stands with the mail servers of this world: SPF, DKIM, DMARC, MX, PTR and TLS.

Asks DNS and the desk's own mail servers, sends nothing, and gives each record that is to be published word for word.
"""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ssl import cert_time_to_seconds
from typing import Protocol

from briefing.deliver import spf
from briefing.deliver.dkim import Signer
from briefing.deliver.hosts import Host, Security
from briefing.deliver.smtp import opened
from briefing.errors import DeliveryError, LineLostError
from briefing.model.remark import Level, Remark

STRING = 255  # bytes: a TXT record is strings of at most so many
ENDS_SOON = timedelta(days=14)
NEW_KEY = "openssl genrsa -out dkim.pem 2048; set [mail] dkim_key_file to it; `briefing doctor` then shows the record"


class Names(spf.Names, Protocol):
    def names_of(self, address: str) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the domain of the sender's address, the keys, the servers."""

    domain: str
    signers: tuple[Signer, ...]
    hosts: tuple[Host, ...]
    tls: ssl.SSLContext
    one_click: bool = True  # the desk's pages have an https address


async def seen(sender: Sender, names: Names, now: datetime) -> tuple[Remark, ...]:
    """Every remark: the records, the addresses, the servers."""
    looks = [("SPF", lambda: _spf(sender, names)), *_dkim_looks(sender, names)]
    looks += [("DMARC", lambda: _dmarc(sender, names)), ("MX", lambda: _mx(sender, names))]
    found = [_answered(what, look, _record_for(what, sender)) for what, look in looks]
    found += [_answered("PTR", lambda host=host: _ptr(host, names), "") for host in sender.hosts]  # type: ignore[misc]
    found += [await _tls(host, sender.tls, now) for host in sender.hosts]
    if not sender.signers:
        what = "DKIM: letters are not signed, and Gmail, Yahoo and Microsoft refuse such from bulk senders"
        found.append(Remark(Level.WARNING, what, NEW_KEY))
    if not sender.one_click:
        what = "letters have no one-click unsubscribe, which Gmail and Yahoo ask of bulk senders"
        found.append(Remark(Level.WARNING, what, "serve the pages over https, and set [desk] base_address to that"))
    return tuple(found)


def record(place: str, text: str) -> str:
    """A TXT record as a zone file has it, ready to be copied."""
    pieces = (f'"{text[start : start + STRING]}"' for start in range(0, len(text), STRING))
    return f"publish: {place}. IN TXT {' '.join(pieces)}"


def _dkim_looks(sender: Sender, names: Names) -> Iterator[tuple[str, Callable[[], Remark]]]:
    for signer in sender.signers:
        yield f"DKIM {signer.place}", lambda one=signer: _dkim(one, sender.domain, names)  # type: ignore[misc]


def _record_for(what: str, sender: Sender) -> str:
    """What should be published, whether or not it could be seen."""
    if what == "SPF":
        return _spf_record(sender)
    if what == "DMARC":
        return _dmarc_record(sender.domain)
    return next((record(one.place, one.record) for one in sender.signers if what == f"DKIM {one.place}"), "")


def _answered(what: str, look: Callable[[], Remark], advice: str) -> Remark:
    """A question without an answer is a remark too."""
    try:
        return look()
    except LineLostError as fault:
        return Remark(Level.WARNING, f"{what}: not seen, as {fault}", advice)


def _spf_record(sender: Sender) -> str:
    ways = " ".join(f"a:{host.name}" for host in sender.hosts if not host.is_loopback) or "ip4:YOUR.PUBLIC.ADDRESS"
    return record(sender.domain, f"v=spf1 {ways} -all")


def _spf(sender: Sender, names: Names) -> Remark:
    found = spf.records(names, sender.domain)
    if not found:
        return Remark(Level.FAULT, f"SPF: {sender.domain} has no record", _spf_record(sender))
    if len(found) > 1:
        what = f"SPF: {sender.domain} has {len(found)} records, which counts as none"
        return Remark(Level.FAULT, what, "keep one of them, with the mechanisms of all")
    strangers = []
    try:
        if spf.result(names, sender.domain, "192.0.2.1") == spf.PASS:  # an address that nobody has
            return Remark(Level.FAULT, f"SPF: everyone may send for {sender.domain}", _spf_record(sender))
        for host in sender.hosts:
            addresses = () if host.is_loopback else names.addresses(host.name)
            strangers += [a for a in addresses if spf.result(names, sender.domain, a) != spf.PASS]
    except spf.SpfError as fault:
        return Remark(Level.FAULT, f"SPF: {sender.domain}: {fault}", _spf_record(sender))
    if strangers:
        what = f"SPF: {sender.domain} does not name {', '.join(strangers)}"
        advice = f"right if your server sends from other addresses; else {_spf_record(sender)}"
        return Remark(Level.WARNING, what, advice)
    return Remark(Level.GOOD, f"SPF: {found[0]}")


def _dkim(signer: Signer, domain: str, names: Names) -> Remark:
    found = [tags for text in names.texts(signer.place) if "p" in (tags := _tags(text))]
    wanted = _tags(signer.record)["p"]
    advice = record(signer.place, signer.record)
    if not found:
        return Remark(Level.FAULT, f"DKIM: {signer.place} has no key", advice)
    if wanted not in [tags["p"] for tags in found]:
        return Remark(Level.FAULT, f"DKIM: {signer.place} has another key than the desk signs with", advice)
    if not (domain == signer.domain or domain.endswith(f".{signer.domain}")):
        what = f"DKIM: signed for {signer.domain}, but letters come from {domain}: DMARC counts that as unsigned"
        return Remark(Level.FAULT, what, "set [mail] dkim_domain to the sender's domain")
    return Remark(Level.GOOD, f"DKIM: {signer.place} has the desk's key")


def _tags(text: str) -> dict[str, str]:
    """'v=DKIM1; k=rsa; p=…' by tag; white space within a value counts for nothing."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, equals, value in pairs if equals}


def _dmarc_record(domain: str) -> str:
    return record(f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:postmaster@{domain}")


def _dmarc(sender: Sender, names: Names) -> Remark:
    """The domain's own record, else that of a domain above it."""
    labels = sender.domain.split(".")
    for above in (".".join(labels[n:]) for n in range(len(labels) - 1)):
        found = [tags for text in names.texts(f"_dmarc.{above}") if (tags := _tags(text)).get("v") == "DMARC1"]
        if len(found) > 1 or (found and found[0].get("p") not in {"none", "quarantine", "reject"}):
            return Remark(Level.FAULT, f"DMARC: _dmarc.{above} is no record that counts", _dmarc_record(sender.domain))
        if found:
            return Remark(Level.GOOD, f"DMARC: _dmarc.{above} says p={found[0]['p']}")
    return Remark(Level.FAULT, f"DMARC: {sender.domain} has no record", _dmarc_record(sender.domain))


def _mx(sender: Sender, names: Names) -> Remark:
    if names.exchangers(sender.domain) or names.addresses(sender.domain):
        return Remark(Level.GOOD, f"MX: {sender.domain} takes mail, so bounces can come back")
    what = f"MX: nobody takes mail for {sender.domain}, so bounces and answers are lost"
    return Remark(Level.FAULT, what, f"publish: {sender.domain}. IN MX 10 your mail server's name")


def _ptr(host: Host, names: Names) -> Remark:
    if host.is_loopback:
        what = "PTR: letters leave by a server on this machine; its public address cannot be seen from here"
        return Remark(Level.WARNING, what, "see that the address has a PTR record whose name leads back to it")
    nameless = [one for one in names.addresses(host.name) if not _leads_back(one, names)]
    if not nameless:
        return Remark(Level.GOOD, f"PTR: the addresses of {host.name} have names that lead back")
    what = f"PTR: {', '.join(nameless)} of {host.name} has no name that leads back to it"
    return Remark(Level.WARNING, what, f"ask who runs the address for a PTR record to {host.name}")


def _leads_back(address: str, names: Names) -> bool:
    return any(address in names.addresses(name) for name in names.names_of(address))


async def _tls(host: Host, tls: ssl.SSLContext, now: datetime) -> Remark:
    """A line as for letters, log-in included, and nothing is sent over it."""
    place = f"{host.name}:{host.port}"
    try:
        line = await opened(host, tls)
    except LineLostError as fault:
        return Remark(Level.WARNING, f"server: {fault}", "letters wait until it can be reached")
    except DeliveryError as fault:
        return Remark(Level.FAULT, f"server: {fault}", fault.hint or "mend BRIEFING_SMTP_URL, or the server")
    certificate = line.writer.get_extra_info("peercert")
    await line.close()
    if host.security is Security.NONE or not certificate:
        level = Level.GOOD if host.is_loopback else Level.FAULT
        return Remark(level, f"server: {place} takes letters, without TLS", "" if host.is_loopback else "use smtps://")
    ends = datetime.fromtimestamp(cert_time_to_seconds(certificate["notAfter"]), UTC)
    said = f"server: {place} takes letters over TLS; its certificate ends on {ends:%Y-%m-%d}"
    return Remark(Level.WARNING if ends - now < ENDS_SOON else Level.GOOD, said)
