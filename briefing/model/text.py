"""Languages, and short texts that the desk itself says in both of its languages."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The language of a text, settled by script first; a BCP 47 tag."""

    EN = "en"
    HANS = "zh-Hans"
    HANT = "zh-Hant"
    OTHER = "und"

    @property
    def is_chinese(self) -> bool:
        return self in {Language.HANS, Language.HANT}


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One statement of the desk's own, in English and Chinese."""

    en: str
    zh: str

    def written(self, language: str) -> str:
        """The text for an issue in 'en' or 'zh' (any Chinese tag gives the Chinese text)."""
        return self.zh if language.startswith("zh") else self.en
