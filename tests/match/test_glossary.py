from briefing.match.glossary import Lexis, glosses, lexicon, segmented
from briefing.model.text import Bilingual
from briefing.model.topic import Glossary


def test_a_chinese_word_has_english_stems():
    assert "audit" in glosses("审计")
    assert glosses("没有这个词的串") == ()
    assert "数据" in lexicon()


def test_explanations_and_references_are_no_glosses():
    assert not any(stem in {"surname", "variant", "abbr"} for word in ("张", "数据", "国办") for stem in glosses(word))


def test_a_run_is_cut_into_the_longest_words():
    assert list(segmented("审计报告")) in (["审计", "报告"], ["审计报告"])
    assert list(segmented("")) == []


def test_names_are_found_in_both_languages_at_word_edges(glossary):
    lexis = Lexis(glossary)
    assert lexis.names_in("quay city and the records bureau") == {"quay", "bureau"}
    assert lexis.names_in("码头市档案局") == {"quay", "bureau"}
    assert lexis.names_in("quays and uphill") == frozenset()
    assert Lexis().names_in("quay city") == frozenset()


def test_the_innermost_and_the_surrounding_places_are_known(glossary):
    lexis = Lexis(glossary)
    assert lexis.innermost(frozenset({"quay", "river"})) == {"quay"}
    assert lexis.outward(frozenset({"quay"})) == {"quay", "river"}


def test_two_languages_meet_in_stems_and_keys(glossary):
    lexis = Lexis(glossary)
    english = set(lexis.rendered("the quay city audit of public data"))
    chinese = set(lexis.rendered("码头市审计公共数据"))
    assert {"@quay", "=0", "audit"} <= english & chinese


def test_a_glossary_without_words_is_harmless():
    assert Lexis(Glossary()).keys_in("数据 data") == frozenset()
    assert Lexis(Glossary(pairs=(Bilingual("-", ""),))).keys_in("-") == frozenset()
