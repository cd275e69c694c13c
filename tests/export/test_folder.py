"""Writing a copy: an earlier copy is replaced, what is somebody else's stays untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.diagnostics import NablaError
from app.export import Exported, write


def copy_of(**files: bytes) -> Exported:
    named = {name.replace("__", "/") + ".html": body for name, body in files.items()}
    return Exported(named, "", (), ())


def test_all_files_are_written_with_their_folders(tmp_path: Path) -> None:
    write(copy_of(index=b"cover", lessons__jacobian=b"lesson"), tmp_path / "new" / "site")
    assert (tmp_path / "new" / "site" / "lessons" / "jacobian.html").read_bytes() == b"lesson"


def test_an_earlier_copy_is_replaced_and_what_it_had_more_goes(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(copy_of(index=b"old", gone__deep__page=b"gone", same=b"same"), site)
    before = (site / "same.html").stat().st_mtime_ns
    (site / "CNAME").write_text("book.example")
    write(copy_of(index=b"new", same=b"same"), site)
    assert (site / "index.html").read_bytes() == b"new"
    assert not (site / "gone").exists()
    assert (site / "same.html").stat().st_mtime_ns == before, "tools upload what is newer"
    assert (site / "CNAME").read_text() == "book.example", "it is the instructor's own"


def test_a_folder_with_other_files_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(NablaError, match="no copy of the book"):
        write(copy_of(index=b"cover"), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("")
    with pytest.raises(NablaError, match="is a file"):
        write(copy_of(index=b"cover"), tmp_path / "site")


def test_the_list_of_an_earlier_copy_removes_nothing_outside(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside.html"
    outside.write_text("mine")
    write(copy_of(index=b"cover"), site)
    (site / ".nabla-export").write_text("../outside.html\nindex.html\n")
    write(copy_of(other=b"page"), site)
    assert outside.exists()
    assert not (site / "index.html").exists()
