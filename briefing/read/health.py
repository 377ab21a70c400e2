"""What an outcome says about its source, in plain words."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from briefing.model.entry import Failed, FailureReason, Unchanged
from briefing.model.issue import HealthState, SourceHealth
from briefing.model.source import Source
from briefing.model.text import Bilingual
from briefing.read.parsed import Form, Parsed

GAPS_LATE = 3  # times its usual gap between entries, and a source counts as silent
SHORTEST_RHYTHM = timedelta(hours=12)  # a wire that pauses overnight is not silent
LONGEST_WAIT = timedelta(days=400)  # beyond that a source is silent whatever its rhythm
RHYTHM = 10  # gaps that make a rhythm

FAILURES = {
    FailureReason.REFUSED_ADDRESS: Bilingual("its address may not be asked", "该地址不允许访问"),
    FailureReason.UNREACHABLE: Bilingual("its server cannot be reached", "服务器无法连接"),
    FailureReason.TIMEOUT: Bilingual("its server is too slow", "服务器响应过慢"),
    FailureReason.TOO_LARGE: Bilingual("its answer is larger than the bound", "返回内容超过大小上限"),
    FailureReason.REDIRECT_LOOP: Bilingual("it redirects without end", "重定向陷入循环"),
    FailureReason.CUT_OFF: Bilingual("its answer broke off", "返回内容中途中断"),
    FailureReason.STATUS: Bilingual("its server answers with an error", "服务器返回错误"),
    FailureReason.GONE: Bilingual("it is gone for good (410) and is not asked again", "已永久下线（410），不再访问"),
    FailureReason.NOT_A_FEED: Bilingual("it sent something else than a feed", "返回的不是订阅源"),
    FailureReason.EMPTY: Bilingual("its answer was empty", "返回内容为空"),
    FailureReason.UNREADABLE: Bilingual("its answer cannot be read", "返回内容无法读取"),
    FailureReason.NO_SUCH_FILE: Bilingual("there is no such file", "文件不存在"),
}
# what a detail would only say once more
SAID_IN_FULL = frozenset({FailureReason.EMPTY, FailureReason.CUT_OFF, FailureReason.REDIRECT_LOOP})
DETAILS = tuple(
    (re.compile(english), chinese)
    for english, chinese in (
        (r"no whole answer within ([\d.]+) seconds", "{}秒内未收到完整内容"),
        (r"more than ([\d,]+) bytes", "超过{}字节"),
        (r"connection refused", "连接被拒绝"),
        (r"the name (\S+) is not known", "域名{}无法解析"),
        (r"the server's certificate is not to be trusted", "证书不可信"),
        (r"no secure connection could be agreed on", "无法建立安全连接"),
        (r"a web page came where a feed was expected", "应为订阅源，返回的却是网页"),
    )
)
STATUSES = {
    401: Bilingual("it asks for an account (401)", "要求登录（401）"),
    403: Bilingual("it refuses the desk (403)", "拒绝访问（403）"),
    404: Bilingual("there is nothing at its address (404)", "地址不存在（404）"),
    405: Bilingual("it does not allow to be asked like that (405)", "不允许这种访问方式（405）"),
    406: Bilingual("it refuses what the desk accepts (406)", "不接受请求的内容类型（406）"),
    429: Bilingual("it was asked too often (429)", "访问过于频繁（429）"),
    451: Bilingual("it is withheld for legal reasons (451)", "因法律原因不可访问（451）"),
    503: Bilingual("it is out of service for now (503)", "暂停服务（503）"),
}


def health(
    source: Source, outcome: Parsed | Unchanged | Failed, newest: Sequence[datetime], now: datetime
) -> SourceHealth:
    """State and message of a source; `newest` are the times of its latest entries, in any order."""
    times = sorted(newest, reverse=True)
    last = times[0] if times else None
    name = source.name or source.outlet or source.key
    if isinstance(outcome, Failed):
        return SourceHealth(source.key, name, HealthState.FAILED, _failure(outcome), last)
    entries = len(outcome.entries) if isinstance(outcome, Parsed) else 0
    if isinstance(outcome, Parsed) and not entries:
        return SourceHealth(source.key, name, HealthState.EMPTY, _emptiness(outcome), last)
    if last is not None and (late := _lateness(times, now)) is not None:
        return SourceHealth(source.key, name, HealthState.SILENT, late, last, entries)
    if isinstance(outcome, Unchanged):
        return SourceHealth(source.key, name, HealthState.UNCHANGED, Bilingual("nothing new", "没有更新"), last)
    return SourceHealth(source.key, name, HealthState.OK, _condition(outcome), last, entries)


def _failure(failed: Failed) -> Bilingual:
    said = STATUSES.get(failed.status) if failed.reason is FailureReason.STATUS else None
    said = said or FAILURES[failed.reason]
    if failed.reason is FailureReason.STATUS and failed.status not in STATUSES and failed.status:
        said = Bilingual(f"{said.en} ({failed.status})", f"{said.zh}（{failed.status}）")
    if not failed.detail or failed.status in STATUSES or failed.reason in SAID_IN_FULL:
        return said
    return Bilingual(f"{said.en}: {failed.detail}", f"{said.zh}（{_detail_zh(failed.detail)}）")


def _detail_zh(detail: str) -> str:
    """A detail in Chinese where it is a known one, else as it stands."""
    matches = ((pattern.fullmatch(detail), chinese) for pattern, chinese in DETAILS)
    return next((chinese.format(*match.groups()) for match, chinese in matches if match), detail)


def _emptiness(parsed: Parsed) -> Bilingual:
    if parsed.form is Form.LISTING:
        return Bilingual(
            "the page came, but its selectors match no item: its layout may have changed",
            "页面可以打开，但选择器没有匹配到任何条目，版面可能已改",
        )
    return Bilingual("it is readable and has no entries", "可以读取，但没有任何条目")


def usual_gap(times: Sequence[datetime]) -> timedelta | None:
    """The median gap between the latest entries, newest first; None where two say nothing of a rhythm."""
    gaps = [(newer - older).total_seconds() for newer, older in pairwise(times[: RHYTHM + 1])]
    return timedelta(seconds=median(gaps)) if len(gaps) > 1 else None


def _lateness(times: Sequence[datetime], now: datetime) -> Bilingual | None:
    """Words for a source that answers as if nothing were wrong, and has been telling nothing."""
    age, gap = now - times[0], usual_gap(times)
    allowed = LONGEST_WAIT if gap is None else min(max(gap, SHORTEST_RHYTHM) * GAPS_LATE, LONGEST_WAIT)
    if age <= allowed:
        return None
    day = times[0].date().isoformat()
    if gap is None:
        return Bilingual(f"it answers, but its newest entry is of {day}", f"可以访问，但最新条目停在{day}")
    return Bilingual(
        f"it answers, but its newest entry is of {day}; usually one comes every {_span(gap).en}",
        f"可以访问，但最新条目停在{day}；平时约每{_span(gap).zh}一条",
    )


def _span(gap: timedelta) -> Bilingual:
    hours = round(gap / timedelta(hours=1))
    if hours < 1:
        return Bilingual("hour or oftener", "小时不止")
    if hours < 48:  # noqa: PLR2004 - two days read better as hours
        return Bilingual("hour" if hours == 1 else f"{hours} hours", f"{hours}小时")
    return Bilingual(f"{round(hours / 24)} days", f"{round(hours / 24)}天")


def _condition(parsed: Parsed) -> Bilingual:
    """What had to be mended or assumed to read it; 'ok' where nothing."""
    total = len(parsed.entries)
    said = []
    if parsed.repaired:
        said.append(
            Bilingual(f"its bytes were mended (read as {parsed.encoding})", f"编码已修正（按{parsed.encoding}读取）")
        )
    if parsed.malformed:
        said.append(Bilingual("its markup is not well-formed", "标记不规范"))
    if parsed.dates_guessed:
        said.append(
            Bilingual(
                f"year or zone assumed in {parsed.dates_guessed} of {total} dates",
                f"{total}个日期中有{parsed.dates_guessed}个按推定的年份或时区读取",
            )
        )
    if parsed.dates_missing:
        said.append(
            Bilingual(
                f"{parsed.dates_missing} of {total} entries have no date that can be right",
                f"{total}条中有{parsed.dates_missing}条没有可信的日期",
            )
        )
    nameless = sum(not entry.title for entry in parsed.entries)
    if nameless:
        said.append(Bilingual(f"{nameless} of {total} entries have no title", f"{total}条中有{nameless}条没有标题"))
    if parsed.skipped:
        noun = "entry" if parsed.skipped == 1 else "entries"
        said.append(Bilingual(f"{parsed.skipped} {noun} left out", f"略去{parsed.skipped}条"))
    return Bilingual("; ".join(one.en for one in said) or "ok", "；".join(one.zh for one in said) or "正常")
