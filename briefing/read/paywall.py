"""Whether a text stops at a paywall."""

import re

TAIL = 800  # characters at the end of a text, where a wall stands
MARKS = re.compile(
    r"subscribe(?:rs)? (?:now )?to (?:continue|keep|read|unlock)"
    r"|(?:this|the) (?:article|story|content) is (?:only |exclusively )?(?:available )?"
    r"(?:for|to) (?:paid )?(?:subscribers|members)"
    r"|to (?:continue|keep) reading,? (?:please )?(?:subscribe|sign|log|register)|already a (?:subscriber|member)\?"
    r"|unlock (?:this|the full) (?:article|story)"
    r"|订阅(?:后|会员)?(?:可|即可|方可)?(?:阅读|查看|继续)|付费(?:阅读|内容|后可)|试读结束|余下全文|剩余\s*\d+%"
    r"|(?:登录|登錄|登入)后(?:可|即可)?(?:阅读|查看)|成为会员|會員專享|会员专享|訂閱(?:後|以)?(?:閱讀|繼續)"
    r"|此文(?:限|为)?付费|全文为付费|本文为付费|开通(?:会员|财新通)",
    re.IGNORECASE,
)


def is_paywalled(text: str) -> bool:
    """Whether the end of a text, or all of a short one, asks for money or an account."""
    return MARKS.search(text[-TAIL:]) is not None
