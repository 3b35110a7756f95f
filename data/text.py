"""The one way this product says something to a person: in both languages or not at all."""

import re
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
COUNTED = re.compile(  # a number's slot, what it counts, and a verb that goes with it
    r"(\{(\w+)[^}]*\}) (rows|accounts|files|columns|months|weeks|days|questions|pairs|products|events|kinds|"
    r"items|lines|counts|places|transfers|sessions|stores|promotions)\b"
    r"( are| have| were| repeat| lie)?"
)
OF_ONE = {" are": " is", " have": " has", " were": " was", " repeat": " repeats", " lie": " lies", None: ""}


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or label in Chinese and English, with the same `{slots}` in both."""

    zh: str
    en: str

    def fill(self, **values: object) -> "Text":
        """Fill the slots of both languages; a value that is itself a `Text` speaks the language it lands in.

        A missing slot raises `KeyError` here, not on a page. English counts one thing in the singular.
        """
        english = COUNTED.sub(lambda found: _counted(found, values), self.en) if "} " in self.en else self.en
        return Text(self.zh.format(**_in("zh", values)), english.format(**_in("en", values)))

    def __getitem__(self, lang: Lang) -> str:
        return self.zh if lang == "zh" else self.en


def same(word: str) -> Text:
    """A name or code that is spelled alike in both languages."""
    return Text(word, word)


def _in(lang: Lang, values: dict[str, object]) -> dict[str, object]:
    return {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}


def _counted(found: re.Match[str], values: dict[str, object]) -> str:
    """“{n} rows are” as it stands, or “{n} row is” where there is one."""
    slot, name, noun, verb = found.groups()
    return f"{slot} {noun[:-1]}{OF_ONE[verb]}" if str(values.get(name)) == "1" else found[0]
