"""Units and counted things, in both languages. Data: folded spelling to a unit's name."""

# ruff: noqa: E501 - patterns and word lists stay whole


def words_of(text: str) -> tuple[str, ...]:
    """A list of words, written as one text."""
    return tuple(text.split())


ENGLISH_AREAS = {
    "mu": "mu", "hectare": "hectare", "ha": "hectare", "acre": "acre", "square metre": "m2", "square meter": "m2", "sq m": "m2",
    "sqm": "m2", "square kilometre": "km2", "square kilometer": "km2", "sq km": "km2", "square foot": "sq ft", "square feet": "sq ft",
    "sq ft": "sq ft", "square mile": "sq mi",
}  # fmt: skip
ENGLISH_DURATIONS = {
    "year": "year", "yr": "year", "month": "month", "week": "week", "day": "day", "hour": "hour", "minute": "minute",
    "min": "minute", "second": "second", "sec": "second", "decade": "decade", "quarter": "quarter", "fortnight": "fortnight",
    "century": "century", "millisecond": "millisecond", "nanosecond": "nanosecond", "night": "night", "hr": "hour",
    "working day": "working day", "business day": "working day", "centurie": "century", "calendar day": "day", "trading day": "trading day",
}  # fmt: skip
ENGLISH_OTHERS = {  # spelling (singular) to name; kept apart from counts because they scale and convert
    "w": "watt", "μm": "micrometre", "µm": "micrometre", "kv": "kilovolt", "metric ton": "tonne", "tonne": "tonne", "ton": "ton", "kilogram": "kilogram", "kilogramme": "kilogram", "kg": "kilogram",
    "kilo": "kilogram", "gram": "gram", "milligram": "milligram", "mg": "milligram", "microgram": "microgram", "pound-feet of torque": "pound-foot",
    "pound-foot": "pound-foot", "pound-feet": "pound-foot", "lb-ft": "pound-foot", "lb": "pound-mass", "ounce": "ounce", "oz": "ounce",
    "kilometre": "kilometre", "kilometer": "kilometre", "km": "kilometre", "metre": "metre", "meter": "metre", "centimetre": "centimetre",
    "centimeter": "centimetre", "cm": "centimetre", "millimetre": "millimetre", "millimeter": "millimetre", "mm": "millimetre",
    "nanometre": "nanometre", "nanometer": "nanometre", "nm": "nanometre", "mile": "mile", "yard": "yard", "foot": "foot", "feet": "foot", "ft": "foot",
    "inch": "inch", "light-year": "light-year", "km/h": "kilometre per hour", "kph": "kilometre per hour", "kmh": "kilometre per hour",
    "km/hr": "kilometre per hour", "mph": "mile per hour", "mile per hour": "mile per hour", "mile an hour": "mile per hour", "miles per hour": "mile per hour", "miles an hour": "mile per hour", "kilometres per hour": "kilometre per hour", "kilometers per hour": "kilometre per hour",
    "kilometre per hour": "kilometre per hour", "kilometer per hour": "kilometre per hour", "knot": "knot", "rpm": "revolutions per minute",
    "hp": "horsepower", "bhp": "horsepower", "horsepower": "horsepower", "kilowatt-hour": "kilowatt-hour", "kwh": "kilowatt-hour",
    "mwh": "megawatt-hour", "gwh": "gigawatt-hour", "twh": "terawatt-hour", "kilowatt": "kilowatt", "kw": "kilowatt", "megawatt": "megawatt", "mw": "megawatt",
    "gigawatt": "gigawatt", "gw": "gigawatt", "watt": "watt", "volt": "volt", "amp": "ampere", "litre": "litre", "liter": "litre", "millilitre": "millilitre",
    "milliliter": "millilitre", "ml": "millilitre", "gallon": "gallon", "barrel": "barrel", "bushel": "bushel", "kilobyte": "kilobyte", "kb": "kilobyte",
    "megabyte": "megabyte", "mb": "megabyte", "gigabyte": "gigabyte", "gb": "gigabyte", "terabyte": "terabyte", "tb": "terabyte", "petabyte": "petabyte",
    "pb": "petabyte", "byte": "byte", "bit": "bit", "mbps": "megabit per second", "gbps": "gigabit per second", "megapixel": "megapixel",
    "pixel": "pixel", "hz": "hertz", "khz": "kilohertz", "mhz": "megahertz", "ghz": "gigahertz", "hertz": "hertz", "gigahertz": "gigahertz",
    "megahertz": "megahertz", "degree celsius": "celsius", "degrees celsius": "celsius", "celsius": "celsius", "°c": "celsius", "degree fahrenheit": "fahrenheit",
    "degrees fahrenheit": "fahrenheit", "fahrenheit": "fahrenheit", "°f": "fahrenheit", "degree": "degree", "°": "degree", "gigatonne": "gigaton",
    "gigaton": "gigaton", "megaton": "megaton", "megatonne": "megaton", "carat": "carat", "calorie": "calorie", "kilocalorie": "kilocalorie",
    "decibel": "decibel", "mpg": "mile per gallon", "ksi": "kilopound per square inch", "psi": "pound per square inch", "newton": "newton",
    "joule": "joule", "pascal": "pascal", "cubic metre": "cubic metre", "cubic meter": "cubic metre", "cubic foot": "cubic foot", "cubic feet": "cubic foot",
    "teu": "teu", "boe": "boe", "bpd": "barrel per day", "fps": "frame per second", "dpi": "dpi", "ppm": "ppm", "kelvin": "kelvin", "cc": "cc",
    "mah": "milliampere hour", "nit": "nit", "g": "gram", "l": "litre",
}  # fmt: skip
HAN_AREAS = {
    "亩": "mu",
    "公顷": "hectare",
    "平方米": "m2",
    "平米": "m2",
    "平方公里": "km2",
    "平方千米": "km2",
    "平方英尺": "sq ft",
    "平方尺": "sq ft",
}
HAN_DURATIONS = {
    "年": "year", "个月": "month", "月": "month", "天": "day", "日": "day", "个工作日": "working day", "个工作天": "working day", "工作日": "working day", "周": "week",
    "个星期": "week", "星期": "week", "礼拜": "week", "小时": "hour", "个小时": "hour", "个钟头": "hour", "分钟": "minute", "秒": "second", "秒钟": "second",
    "周年": "year", "季": "quarter", "个季度": "quarter", "年期": "year", "个交易日": "trading day", "个自然日": "day", "昼夜": "day", "毫秒": "millisecond",
}  # fmt: skip
HAN_OTHERS = {
    "千瓦时": "kilowatt-hour", "兆瓦时": "megawatt-hour", "千瓦": "kilowatt", "兆瓦": "megawatt", "吉瓦": "gigawatt", "瓦": "watt", "吨": "tonne", "公吨": "tonne",
    "公斤": "kilogram", "千克": "kilogram", "克": "gram", "毫克": "milligram", "斤": "jin", "公里": "kilometre", "千米": "kilometre", "米": "metre", "厘米": "centimetre",
    "公分": "centimetre", "毫米": "millimetre", "纳米": "nanometre", "英里": "mile", "英尺": "foot", "英寸": "inch", "海里": "nautical mile", "立方米": "cubic metre",
    "升": "litre", "毫升": "millilitre", "桶": "barrel", "标准箱": "teu", "兆赫兹": "megahertz", "兆赫": "megahertz", "赫兹": "hertz", "字节": "byte", "兆字节": "megabyte",
    "兆": "megabyte", "摄氏度": "celsius", "度": "degree", "公里/小时": "kilometre per hour", "℃": "celsius", "cm": "centimetre", "kg": "kilogram", "km": "kilometre",
    "tb": "terabyte", "gb": "gigabyte", "mb": "megabyte", "pb": "petabyte", "kw": "kilowatt", "mm": "millimetre", "点": "point", "两": "liang", "海哩": "nautical mile",
    "比特": "bit", "kb": "kilobyte", "里": "li", "尺": "chi", "寸": "cun", "立方": "cubic metre", "标箱": "teu", "光年": "light-year",
}  # fmt: skip
CLASSIFIERS = words_of(
    "家次 人次 车次 架次 件次 户次 班次 个百分点 个 家 条 项 所 名 位 件 起 宗 笔 批 只 "
    "台 辆 户 座 套 间 种 类 款 份 张 篇 部 处 省 市 县 人 次 例 栋 幢 枚 架 艘 场 "
    "届 轮 股 口 支 门 道 片 块 根 匹 头 颗 群 组 队 倍 环 层 排 级 步 成 岁 字 页 "
    "本 册 卷 封 则 期 档 站 面 幅 双 对 副 把 盏 顶 滴 段 节 堂 席 票 单 手 注 瓶 "
    "盒 箱 袋 桌 代 国 州 区 村 乡 镇 校 院 厂 店 地 机 车 船 卡 声 幕 集 曲 首 通 "
    "番 发 针 剂 床 尾 朵 棵 株 团 营 连 分 点 折 码 号 兆"
)
COUNTED_HAN = words_of(  # heads of what is counted: the run after a classifier ends with one of these
    "地级市 运维单位 事业单位 预算单位 信息系统 数据中心 数据集 数据产品 数据资产 枢纽节点 单位 "
    "部门 系统 机构 企业 公司 城市 省份 区县 县区 地区 医院 高校 学校 机关 节点 集群 项目 "
    "产品 案件 网站 平台 措施 领域 场景 接口 街道 社区 乡镇 县市 市县 国家 基地 银行 用户 "
    "客户 账户 品种 品类 岗位 窗口 专项 问题 事项 法院 检察院 农户 居民 学生 教师 职工 职位 "
    "员工 干部 官员 病例 人员 群众 村庄 行业 类别 批次 方面 方案 文件 条款 条文 办法 规则 "
    "应用 软件 车辆 卡车 考生 毕业生 商家 买家 供应商 运营商 交易所 试点 园区 工厂 车间 车站 "
    "机场 港口 航班 订单 合同 证书 专利 标准 指标 任务 收费 股东 基金 债券 股票 家庭 儿童 "
    "老人 患者 孩子 男子 女子 嫌疑人 比赛 奖牌 金牌 运动员 选手 球员 团队 数据 部委 委员 "
    "气象站 监测站 观测站 参保人员 参保人 参保单位 纳税人 缴费人 申请人 代表 候选人 选民 投诉 举报 线索 决定 案例 条例 法规 省 市 县 人 店 国 村 乡 镇 校"
)
