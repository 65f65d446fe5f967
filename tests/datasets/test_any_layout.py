"""One call for any layout: it is the loader that the folder asks for."""

import pytest

from course_utils.datasets import load_any, load_cub, load_folder, load_pets
from course_utils.sketchbook import make_birds, make_folders, make_pets

LAYOUTS = {
    load_cub: lambda folder: make_birds(folder, 2, 2, px=32),
    load_pets: lambda folder: make_pets(folder, 2, px=32, breeds=["Harbour_Tabby", "pudding_mop"]),
    load_folder: lambda folder: make_folders(folder, "things", ["teapot", "hat"], 2, px=32),
}


@pytest.mark.parametrize("load", LAYOUTS, ids=lambda load: load.__name__)
def test_a_folder_is_loaded_by_its_layout(load, tmp_path, monkeypatch):
    folder, expected = LAYOUTS[load](tmp_path / "data"), load(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for where in (folder, str(folder), "data"):
        assert load_any(where).table.equals(expected.table)
        assert load_any(where).class_names == expected.class_names


@pytest.mark.parametrize("folder", [None, 5, ""])
def test_what_is_no_path_is_refused(folder):
    with pytest.raises(ValueError, match="`folder` must be the path of a folder. Received"):
        load_any(folder)
