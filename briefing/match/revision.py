"""What an outlet changed in its own report, sentence by sentence."""

from briefing.match import words
from briefing.match.furniture import is_furniture
from briefing.model.article import Article, Part, Sentence

ALIKE = 0.35  # share of common n-grams above which a sentence is the edited form of another


def changed_sentences(old: Article, new: Article) -> tuple[tuple[str, str], ...]:
    """Pairs (before, after); before is empty for a sentence that was added, after for one that was taken out."""
    before = {words.characters(s.folded): s for s in _own(old)}
    after = {words.characters(s.folded): s for s in _own(new)}
    gone = [s for key, s in before.items() if key not in after]
    pairs = []
    for key, sentence in after.items():
        if key in before:
            continue
        earlier = _closest(sentence, gone)
        if earlier:
            gone.remove(earlier)
        pairs.append((earlier.text if earlier else "", sentence.text))
    return (*pairs, *((sentence.text, "") for sentence in gone))


def _own(article: Article) -> list[Sentence]:
    """Title and text; the summary is left out where it stands beside a text."""
    return [
        s
        for s in article.sentences
        if (s.part is not Part.SUMMARY or not article.text) and words.characters(s.folded) and not is_furniture(s)
    ]


def _closest(sentence: Sentence, candidates: list[Sentence]) -> Sentence | None:
    mine = set(words.features(sentence.folded))
    best, nearest = ALIKE, None
    for other in candidates:
        theirs = set(words.features(other.folded))
        alike = len(mine & theirs) / max(1, len(mine | theirs))
        if alike > best:
            best, nearest = alike, other
    return nearest
