"""What holds after every test: each record that a test builds verifies, to the last span."""

from collections.abc import Iterator
from io import BytesIO

import pytest

from onrecord.faces.exports.json import write_json
from onrecord.pipeline import open_record
from onrecord.pipeline.packs import check_json


@pytest.fixture(autouse=True)
def every_record_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Verifies what a test leaves in its folder; one that breaks a record on purpose is marked ``broken_record``."""
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    if folder is None or request.node.get_closest_marker("broken_record"):
        return
    for file in sorted(folder.rglob("record.json")):
        assert not check_json(file.read_bytes(), file.name).faults, f"{file} does not hold"
    for file in sorted(folder.rglob("record.db")):
        stream = BytesIO()
        with open_record(file) as store:
            write_json(store.record(), stream)
        assert not check_json(stream.getvalue(), file.name).faults, f"{file} does not hold"
