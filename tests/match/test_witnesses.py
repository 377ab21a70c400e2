"""However often a text is copied, it has one independent witness."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from invented import GLOSSARY, NOON, article_of

from briefing.figures import extract, ledger
from briefing.match.duplicates import copies
from briefing.model.judgement import Memory
from briefing.model.text import Language

TEXTS = {
    Language.EN: (
        "The audit office found that units of Quay City charged 31.4 million yuan in fees for its tide tables. "
        "Pilots had asked for the tables free of charge, and the harbour office refused them for two years."
    ),
    Language.HANS: (
        "审计署发现，码头市有关单位利用潮汐数据收费3140万元。引航员曾要求免费开放潮汐表，港务局两年间一直没有同意。"
    ),
}


def witnesses(language, order, salt=""):
    """The independent outlets of each amount, where outlets print one text, read in this order."""
    made = [
        article_of(
            f"a{n}",
            "",
            TEXTS[language] + (f" ({salt}, {n})" if n else ""),
            language=language,
            seen=NOON + timedelta(minutes=n),
            outlet=f"outlet{n}",
        )
        for n in order
    ]
    arranged = tuple(made)
    figures = {a.id: extract.figures_in(a, GLOSSARY) for a in arranged}
    folded = {copy.article: copy.original for copy in copies(arranged, figures, Memory())}
    update = ledger.enter((), tuple(ledger.Sheet(a, figures[a.id]) for a in arranged), folded, "1", GLOSSARY)
    found: dict[str, set[str]] = {}
    for fact in update.facts:
        found.setdefault(str(fact.quantity.amount), set()).update(w.outlet for w in fact.witnesses if w.independent)
    return found


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(sorted(TEXTS)),
    st.integers(2, 9).flatmap(lambda count: st.permutations(range(count))),
    st.text(st.characters(categories=["Ll", "Lo"]), max_size=6),
)
def test_more_copies_never_add_witnesses(language, order, salt):
    alone = witnesses(language, [0])
    assert alone
    found = witnesses(language, order, salt)
    assert {amount: found[amount] for amount in alone} == alone
