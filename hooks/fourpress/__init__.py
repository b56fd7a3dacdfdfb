"""Fourpress: national action plans and standard operating procedures, from YAML and Markdown to pages, documents and data.

The rooms stand in the order in which the work flows. `reader` turns YAML into records that remember where they stand;
`model` says what authors may write; `library` finds and joins everything and filters it for an audience; `checks` are the
rules across records; `languages` chooses and marks the words of each language; `pages` makes Markdown; `documents` makes
PDFs from the HTML of those pages; `exports` makes data. `edition` runs them one after the other. Nothing in this package
knows MkDocs: that is the work of `hooks/publish.py` alone.
"""

__version__ = "0.1.0"
