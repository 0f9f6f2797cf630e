"""``record.html``: the record as one page that opens from a file, without a network."""

from onrecord.faces.page.render import Shelved, is_one_file, render_page, write_page, write_shelf

__all__ = ["Shelved", "is_one_file", "render_page", "write_page", "write_shelf"]
