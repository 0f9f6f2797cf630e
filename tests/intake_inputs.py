"""Inputs that the tests of the intake share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from onrecord.intake import Intake, Source, take_in
from onrecord.model import Article, Text

PROSE = (
    "Foreign Minister Anna Berg of Norland said on Monday that her country would wait for a written reply to its "
    "demand that Sudmark withdraw the patrol boats from the bay."
)
MORE_PROSE = (
    "The ministry in Sudmark has not answered the note, which the ambassador handed over in Varland last week, and "
    "its spokesman declined to say when an answer might be expected."
)

PAGE = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Norland waits | Varland Herald</title>
<meta property="og:site_name" content="Varland Herald"><meta property="og:title" content="Norland waits for a reply">
<meta name="author" content="Jon Ek"><meta property="article:published_time" content="2022-03-14T23:30:00-05:00">
<link rel="canonical" href="https://varland-herald.example/2022/norland-waits">
<link rel="stylesheet" href="https://varland-herald.example/site.css"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Norland waits for a reply</h1>
<img src="https://varland-herald.example/berg.jpg" alt="Anna Berg">
<p>{PROSE}</p>
<blockquote class="twitter-tweet"><p lang="en">We have handed over our answer to <a href="#">#Norland</a>.
<a href="https://t.co/abc">https://t.co/abc</a></p>&mdash; Jon Ek (@jonek)
<a href="https://twitter.example/1">March 14, 2022</a></blockquote>
<p>{MORE_PROSE}</p></article>
<aside><h3>You may also like</h3><ul><li><a href="/x">Ferry fares to rise</a></li></ul></aside>
<section><h3>Leave a Reply</h3><p>Your email address will not be published.</p></section></body></html>
"""

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Radio Varland</title><link>https://radio-varland.example/</link>
<item><title>Sudmark answers &amp;amp; waits</title><link>https://radio-varland.example/7</link><guid>rv-7</guid>
<pubDate>Mon, 14 Mar 2022 23:30:00 -0500</pubDate><author>Anna Berg</author>
<description>Short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><p>{MORE_PROSE}</p>]]></content:encoded></item>
<item><title>Nothing else</title><guid>rv-8</guid><description>{MORE_PROSE}</description></item>
</channel></rss>
"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Norland Wire</title><id>urn:x:1</id>
<updated>2022-03-16T00:00:00Z</updated>
<entry><title>No reply yet</title><id>urn:x:2</id><link href="https://wire.example/2"/>
<updated>2022-03-16T00:00:00Z</updated><content type="html">&lt;p&gt;{PROSE}&lt;/p&gt;</content></entry></feed>
"""


def take(folder: Path, name: str, content: str | bytes, metadata: Mapping[str, str] | None = None) -> Intake:
    """What the intake makes of one file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return take_in(Source(path, name, metadata or {}))


def take_one(
    folder: Path, name: str, content: str | bytes, metadata: Mapping[str, str] | None = None
) -> tuple[Article, Text]:
    """The one article in a file with this content; nothing may be set aside."""
    intake = take(folder, name, content, metadata)
    assert not intake.set_aside
    (found,) = intake.articles
    return found


def refusal(folder: Path, name: str, content: str | bytes) -> str:
    """Why a file with this content is set aside whole."""
    intake = take(folder, name, content)
    assert intake.articles == ()
    (set_aside,) = intake.set_aside
    assert set_aside.file == name
    return set_aside.reason
