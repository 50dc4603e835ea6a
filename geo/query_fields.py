"""What each condition of a query means, in both languages: for help texts, forms and docs."""

from collections.abc import Mapping

from geo.text import LocalText

FIELD_TITLES: Mapping[str, LocalText] = {
    "theme": LocalText("主题", "Theme"),
    "city": LocalText("城市", "City"),
    "county": LocalText("区县", "County"),
    "belt": LocalText("产业带", "Industry belt"),
    "corridor": LocalText("走廊", "Corridor"),
    "border_zone": LocalText("交界地带", "Border zone"),
    "line": LocalText("轨道线路或高速", "Transit line or expressway"),
    "eco_zone": LocalText("生态区", "Ecological zone"),
    "membership": LocalText("与汇编的关系", "Evidence"),
    "status": LocalText("状态", "Status"),
    "precision": LocalText("空间精度", "Precision"),
    "min_precision": LocalText("精度不低于", "This fine or finer"),
    "region": LocalText("全域案例", "Cases of the whole region"),
    "certainty": LocalText("把握", "How surely"),
    "near": LocalText("靠近", "Near"),
    "within_km": LocalText("公里以内", "Within km"),
    "year": LocalText("年份", "Year"),
    "q": LocalText("搜索", "Search"),
    "bbox": LocalText("范围", "Box"),
    "polygon": LocalText("画出的范围", "Drawn area"),
}

FIELD_HELP: Mapping[str, LocalText] = {
    "theme": LocalText("主题编号或名称", "id or name of a theme"),
    "city": LocalText("城市代码或名称", "code or name of a city that takes part"),
    "county": LocalText(
        "案例的某处在该区县，或适用于该区县；代码或名称", "a place of it lies in the county; code or name"
    ),
    "belt": LocalText("案例的某处在该产业带内", "a place of it lies in the belt; id or name"),
    "corridor": LocalText("案例的某处在该走廊内", "a place of it lies in the corridor; id or name"),
    "border_zone": LocalText("案例的某处在该交界地带内", "a place of it lies in the border zone; id or name"),
    "line": LocalText("案例的某处在该线路上", "a place of it lies on the transit line or expressway; id or name"),
    "eco_zone": LocalText("案例的某处在该生态区内", "a place of it lies in the ecological zone; id or name"),
    "membership": LocalText(
        "confirmed 见于公布的名单，named 新闻稿提及，related 相关实践",
        "confirmed: the published list holds it; named: the press release names it; related: it may belong",
    ),
    "status": LocalText("进展", "how far it had come"),
    "precision": LocalText("最好足迹的精度等于", "precision of the best footprint, equal"),
    "min_precision": LocalText("最好足迹的精度不低于", "precision of the best footprint, this fine or finer"),
    "region": LocalText(
        "include：全域案例也参与位置条件", "include: cases of the whole region take part in conditions of place"
    ),
    "certainty": LocalText(
        "位置条件的把握：located 落在，possible 可能落在，applies 适用于所涉区县或城市",
        "of conditions of place: located, possible (its place may lie there), applies (to a county or city there)",
    ),
    "near": LocalText("<图层>:<编号>，与 within_km 合用", "<layer>:<id> such as transit_lines:S3; with within_km"),
    "within_km": LocalText("0 到 50，0 为相交", "kilometres from near, 0 to 50; 0 means they meet"),
    "year": LocalText("案例覆盖的年份", "a year the case covers"),
    "q": LocalText("中文、拼音、首字母或英文", "text: Chinese, pinyin, initials or English"),
    "bbox": LocalText("西,南,东,北（度）", "west,south,east,north in degrees, of the geometry that is served"),
    "polygon": LocalText(
        "多边形各角：经,纬 经,纬 …（度）", "corners lon,lat lon,lat … in degrees, around the geometry that is served"
    ),
}

SHORT_NAMES: Mapping[str, str] = {
    "theme": "t",
    "city": "c",
    "county": "d",
    "belt": "b",
    "corridor": "o",
    "border_zone": "z",
    "line": "l",
    "eco_zone": "e",
    "membership": "m",
    "status": "s",
    "precision": "p",
    "min_precision": "mp",
    "region": "r",
    "certainty": "ct",
    "near": "n",
    "within_km": "k",
    "year": "y",
    "q": "q",
    "bbox": "x",
    "polygon": "g",
}
