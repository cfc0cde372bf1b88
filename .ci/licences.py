"""Print the licence of each package that is installed beside whereas."""

from importlib.metadata import Distribution, distributions


def licence_of(package: Distribution) -> str:
    """Return what a package says of its licence, the shortest first."""
    facts = package.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in facts.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    said = (facts.get("License-Expression"), ", ".join(classified), facts.get("License", ""))
    return next(
        (words.strip().splitlines()[0] for words in said if words and words.strip()), "not said"
    )


if __name__ == "__main__":
    for name, licence in sorted({(p.metadata["Name"], licence_of(p)) for p in distributions()}):
        print(f"{name:24} {licence}")
