"""Which files are input, and what a folder's manifest says of them."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.intake import find_sources, take_in
from tests.intake_inputs import PROSE


def _write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{PROSE} {name}")


def _names(*paths: Path) -> list[str]:
    return [source.file for source in find_sources(paths)[0]]


def test_folders_are_read_to_the_bottom_in_order(tmp_path: Path) -> None:
    """Files come sorted by their names relative to the folder given."""
    _write(tmp_path, "b.txt", "sub/a.txt", "a.txt", "sub/deep/c.html")
    assert _names(tmp_path) == ["a.txt", "b.txt", "sub/a.txt", "sub/deep/c.html"]


def test_order_and_repetition_of_paths_do_not_matter(tmp_path: Path) -> None:
    """A file that is reached twice is one source, with the longest of its names."""
    _write(tmp_path, "sub/a.txt", "b.txt")
    given = (tmp_path, tmp_path / "sub", tmp_path / "b.txt", tmp_path / "sub" / "a.txt")
    assert find_sources(given) == find_sources(given[::-1])
    assert _names(*given) == ["b.txt", "sub/a.txt"]


def test_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    """A wrong path stops the run with its name, before anything is read."""
    with pytest.raises(InputError, match=r"nowhere does not exist; give"):
        find_sources([tmp_path, tmp_path / "nowhere"])
    with pytest.raises(InputError, match="does not exist"):
        find_sources([tmp_path / ("x" * 5000)])


def test_hidden_files_and_leftovers_are_passed_over(tmp_path: Path) -> None:
    """What editors, browsers and file managers leave behind is neither input nor set aside."""
    _write(
        tmp_path, ".hidden/a.txt", ".a.txt", "a.txt~", "a.txt.swp", "#a.txt#", "Thumbs.db", "~$a.txt", "a.crdownload"
    )
    _write(tmp_path, "page_files/site.js", "page.html", "notes_files/a.txt")
    sources, set_aside = find_sources([tmp_path])
    assert [source.file for source in sources] == ["notes_files/a.txt", "page.html"]
    assert set_aside == ()


def test_links_out_of_the_folder_are_set_aside_by_name(tmp_path: Path) -> None:
    """A link out of the folder, to a file or a folder, is named and not followed; one to nothing too."""
    inside, outside = tmp_path / "in", tmp_path / "in-and-out"
    _write(inside, "a.txt")
    _write(outside, "secret.txt")
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "nothing.txt").symlink_to(inside / "gone.txt")
    sources, set_aside = find_sources([inside])
    assert [source.file for source in sources] == ["a.txt"]
    assert [item.file for item in set_aside] == ["file.txt", "folder", "nothing.txt"]
    assert "symbolic link out of the folder" in set_aside[0].reason
    assert "to nothing" in set_aside[2].reason


def test_loops_are_harmless(tmp_path: Path) -> None:
    """Links that lead round in the folder, or to themselves, end and give each file once."""
    _write(tmp_path, "sub/a.txt")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "same.txt").symlink_to(tmp_path / "sub" / "a.txt")
    (tmp_path / "self").symlink_to("self")
    assert _names(tmp_path) == ["sub/a.txt"]


def test_pipes_and_sockets_are_not_waited_for(tmp_path: Path) -> None:
    """What is no regular file is set aside without being opened."""
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        sources, _ = find_sources([tmp_path])
        reasons = [take_in(source).set_aside[0].reason for source in sources]
    assert reasons == ["is no regular file; give files or folders."] * 2


def test_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is an error that names it, not an empty folder."""

    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(InputError, match=r"cannot be listed \(Permission denied\)"):
        find_sources([tmp_path])


@pytest.mark.broken_record
def test_records_beside_articles_are_set_aside(tmp_path: Path) -> None:
    """What onrecord wrote into the folder is not read as articles; a page that is only called record.html is."""
    _write(tmp_path, "a.txt", "other/record.html")
    (tmp_path / "record.db").write_bytes(b"SQLite format 3\0rest")
    _write(tmp_path, "record.json", "record.html", "record-possible-1.html", "record-vectors.npz", "record.db-wal")
    sources, set_aside = find_sources([tmp_path])
    assert [source.file for source in sources] == ["a.txt", "other/record.html"]
    assert [item.file for item in set_aside] == [
        *("record-possible-1.html", "record-vectors.npz", "record.db", "record.html", "record.json")
    ]
    assert all("was written by onrecord" in item.reason for item in set_aside)
    assert find_sources([tmp_path], tmp_path / "record.db") == (sources, ())  # the record that is being written


class TestManifest:
    def test_rows_are_the_metadata_of_their_files(self, tmp_path: Path) -> None:
        """Each file has its row; the manifest itself is neither an article nor set aside."""
        _write(tmp_path, "a.txt", "sub/b.txt")
        manifest = 'file,outlet,published,note\na.txt,Varland Herald,2022-03-14,x\nsub/b.txt,"Post, Sudmark",NULL,\n'
        (tmp_path / "manifest.csv").write_text(manifest)
        sources, set_aside = find_sources([tmp_path])
        assert set_aside == ()
        assert [dict(source.metadata) for source in sources] == [
            {"outlet": "Varland Herald", "published": "2022-03-14"},
            {"outlet": "Post, Sudmark"},
        ]

    def test_the_nearest_manifest_counts_most(self, tmp_path: Path) -> None:
        """A folder's own manifest is laid over that of the folder above, key by key."""
        _write(tmp_path, "sub/a.txt")
        (tmp_path / "manifest.csv").write_text("file,outlet,author\nsub/a.txt,Above,Jon Ek\n")
        (tmp_path / "sub" / "manifest.csv").write_text("file,outlet\na.txt,Near\n")
        ((source,), set_aside) = find_sources([tmp_path])
        assert dict(source.metadata) == {"outlet": "Near", "author": "Jon Ek"}
        assert set_aside == ()

    def test_files_given_by_name_have_the_manifest_beside_them(self, tmp_path: Path) -> None:
        """`build folder/*` knows what `build folder` knows."""
        _write(tmp_path, "a.txt")
        (tmp_path / "manifest.csv").write_text("file,outlet\na.txt,Varland Herald\nother.txt,X\n")
        sources, set_aside = find_sources([tmp_path / "a.txt", tmp_path / "manifest.csv"])
        assert [(source.file, dict(source.metadata)) for source in sources] == [("a.txt", {"outlet": "Varland Herald"})]
        assert set_aside == ()

    def test_spreadsheets_write_semicolons_and_marks(self, tmp_path: Path) -> None:
        """A manifest with a byte order mark and semicolons, as spreadsheets save it, is read."""
        _write(tmp_path, "a.txt")
        (tmp_path / "manifest.csv").write_bytes("\ufefffile;outlet\r\na.txt;Varland Herald\r\n".encode())
        assert dict(find_sources([tmp_path])[0][0].metadata) == {"outlet": "Varland Herald"}

    @pytest.mark.parametrize(
        ("manifest", "words"),
        [
            ("file,outlet\ngone.txt,X\n", "row 2 names gone.txt, which is not there"),
            ("file,outlet\n../a.txt,X\n", "row 2 names ../a.txt, which is not there"),
            ("name,outlet\na.txt,X\n", "no column `file`"),
            ("", "no column `file`"),
            ("file,outlet\na.txt,X\na.txt,Y\n", "row 3 names a.txt again"),
            ("file,outlet\na.txt,X,Y\n", "row 2 has more cells"),
            ("file,outlet\n,X\n", "row 2 names no file"),
            ('file,outlet\na.txt,"X" Y\n', "line 2 is no CSV"),
            ("file,outlet\na.txt," + "x" * 200_000 + "\n", "is no CSV"),
        ],
    )
    def test_what_is_wrong_is_named_and_loses_no_article(self, tmp_path: Path, manifest: str, words: str) -> None:
        """A malformed manifest, or a row for a file that is not there, is set aside with its row."""
        _write(tmp_path, "a.txt")
        (tmp_path / "manifest.csv").write_text(manifest)
        sources, set_aside = find_sources([tmp_path])
        assert [source.file for source in sources] == ["a.txt"]
        assert [item.file for item in set_aside] == ["manifest.csv"]
        assert words in set_aside[0].reason
