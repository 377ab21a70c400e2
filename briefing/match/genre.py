"""Whether a text reports, or comments and explains: opinion, letters, explainers and lists tell what others found."""

import re
from collections.abc import Sequence

from briefing.model.article import Article, Part

LABEL = re.compile(  # in front of a heading, or a heading of that kind
    r"^\W*(?:opinion|op-?ed|comment|commentary|editorial|leader|letters?|column|essay|notebook|diary|viewpoint|"
    r"perspective|explainer|explained|q ?& ?a|in conversation|book reviews?|reading list|from our readers)\b"
    r"\s*(?=[:|·—–-]|$)|\bexplained$|\ba reading list\b|\bwhat you need to know\b|\breaders? (?:ask|write|wrote)|"
    r"^\W*[一-鿿]{0,4}(?:评论|时评|社评|社论|快评|锐评|短评|微评|观点|来论|来信|随笔|杂谈|漫谈|手记|札记|科普|问答|书评|书单|荐书)"
    r"\W*(?=[:|丨·—]|$)|一[图文]读懂|一图看懂|图解|读者来信|采访手记|是怎么回事|怎么[用办]\?"
)
OWN = re.compile(
    r"(?<![a-z'’.])(?:i|i'm|i've|my)(?![a-z.'’-])|笔者|编辑同志|(?<![自敌你大])我(?![国们市省县区院局校军方党行司厅部])"
)
QUOTED = re.compile(r"[“\"「『][^”\"」』]*[”\"」』]?")
OFTEN = 2  # sentences in the first person: one may be a heading's or a stray quotation's
QUESTIONS, OF = 3, 5  # so many questions, and one sentence of five: nobody reports in questions


def is_comment(article: Article) -> bool:
    """Whether the heading says so, the author speaks of himself, or the text goes from question to question."""
    heads = [s.folded for s in article.sentences if s.part is not Part.TEXT]
    text = [QUOTED.sub(" ", s.folded) for s in article.sentences if s.part is Part.TEXT]
    return any(LABEL.search(head) for head in heads) or _is_own(text) or _is_asking(text)


def _is_own(text: Sequence[str]) -> bool:
    return sum(bool(OWN.search(sentence)) for sentence in text) >= OFTEN


def _is_asking(text: Sequence[str]) -> bool:
    asked = sum(sentence.rstrip().endswith("?") for sentence in text)
    return asked >= QUESTIONS and asked * OF >= len(text)
