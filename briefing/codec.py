"""Model values to JSON and back; the one place that knows how. Decimals, times and enums are kept exactly."""

from typing import TYPE_CHECKING, Any, TypeVar

from briefing.errors import StoreError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


_ADAPTERS: dict[type, "TypeAdapter[Any]"] = {}  # one a type, made at its first use; building one is slow


def _adapter(shape: type) -> "TypeAdapter[Any]":
    if shape not in _ADAPTERS:
        from pydantic import TypeAdapter  # noqa: PLC0415 - a fifth of a second that `--help` need not pay

        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def encoded(value: object, *, indent: int | None = None) -> str:
    """The value as JSON text; `value` is a frozen model type."""
    return _adapter(type(value)).dump_json(value, indent=indent).decode("utf-8")


def decoded(shape: type[T], text: str | bytes) -> T:
    """A model value out of JSON text. Raises StoreError that names the type and the first fault."""
    try:
        value: T = _adapter(shape).validator.validate_json(text)  # thousands for an issue: no step between
    except ValueError as fault:
        raise StoreError(f"what is stored as {shape.__name__} cannot be read: {_first_of(fault)}") from fault
    return value


def _first_of(fault: ValueError) -> str:
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    if not isinstance(fault, ValidationError):
        return str(fault)
    first = fault.errors()[0]
    return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"


def schema(shape: type) -> dict[str, object]:
    """The JSON schema of a model type, for the reference pages."""
    return dict(_adapter(shape).json_schema(mode="serialization"))
