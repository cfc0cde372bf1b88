"""The classifiers that a model's name stands for, one a language, loaded when first needed."""

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from whereas.bundle import find_bundle, load_bundle, read_manifest
from whereas.classify import ClauseClassifier
from whereas.errors import LanguageError


@dataclass
class Models:
    """Finds the classifier for a language.

    A model is a bundle that serves one or more languages, with those beside it that add the
    code of a language to its name, such as ``default-fr`` beside ``default``.
    """

    name: str
    _loaded: dict[str, ClauseClassifier] = field(default_factory=dict, repr=False)

    def classifier(self, language: str) -> ClauseClassifier:
        """Return the classifier for a language.

        Raises:
            LanguageError: no bundle of this name serves it.
            ModelError: the bundle that does is damaged or not to be trusted.
        """
        if language not in self._loaded:
            bundle = load_bundle(self._bundle(language))
            self._loaded |= dict.fromkeys(bundle.manifest.languages, bundle.classifier)
        return self._loaded[language]

    def load_all(self) -> None:
        """Load the classifiers of all languages, to send them elsewhere."""
        for path in self.bundles():
            for language in read_manifest(path).languages:
                self.classifier(language)

    def bundles(self) -> list[Path]:
        """Return the folders of the bundles: the one named, and those beside it by language."""
        path = find_bundle(self.name)
        beside = path.parent.glob(f"{path.name}-??/manifest.json")
        return [path, *sorted(place.parent for place in beside)]

    def fingerprint(self) -> str:
        """Return a hash of the bundles' manifests, which hold those of all their files."""
        digest = hashlib.sha256()
        for path in self.bundles():
            digest.update((path / "manifest.json").read_bytes())
        return digest.hexdigest()

    def _bundle(self, language: str) -> Path:
        for path in self.bundles():
            if language in read_manifest(path).languages:
                return path
        known = sorted({code for path in self.bundles() for code in read_manifest(path).languages})
        raise LanguageError(
            f"model {self.name} knows {', '.join(known)}, not {language}; "
            "name another with --model, or the right language with --language or in the document"
        )


@cache
def load_models(name: str) -> Models:
    """Return the models of a name, the same ones each time.

    Raises:
        ModelError: there is none, or its manifest is not well formed.
    """
    read_manifest(find_bundle(name))
    return Models(name)
