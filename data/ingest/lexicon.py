"""The words that headers are made of, by what they say; `words` puts a header together from them.

One line a meaning: its concepts at the left, the words that carry them at the right. Only words that say one thing in
every trade file are here: a header with any other word in it says nothing for sure and is asked about.
"""

WORDS: dict[str, str] = {
    # who, what, where
    "customer": "客户 顾客 购货单位 往来单位 经销商 分销商 代理商 customer cust cus client dealer distributor "
    "reseller account card",
    "customer code": "单位编码 单位编号 单位代码 售达方 soldto soldtoparty",  # SAP's partner columns hold numbers
    "customer name": "售达方名称 soldtoname soldtopartyname",
    "loyalty": "cardno cardnum cardnumber cardid",
    "product": "产品 商品 物料 存货 货品 料品 单品 product prod item material goods article cinv walmartitem",
    "product code": "货号 料号 品号 款号 sku sellersku vendorsku merchantsku",
    "product name": "品名 sku名称 sku描述 skuname skudescription",
    "store": "门店 店铺 店 store shop",
    "person": "业务员 销售员 销售人员 职员 客户经理 跟单员 salesperson salesman salesrep saler slp cperson rep",
    "region": "地区 区域 大区 片区 省份 省 自治区 城市 region district territory province city",
    "category": "品类 类别 大类 分类 类目 category",
    # papers
    "document": "单据 凭证 单 document doc voucher bill",
    "order": "订单 订货 订购 下单 order ordered cso",
    "shipped": "发货 出库 出货 实发 实收实发 shipped ship shipping freal",
    "shipped document": "cdl",
    "billed": "开票 发票 invoice invoiced billing billed",
    "delivered": "到货 签收 收货 delivered delivery",
    "requested": "要求 需求 requested required",
    "promised": "承诺 promised",
    "posting": "过账 记账 posting posted",
    "business": "业务 交易 business bus transaction",
    "created": "制单 开单 录单 created",
    "line": "行 行项目 分录 line row",
    "line code": "序号 seq",
    # what is said of them
    "code": "编码 编号 代码 代号 号码 号 码 code id no nr num nbr number #",
    "name": "名称 简称 全称 全名 名 描述 name name1 abbname description desc",
    "date": "日期 date dt",
    "type": "类型 type",
    "spec": "规格 型号 规格型号 spec specification",
    "barcode": "条码 条形码 barcode ean upc gtin",
    "batch": "批号 批次 批次号 batch lot",
    "unit": "计量单位 主计量单位 库存单位 uom unit comunit",
    "base unit": "基本单位",
    "sales unit": "销售单位",
    "currency": "币种 币别 货币 currency cexch",
    # how much
    "qty": "数量 量 qty quantity units",
    "sales": "销售 销 sales sale sold",
    "base": "base",
    "base qty": "主数量 基本数量 基本单位数量",
    "actual": "实际 actual",
    "amount": "金额 额 总额 amount amt money linetotal lineamount rowtotal 行金额",
    "sales amount": "销售收入 营业额 交易额 成交额 成交金额 revenue turnover",
    "gross amount": "价税合计 natsum",
    "net amount": "净值 netvalue",
    "total": "合计 总 total fall",
    "gross": "含税 gross incltax includingtax",
    "net": "不含税 未税 无税 net excltax excludingtax",
    "tax": "税 tax vat",
    "rate": "率 rate % pct percent",
    "price": "单价 售价 price unitprice",
    "cost": "成本 销售成本 cost cogs",
    "received": "实收",
    # stock
    "stock": "库存 现存 结存 当前库存 即时库存 现有库存 非限制使用的库存 非限制使用库存 onhand stock inventory "
    "currentstock unrestricted unrestrictedstock unrestrictedusestock sellable sellablestock",
    "closing": "期末 closing",
    "available": "可用 available avail avb availabletosell ats",
    "transit": "在途 采购在途 transit intransit inbound",
    "count": "盘点 stocktake",
    "snapshot": "快照 snapshot",
    "cutoff": "截止 asof",
    # add nothing: of the company's own currency
    "": "本币 本位币 lc nat",
}
SAP: dict[str, str] = {  # German stems of technical names: KUN+NR, MAT+NR, FK+DAT, LF+IMG, MAT+KL, LA+BST
    "customer": "kun",
    "product": "mat ma ar",
    "document": "vbel bl",
    "billed": "fk",
    "shipped": "lf",
    "order": "kw au",
    "posting": "bu",
    "created": "er",
    "line": "pos",
    "category": "kl",
    "type": "art",
    "code": "nr n ag",
    "name": "ktx",
    "date": "dat",
    "qty": "img meng menge",
    "unit": "me meins",
    "sales": "vrk",
    "net": "net",
    "amount": "wr bp",
    "price": "pr",
    "tax": "mws",
    "currency": "waer",
    "stock": "bst",
    "": "la k s",
}
ASIDE: dict[str, str] = {  # in brackets these make another figure of a header: 金额（去年）, Quantity (returns)
    "another time": "去年 上年 前年 同期 同比 环比 上月 上期 上周 昨日 期初 累计 年累 "
    "last previous prior year month ly py ytd mtd cumul",
    "not yet done": "预算 计划 目标 预测 预计 budget plan target forecast",
    "another kind": "退 换货 赠 折 优惠 返 运费 return refund free gift discount freight",
    "another measure": "平均 均价 最高 最低 差异 增长 增幅 占比 比例 率 average avg max min variance growth share "
    "pct % rate",
    "about somebody": "备注 电话 地址 联系 phone address contact remark note",
}
UNITS: dict[str, str] = {
    "": "元 万元 人民币 rmb cny 台 件 个 只 pcs pc ea"
}  # in brackets these leave the figure what it is
