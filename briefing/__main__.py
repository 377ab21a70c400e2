"""`python -m briefing` is the command `briefing`."""

from briefing.cli import main

if __name__ == "__main__":  # processes that are started beside this one import it under another name
    main()
