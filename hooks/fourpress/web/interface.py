"""The theme's own words for languages that the theme does not speak."""

from __future__ import annotations

import json

from fourpress.languages import words
from fourpress.languages.language import direction


def partial(language: str, chain: tuple[str, ...], inherited: str) -> str:
    """A language file of the theme, `inherited` being the theme language that fills what we do not translate."""
    keys = {
        **dict(words.theme_words(chain)),
        "language": language,
        "direction": direction(language),
        "search.config.lang": "en",
        "search.config.pipeline": " ",
        "search.config.separator": r"[\s\-]+",
    }
    table = json.dumps(keys, ensure_ascii=False).replace("{{", "{ {").replace("}}", "} }")
    return (
        f'{{% import "partials/languages/{inherited}.html" as inherited %}}'
        f"{{% macro t(key) %}}{{{{ {table}[key] or inherited.t(key) }}}}{{% endmacro %}}\n"
    )
