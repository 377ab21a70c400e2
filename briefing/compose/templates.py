"""The only door to Jinja2: finds a template in the desk's folder or among the packaged ones, and fills it."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb

import jinja2

from briefing.compose.escaping import address, line, link, marked, markup, own, plain_link
from briefing.compose.places import packaged_templates
from briefing.errors import TemplateError

Filters = Mapping[str, Callable[..., object]]


@lru_cache(maxsize=16)
def environment(folders: tuple[Path, ...], *, is_markup: bool) -> jinja2.Environment:
    """Templates of a desk first, packaged ones after; every value passes `finalize` on its way out."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, packaged_templates()]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=markup if is_markup else line,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
    )
    made.filters.update(url=link if is_markup else plain_link, own=own if is_markup else address, marked=marked)
    return made


def fill(name: str, context: Mapping[str, object], folders: tuple[Path, ...] = (), *, is_markup: bool = True) -> str:
    """The template filled in. Raises TemplateError with file and line."""
    try:
        return environment(folders, is_markup=is_markup).get_template(name).render(context)
    except jinja2.TemplateSyntaxError as fault:
        raise TemplateError(f"{fault.filename or fault.name}:{fault.lineno}: {fault.message}") from fault
    except jinja2.TemplateNotFound as fault:
        raise TemplateError(
            f"{name}: no template {fault} in {', '.join(map(str, folders)) or 'the program'}"
        ) from fault
    except (jinja2.TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as fault:
        raise TemplateError(f"{_place(fault, name)}: {fault}") from fault


def _place(fault: BaseException, name: str) -> str:
    """File and line of the innermost template that was being filled."""
    frames = [f for f in extract_tb(fault.__traceback__) if f.filename.endswith((".mjml", ".html", ".txt"))]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else name


def faults_of_syntax(folder: Path) -> tuple[str, ...]:
    """Templates in a folder that cannot even be read, each with file and line."""
    found: list[str] = []
    names = sorted(path for path in folder.rglob("*") if path.suffix in {".mjml", ".html", ".txt"})
    for path in names:
        try:
            environment((folder,), is_markup=path.suffix != ".txt").parse(path.read_text("utf-8"), filename=str(path))
        except jinja2.TemplateSyntaxError as fault:
            found.append(f"{path}:{fault.lineno}: {fault.message}")
        except UnicodeDecodeError as fault:
            found.append(f"{path}: is not UTF-8 ({fault.reason} at byte {fault.start})")
    return tuple(found)
