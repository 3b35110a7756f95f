"""Calendar: the peaks the department prepares for, the festivals, and which days are worked."""

from data.contract import Dataset, Kind
from data.datasets.fields import CATEGORY, day, flag, number, text
from data.text import Text

CALENDAR = Dataset(
    name="calendar",
    title=Text("旺季与节假日历", "Calendar of peaks and holidays"),
    grain=Text("每个旺季、假期或调休日一行", "One row per peak, holiday or make-up working day"),
    key=("name", "starts_on"),
    fields=(
        text("name", "名称", "Name", need=True, also=("节日", "节假日名称", "旺季名称", "holiday"), example="国庆"),
        text("name_en", "英文名称", "English name", also=("englishname",), example="National Day"),
        day("starts_on", "开始日期", "Starts on", also=("起始日期", "开始时间", "startdate"), example="2026-09-24"),
        day("ends_on", "结束日期", "Ends on", also=("截止日期", "结束时间", "enddate"), example="2026-10-08"),
        day(
            "falls_on",
            "正日",
            "The day itself",
            need=False,
            also=("当日", "节日日期", "日期", "date"),
            example="2026-10-01",
        ),
        flag("peak", "是否旺季", "A sales peak", also=("旺季", "大促"), example="是"),
        flag("day_off", "是否放假", "Days off work", also=("放假", "休息日"), example="否"),
        flag(
            "working",
            "是否调休上班",
            "A make-up working day",
            also=("调休上班", "补班"),
            example="否",
            about=Text("周末补班填是", "yes for a weekend day that is worked"),
        ),
        CATEGORY,
        number(
            "growth",
            Kind.RATE,
            "预计同比增幅",
            "Growth expected on last year",
            "share",
            also=("预计增长", "增长率"),
            check="growth > -1",
            example="0.05",
            about=Text("旺季备货按去年同期再加它计算", "the need of the peak is last year and this much more"),
        ),
        flag("provisional", "是否暂定", "Provisional", also=("暂定", "待公布"), example="否"),
    ),
    dated="starts_on",
    latest_wins=True,
    typed=True,
)
