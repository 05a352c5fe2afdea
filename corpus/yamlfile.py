"""Read a YAML file that people keep into frozen dataclasses, and tell every fault at once with its line and column.

The types of the dataclass are the schema: text, int, float, bool, optional ones, tuples of them, mappings from text,
and further dataclasses. A field's `metadata={"least": …, "most": …, "one_of": (…)}` bounds its value.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from corpus import kept
from corpus.errors import ConfigurationError

if TYPE_CHECKING:
    import yaml

T = TypeVar("T")
_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _loader() -> Any:
    """The quick loader where there is one. Loaded only when something is to be parsed, which a search need not do."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def compose(path: Path, what: str = "file") -> Any:
    """The root node of a YAML file, None when it is empty; `what` is what messages call it.

    Raises:
        ConfigurationError: the file cannot be read, is not UTF-8 or not YAML; with the place.
    """
    import yaml

    try:
        return yaml.compose(path.read_text(encoding="utf-8"), Loader=_loader())
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot read the {what}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: not UTF-8 at byte {error.start}; save the {what} as UTF-8") from error
    except yaml.YAMLError as error:
        raise _invalid(path, error) from error


def table(path: Path) -> Any:
    """The plain values of a table that comes with newsdex, which is as it should be."""
    import yaml

    return yaml.load(path.read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - both are safe loaders


def kept_table(path: Path) -> Any:
    """`table` of a file that searches need; its keys are text."""
    return kept.value(path, lambda: table(path))


def construct(path: Path, root: Any) -> Any:
    """The plain values of a composed root, None for an empty file.

    Raises:
        ConfigurationError: a value is not of the kind that its form promises; with the place.
    """
    import yaml

    try:
        return _loader()("").construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        raise _invalid(path, error) from error


def _invalid(path: Path, error: yaml.YAMLError) -> ConfigurationError:
    import yaml

    if not isinstance(error, yaml.MarkedYAMLError):
        return ConfigurationError(f"{path}: not valid YAML: {error}")
    mark = error.problem_mark or error.context_mark
    place = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    return ConfigurationError(f"{place}: not valid YAML: {error.problem or error.context}")


def read_yaml(path: Path, kind: type[T]) -> T:
    """The dataclass `kind` filled from the file; an empty file gives the defaults.

    Raises:
        ConfigurationError: with one `file:line:column: fault` a line, all faults of the file.
    """
    root = compose(path)
    faults = _Faults(path)
    value = kind() if root is None else faults.dataclass(root, kind)
    if faults.found:
        raise ConfigurationError("\n".join(faults.found))
    return value


def _schema(kind: type[Any]) -> tuple[dict[str, Field[Any]], dict[str, Any]]:
    return {field.name: field for field in fields(kind)}, get_type_hints(kind)


class _Faults:
    """Converts nodes; a fault is noted and None given in its place, so that the rest is checked too."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: list[str] = []

    def fault(self, node: Any, message: str) -> None:
        self.found.append(f"{self.path}:{node.start_mark.line + 1}:{node.start_mark.column + 1}: {message}")

    def dataclass(self, node: Any, kind: type[Any]) -> Any:
        if node.id != "mapping":
            self.fault(node, "expected a mapping (key: value)")
            return None
        known, hints = _schema(kind)
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key not in known:
                near = get_close_matches(key, known, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
                self.fault(key_node, f"unknown key {key!r}; {hint}")
            elif key in values:
                self.fault(key_node, f"{key!r} is given twice")
            else:
                values[key] = self.value(value_node, hints[key], known[key].metadata)
        for name, field in known.items():
            if name not in values and field.default is MISSING and field.default_factory is MISSING:
                self.fault(node, f"{name!r} is missing")
        return None if self.found else kind(**values)

    def value(self, node: Any, hint: Any, bounds: Mapping[str, Any]) -> Any:
        origin, args = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            if node.id == "scalar" and node.tag == "tag:yaml.org,2002:null":
                return None
            return self.value(node, next(arg for arg in args if arg is not type(None)), bounds)
        if is_dataclass(hint):
            return self.dataclass(node, hint)  # type: ignore[arg-type]
        if origin is tuple:
            children = node.value if node.id == "sequence" else [node]
            return tuple(self.value(child, args[0], bounds) for child in children)
        if origin is not None and issubclass(origin, Mapping):
            if node.id != "mapping":
                self.fault(node, "expected a mapping (key: value)")
                return {}
            return {str(key.value): self.value(child, args[1], bounds) for key, child in node.value}
        return self.scalar(node, hint, bounds)

    def scalar(self, node: Any, kind: type[Any], bounds: Mapping[str, Any]) -> Any:
        try:
            if node.id != "scalar":
                raise ValueError
            value: Any = _TRUTH[node.value.casefold()] if kind is bool else kind(node.value)
        except (ValueError, KeyError):
            self.fault(node, f"expected {_WORDS[kind]}")
            return None
        if "one_of" in bounds and value not in bounds["one_of"]:
            self.fault(node, f"{value!r} is not one of {', '.join(map(str, bounds['one_of']))}")
        elif "least" in bounds and value < bounds["least"]:
            self.fault(node, f"{value} is below {bounds['least']}")
        elif "most" in bounds and value > bounds["most"]:
            self.fault(node, f"{value} is above {bounds['most']}")
        return value
