"""What an editor does to the next issue and to the ledger: kept with who and when, and heeded from then on."""

from dataclasses import dataclass, replace
from datetime import datetime

from briefing.desk.making import Made, make_issue
from briefing.desk.occasions import next_occasion
from briefing.desk.parts import Desk
from briefing.desk.publishing import mark
from briefing.desk.recall import facts
from briefing.errors import UsageError
from briefing.figures import resolve
from briefing.model.decision import EMPTY, Act, Decision, standing
from briefing.model.fact import Fact
from briefing.model.issue import Development, Issue
from briefing.model.story import Story
from briefing.model.text import Bilingual
from briefing.model.topic import Edition, Topic
from briefing.read.links import canonical
from briefing.store import archive, decisions, entries, issues, sessions
from briefing.store.memory import Remembered, Resolution
from briefing.store.sessions import Deed

MOVES = {"first": None, "up": -1, "down": 1}
LONGEST = 600  # characters of a note or a correction


@dataclass(frozen=True, slots=True)
class Chair:
    """An editor at work on one edition: who, when, on what."""

    desk: Desk
    topic: Topic
    edition: Edition
    who: str
    now: datetime

    def made(self) -> Made:
        """The next issue as it stands; nothing is kept of it."""
        return make_issue(self.desk, next_occasion(self.desk, self.topic, self.edition, self.now))

    def decide(
        self,
        act: Act,
        subject: str,
        others: tuple[str, ...] = (),
        text: Bilingual = EMPTY,
        *,
        lines: tuple[Fact, ...] = (),
    ) -> Decision:
        """Keeps a decision with its line in the log."""
        decision = Decision(self.now, self.who, act, subject, others, text, lines=lines)
        number = decisions.add(self.desk.database, self.topic.key, self.edition.name, decision)
        return replace(decision, id=number)

    def standing(self) -> tuple[Decision, ...]:
        """What the next issue heeds, oldest first."""
        last = issues.last(self.desk.database, self.topic.key, self.edition.name)
        every = decisions.every(self.desk.database, self.topic.key, self.edition.name)
        return standing(every, last.made_at if last else None)

    def note(self, action: str, subject: str, detail: str = "") -> None:
        """A line in the log for what is no decision on an issue."""
        sessions.note(self.desk.database, Deed(self.now, self.who, action, subject, detail))


def judge(chair: Chair, address: str, *, keep: bool) -> str:
    """Keeps or drops one article, now and for good; its terms weigh more, or less. Gives its canonical address."""
    place = canonical(address)
    database = chair.desk.database
    if not entries.at_address(database, place):
        raise UsageError(f"{address} was never seen", hint="give the address as an issue or `explain` shows it")
    issues.give_feedback(database, chair.topic.key, place, keep=keep, at=chair.now)
    chair.note("keep" if keep else "drop", place)
    return place


def merge(chair: Chair, story: str, into: str) -> Decision:
    """One story goes into another, whose id it has from now on; its own id leads there for good."""
    made = chair.made()
    gone, kept = _story(chair, made, story), _story(chair, made, into)
    if gone.id == kept.id:
        raise UsageError("a story cannot be merged with itself", hint="choose two different stories")
    return chair.decide(Act.MERGE, gone.id, (kept.id,))


def split(chair: Chair, story: str, address: str) -> Decision:
    """An article leaves its story, its copies with it, and is one of its own."""
    made = chair.made()
    whole = _story(chair, made, story)
    place = canonical(address)
    here = {r.article.id for r in made.readings if place in {r.article.address, canonical(r.article.link)}}
    named = [article for article in whole.articles if article in here or article == address]
    if not named:
        raise UsageError(f"{address} is no article of story {whole.id}", hint="`briefing stories` lists them")
    copies = [c.article for c in made.judgement.copies if c.original in named and c.article in whole.articles]
    moved = tuple(dict.fromkeys((*named, *copies)))
    if set(moved) >= set(whole.articles):
        raise UsageError(f"story {whole.id} has no other article", hint="a split leaves something on both sides")
    return chair.decide(Act.SPLIT, whole.id, moved)


def move(chair: Chair, story: str, how: str) -> Decision:
    """Puts a story first, or one place up or down; all above it stay where they are shown."""
    order = [told.story for told in told_in(chair.made().issue)]
    if story not in order:
        raise UsageError(f"the next issue has no story {story!r}", hint="`briefing stories` lists them")
    if how not in MOVES:
        raise UsageError(f"{how!r} is no move", hint="say first, up or down")
    step, place = MOVES[how], order.index(story)
    target = 0 if step is None else min(max(place + step, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    fixed = [name for d in chair.standing() if d.act is Act.ORDER for name in d.others]
    return chair.decide(Act.ORDER, story, tuple(order[: max(target + 1, place + 1, _fixed(order, fixed))]))


def _fixed(order: list[str], before: list[str]) -> int:
    """How many stories from the top an earlier word has put in order."""
    return max((order.index(name) + 1 for name in before if name in order), default=0)


def release(chair: Chair) -> Decision:
    """Lets the desk order the stories again."""
    return chair.decide(Act.ORDER, "", ())


def annotate(chair: Chair, story: str, text: Bilingual) -> Decision:
    """A line under a story, marked as the editor's."""
    if story not in {told.story for told in told_in(chair.made().issue)}:
        raise UsageError(f"the next issue has no story {story!r}", hint="`briefing stories` lists them")
    return chair.decide(Act.NOTE, story, text=worded(text))


def correct(chair: Chair, issue: str, key: str, text: Bilingual) -> Decision:
    """Says that an issue was wrong about a figure: its page is marked now, the next issue tells it."""
    found = issues.document(chair.desk.database, chair.topic.key, issue)
    if found is None or found.edition != chair.edition.name:
        raise UsageError(f"there is no issue {issue!r} of this edition", hint="`briefing archive list` lists them")
    if key not in {line.key for line in found.figures}:
        raise UsageError(f"issue {issue} told no figure {key!r}", hint="`briefing archive show` names its figures")
    decision = chair.decide(Act.CORRECT, issue, (key,), worded(text))
    mark(chair.desk, found)
    return decision


def hold(chair: Chair) -> Decision:
    """The next issue waits for the editor until its edition's deadline, and does not appear without a word."""
    return chair.decide(Act.HOLD, chair.edition.name)


def undo(chair: Chair, number: str) -> Decision:
    """A decision that the next issue would heed no longer stands. The log keeps both."""
    found = next((d for d in chair.standing() if str(d.id) == number), None)
    if found is None:
        raise UsageError(f"no decision {number!r} stands", hint="`briefing stories decisions` lists those that do")
    if found.act is Act.JOIN:
        _take_apart(chair, *found.lines)
    decision = chair.decide(Act.UNDO, number)
    if found.act is Act.CORRECT:
        issue = issues.document(chair.desk.database, chair.topic.key, found.subject)
        if issue:
            mark(chair.desk, issue)
    return decision


def confirm(chair: Chair, key: str, surface: str, note: str = "") -> None:
    """Trusts one reading of a figure, in the ledger as it stands and in the issue that is being made."""
    fresh = {fact.key: fact for fact in chair.made().update.facts}
    before = ledger_of(chair)
    fact = fresh.get(key) or next((fact for fact in before if fact.key == key), None)
    if fact is None:
        raise UsageError(f"the ledger has no figure {key!r}", hint="`briefing figures` lists the keys")
    reading = resolve.reading_of(fact, surface)
    if reading is None:
        given = ", ".join(dict.fromkeys(w.figure.surface for w in fact.witnesses)) or "nothing"
        raise UsageError(f"no witness of {key!r} wrote {surface!r}", hint=f"written were: {given}")
    if any(old.key == key and resolve.reading_of(old, surface) for old in before):
        after = resolve.confirm(before, key, reading, note)
        _keep(chair, before, after, Resolution(chair.now, "confirm", key, f"{surface} {note}".strip()))
    chair.decide(Act.CONFIRM, key, (surface,), Bilingual(note, note))


def join_lines(chair: Chair, key: str, into: str, note: str = "") -> Decision:
    """Two lines are one, in the ledger and in every issue from the next one on."""
    before = ledger_of(chair)
    lines = every_line(before, chair.made().update.facts)
    resolve.merge(lines, key, into, note)
    gone, kept = (next(fact for fact in lines if fact.key == name) for name in (key, into))
    if gone in before and kept not in before:
        raise UsageError(f"{into!r} is not in the ledger yet", hint="join the new figure to the one that is known")
    label = Bilingual(f"{gone.label.en} = {kept.label.en}", f"{gone.label.zh} = {kept.label.zh}")
    decision = chair.decide(Act.JOIN, key, (into, note), label, lines=(gone, kept))
    if gone in before:
        word = Resolution(chair.now, "merge", key, f"into {into} {note}".strip())
        _keep(chair, before, resolve.merge(before, key, into, note), word)
    return decision


def every_line(ledger: tuple[Fact, ...], fresh: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The lines of the ledger, and those that the next issue would add."""
    known = {fact.key for fact in ledger}
    return (*ledger, *(fact for fact in fresh if fact.key not in known))


def _take_apart(chair: Chair, gone: Fact, kept: Fact) -> None:
    """Lines that were joined are two again, if the ledger has them as one."""
    before = ledger_of(chair)
    told = {witness for fact in before if fact.key == kept.key for witness in fact.witnesses}
    if told & set(gone.witnesses):
        word = Resolution(chair.now, "split", kept.key, f"off {gone.key}")
        _keep(chair, before, resolve.unmerge(before, gone, kept), word)


def part_line(chair: Chair, key: str, outlets: tuple[str, ...], name: str) -> None:
    """One line of the ledger is two: these outlets mean another figure."""
    if not name:
        raise UsageError("a split needs a name for the figure that is split off")
    before = ledger_of(chair)
    moved = frozenset(w.article for f in before if f.key == key for w in f.witnesses if w.outlet in outlets)
    after = resolve.split(before, key, moved, f"{key}#{name}", Bilingual(name, name))
    _keep(chair, before, after, Resolution(chair.now, "split", key, f"off {', '.join(outlets)}"))
    chair.note("split figure", key, f"{name}: {', '.join(outlets)}")


def ledger_of(chair: Chair) -> tuple[Fact, ...]:
    """The ledger of the edition as it stands."""
    return facts(_memory(chair), chair.topic.baseline)


def _memory(chair: Chair) -> Remembered:
    return Remembered(chair.desk.database, chair.topic.key, chair.edition.name)


def _keep(chair: Chair, before: tuple[Fact, ...], after: tuple[Fact, ...], word: Resolution) -> None:
    _memory(chair).resolve(before, after, word)


def told_in(issue: Issue) -> tuple[Development, ...]:
    """Every story of an issue, in its order."""
    return (*issue.developments, *issue.brief)


def worded(text: Bilingual) -> Bilingual:
    """The editor's words, bounded; who wrote in one language is quoted in both."""
    en, zh = (" ".join(part.split())[:LONGEST] for part in (text.en, text.zh))
    if not (en or zh):
        raise UsageError("there are no words", hint="write what readers should see, in English, in Chinese or in both")
    return Bilingual(en or zh, zh or en)


def _story(chair: Chair, made: Made, name: str) -> Story:
    """A story of the next issue, or one that was told before."""
    for story in made.judgement.stories:
        if name in {story.id, *story.redirects}:
            return story
    told = archive.story(chair.desk.database, chair.topic.key, name)
    if told is None:
        raise UsageError(f"there is no story {name!r}", hint="`briefing stories` lists those of the next issue")
    return told
