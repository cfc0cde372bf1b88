"""The label scheme: which functions and addressees there are. It is data, not code."""

import tomllib
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whereas.errors import SchemeError
from whereas.resources import resource


class Label(BaseModel):
    """A function or an addressee class.

    ``directive`` functions ask somebody to act, so they alone have addressees.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    label: Annotated[str, Field(pattern=r"^[\w-]+(\.[\w-]+)?$")]
    title: str = ""
    definition: str = ""
    directive: bool = False

    @property
    def zone(self) -> str | None:
        """What stands before the dot: the zone, or None for a label of any zone."""
        zone, dot, _ = self.label.partition(".")
        return zone if dot else None


class Scheme(BaseModel):
    """A label scheme; functions are in their order of precedence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    version: int
    functions: tuple[Label, ...]
    addressees: tuple[Label, ...] = ()

    @cached_property
    def function_labels(self) -> tuple[str, ...]:
        """The functions' labels, in order of precedence."""
        return tuple(label.label for label in self.functions)

    @cached_property
    def addressee_labels(self) -> tuple[str, ...]:
        """The addressee classes' labels."""
        return tuple(label.label for label in self.addressees)

    @cached_property
    def directive(self) -> frozenset[str]:
        """The functions that have addressees."""
        return frozenset(label.label for label in self.functions if label.directive)


def require_label(label: str, known: Collection[str], where: str) -> str:
    """Return ``label``, or raise SchemeError saying which labels ``where`` could have used."""
    if label not in known:
        raise SchemeError(f"{where}: unknown label {label!r}; expected one of {sorted(known)}")
    return label


def load_scheme(path: Path | None = None) -> Scheme:
    """Read a label scheme from TOML; without a path, the one that comes with whereas.

    Raises:
        SchemeError: the file is missing, not TOML, or breaks the scheme's format.
    """
    path = path or resource("configs/labels.toml")
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        head = tree.pop("scheme")
        scheme = Scheme(**head, **{key: tuple(value) for key, value in tree.items()})
    except OSError as error:
        raise SchemeError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemeError(f"{path}: not a TOML file ({error})") from None
    except KeyError:
        raise SchemeError(f"{path}: has no [scheme] table; give it a name and a version") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise SchemeError(f"{path}: {field}: {first['msg']}") from None
    for labels in (scheme.function_labels, scheme.addressee_labels):
        if repeated := sorted({label for label in labels if labels.count(label) > 1}):
            raise SchemeError(f"{path}: {', '.join(repeated)} defined more than once")
    return scheme
