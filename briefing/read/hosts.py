"""What is known of single hosts: which parameters track, which links redirect, where an item's number stands."""

import re
from collections.abc import Mapping

TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "hsa_", "ns_", "wt_", "__twitter", "_hs")
_TRACKING = (
    # counted by advertisers and newsletters
    "fbclid gclid gclsrc dclid msclkid yclid igshid twclid ttclid mc_cid mc_eid _ga _gl vero_id mkt_tok s_cid "
    "cmpid cmp icid ito ocid cid_source "
    # counted by feeds and shares
    "traffic_source oc mod from isappinstalled chksm scene spss originreferrer ref ref_src ref_url referer "
    "referrer partner rss feedtype share share_token share_from sharefrom shareid srcid src_id smid smtyp sh "
    "sharer sr_share source_share xtor ncid wtmc taid guccounter guce_referrer guce_referrer_sig soc_src soc_trk "
    "cmpl st_source smprod partnerid syndication feature "
    # counted by Chinese apps
    "spm scm spm_id_from vd_source tt_from app_id_from weibo_id wxshare wx_from nsukey pass_ticket clicktime "
    "enterid sessionid ascene devicetype version_name iid group_share timestamp_share wfr for_share "
)
TRACKING = frozenset(_TRACKING.split())

# (host, beginning of the path, parameter that carries the real address)
REDIRECTORS = (
    ("bing.com", "/news/apiclick", "url"),
    ("bing.com", "/videos/", "url"),
    ("google.com", "/url", "url"),
    ("google.com", "/url", "q"),
    ("news.google.com", "/news/url", "url"),
    ("facebook.com", "/l.php", "u"),
    ("l.facebook.com", "/", "u"),
    ("l.instagram.com", "/", "u"),
    ("out.reddit.com", "/", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("youtube.com", "/redirect", "q"),
    ("link.zhihu.com", "/", "target"),
    ("link.juejin.cn", "/", "target"),
    ("douban.com", "/link2", "url"),
    ("safelinks.protection.outlook.com", "/", "url"),
    ("urldefense.com", "/", "u"),
    ("steamcommunity.com", "/linkfilter", "url"),
    ("slack-redir.net", "/link", "url"),
    ("sec-redirect.163.com", "/", "url"),
    ("weixin110.qq.com", "/", "url"),
)

ALIASES = {
    "mcdn.i-scmp.com": "scmp.com",
    "i-scmp.com": "scmp.com",
    "bbc.co.uk": "bbc.com",
    "news.bbc.co.uk": "bbc.com",
    "youtu.be": "youtu.be",
    "xinhuanet.com": "news.cn",
    "edition.cnn.com": "cnn.com",
}
KEEP_ONLY = {
    "mp.weixin.qq.com": frozenset(("__biz", "mid", "idx", "sn")),
    "youtube.com": frozenset(("v", "list")),
    "news.google.com": frozenset[str](),
}

SCMP = re.compile(r"/article/(\d{5,})")
CAIXIN = re.compile(r"/\d{4}-\d{2}-\d{2}/(?:[^/]*-)?(\d{6,})\.html?")
CAIXIN_HOST = re.compile(r"(?:^|\.)(caixin(?:global)?\.com)$")
PAPER = re.compile(r"/(?:newsDetail_forward_|detail/|asktopic_detail_)(\d{5,})")
YICAI = re.compile(r"/(?:news|brief)/(\d{6,})\.html")


def host_key(host: str, path: str, query: Mapping[str, str]) -> str:
    """Host and number of an item on a site that numbers its items; '' where the address itself must serve."""
    if host.endswith("scmp.com") and (found := SCMP.search(path)):
        return f"scmp.com/article/{found[1]}"
    if (site := CAIXIN_HOST.search(host)) and (found := CAIXIN.search(path)):
        return f"{site[1]}/{found[1]}"
    if host.endswith("thepaper.cn"):
        found = PAPER.search(path)
        number = found[1] if found else query.get("contid", query.get("contId", ""))
        return f"thepaper.cn/newsDetail_forward_{number}" if number else ""
    if host.endswith("yicai.com") and (found := YICAI.search(path)):
        return f"yicai.com/news/{found[1]}.html"
    if host == "youtu.be" and len(path) > 1:
        return f"youtube.com/watch?v={path[1:]}"
    return ""
