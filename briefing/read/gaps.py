"""A damaged title that stands whole in its own entry's text is read from there; nothing is ever guessed."""

import re

GAP = "�"
LEAST = 6  # characters around a gap that no other sentence shares; fewer only where a line is nothing but the title
FEWEST = 2


def filled(title: str, *texts: str) -> str:
    """The title without its gap, where exactly one reading of it is found; else as it stands.

    What lies between the first and the last unreadable character is not trusted: in GBK one lost byte garbles
    what follows, up to the next sign of another kind.
    """
    first, last = title.find(GAP), title.rfind(GAP)
    left, right = title[:first].lstrip(), title[last + 1 :].rstrip()
    if first < 0 or len(left) + len(right) < FEWEST:
        return title
    is_short = len(left) + len(right) < LEAST
    begin = "^[ ]*" if is_short or not left else ""
    end = "[ ]*$" if is_short or not right else ""
    inner = f"([^\n{GAP}]{{1,{last - first + 1}}}?)"
    whole = re.compile(f"{begin}{re.escape(left)}{inner}{re.escape(right)}{end}", re.MULTILINE)
    found = {match[1] for text in texts if left in text and right in text for match in whole.finditer(text)}
    return f"{left}{found.pop()}{right}" if len(found) == 1 else title
