"""Digits that are no quantities: article, document and phone numbers, identifiers, names, clock times.

Ordinals, vague amounts.
"""

# ruff: noqa: E501 - patterns and word lists stay whole

import re

from briefing.figures.pattern import Pattern

_ENGLISH = Pattern(
    r"https?://\S+|\S+@\S+\.\w+"
    r"|\+\d[\d ()-]{6,}\d|\(?\b\d{3,4}\)?[ -]\d{3,4}-\d{4}\b|\b0\d{2,3}-\d{7,8}\b"
    r"|\b(?:[Aa]rticles?|[Ss]ections?|[Cc]hapters?|[Dd]ocument|[Nn]otice|[Cc]lauses?|[Rr]ooms?|[Pp]ages?|[Pp]aragraphs?|[Aa]ppendix|[Aa]nnex|[Cc]ase"
    r"|[Ff]light|[Rr]oute|[Hh]ighway|[Ii]nterstate|[Gg]ate|[Tt]able|[Ff]igure|[Ll]evel|[Pp]hase|[Tt]ier|[Gg]ame|[Ww]eek|[Ss]tage|[Ss]uite|[Vv]ersion"
    r"|[Ee]pisode|[Ss]eason|[Vv]ol\.|[Vv]olume|[Ii]ssue|[Bb]lock|[Gg]rade|[Pp]art|[Ff]ormula|[Cc]lass|[Dd]ay|[Rr]ound|[Pp]p?\.|[Uu]nit|[Tt]ype|[Pp]lot|[Mm]odel|[Ww]indows|iPhone|UPDATE|Act)"
    r" (?:[Nn]os?\.? ?|[Nn]umber |#)?\d[\d.-]*\d?(?![\d,]|\.\d| (?:million|billion|percent|per cent|yuan))(?: ?[A-Za-z]\b)?"
    r"|\b[Nn]os?\.? ?\d+\b|\bNumber \d+\b|\b(?:mid|early|late)-\d0s\b|#\d+|\b[Tt]op[ -]\d+\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp]\.?[Mm]\b\.?)?|\b\d{1,2}(?:\.\d\d)? ?[AaPp]\.?[Mm]\b\.?"
    r"|\b\d{1,2} o'clock"
    r"|\b\d{6}\.[A-Z]{2}\b|\b\d+(?:\.\d+){2,}\b|\b\d{4}-\d{3,}\b"
    r"|\b(?!(?:minus|negative|to|sub|about|over|under|pre|post|mid)-)[A-Za-z]+-\d+[A-Za-z]*(?:-\d+)*\b|(?<=[a-z] )[A-Z][a-z]+ (?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten)\b|\b(?=[A-Za-z]*\d[A-Za-z\d]*[A-Za-z]{2})(?=[\dA-Z]*[A-Z])[A-Z\d]{8,}\b"
    r"|(?<![\w$€£¥])(?!(?:US|HK|NT|CN|RMB|Rmb|rmb|RM|USD|CNY|EUR|GBP|HKD|JPY|Yuan|yuan|R|A|C|S|INR|SGD|AUD|CAD|KRW|TWD|MOP|CHF|Rs|FY|Q|H)\d)[A-Za-z]+\d[\w-]*"
    r"|\b\d[GgDd]\b|\b\d+(?:st|nd|rd|th)\b(?:[ -](?:century|anniversary|quarter))?|\b\d{1,3}-\d{1,3}-\d{1,3}\b"
    r"|\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)(?: (?:and|or) (?:tens|hundreds|thousands|millions))?"
    r"(?: of (?:tens|hundreds|thousands|millions|billions|trillions))*\b"
    r"|\b(?:several|a few|many|some|few) (?:dozen|hundred|thousand|million|billion|trillion)\b"
    r"|\b(?:F|f)ive-[Yy]ear [Pp]lan\b|\b\d+/\d+/\d+\b|\b(?:19|20)\d{12,}\b"
    r"|[“\"'‘](?=[^”\"'’]{0,40}[”\"'’])\d{1,3} [A-Z][a-z]+ (?:[A-Z][a-z]+ ?){1,4},?[”\"'’]"
    r"|\b(?:S&P|FTSE|CSI|Nikkei|Nasdaq|NASDAQ|CAC|DAX|Russell|Stoxx|STOXX|TSX|Fortune|ASX|Dow) (?:Global )?\d+\b"
)
_WORD_TRAPS = Pattern(
    r"\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten)-(?:level|tier|tiered|stage|step|track|party|sided|child|room|storey|star|pronged)"
    r"|(?:whom|who|what|as|if|when|how|where|that) one (?:asks|knows|sees|thinks|wants|likes|looks|reads|believes|counts|takes|pays)"
    r"|one of (?:which|whom|them|those|us|you|it)|one another|no one|any one|every one|each one|one day|at one point|one way|(?:which|this|that|the|new|old|last|next|another|first|only|good|big|bad) one"
    r"|one (?:would|could|can|may|might|should|must|is|has|was|says|said)|one-on-one|one by one|one-off|one-time|one-stop|one-way|one hand|one side"
    r"|day one|square one|number one|phase one|round one|part one|all in one|(?:two|three|both|different) (?:different |rival |conflicting )?(?:figures|numbers|versions|accounts|totals|stories)|two-way|two-faced|second-hand"
    r"|Formula One|Five Eyes|Big Four|Big Three|Group of Seven|Group of Twenty|Fourth of July|Seven Sisters|zero-day|zero tolerance|zero-sum|from zero|net[- ]zero|ground zero)\b",
    re.IGNORECASE,
)
_HAN = Pattern(
    r"https?://\S+|\S+@\S+\.\w+"
    r"|(?:电话|热线|传真|手机|电邮|致电)[号码]*[:：]?\s?[+\d][\d ()-]{5,}\d|(?<![\d.])0\d{2,3}-\d{7,8}(?!\d)|\+\d[\d ()-]{6,}\d|(?<![\d.])1[3-9]\d{9}(?!\d)"
    r"|[〔\[（(【](?:19|20)\d\d[〕\]）)】]\s?第?\d+号|第\s?[\d,零〇一二两三四五六七八九十百千]+(?:[-—至、~]\d+)?[\w]?|(?<![\d.])(?:\d+|[一二三四五六七八九十百]+)号(?!\w{0,1}[日晚])(?=文|令|公告|院|楼|线|馆|院|店|厅|房|公路|地块|门|决定|通知|判决|案)"
    r"|(?:会议室|房间|编号|代码|案号|文号|证号|账号|单号|学号|车牌|航班|版本|页码|型号|票号|许可证|身份证|订单号|公告编号|邮编|证券代码|股票代码)[号为:：是]*\s?[A-Za-z\d][\w-]*"
    r"|(?<![\d.])\d{6}\.[A-Z]{2}|(?<![\w.])(?=[\dA-Z]*[A-Z])(?=[A-Z]*\d)[A-Z\d]{8,}|(?<![\d.])\d{1,2}:\d{2}(?::\d{2})?(?!\d)|(?<![\d.])\d{1,2}[时点](?:\d{1,2}分|半|整|许|左右|钟)"
    r"|(?<![A-Za-z])(?!(?:US|HK|NT|CN|RMB|rmb|USD|CNY|HKD|EUR|GBP|JPY|MOP|R)\d)[A-Za-z]+-?\d+[A-Za-z]*(?![\d.])|(?<![\d.])\d[GDgd](?![A-Za-z\d])|(?<!\d)\d+/\d+/\d+|\d+(?:\.\d+){2,}"
    r"|[“”「『《\"][^”」』》\"]{0,8}?[\d二三四五六七八九十百]+条[”」』》\"]|[一二三四五六七八九十百\d]+届(?=全国|人大|政协|中央|中纪委|中委|国务院|国会|立法|常委|委员|理事|监事|董事|党|省|市|县|区|[一二三四五六七八九十]{1,2}[中次])|(?<=[届大协会委央])[一二三四五六七八九十\d]{1,3}次(?=会议|全会|全体|代表|党代|扩大会|董事会|监事会|理事会)|[一二三四五六七八九十\d]+国(?=集团|联盟|峰会)|[一二三四五]级(?=医院|医疗|甲等|甲医|响应|公路|保密|保护|等保|考试)|十[一二三四五六]五(?:[”」』]|规划|时期|期间|末)|“[一二三四五六七八九十]{1,3}”"
    r"|(?:数|几|上|成)(?:十|百|千|万|亿|十万|百万|千万|十亿|百亿|千亿)+(?:万|亿)?(?:美元|港元|元|人|家|个|条|次|户|名|倍)?|[几数]+(?:十|百|千|万|亿)+(?:美元|元|人|家)?|[十百千]几(?=个|家|人)"
    r"|(?<![一二三四五六七八九十])[一二两三四五六七八九]成[一二两三四五六七八九]成(?![一二三四五六七八九])|(?<![一二三四五六七八九十百千\d])(?:[一二三四五六七八九][二三四五六七八九])成"
    r"|一般|一旦|一起|一直|一定|一样|一些|一切|一致|一再|一律|一方面|另一方面|一并|一边|一带一路|一线|一体|一把手|一如|一度|一经|一举|一向|一味|一批|一系列|一手|一揽子|一刀切|一卡通|一站式|一网通|一口气|一时|一下|一步|一种|一个|一位|一名|一家(?![报只])|一项|一条|一件|一次|一笔|一套|一场|一部分|一天|一段|一道|一番(?<!翻[了]一番)|一代|一面|一点(?![一二三四五六七八九零])|一句|一张|一份|一门|一股|一路|一周年|同一|统一|唯一|单一|之一|万一|某一|每一|任一|进一步|第一|专一|不一|逐一|划一|其一|一二三四?|一期|一类|一层|一级|一款"
    r"|一年比一年|一天比一天|一年一度|一家接一家|一单(?=[\u4e00-\u9fff])|[两二三](?:级|层级|种|类)(?=政府|平台|开放|审批|管理|联动|[\u4e00-\u9fff]{0,4}平台)|一轮|陆(?=地|续|路|军|上|方|资|委|客|生|媒|港|企)|(?<=大)陆|零头"
    r"|三公|三重一大|三农|三角|四川|万科|百度|五角大楼|四肢|三亚|三明|九江|六安|五粮液|三星|三峡|八达岭|十堰|百货|百姓|千方百计|千万别|万万|万达|万国|万元户|亿万|万物|万众|万能|百万富翁|双十一|两岸|两会|两国|两地|两者|两极|两用|二手|二级|二维码|二审|二人转|三方|三地|三无|三甲|三包|三资|四处|四季|四周|四大|五一|五险|六合|七夕|八卦|九龙|十分|十足|十全|百分百|千古|千禧|万象|万一|零售|零食|零部件|零钱|零件|零工|零距离|零散|零信任|五花八门|乱七八糟|三番五次|一五一十|两融|两桶油|两岸|两会"
    r"|(?<=[队入退行落配])伍|(?<=[大登着内水海新])陆|陆(?=[续海地军上路战运])|(?<=[放大专骄])肆|肆(?=意|虐)|(?<=[天神嫦北长]\w)[一二三四五六七八九十百\d]{1,3}号"
    r"|[一两二三四几](?:个|组|种|份|套)(?:不同的?|不一样的)?(?:数字|数据(?=[，。；、不相有对之]|$)|说法|口径|版本|答案)"
    r"|(?<!\d)20[0-4]\d(?=国[内际]|[两海]岸)|百家号|千里马|三一重工|七匹狼|三六零|九寨沟|万里|三国|四海|八方|六神|五官|三维|二次|一次性|二期|三期|四期|十九大|二十大|十八大"
)


def traps_in(folded: str, *, chinese: bool) -> list[tuple[int, int]]:
    """The spans of a folded text whose digits and numerals are no quantities."""
    spans = [match.span() for match in (_HAN if chinese else _ENGLISH).finditer(folded)]
    if not chinese:
        spans += [match.span() for match in _WORD_TRAPS.finditer(folded)]
    return spans
