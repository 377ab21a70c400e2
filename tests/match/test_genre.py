"""Comments are known by their headings, their first person and their questions. All texts are invented."""

import pytest
from invented import article_of

from briefing.match.genre import is_comment
from briefing.match.news import is_news
from briefing.model.story import NewKind, Novelty

REPORT = "The harbour of Quay will bill nobody from May. Its mayor said so on Monday."


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Opinion: The quay is ours", REPORT, True),
        ("The quay fees, explained", REPORT, True),
        ("时评｜码头是大家的", "码头市五月起不再收费。", True),
        ("一图读懂码头收费", "码头市五月起不再收费。", True),
        ("码头价目表怎么用？", "码头市五月起不再收费。", True),
        ("Quay stops billing", REPORT, False),
        ("Letters of the harbour office are free", REPORT, False),
        ("评论员被码头市罚款", "码头市五月起不再收费。", False),
        ("Quay", "I went to the quay. My watch had stopped. It rained.", True),
        ("Quay", "“I went home. My watch had stopped,” the mayor said. It rained.", False),
        ("码头", "我去了码头。雨很大。后来我又去了一次。", True),
        ("码头", "我市码头五月起不再收费。我国港口众多。“我不收钱，”市长说。", False),
        ("Quay", "Who pays? Everybody. Since when? Since May. Why? Nobody knows.", True),
        ("码头", "谁付钱？大家。从何时起？五月。为什么？没有人知道。", True),
        ("Quay", "Who pays? Everybody does, since May. Why not?", False),
    ],
)
def test_a_comment_is_known_by_its_heading_its_author_and_its_questions(title, text, expected):
    assert is_comment(article_of("a", title, text)) is expected


def test_a_comment_is_news_by_its_figures_alone():
    words = tuple(Novelty(NewKind.SENTENCE, str(n), "a", n, "", "", 0.0, 0.08) for n in range(20))
    day = Novelty(NewKind.DATE, "05-01", "a", 0, "", "", 0.0, 1.5)
    amount = Novelty(NewKind.FIGURE, "36 million yuan", "a", 0, "", "", 0.0, 1.0)
    asked = {"is_told": False, "is_copy": False, "statements": 20}
    assert is_news((*words, day), (), **asked)
    assert not is_news((*words, day), (), is_comment=True, **asked)
    assert is_news((*words, amount), (), is_comment=True, **asked)
