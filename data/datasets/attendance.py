"""Attendance: whom we asked to the yearly symposium, and who came."""

from data.contract import Dataset, Kind
from data.datasets.fields import ACCOUNT, ACCOUNT_NAME, day, flag, number, text
from data.text import Text

ROLES = (
    Text("总经理", "General manager"),
    Text("采购总监", "Purchasing director"),
    Text("运营总监", "Operations director"),
    Text("财务总监", "Finance director"),
    Text("店长", "Store manager"),
)

ATTENDANCE = Dataset(
    name="attendance",
    title=Text("座谈会出席", "Symposium attendance"),
    grain=Text("每届座谈会每客户每受邀岗位一行", "One row per symposium, account and role invited"),
    key=("symposium", "account", "role"),
    fields=(
        text(
            "symposium", "座谈会", "Symposium", need=True, also=("会议", "座谈会编号", "届次", "年度"), example="2025"
        ),
        day("held_on", "会议日期", "Held on", also=("日期", "召开日期", "date"), example="2025-12-05"),
        ACCOUNT,
        ACCOUNT_NAME,
        text(
            "role", "受邀岗位", "Role invited", need=True, also=("岗位", "职务", "角色"), example="总经理", usual=ROLES
        ),
        number(
            "seats",
            Kind.COUNT,
            "受邀人数",
            "People invited",
            "people",
            also=("人数", "邀请人数"),
            check="seats >= 0",
            example="1",
        ),
        flag("attended", "是否出席", "Came", need=True, also=("出席", "到会", "是否到会"), example="是"),
        text("host", "我方接待人", "Our host", also=("接待人", "对接人"), example="沈国栋"),
    ),
    dated="held_on",
    latest_wins=True,
    typed=True,
)
