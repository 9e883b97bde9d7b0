"""Floor 2: the texts that people read, as data: under each code bokmål, nynorsk and English side by side.

The three are equal before the law, so none is the source of the others, and they are read and changed together. A place
to be filled in is `{name}`; words that go with a number stand as `{count:one|others}` (`basis.counting`). The same
fact may stand in another form in one language: `{on}`, or `{on_capital}` where it begins the sentence, and `{county_s}`
for whose it is. What all three must agree on is which facts they tell.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Formatter
from typing import NamedTuple

import yaml

from bosett.basis.languages import LANGUAGES
from bosett.basis.refusals import Refusal

FOLDER = files("bosett") / "words"
_FORM = re.compile(r"_(?:capital|s)$")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What reads YAML fastest; it composes nodes alone, so that every scalar stays the text that was written."""


class UnknownLanguage(Refusal):
    """A language that there are no words in."""

    def __init__(self, language: str) -> None:
        super().__init__(f"There are no words in {language!r}. Choose one of {', '.join(LANGUAGES)}.")
        self.language = language


class BadWords(Refusal):
    """A file of words cannot be read, or its texts do not belong together."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        super().__init__(f"{file}{'' if line is None else f', line {line}'}: {what}")
        self.file, self.line = file, line


class Text(NamedTuple):
    """The same in bokmål, nynorsk and English."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """Return it in one language, its places left open.

        Raises:
            UnknownLanguage: There are no words in it.
        """
        if language not in LANGUAGES:
            raise UnknownLanguage(language)
        return self[LANGUAGES.index(language)]


class Words(Mapping[str, Text]):
    """The texts of a file, or of all files of a folder, by code; read when the first is asked for."""

    def __init__(self, place: Traversable) -> None:
        """Take a file, or a folder of files."""
        self._place = place

    def __getitem__(self, code: str) -> Text:
        return self._texts[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def of(self, language: str) -> Mapping[str, str]:
        """Return the texts of one language by code.

        Raises:
            UnknownLanguage: There are no words in it.
        """
        if language not in LANGUAGES:
            raise UnknownLanguage(language)
        return self._by_language[language]

    @cached_property
    def _by_language(self) -> Mapping[str, Mapping[str, str]]:
        return {language: {code: text.in_language(language) for code, text in self.items()} for language in LANGUAGES}

    @cached_property
    def _texts(self) -> Mapping[str, Text]:
        texts: dict[str, Text] = {}
        for file in self.files():
            for code, (text, line) in entries(file.name, file.read_text(encoding="utf-8")).items():
                if code in texts:
                    raise BadWords(file.name, line, f"{code} stands in another file too. Take one of them out.")
                texts[code] = text
        return texts

    def files(self) -> list[Traversable]:
        """Return the files that are read, in the order of their names."""
        if self._place.is_file():
            return [self._place]
        inside = sorted(self._place.iterdir(), key=lambda file: file.name)
        return [file for file in inside if file.name.endswith(".yaml")]


def entries(file: str, content: str) -> Mapping[str, tuple[Text, int]]:
    """Return the texts of a file, each with its line.

    Args:
        file: Its name, for refusals.
        content: What stands in it.

    Raises:
        BadWords: It is no YAML, a code stands twice, a language lacks or is not known, or the facts differ.
    """
    try:
        root = yaml.compose(content, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise BadWords(file, mark.line + 1 if mark else None, "cannot be read as YAML.") from None
    texts: dict[str, tuple[Text, int]] = {}
    for code, line, node in _pairs(file, root):
        if code in texts:
            raise BadWords(file, line, f"{code} stands twice. Take one of them out.")
        texts[code] = (_text(file, code, line, node), line)
    return texts


def disagreement(text: Text) -> str:
    """Return in what facts the languages differ, or that a place is written wrongly; empty when all is well."""
    if not any(sign in words for words in text for sign in "{}"):
        return ""
    try:
        facts_in = {language: facts(words) for language, words in text._asdict().items()}
    except ValueError as error:
        return f"has a place that cannot be filled in ({error})."
    if len(set(facts_in.values())) == 1:
        return ""
    each = "; ".join(f"{language} {', '.join(sorted(names)) or 'none'}" for language, names in facts_in.items())
    return f"tells other facts in one language than in another: {each}."


def facts(words: str) -> frozenset[str]:
    """Return the names of the facts that a text tells, whatever their form; those that stand in a choice too.

    Raises:
        ValueError: A brace lacks its other half, or a place has no name.
    """
    names: set[str] = set()
    for _, name, choice, _ in Formatter().parse(words):
        if name is None:
            continue
        if not name.isidentifier():
            raise ValueError(f"{{{name}}}")
        names.add(_FORM.sub("", name))
        names |= facts(choice) if choice else set()
    return frozenset(names)


def _pairs(file: str, node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        line = None if node is None else node.start_mark.line + 1
        raise BadWords(file, line, "codes with their texts must stand here.")
    for key, value in node.value:
        yield str(key.value), key.start_mark.line + 1, value


def _text(file: str, code: str, line: int, node: yaml.Node) -> Text:
    texts: dict[str, str] = {}
    for language, here, value in _pairs(file, node):
        if language not in LANGUAGES or language in texts:
            raise BadWords(file, here, f"{code} has {language!r}; it must have {', '.join(LANGUAGES)}, each once.")
        if not isinstance(value, yaml.ScalarNode) or not value.value.strip():
            raise BadWords(file, here, f"{code} must have a text in {language}.")
        texts[language] = value.value
    lacking = [language for language in LANGUAGES if language not in texts]
    if lacking:
        raise BadWords(file, line, f"{code} lacks {', '.join(lacking)}.")
    text = Text(**texts)
    if fault := disagreement(text):
        raise BadWords(file, line, f"{code} {fault}")
    return text
