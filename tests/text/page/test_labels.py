"""Labels of bylines are found whatever they begin with."""

from __future__ import annotations

import pytest

from tibetnews.text.page.labels import match_label

_LABELS = {
    "source": "文章来源 信息来源 消息来源 稿源 新闻来源 内容来源 內容來源 本文来源 原文出处 来源 來源 出处 转自 轉載自 "
    "Source From Quelle འབྱུང་ཁུངས ཡོང་ཁུངས རྩོམ་ཁུངས གསར་འགྱུར་འབྱུང་ཁུངས",
    "author": "作者 记者 記者 特约记者 通讯员 撰文 供稿 采写 文 Author By Autor རྩོམ་པ་པོ འབྲི་མཁན གསར་འགོད་པ",
    "published": "发布时间 發布時間 刊发时间 更新时间 修改时间 Published Updated updated Mise_à_jour "
    "Veröffentlicht Last_updated Aktualisiert འགྲེམས་སྤེལ སྤེལ་དུས",
    "when": "时间 時間 日期 Time Date དུས་ཚོད ཟླ་ཚེས",
    "editor": "责任编辑 責任編輯 本期编辑 网络编辑 網絡編輯 值班编辑 执行编辑 实习编辑 见习编辑 编辑 編輯 "
    "Editor Rédacteur རྩོམ་སྒྲིག འགན་འཁུར་རྩོམ་སྒྲིག་པ",
}


@pytest.mark.parametrize(("kind", "label"), [(kind, label) for kind in _LABELS for label in _LABELS[kind].split()])
def test_a_label_of_known_kind_is_found(kind: str, label: str) -> None:
    text = f"{label.replace('_', ' ')}：河谷"
    found = match_label(text)
    assert found is not None
    assert found.lastgroup == kind
    assert text[found.end() :] == "河谷"
