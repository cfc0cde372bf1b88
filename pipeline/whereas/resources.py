"""Where the files that come with whereas are: ``configs/`` and ``models/``."""

from pathlib import Path

from whereas.errors import ConfigError


def resource(name: str) -> Path:
    """Return the path of a file or folder that ships with whereas.

    Args:
        name: a relative path such as ``"configs/labels.toml"`` or ``"models/default"``.

    Works from an installed wheel, which carries the folders inside the package, and from a
    checkout, where they stand at the top level.

    Raises:
        ConfigError: nothing of that name ships with whereas.
    """
    package = Path(__file__).resolve().parent
    for root in (package / "_resources", package.parents[1]):
        if (path := root / name).exists():
            return path
    raise ConfigError(f"{name}: does not come with whereas; reinstall it or name another file")
