from datetime import UTC, datetime

import pytest
from invented import article_of

from briefing.match.concordance import Sentences
from briefing.match.days import days_in, days_of, own_days
from briefing.match.glossary import Lexis
from briefing.match.matters import Matters


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("bids close on sept. 18", {"09-18"}),
        ("on 3 october 2025 and may 2024", {"10-03", "2025-10", "2024-05", "2025", "2024"}),
        ("november 10, 2023", {"11-10", "2023-11", "2023"}),
        ("报名9月18日截止，2025年10月到期", {"09-18", "2025-10", "2025"}),
        ("2023年11月10日", {"11-10", "2023-11", "2023"}),
        ("到2030年", {"2030"}),
        ("2024元和2,024家", set()),
        ("99月99日 and may 77", set()),
        ("2023年15月", {"2023"}),
        ("", set()),
    ],
)
def test_days_have_one_key_in_both_languages(text, days):
    assert days_in(text) == days


def test_an_iso_day_tells_its_month_and_year():
    assert days_of("2023-11-10") == {"11-10", "2023-11", "2023"}
    assert days_of("2024-06") == {"2024-06", "2024"}
    assert days_of("") == frozenset()


def test_the_days_around_publication_are_its_own():
    article = article_of("a", "t", seen=datetime(2024, 9, 4, 12, tzinfo=UTC))
    assert own_days(article) == {"09-03", "09-04", "09-05", "2024"}


def test_another_matters_deadline_is_unknown_to_this_one(glossary):
    texts = {
        "port": "the quay city records bureau must refund its fees to every freight agent by 31 december",
        "port-zh": "码头市档案局须在12月31日以前向货运代理退还费用",
        "choir": "a choir sang of rivers in the customs house and the baker sold rolls",
        "again": "freight agents wait for the records bureau of quay city to refund fees",
    }
    told = Matters({article: [text] for article, text in texts.items()}, Sentences(texts.values(), Lexis(glossary)))
    told.add("port", {"12-31"})
    assert told.unknown(["12-31"], "choir") == ["12-31"]
    assert told.unknown(["12-31"], "again") == []
    assert told.unknown(["01-01"], "again") == ["01-01"]
    assert told.unknown(["12-31"], "again") == []
    assert told.unknown(["12-31"], "port-zh") == []


def test_texts_without_words_share_nothing():
    texts = {"empty": [], "number": ["12"], "again": ["12", "12"], "words": ["a choir"], "": [""]}
    told = Matters(texts, Sentences([s for text in texts.values() for s in text], Lexis()))
    told.add("number", {"12-31"})
    assert told.unknown(["12-31"], "again") == told.unknown(["12-31"], "empty") == ["12-31"]
    assert Matters({}, Sentences([], Lexis())).unknown(["12-31"], "again") == ["12-31"]


@pytest.mark.parametrize("text", ["the market of 3 towns in march", "a decision on 12 seats made by a mayor"])
def test_a_month_that_stands_by_no_number_is_no_day(text):
    assert days_in(text) == frozenset()


def test_a_day_is_found_behind_the_longest_name_of_a_month():
    text = "paid in the market by september, 2025 and on the 23rd of  september"
    assert days_in(text) == {"2025-09", "2025", "09-23"}
