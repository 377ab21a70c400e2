"""Page furniture: lines that belong to a page and not to its article.

They stay in the published text and are left out of an article's sentences: nothing is compared, counted or quoted
from them.
"""

import re

LONGEST = 200  # a longer sentence says something

ENGLISH = (
    # buttons
    r"share(?:\s+(?:this|on|via)\b.*)?",
    r"tweet(?:\s+this)?|print(?:\s+this)?(?:\s+(?:page|article))?|e-?mail\s+this.*|save(?:\s+for\s+later)?",
    r"read\s+more\b.*|continue\s+reading\b.*|click\s+here\b.*|back\s+to\s+top|skip\s+to\s+(?:content|main).*",
    r"comments?(?:\s*\(?\d+\)?)?|leave\s+a\s+comment|log\s?in\b.*|download\s+(?:our|the)\s+app\b.*",
    # other articles
    r"see\s+also\b:?.{0,80}|related(?:\s+(?:articles|stories|topics|coverage|news|content))?:?.{0,80}",
    r"more\s+(?:from|stories)\b.{0,80}|recommended(?:\s+for\s+you)?|most\s+(?:read|viewed|popular|shared)",
    # asking for something
    r"advertisement|sponsored(?:\s+content)?|sign\s+up\b.*|subscribe\b.*|register\s+(?:now|for)\b.*",
    r"follow\s+us\b.*|join\s+(?:our|us)\b.{0,80}",
    # rights
    r"(?:\(c\)|©|copyright\b).{0,140}|(?:.{0,100}\b)?all\s+rights\s+reserved\b.*",
    r"terms\s+(?:of\s+(?:use|service)|and\s+conditions).{0,60}|(?:privacy\s+policy|cookie\s+(?:policy|settings)).{0,60}",
    r"this\s+(?:article|story|post)\s+(?:was\s+)?(?:first\s+)?(?:originally\s+)?(?:appeared|published)\s+(?:on|in|at)\b.*",
    r"the\s+post\s+.{1,160}\s+(?:appeared\s+first|first\s+appeared)\s+on\b.*",
    # who made it
    r"(?:additional\s+)?reporting\s+by\b.{0,160}|edit(?:ing|ed)\s+by\b.{0,120}|our\s+standards:.*",
    r"photo(?:graph)?:.{0,100}|image(?:\s+credit)?:.{0,100}|getty\s+images|file\s+photo.{0,60}",
)
CHINESE = (
    # who made it
    (
        r"(?:责任编辑|责编|编辑|編輯|責任編輯|校对|校對|审核|審核|监制|監製|统筹|值班编委|记者|作者|文字|摄影|攝影|排版|美编"
        r"|实习生|值班主任|终审)\s*[：:丨|/].{0,60}"
    ),
    r"[（(【\[]\s*(?:责任编辑|责编|编辑|編輯|責任編輯|完|記者|编译)\s*[：:]?.{0,40}[）)】\]]",
    # where from and when
    r"(?:来源|來源|稿源|文章来源|信息来源|资料来源|原标题|原標題|转自)\s*[：:丨].{0,80}",
    r"(?:发布时间|發佈時間|发布日期|更新时间|时间|日期|字号|字體|字体|浏览次数|阅读量|點擊)\s*[：:].{0,40}",
    # buttons
    (
        r"(?:分享到|分享至|扫一扫|扫码|长按|微信扫一扫|点击关注|关注我们|关注公众号|欢迎关注|点个在看|点赞|转发|收藏|打印"
        r"|关闭窗口|返回顶部|阅读原文|阅读全文|点击查看|查看更多|下载客户端|打开APP).{0,60}"
    ),
    # other articles
    r"(?:相关阅读|相关新闻|相关链接|相關新聞|延伸閱讀|延伸阅读|推荐阅读|热门推荐|更多精彩|猜你喜欢)\s*[：:]?.{0,60}",
    # rights
    (
        r"(?:版权所有|版權所有|版权声明|免责声明|免責聲明|未经授权|未經授權|未经许可|本文系.{0,20}(?:原创|稿件)|转载请注明"
        r"|轉載請註明|本网站所有内容|特别声明|郑重声明).{0,140}"
    ),
    r".{0,60}(?:版权所有|版權所有|不得转载|不得轉載|保留所有权利)|.{0,30}(?:ICP备|公网安备).{0,60}",
    r"主办单位.{0,60}|网站标识码.{0,40}|您当前的位置.{0,80}",
)
FURNITURE = re.compile(rf"^\W*(?:{'|'.join(ENGLISH)}|{'|'.join(CHINESE)})\W*$", re.IGNORECASE)


def is_furniture(words: str) -> bool:
    """Whether a sentence is a page's own line: a button, a footer, an editor's name, a copyright, a rule of dashes."""
    words = words.strip()
    return len(words) <= LONGEST and (FURNITURE.match(words) is not None or re.search(r"\w", words) is None)
