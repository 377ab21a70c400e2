"""Sentences of the page rather than of the article: copyright lines, share buttons, credits, disclaimers."""

import re
from functools import lru_cache

from briefing.model.article import Article, Part, Sentence

FURNITURE = re.compile(
    r"copyright|all rights reserved|©|责任编辑|责编|编辑[:：]|免责声明|侵权|转载请|请注明|未经授权|版权所有"
    r"|点击(?:进入|查看)|扫码|二维码"
    r"|关注(?:我们|微信|公众号)|下载.{0,6}客户端|分享到|举报电话|打赏|相关(?:阅读|新闻|链接)|本文来源|来源[:：]|稿源[:：]|（转载）"
    r"|subscribe (?:to|now|here)|sign up for|newsletter|follow us|share this|click here|cookie|advertisement"
    r"|read more|related (?:articles|stories)|terms of (?:use|service)|privacy policy|first published|this article was"
)
LONGEST = 90  # characters; a longer sentence that names a newsletter is news


def is_furniture(sentence: Sentence) -> bool:
    """Whether a sentence belongs to the page. A title never does."""
    if sentence.part is Part.TITLE:
        return False
    return len(sentence.folded) <= LONGEST and _names_furniture(sentence.folded)


@lru_cache(maxsize=16384)
def _names_furniture(folded: str) -> bool:
    """Asked for by whoever looks at the body of an article, and answered once."""
    return bool(FURNITURE.search(folded))


def body(article: Article) -> tuple[Sentence, ...]:
    """The sentences that carry the article: its text, or its summary where it has none, or the title alone."""
    for part in (Part.TEXT, Part.SUMMARY, Part.TITLE):
        found = tuple(s for s in article.sentences if s.part is part and not is_furniture(s))
        if found:
            return found
    return ()
