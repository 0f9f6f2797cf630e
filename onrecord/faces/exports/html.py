"""The record as its page. Past 500 articles the page is several files, and then needs a folder to go into."""

from __future__ import annotations

from typing import BinaryIO, ClassVar

from onrecord.errors import UsageError
from onrecord.model import Record


class Html:
    """The page: one self-contained file."""

    name: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"
    about: ClassVar[str] = "the page, one file that opens without a network"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the page. Raises UsageError where it is too large for one file."""
        from onrecord.faces.page import render_page

        pages = render_page(record)
        _, html = next(pages)
        if next(pages, None) is not None:
            raise UsageError(
                f"the page of {len(record.texts)} articles is several files; name a folder that exists: -o FOLDER"
            )
        stream.write(html.encode())
