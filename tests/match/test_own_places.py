"""Places that no glossary has part the reports of two events."""

from invented import GLOSSARY, article_of, figure_of

from briefing.match.glossary import Lexis
from briefing.match.places import is_named, own_places
from briefing.match.profiles import profiles
from briefing.match.vetoes import marks, veto
from briefing.model.text import Language

LEXIS = Lexis(GLOSSARY)
HANS = Language.HANS


def vetoed(one, other):
    reason = veto(*(marks(article, (), LEXIS) for article in (one, other)), 0.5)
    return reason.en if reason else ""


def test_a_chinese_report_plays_where_its_opening_says():
    told = article_of(
        "a", "数据定价", "昨日，檀溪市公布公共数据价目。城市数据上市。柳渡县没有跟进。此外另说。", language=HANS
    )
    assert own_places(told, LEXIS) == {"檀溪", "柳渡"}
    later = article_of("b", "数据定价", "一句。两句。三句。檀溪市公布价目。", language=HANS)
    assert own_places(later, LEXIS) == frozenset()


def test_a_verb_before_city_is_no_place_unless_it_is_told_twice():
    told = article_of("a", "法院判决", "公司随后起诉市数据局，檀溪市法院开庭。", summary="檀溪的数据", language=HANS)
    assert own_places(told, LEXIS) == {"檀溪"}


def test_an_english_report_plays_where_it_comes_back_to():
    told = article_of(
        "a", "Data fees cut", "The port of Tanxi cut its fees in June. June was dry in Tanxi. So it was in Liudu."
    )
    assert own_places(told, LEXIS) == {"tanxi"}
    titled = article_of("b", "Data fees cut in Liudu", "The fees fell.")
    assert own_places(titled, LEXIS) == {"liudu"}
    firm = article_of("c", "Data fees cut", "The lawyer of Tanxi Software said so. Tanxi won.")
    assert own_places(firm, LEXIS) == frozenset()


def test_a_place_of_the_glossary_is_not_told_as_unlisted():
    assert own_places(article_of("a", "数据", "码头市公布价目。", language=HANS), LEXIS) == frozenset()


def test_a_place_is_known_in_either_language():
    assert is_named("檀溪", "檀溪的价目")
    assert is_named("檀溪", "the fees of tanxi")
    assert is_named("tanxi", "檀溪市的价目")
    assert not is_named("檀溪", "the fees of liudu")
    assert not is_named("tanxi", "柳渡县的价目")


def test_two_cities_that_no_glossary_has_are_two_stories():
    one = article_of("a", "公共数据价目公布", "昨日，檀溪市公布公共数据价目，共三十项。", language=HANS)
    other = article_of("b", "公共数据价目公布", "昨日，柳渡市公布公共数据价目，共三十项。", language=HANS)
    assert vetoed(one, other) == "They tell of different places."
    english = article_of("c", "City sets data prices", "The city of Liudu set prices. Fees in Liudu are low.")
    assert vetoed(one, english) == "They tell of different places."
    assert not vetoed(other, english)


def test_who_knows_the_other_place_may_tell_of_one_event():
    one = article_of("a", "公共数据价目公布", "昨日，檀溪市公布公共数据价目。", language=HANS)
    other = article_of("b", "价目比较", "昨日，柳渡市公布公共数据价目，比檀溪便宜。", language=HANS)
    assert not vetoed(one, other)


def test_one_heading_over_two_drafts_is_two_items():
    heading = "关于公开征求意见的公告"
    one = article_of("a", heading, "现就《数据价格办法》公开征求意见，请于年底前来信提出。", language=HANS)
    other = article_of("b", heading, "现就《管道价格办法》公开征求意见，请于年底前来信提出。", language=HANS)
    assert vetoed(one, other) == "One heading stands over different items."
    again = article_of("c", heading, "《数据价格办法》公开征求意见，请来信提出。", language=HANS)
    assert not vetoed(one, again)


def test_a_text_in_two_scripts_is_not_read_as_english():
    assert own_places(article_of("a", "Data fees in Tanxi", "数据 fees in Tanxi fell."), LEXIS) == frozenset()


def test_a_place_that_no_glossary_has_ties_two_languages():
    chinese = article_of("a", "公共数据价目", "昨日，檀溪市公布公共数据价目。", language=HANS)
    english = article_of("b", "Data fees in Tanxi", "The city set its fees.")
    one, other = profiles((chinese, english), {}, LEXIS)
    assert one.anchors["place Tanxi"] == other.anchors["place Tanxi"] == 1.0
    (alone,) = profiles((chinese,), {}, LEXIS)
    assert alone.anchors["place 檀溪"] == 1.0


def test_new_figures_of_one_city_are_no_other_event():
    figures = [
        tuple(figure_of(f"{value}0000") for value in row) for row in (("118", "731", "492"), ("125", "946", "377"))
    ]
    texts = ("Fees in Tanxi: the port of Tanxi pays.", "Fees in Liudu: the port of Liudu pays.")
    one, other = (marks(article_of("a", "Court on fees", texts[0]), row, LEXIS) for row in figures)
    assert veto(one, other, 0.45) is None
    none = [marks(article_of("a", "Court on fees", "The port pays its fees."), row, LEXIS) for row in figures]
    assert veto(*none, 0.45) is not None
