"""Runs one command in this process."""

from click.testing import CliRunner

from briefing.cli import command_line


def run(*arguments, folder=None, code=0):
    """A command's output; its exit code must be as expected. An error of the desk is raised as it is."""
    wanted = ["--desk", str(folder), *arguments] if folder else list(arguments)
    done = CliRunner().invoke(command_line, wanted, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output
