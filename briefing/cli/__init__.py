"""The command line. Nothing heavy is imported before a command asks for it, so that `--help` answers at once."""

import sys
from importlib import import_module

import click

from briefing import __version__
from briefing.errors import BriefingError, SettingsError

COMMANDS = {  # name: (module, what it does, in one line, in the order in which a newcomer needs them)
    "demo": ("demo", "Play three issue days offline and show what came out."),
    "init": ("init", "Make a desk in a new folder."),
    "run": ("run", "Collect, make the issue of this slot, publish it."),
    "collect": ("run", "Ask every source that is due, and store what is new."),
    "preview": ("run", "Open the next issue as it stands; publish nothing."),
    "explain": ("explain", "Say why an article is in or out, and against what."),
    "keep": ("explain", "Tell the desk that an article belongs to the topic."),
    "drop": ("explain", "Tell the desk that an article does not belong to it."),
    "stories": ("stories", "Merge, split, order and note the stories of the next issue."),
    "hold": ("gate", "Hold the next issue until an editor lets it go."),
    "approve": ("gate", "Let the issue that waits go out now."),
    "skip": ("gate", "Let the issue that waits pass."),
    "figures": ("figures", "Show the ledger: every figure, its witnesses, its checks."),
    "render": ("archive", "Write one issue as HTML, text, message or MJML."),
    "archive": ("archive", "List, show, search and rebuild published issues."),
    "sources": ("sources", "List, test, add, import and export what is watched."),
    "topic": ("topic", "Try a topic's terms on what is stored."),
    "baseline": ("baseline", "Show what was known from the start, or add to it."),
    "templates": ("archive", "Check a desk's own templates against hard cases."),
    "subscribers": ("subscribers", "Add, list, import, export and erase subscribers."),
    "deliver": ("deliver", "Send what is owed."),
    "bounces": ("bounces", "Read what came back, and act on it."),
    "log": ("stories", "Show who did what."),
    "plan": ("deliver", "Show the next slots, and who gets them."),
    "serve": ("serve", "Run the desk: clock, collector, composer, sender."),
    "backup": ("backup", "Write the store into one file while the desk runs."),
    "tokens": ("tokens", "Make and revoke keys by which programs may write."),
    "doctor": ("doctor", "Check the desk and say what to mend."),
}
EXITS = """
Exit codes: 0 done, or nothing to do · 1 the desk could not do it (the message says why) · 2 the command was
not understood · 3 done, but some sources failed (with --strict).
"""


class Desk(click.Group):
    """A group whose commands live in modules that are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"briefing.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Desk, epilog=EXITS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="briefing")
@click.option("--desk", "desk", metavar="FOLDER", default=".", envvar="BRIEFING_DESK", help="The desk to work in.")
@click.pass_context
def command_line(ctx: click.Context, desk: str) -> None:
    """A self-hosted desk: it reads your sources, tells only what is new, and checks every figure.

    Start with `briefing demo`; then `briefing init my-desk`, `cd my-desk`, `briefing run`.
    """
    ctx.obj = desk


def main() -> None:
    """Runs one command; an error of the desk is a message, never a traceback."""
    try:
        command_line.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except SettingsError as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
    except BriefingError as fault:
        click.echo(f"briefing: {fault}", err=True)
        if fault.hint:
            click.echo(f"  {fault.hint}", err=True)
        sys.exit(1)
