"""Every error that the desk raises on purpose.

    BriefingError
    ├── SettingsError      a desk or topic file has faults; all of them are listed
    ├── BaselineError      a baseline record cannot be read or made
    ├── StoreError         the database cannot be opened, is too new, or was changed by hand
    ├── ArchiveError       an issue cannot be written to, or read from, the archive
    ├── DeliveryError      a letter, a key or a mail server cannot be used as it is set up
    │   └── LineLostError  a mail server hung up, or did not answer in time
    ├── TemplateError      a template cannot be rendered; names file and line
    └── UsageError         a command was asked for something that does not exist

Expected failures of one source, article or address are values (`model.entry.Failed`), not errors.
The first line of each docstring is the message when none is given.
"""


class BriefingError(Exception):
    """The desk could not go on."""

    def __init__(self, message: str = "", *, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message or (type(self).__doc__ or "").split("\n")[0])


class SettingsError(BriefingError):
    """A desk or topic file has faults."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{count} in the settings:\n" + "\n".join(f"  {fault}" for fault in faults))


class BaselineError(BriefingError):
    """The baseline record cannot be read."""


class StoreError(BriefingError):
    """The database cannot be used."""


class ArchiveError(BriefingError):
    """The archive cannot be written or read."""


class DeliveryError(BriefingError):
    """Letters cannot be sent."""


class LineLostError(DeliveryError):
    """The mail server hung up."""


class TemplateError(BriefingError):
    """A template cannot be rendered."""


class UsageError(BriefingError):
    """That does not exist here."""
