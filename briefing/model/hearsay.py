"""Talk that is passed on and nobody stands behind: one list of words for all stages, in both languages."""

TALK = (  # in lower case
    r"\brumou?r|\bit is said|\b(?:is|are) said to|\bsome (?:people )?(?:say|claim)|\bthe rounds\b|\bgossip|"
    r"\bthere is talk of|\btalk is of|\bposts? (?:online|on social media) (?:claim|say|put)|"
    r"\bcirculat\w+ (?:online|on (?:social|the inter))|\bunconfirmed|\bunverified|\bunsourced|\burban legend|"
    r"\bsomeone (?:has )?(?:said|says|claim(?:s|ed)|reckon(?:s|ed))|\bpeople (?:say|reckon)|"
    r"(?:网上|民间|市场上|圈内|朋友圈|网络)[^，。]{0,4}(?:流传|盛传|有传|传说|传着)|坊间|盛传|网传|网络传|据传|传闻|传言|流传着|"
    r"网上有人|有人[^。；]{0,10}[说称喊讲吹]|未经证实|未获证实|出处不明|来源不明|之说[，。；]|[说讲]不清(?:楚)?(?:指|是|从|出)"
)
