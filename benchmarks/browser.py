"""Headless Chromium for looking at mail: pictures at phone width, light and dark, and pages that report back."""

import base64
import html
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-lcd-text",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"
NARROWEST = 500  # Chromium's own window; narrower mail is loaded in a frame
DEADLINE_S = 120


def chromium() -> str:
    """The program, or '' where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def shot(mail: str, picture: Path, width: int, *, dark: bool = False, scale: float = 1.0) -> None:
    """A picture of the whole mail at that width."""
    frame = f'<iframe style="border:0;display:block;width:{width}px;height:HIGH" srcdoc="{html.escape(mail)}"></iframe>'
    page = f'<!doctype html><meta charset="utf-8"><body style="margin:0">{frame}'
    measure = "<script>onload=()=>{document.title=frames[0].document.documentElement.scrollHeight}</script>"
    found = re.search(r"<title>(\d+)</title>", dom(page.replace("HIGH", "100px", 1) + measure, dark=dark, width=width))
    height = int(found[1]) if found else 4000
    size = f"--window-size={max(width, NARROWEST)},{height}"
    _run(
        page.replace("HIGH", f"{height}px", 1),
        (f"--screenshot={picture}", size, f"--force-device-scale-factor={scale}"),
        dark=dark,
    )


def side_by_side(mails: list[tuple[str, int, bool]], picture: Path, height: int) -> None:
    """The beginnings of several mails in one picture: (mail, width, dark) each."""
    # A frame follows the scheme of the element that it stands in.
    frames = "".join(
        f'<div style="color-scheme:{"dark" if dark else "light"};flex:none;width:{width}px;height:{height - 80}px;'
        f'overflow:hidden;border-radius:10px;box-shadow:0 8px 30px #0006">'
        f'<iframe style="border:0;width:{width}px;height:{height}px;color-scheme:inherit" srcdoc="{html.escape(mail)}">'
        "</iframe></div>"
        for mail, width, dark in mails
    )
    body = (
        f'<body style="margin:0;background:#8d8a83;display:flex;gap:36px;justify-content:center;padding:40px">{frames}'
    )
    wide = sum(width for _, width, _ in mails) + 36 * (len(mails) - 1) + 80
    _run(
        f'<!doctype html><meta charset="utf-8">{body}',
        (f"--screenshot={picture}", f"--window-size={wide},{height}"),
        dark=False,
    )


def dom(page: str, *, dark: bool = False, width: int = 1280) -> str:
    """The page as it is after its scripts have run."""
    return _run(
        page, ("--dump-dom", "--virtual-time-budget=20000", f"--window-size={max(width, NARROWEST)},900"), dark=dark
    )


def differing(one: Path, other: Path, *, levels: int = 0) -> tuple[int, int]:
    """How many pixels differ by more than `levels`, and of how many; a difference in size counts as pixels."""
    if one.read_bytes() == other.read_bytes():
        return 0, 1
    sources = [base64.b64encode(path.read_bytes()).decode() for path in (one, other)]
    images = "".join(f'<img src="data:image/png;base64,{source}">' for source in sources)
    script = f"""<script>onload=()=>{{
      const read = img => {{const c=document.createElement('canvas');c.width=W;c.height=H;const x=c.getContext('2d');
        x.drawImage(img,0,0);return x.getImageData(0,0,W,H).data}};
      const [a,b]=document.images, W=Math.max(a.width,b.width), H=Math.max(a.height,b.height), p=read(a), q=read(b);
      let n=0; for(let i=0;i<p.length;i+=4) if([0,1,2,3].some(k=>Math.abs(p[i+k]-q[i+k])>{levels})) n++;
      document.title=n+' of '+W*H;
      document.images[0].remove();document.images[0].remove();}}</script>"""
    found = re.search(r"<title>(\d+) of (\d+)</title>", dom(f"<!doctype html><body>{images}{script}"))
    if not found:
        raise RuntimeError("the pictures could not be compared")
    return int(found[1]), int(found[2])


def _run(page: str, flags: tuple[str, ...], *, dark: bool) -> str:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        command = [
            chromium(),
            *FLAGS,
            f"--user-data-dir={folder}/profile",
            *flags,
            *([DARK] if dark else []),
            file.as_uri(),
        ]
        done = subprocess.run(command, capture_output=True, timeout=DEADLINE_S, check=True)
    return done.stdout.decode("utf-8", "replace")
