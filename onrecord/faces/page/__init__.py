"""``record.html``: the record as one page that opens from a file, without a network."""

from onrecord.faces.page.render import render_page, write_page

__all__ = ["render_page", "write_page"]
