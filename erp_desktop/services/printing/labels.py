"""Words printed on the documents, in both languages; the reader's own comes first."""

from __future__ import annotations

from typing import NamedTuple

from erp_desktop.services.printing.data import Language


class Label(NamedTuple):
    """A word or short phrase of the form itself."""

    zh: str
    en: str

    def first(self, language: Language) -> str:
        """The word in the document's language."""
        return self.en if language == "en" else self.zh

    def second(self, language: Language) -> str:
        """The word in the other language."""
        return self.zh if language == "en" else self.en

    def both(self, language: Language) -> str:
        """Both words, the document's language first."""
        return f"{self.first(language)} {self.second(language)}".strip()


ADDRESS = Label("地址", "Address")
AMOUNT = Label("金额", "Amount")
CAPITALS = Label("金额大写", "In capitals")
CODE = Label("编码", "Code")
CONTACT = Label("联系人", "Contact")
CURRENCY = Label("币种", "Currency")
CUSTOMER = Label("客户", "Customer")
CUSTOMER_ORDER = Label("客户单号", "Your order")
DATE = Label("日期", "Date")
DUE = Label("交货日期", "Due")
ITEM = Label("名称规格", "Description")
NUMBER = Label("单号", "No.")
ORDER = Label("订单", "Order")
PACKAGES = Label("件数", "Packages")
PHONE = Label("电话", "Phone")
POSITION = Label("序号", "#")
PREPARED_BY = Label("制单", "Prepared by")
PRICE = Label("单价", "Unit price")
QTY = Label("数量", "Qty")
REMARK = Label("备注", "Remark")
TAX = Label("税额", "Tax")
TAX_NUMBER = Label("税号", "Tax No.")
TAX_RATE = Label("税率", "Tax %")
TOTAL = Label("合计", "Total")
UNIT = Label("单位", "Unit")


def joined(*words: str) -> str:
    """The words that are not empty, set apart."""
    return "　".join(filter(None, words))
