"""The one way this product says something to a person: in both languages or not at all."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or label in Chinese and English, with the same `{slots}` in both."""

    zh: str
    en: str

    def fill(self, **values: object) -> "Text":
        """Fill the slots of both languages; a value that is itself a `Text` speaks the language it lands in.

        A missing slot raises `KeyError` here, not on a page.
        """
        return Text(self.zh.format(**_in("zh", values)), self.en.format(**_in("en", values)))

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


def same(word: str) -> Text:
    """A name or code that is spelled alike in both languages."""
    return Text(word, word)


def _in(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    return {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}
