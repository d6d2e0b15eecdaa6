"""A bad file of the demo company is refused by one sentence that names file, line, column and cause."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from erp_desktop.demo.company import BadDemoFileError, read_company
from erp_desktop.resources import resource_path

Change = Callable[[str, str, str], str]


@pytest.fixture
def refusal(tmp_path: Path) -> Change:
    """Replaces the first occurrence of a text in a file of a copy and returns why the company is refused."""
    folder = tmp_path / "demo"
    shutil.copytree(resource_path("demo"), folder)

    def change(file: str, old: str, new: str) -> str:
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8", newline="")
        with pytest.raises(BadDemoFileError) as caught:
            read_company(folder)
        return str(caught.value)

    return change


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "boms.csv",
            "BD-12P",
            "BD-99X",
            'Correct boms.csv, line 2, column component: products.csv has no row "BD-99X".',
        ),
        ("people.csv", "lina,李娜,Li Na,sales_clerk,HZ", "lina,李娜,Li Na,sales_clerk,HZ|XX", "column branches"),
        ("products.csv", ",raw,buy,", ",rough,buy,", '"rough" is not one of raw, semi, finished, service, set'),
        ("products.csv", "128.00", "1x8", 'column standard_cost: "1x8" is not a number'),
        ("products.csv", "128.00", "-1", '"-1" is not a number of zero or more'),
        ("products.csv", "128.00", "NaN", '"NaN" is not a number of zero or more'),
        ("units.csv", "PC,件,piece,0", "PC,件,piece,٣", '"٣" is not a whole number'),
        ("calendar.csv", "2025-01-01", "2025-02-30", '"2025-02-30" is not a date like 2026-11-21'),
        ("supplier_products.csv", "yes", "ja", '"ja" is not one of yes, no'),
        ("supplier_products.csv", "yes", "no", "supplier_products.csv must have one preferred supplier of it"),
        ("branches.csv", "code,name_zh", "code,name", "line 1: the header must be code,name_zh,name_en"),
        ("branches.csv", "杭州分公司", "杭州,分公司", "branches.csv, line 2: it has 4 cells and not 3"),
        ("branches.csv", "CD,", "HZ,", "line 3, column code: HZ stands there twice"),
        ("branches.csv", "CD,", ",", "line 3, column code: it is empty"),
        ("branches.csv", "成都分公司", " 成都", "text without blanks around it"),
        (
            "customers.csv",
            "浙江省,杭州市,余杭区",
            "浙江省,杭州市,吴兴区",
            "regions.csv has no 浙江省 / 杭州市 / 吴兴区",
        ),
        ("customers.csv", "HZ,lina", "HZ,zhoumin", "column owner: zhoumin does not work for HZ"),
        ("orders.csv", "SO2511-000001,HZ", "SO2511-000001,CD", "column branch: C0001 belongs to another branch"),
        ("orders.csv", "FIN,completed,,2025-11-01", "FIN,completed,,2026-11-01", "days of its life are not in order"),
        ("order_lines.csv", ",599.00,77.87", ",599.01,77.87", "column net: quantity, price and discount make 599.00"),
        ("order_lines.csv", ",599.00,77.87", ",599.00,77.88", "column tax: it must be 77.87"),
        ("order_lines.csv", "SO2511-000001,1,", "SO2511-000002,9,", "order_lines.csv has no line of it"),
        ("company.toml", "as_of = 2026-11-21", 'as_of = "soon"', "company.toml, line 3, column as_of: it is no date"),
        ("company.toml", "phone =", "fax =", "company.toml, line 1, column"),
        ("company.toml", "[company]", "[company", "it is not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(refusal: Change, file: str, old: str, new: str, sentence: str) -> None:
    assert sentence in refusal(file, old, new)


def test_another_encoding_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(resource_path("demo"), folder)
    text = (folder / "branches.csv").read_text("utf-8")
    (folder / "branches.csv").write_bytes(text.encode("gb18030"))
    with pytest.raises(BadDemoFileError, match=r"branches.csv, line 2: it is not UTF-8; save the file in this"):
        read_company(folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDemoFileError, match=r"Correct branches.csv, line 1: it can't be read \(No such file"):
        read_company(tmp_path)
