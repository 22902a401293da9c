"""What the made-up news are made of: words by slot, and sentences with slots in braces."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _people() -> tuple[str, ...]:
    family = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    given = _words(
        "晓东 建国 子涵 雨桐 志强 海燕 文静 思远 明辉 丽华 国栋 春梅 永刚 雪莲 一鸣 佳宁 振华 秀英 宇航 若曦 "
        "立新 红霞 少波 慧敏 长青 玉兰 泽民 可欣 伟 芳 敏 静 磊 洋 勇 娜 涛 超 霞 军"
    )
    return tuple(name + given[(at * 7 + turn * 11) % len(given)] for at, name in enumerate(family) for turn in range(4))


def _tibetans() -> tuple[str, ...]:
    first = _words("扎西 次仁 旦增 格桑 洛桑 白玛 尼玛 达瓦 索朗 巴桑 边巴 拉巴 嘎玛 仁增 贡布 平措 强巴 德吉 央金 米玛")
    second = _words("卓玛 多吉 顿珠 旺堆 拉姆 曲珍 罗布 平措 卓嘎 次仁 旺姆 尼玛 群培 加措 玉珍")
    return tuple(f + s for f in first for s in second if f != s) + first


PEOPLE = _people()
TIBETANS = _tibetans()
CITIES = _words("拉萨 日喀则 山南 林芝 昌都 那曲 阿里 西宁 玉树 果洛 成都 康定 香格里拉 兰州 北京 上海 广州 西安")
MEDIA = _words(
    "新华网 新华社 人民网 中国新闻网 西藏日报 中国西藏网 光明日报 科技日报 农民日报 央视新闻 拉萨晚报 青海日报 甘孜日报 "
    "中国青年报 经济日报 中国民族报 西藏商报 四川日报"
)

WORDS: dict[str, tuple[str, ...]] = {
    "place": _words("拉萨 日喀则 山南 林芝 昌都 那曲 阿里 玉树 果洛 甘孜 迪庆 甘南 黄南 海西 阿坝 海北"),
    "county": _words(
        "当雄县 曲水县 尼木县 墨竹工卡县 江孜县 拉孜县 定日县 亚东县 仁布县 乃东区 贡嘎县 隆子县 错那市 米林市 墨脱县 察隅县 "
        "波密县 芒康县 左贡县 类乌齐县 洛隆县 比如县 安多县 班戈县 尼玛县 札达县 普兰县 改则县 革吉县 称多县 玛多县 理塘县"
    ),
    "village": _words("卡热村 桑木村 吉纳村 达东村 扎西岗村 羊日岗村 巴吉村 朗嘎村 聂荣村 色季村 仲萨村 查巴村 觉龙村 热玛村 甲玛村 古荣村"),
    "person": PEOPLE + TIBETANS,
    "local": TIBETANS,
    "role": _words("村支书 副县长 项目负责人 总工程师 研究员 驻村干部 技术员 教研组长 主治医师 合作社理事长 站长 高级农艺师 非遗传承人 护林员 副教授 馆长 致富带头人"),
    "office": _words(
        "自治区科技厅 市农业农村局 县文化和旅游局 自治区林草局 州教育局 市生态环境局 县乡村振兴局 自治区气象局 藏医药大学 高原生态研究所 "
        "农牧科学院 市博物馆 供电公司 县人民医院 自治区图书馆 地质调查中心 水利规划院 市住建局 县融媒体中心 高原农业实验站"
    ),
    "field": _words(
        "生态保护 乡村振兴 职业教育 非遗传承 高原农业 清洁能源 医疗帮扶 民生改善 数字乡村 文旅融合 河湖治理 古籍保护 边境建设 "
        "科技创新 易地搬迁 就业创业 水土保持 草原修复 民族团结 基层治理"
    ),
    "project": _words(
        "高标准农田建设 清洁供暖改造 光伏治沙试点 古籍数字化工程 牦牛良种繁育基地 智慧牧场 冷链物流园 温室大棚集群 乡村客运站 "
        "湿地修复工程 雪山监测站 青稞深加工生产线 唐卡创意园 藏香工坊 牧区移动诊室 寄宿制学校扩建 抽水蓄能电站 "
        "藏药材种植园 防灾预警平台 高原特色民宿 饮水安全巩固提升工程 骑行绿道 天文科普馆 非遗工坊"
    ),
    "goods": _words("青稞 藏鸡 牦牛奶 唐卡 藏香 氆氇 雪菊 石锅 藏毯 木碗 酥油 藜麦 核桃油 苹果 蜂蜜 羊绒 松茸 糌粑 藏刀 藏纸 邦典 奶渣 马铃薯 油菜籽"),
    "wild": _words("藏羚羊 黑颈鹤 雪豹 藏野驴 马鹿 斑头雁 岩羊 白唇鹿 赤麻鸭 胡兀鹫 野牦牛 棕熊 猞猁 金丝猴 盘羊"),
    "water": _words("拉萨河 雅鲁藏布江 纳木错 羊卓雍错 尼洋河 色林错 玛旁雍错 帕隆藏布 年楚河 巴松措 澜沧江 怒江 扎陵湖 然乌湖"),
    "book": _words(
        "《高原气候图集》 《雪域草木志》 《河谷农事考》 《藏纸工艺述要》 《牧区教育十年》 《湿地鸟类手册》 《茶马古道行记》 《格萨尔说唱辑录》 "
        "《西藏水系变迁》 《青稞育种研究》 《民居营造图说》 《雪线之上》 《草原生态评估报告》 《藏医药典籍选读》 《唐卡颜料谱》 《盐井纪事》"
    ),
    "event": _words("雪顿节 望果节 文化旅游周 农产品展销会 科技活动周 赛马会 桃花节 青稞丰收节 非遗展演 冬季博览会 读书月 高原马拉松 藏医药论坛 生态论坛 民族服饰展 牦牛文化节"),
    "noun": _words("幸福路 致富果 连心桥 定心丸 加速度 新名片 绿色银行 金钥匙 及时雨 好日子 新引擎 聚宝盆 压舱石 主心骨 暖心房 新窗口"),
    "adverb": _words("持续 稳步 大力 深入 不断 着重 扎实 有序 全面 逐步 积极 精准"),
    "verb": _words("推进 深化 落实 探索 拓展 统筹 优化 完善 加强 提升 做好 谋划"),
    "virtue": _words("从无到有 由弱到强 又快又稳 有声有色 步步登高 日新月异 红红火火 井然有序 蒸蒸日上 有条不紊"),
    "month": tuple(f"{m}月" for m in range(1, 13)) + _words("上半年 今年年初 前三季度 去年底 入夏 入秋 开春 “十四五”"),
    "year": tuple(f"{y}年" for y in range(2006, 2024)),
    "ahead": tuple(f"{y}年" for y in range(2024, 2036)),
    "many": tuple(f"{n}" for n in range(3, 99)),
    "count": tuple(f"{n}" for n in range(106, 9990, 37)) + tuple(f"{n / 100:.2f}万" for n in range(101, 9900, 67)),
    "percent": tuple(f"{n / 10:g}%" for n in range(11, 996, 7)),
    "points": tuple(f"{n / 10:g}个百分点" for n in range(3, 160, 7)),
    "money": tuple(f"{n / 100:g}亿元" for n in range(103, 3000, 41)) + tuple(f"{n}万元" for n in range(120, 9900, 83)),
    "area": tuple(f"{n / 10:g}万亩" for n in range(11, 950, 13)) + tuple(f"{n}公顷" for n in range(31, 990, 17)),
    "height": tuple(f"{n}米" for n in range(2750, 5400, 19)),
    "crowd": tuple(f"{n}户{n * 4 + k}人" for n, k in zip(range(41, 990, 11), range(90), strict=False)),
}

HEADLINES = """
{place}{project}投入使用 年内惠及群众{count}人
{county}{goods}产值突破{money}
海拔{height}的{village}：{goods}铺就“{noun}”
{place}{adverb}{verb}{field} {many}个项目集中开工
{office}发布{field}成果 {percent}指标超过预期
{event}在{county}开幕 {count}名游客共赴高原之约
{water}畔{wild}种群增至{count}只
{role}{local}：守护{water}的{many}年
{county}：一座{project}背后的“{noun}”
{place}{many}个县区{field}经验获推广
{book}首发 呈现{place}{field}历程
{count}名学子走进{place} {field}课堂搬上高原
从{goods}到{goods} {county}{verb}产业“{noun}”
{place}今年{verb}{field}资金{money}
{village}的{noun}：{local}和他的{goods}生意
{office}与{office}携手{verb}{field}
{county}{adverb}{verb}{field}工作{virtue}
{place}首个{project}通过验收
{wild}重返{water} {office}公布监测数据
{percent}的增长从何而来——{county}{field}观察
{place}与{place}共建{project} 首批{crowd}受益
""".strip()

SUBTITLES = """
——{county}{field}一线见闻
——来自{village}的调查
{many}项举措{verb}{field}
{office}：{ahead}前{verb}{project}
——走近{role}{local}
{count}人参与 覆盖{many}个乡镇
""".strip()

LEADS = """
{place}{field}再添新进展，{project}{virtue}。
{county}{village}的{goods}今年又迎来好收成。
在{water}边，{role}{local}讲述{field}的{many}年。
{office}给出一组数字：{count}人、{money}、{percent}。
{event}期间，{place}的{goods}吸引了不少目光。
{project}落地之后，{village}的日子{virtue}。
清晨的{county}，{project}的灯光次第亮起。
孩子们在{village}的操场上排练，准备迎接{event}。
{wild}在{water}附近觅食，远处是海拔{height}的雪峰。
工人们在{county}{project}现场忙碌。
""".strip()

OPENINGS = """
{month}以来，{county}围绕{field}先后实施{project}等{many}个项目，累计投入资金{money}，惠及{crowd}。
从{office}了解到，截至目前，{place}{field}相关指标同比增长{percent}，其中{county}的增幅达到{percent}，居全区前列。
清晨的{village}，{role}{local}推开{project}的大门，开始了新一天的忙碌，这里海拔{height}，年平均气温不足{many}摄氏度。
{event}日前在{county}拉开帷幕，来自{place}、{place}等地的{count}名群众和游客参加，现场签约金额{money}。
由{office}编写的{book}近日出版，全书分{many}章，收录图片{count}幅，系统梳理了{place}{field}的历程。
在{water}沿岸，{office}新近完成的一次调查记录到{wild}{count}只，比{year}增加{percent}，{wild}也有稳定的活动踪迹。
“{noun}”是{village}村民对{project}的称呼，{year}开工，如今它已经带动{crowd}增收。
{office}近日公布{field}三年行动的中期评估，{many}项任务完成{many}项，群众满意率为{percent}。
{county}与{place}{office}签署协议，双方将在{field}、{goods}加工和人才培养方面开展合作，首期投入{money}。
夜色中的{county}灯火通明，{project}工地上{count}名建设者正在作最后的调试，{role}{person}说，力争提前{many}天交付。
一场以{field}为题的展览在{place}开展，{count}件展品讲述{year}以来高原上的变化，展期{many}天。
""".strip()

SENTENCES = """
{role}{person}介绍，项目建成后每年可增收{money}，带动{crowd}就近就业。
数据显示，{year}以来，当地{goods}种植养殖规模扩大到{area}，良种覆盖率达{percent}。
为{verb}{field}，{county}组织{count}名干部下沉到{many}个村居，逐户走访，建立台账。
在{water}一侧的山坡上，{count}株新栽的树苗已经成活{percent}，{wild}的脚印时常出现在林间。
过去，{village}到县城要走{many}个小时，如今一条柏油路把路程缩短了{percent}。
{office}派出{many}名专家驻点指导，从选种、灌溉到销售全程跟踪，{goods}的亩均收益提高{percent}。
{local}家有{many}头牦牛，去年加入合作社后，仅{goods}一项就分红{count}元。
按照规划，到{ahead}，{place}将建成{project}{many}处，服务人口{count}人。
{person}翻开{book}，指着其中一页说，这里记录的正是{water}在{year}的样子。
今年{event}期间，{county}接待游客{count}人次，旅游收入{money}，同比增长{percent}。
项目采用“企业+合作社+农牧户”的方式，{village}以{area}土地入股，年底按比例分红。
海拔{height}的工地上，含氧量只有平原的一半，施工队仍然提前{many}天完成了主体工程。
监测站的红外相机在{many}个月里拍下{count}段影像，{wild}和{wild}多次同时出现。
{office}的统计表明，全市{field}投入占财政支出的{percent}，比上年提高{points}。
新学期，{county}{many}所学校开设了{goods}制作课，{count}名学生跟着{role}学习传统技艺。
在车间里，{goods}经过{many}道工序，变成便于携带的小包装，销往{place}和{place}。
{year}，{local}放下牧鞭，走进{project}当起了学徒，{many}个月后便能独立上手。
这座{project}占地{area}，总投资{money}，是{county}近年来单体规模最大的民生工程。
当地还建立了“{noun}”积分超市，村民参与{field}可以兑换生活用品，已兑换{count}人次。
据{role}{person}测算，{project}全部投运后，每年可节约标准煤{count}吨。
雨季来临之前，{many}支队伍沿{water}排查隐患{count}处，整改率为{percent}。
{village}的老人们还记得，{year}之前这里没有电，夜里照明全靠酥油灯。
{place}、{place}和{place}三地共享门诊数据，{count}名患者不出远门就能得到会诊。
{goods}的名气大了，订单从{place}一路排到明年，合作社不得不把生产线增加到{many}条。
课题组在{book}中提出，{field}应当因地制宜，把{water}流域作为整体来考虑。
截至{month}，全县共发放补助{money}，涉及{many}个乡镇的{crowd}。
和{person}一同来到{village}的，还有{many}台农机和{count}公斤良种。
走进{project}，大屏幕上跳动的数字是{count}户牧民的用电曲线，误差不超过{percent}。
从{water}到{village}，{count}公里的巡护路线被分成{many}段，每段都有专人负责。
每逢{event}，{village}的院坝里都会支起帐篷，{goods}、{goods}摆得满满当当。
{office}今年{adverb}{verb}{field}，新增岗位{count}个，{percent}由本地青年担任。
经过{many}轮比选，{project}最终选址{county}，预计{ahead}建成。
与{year}相比，{place}的优良天数增加{many}天，{water}水质稳定保持在二类以上。
{local}说起{goods}来滔滔不绝，他的工坊里{many}名徒弟有一半来自{village}。
专家组认为，{wild}数量的回升与{area}草场的休养生息直接相关。
在{field}方面，{county}拿出真金白银，{many}项奖补政策{adverb}落地，直接受益{crowd}。
那一年，{person}第一次踏上高原，头疼得整夜睡不着，却在{village}一干就是{many}年。
通过直播带货，{village}的{goods}三天卖出{count}份，销售额{money}。
目前，{project}已完成工程量的{percent}，{many}个标段同时施工，一切{virtue}。
展厅一角，{year}出土的器物静静陈列，旁边的{book}吸引了不少观众驻足。
受益于{project}，{village}人均可支配收入达到{count}元，增长{percent}。
{office}还为{local}等{many}名手艺人建立档案，用影像留下{goods}的全部工序。
山的另一边，{county}的{project}也进入收尾阶段，两地的工期只差{many}天。
根据协议，{place}每年选派{many}名教师到{county}任教，学校的本科上线率提高{points}。
考察队在海拔{height}处设立样方{many}个，记录植物{count}种，其中{many}种为当地首次发现。
冬季最低气温降到零下{many}摄氏度，{project}让{crowd}用上了暖气。
""".strip()

QUOTES = """
“以前想都不敢想，如今{goods}也能卖到{place}去。”{village}村民{local}笑着说。
“{field}不是一阵风，要一年接着一年干。”{role}{person}这样形容自己的工作。
“去年收入{count}元，今年肯定更多！”{local}一边整理{goods}，一边算起了账。
“{year}我们只有{many}个人，现在队伍壮大到{count}人。”{office}{role}{person}回忆道。
“这条路修通以后，孩子上学只要{many}分钟。”{local}指着远处的{project}说，“大家都叫它‘{noun}’。”
“{book}里写到的{wild}，如今在{water}边随处可见。”{role}{person}说。
谈到今后的打算，{local}说：“再学{many}个月，我想把{goods}做成品牌，让{village}的人都能在家门口挣钱。”
“数据不会说谎，{percent}的增长背后是{count}个家庭的日子越过越好。”{person}表示。
{role}{local}告诉来访者：“我们{adverb}{verb}{field}，靠的是一步一个脚印，{many}年走了{count}户人家。”
“老师讲得细，{goods}的门道我都记在本子上了。”参加培训的{local}说，他已经记满了{many}个本子。
“保护{water}就是保护我们自己。”这是{local}常挂在嘴边的话，{many}年来他巡护的路程超过{count}公里。
“在海拔{height}的地方搞{field}，难在坚持，贵在坚持。”{person}望着窗外的雪山说。
""".strip()

CLOSINGS = """
下一步，{county}将{adverb}{verb}{field}，力争到{ahead}实现{goods}综合产值{money}，让更多群众受益。
{office}表示，将以{project}为抓手，{adverb}{verb}{field}，到{ahead}覆盖{many}个乡镇。
如今，{village}的日子{virtue}，{local}又有了新的盼头：把{goods}卖得更远，把家乡建得更美。
据悉，相关工作将持续到{ahead}，届时{place}的{field}水平有望再提高{points}。
夕阳落在{water}上，{wild}缓缓归巢，{person}合上记录本，准备明天再走{many}公里。
活动将持续{many}天，期间还将举办{goods}展示、{book}分享会等{many}项内容。
面向{ahead}，{place}提出，把{field}作为重点，安排资金{money}，办好{many}件实事。
""".strip()
