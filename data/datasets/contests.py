"""Contests: the rules by which accounts compete in a period, and the prize of each place."""

from data.contract import Dataset, Kind
from data.datasets.fields import CATEGORY, REGION, SKU, day, flag, number, optional, text
from data.text import Text

CONTESTS = Dataset(
    name="contests",
    title=Text("销售竞赛", "Contests"),
    grain=Text("每竞赛每名次一行", "One row per contest and place"),
    key=("contest", "place"),
    fields=(
        text("contest", "竞赛编号", "Contest", need=True, also=("比赛编号", "竞赛代码", "contestid"), example="JS2601"),
        text("title", "竞赛名称", "Contest title", also=("比赛名称", "竞赛主题"), example="618 洗衣机冲刺赛"),
        day("starts_on", "开始日期", "Starts on", also=("起始日期", "开始时间", "startdate"), example="2026-06-01"),
        day("ends_on", "结束日期", "Ends on", also=("截止日期", "结束时间", "enddate"), example="2026-06-30"),
        CATEGORY,
        optional(SKU),
        REGION,
        flag("by_qty", "按台数排名", "Ranked by pieces", also=("按数量计", "按销量计"), example="是"),
        flag("by_growth", "按增幅排名", "Ranked by growth", also=("按同比增长", "按增长率"), example="否"),
        number(
            "minimum",
            Kind.MONEY,
            "入围门槛",
            "Minimum to enter",
            "CNY or pcs",
            also=("最低要求", "参赛门槛"),
            check="minimum >= 0",
            example="200",
            about=Text("低于它不参加排名", "below it an account is not ranked"),
        ),
        number(
            "place",
            Kind.COUNT,
            "名次",
            "Place",
            "",
            need=True,
            also=("排名", "奖项名次", "rank"),
            check="place >= 1",
            example="1",
        ),
        number(
            "prize",
            Kind.MONEY,
            "奖金",
            "Prize",
            "CNY",
            also=("奖励金额", "奖品金额", "奖金金额"),
            check="prize >= 0",
            example="30000.00",
        ),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
)
