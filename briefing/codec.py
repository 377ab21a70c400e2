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
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    try:
        value: T = _adapter(shape).validate_json(text)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise StoreError(f"what is stored as {shape.__name__} cannot be read: {place}: {first['msg']}") from fault
    return value


def schema(shape: type) -> dict[str, object]:
    """The JSON schema of a model type, for the reference pages."""
    return dict(_adapter(shape).json_schema(mode="serialization"))
