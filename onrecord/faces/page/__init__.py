"""``record.html``: the record as one page that opens from a file, without a network."""

from onrecord.faces.page.render import Shelved, render_page, write_page, write_shelf

__all__ = ["Shelved", "render_page", "write_page", "write_shelf"]
