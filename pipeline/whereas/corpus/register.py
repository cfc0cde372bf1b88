"""The register of public sources: what there is, where, and under which terms. It is data."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from whereas.errors import ConfigError
from whereas.resources import resource


class PublicSource(BaseModel):
    """A file to be had on the web; ``sha256`` is None where nobody has stated it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    publisher: str
    url: Annotated[str, Field(pattern=r"^https?://")]
    version: str
    holds: str
    terms: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None


def load_register(path: Path | None = None) -> Mapping[str, PublicSource]:
    """Read a register from TOML; without a path, the one that comes with whereas.

    Raises:
        ConfigError: the file cannot be read, is not TOML or breaks the register's format.
    """
    path = path or resource("configs/sources.toml")
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: PublicSource.model_validate(entry) for name, entry in tree.items()}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not a TOML file ({error})") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "entry"
        raise ConfigError(f"{path}: {field}: {first['msg']}") from None


def find_source(name: str, register: Mapping[str, PublicSource]) -> PublicSource:
    """Return a source by name, or raise ConfigError that says which there are."""
    if name not in register:
        raise ConfigError(f"{name}: no such source; expected one of {', '.join(register)}")
    return register[name]
