"""The record as its page. That of a large record is several files, and then needs a folder to go into."""

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
        from onrecord.faces.page import is_one_file, render_page

        if not is_one_file(record):
            raise UsageError(
                f"the page of {len(record.texts)} articles and {len(record.entries)} entries is several files; "
                "name a folder that exists: -o FOLDER"
            )
        [(_, html)] = render_page(record)
        stream.write(html.encode())
