"""Trial scope: which accounts (or stores) carry a trial and which are compared with them."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, STORE, day, flag, number, text
from data.text import Text

TRIAL_SCOPE = Dataset(
    name="trial_scope",
    title=Text("试点与对照名单", "Trial scope"),
    grain=Text("每试点每客户（或门店）一行", "One row per trial and account (or store)"),
    key=("trial", "account", "store"),
    fields=(
        text("trial", "试点编号", "Trial", need=True, also=("试销编号", "试点代码", "trialid"), example="SD01"),
        ACCOUNT,
        ACCOUNT_NAME,
        STORE,
        flag(
            "pilot",
            "是否试点",
            "Pilot",
            need=True,
            also=("试点", "试点组", "是否试销"),
            example="是",
            about=Text("是：试点；否：对照", "yes: a pilot; no: a control"),
        ),
        day(
            "listed_on",
            "上架日期",
            "Listed on",
            need=False,
            also=("铺货日期", "进场日期", "listingdate"),
            example="2026-03-02",
        ),
        number(
            "stores_listed",
            Kind.COUNT,
            "上架门店数",
            "Stores listing it",
            "stores",
            also=("铺货门店数", "铺货数", "上样门店数"),
            check="stores_listed >= 0",
            example="4",
        ),
    ),
    latest_wins=True,
    typed=True,
)
