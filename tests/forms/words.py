"""Heading words, titles and head labels, as many cities would print them.

Every pool is shuffled with one fixed seed and cut in two: split "a" and split "b" never share an entry, so a
mapping that is tuned on the words of "a" is measured on words it has not seen. `|` is a place where a printer
may break the line inside a heading cell."""
import random

# --- the contract's fields ---------------------------------------------------------------------------------
FIELDS = {
    "number": "No. 番号 № 項番 目標|番号 整理|番号 通番 連番 ＮＯ 順位 # 項 管理|番号 行番号 目標No. 事業|番号 通し|番号 取組|番号 "
              "施策No. 一連|番号 SEQ 枝番 課題|番号 個票|番号 コード 目標|ID 柱の|番号 欄番".split(),
    "item": "重点|取組 組織目標の|名称 事務事業名 目標|項目 取組|項目 実施する|事業 今年度の|重点事項 課題名 テーマ 施策名 主要|事業名 "
            "ミッション 取り組む|事柄 推進|項目 重点|テーマ 件名 事項 組織として|取り組むこと プロジェクト名 目標の|名称 改革|項目 "
            "主たる|業務 アクション|プラン名 取組の|名称 具体的|事業名 業務|目標 優先|課題 挑戦する|テーマ 事業|件名 重点目標の|題名".split(),
    "plan_category": "関連|計画 根拠|計画 総合計画の|位置付け 分野 施策|体系 計画|区分 上位|計画 政策の|柱 関係する|計画・方針 分類 基本|施策 "
                     "区分 対応する|計画 計画上の|位置付け 施政方針との|関連 個別計画|等 戦略の|柱 体系 基本|目標 カテゴリー まちづくりの|柱 "
                     "策定済み|計画名 根拠となる|方針等 総合戦略|区分 政策|分野 所管|計画".split(),
    "target": "年度末に|めざす姿 到達|水準 目指すべき|状態 達成|目標 期待する|成果 成果|目標 ゴール 年度末の|状態 どこまで|やるか 目標|水準 "
              "実現したい|姿 あるべき|姿 今年度の|到達点 期末の|到達イメージ 完了時の|状態 数値目標・|状態目標 目標の|内容 達成|基準 目標とする|成果 "
              "具体的な|目標 求める|結果 何を|どの程度まで 目標|達成像 取組後の|姿 目標値・|到達目標 成果の|水準 望ましい|姿 到達目標と|その水準 "
              "最終|到達点 目指す|成果".split(),
    "methods": "具体的な|手段・活動 手法・|スケジュール 取組|内容 実施|方法 進め方と|手順 主な|活動 達成の|ための手段 方策 アプローチ 行動|計画 "
               "具体的な|取組 実施|手順 達成に向けた|取組 どのように|進めるか 活動|内容 手段 展開|方法 取組|方策 実行|内容 目標達成の|方法 "
               "具体|策 推進|方法 作業|内容 アクション 業務の|進め方 手立て 対応|策 計画の|内容（手順） 取組の|概要 工程と|作業".split(),
    "deadline": "期限 いつまでに 達成|時期 完了|予定 目標|期日 実施|期限 終期 完了|時期 達成|期限 期日 スケジュール|(完了) 目標|時期 "
                "実施|時期 納期 仕上がり|時期 完了|見込み 締切 〆切 達成|予定日 終了|予定 到達|期限 完了月 達成|年月 終わらせる|期限 履行|期限 "
                "実現|時期 期間の|末 取組|期限".split(),
    "divisions": "担当課 所管課 主管課 実施|所属 担当|所属 主担当課 関係課 担当課・|係 担当|部署 所管|部署 責任|部署 取組|所属 課名 "
                 "主務課 推進|担当課 実施|主体（課） 担当|組織 課等名 実施課 業務|所管 担当|ライン 共通／|課名 主体と|なる課 所属課 "
                 "受持ち|課 取りまとめ|課 分担課 担い手と|なる課".split(),
    "achievement": "達成|状況 年度末の|評価 達成度 自己|評価 取組|結果 最終|評価 達成|区分 評価|結果 実績|評価 目標の|達成度 結果と|評価 "
                   "到達|度 年度末|判定 期末|評価 成果の|判定 達成の|度合い 達成|度合 年間|評価 振り返りの|結果 評定 判定 到達|状況 "
                   "１年間の|結果 目標|達成状況 達成|判定 達成|結果 総合|評価 取組の|達成度".split(),
}
# Everyday words (the form that speaks plainly).
EVERYDAY = {
    "number": "じゅんばん ばんごう 何番目 その#".split(),
    "item": "やること しごとの|なまえ とりくむこと 今年の|しごと 力を|入れること お約束 チャレンジ 取りかかる|こと 仕事の|中身 わたしたちの|しごと がんばること 約束ごと".split(),
    "plan_category": "もとになる|計画 なかま どの計画に|つながるか しごとの|くくり".split(),
    "target": "ねらい こうなったら|いい めあて 目指す|ところ 年度の終わりには|こうします 一年後の|すがた めざす|ゴール ここまで|やります たどり|着きたい所 こんな|まちにします できあがりの|かたち どこまで|できれば良いか".split(),
    "methods": "進め方 やり方 どうやって|やるか こうやって|進めます 手だて くふう だんどり 段取り こんなことを|します うごき 実際に|すること 道すじ".split(),
    "deadline": "いつまで しめきり 終わらせる|時期 できあがる|日 いつ|終わるか めど 仕上げの|時期 いつごろ".split(),
    "divisions": "だれが 受け持ち 担い手 どの課が やる人|(課) しごとの|担当 窓口の|課 係わる|課".split(),
    "achievement": "できばえ どれだけ|できたか ふりかえり 結果は|どうだった できた|かな 一年の|通信簿 仕上がり 手ごたえ".split(),
}
# Words in brackets after a heading; the field's meaning does not hang on them.
SUFFIX = {
    "item": ["（主なもの）", "【必須】", "(名称)", ""], "target": ["（年度末）", "（数値等）", "(どの水準まで)", "【成果】"],
    "methods": ["（手順）", "（箇条書き）", "(どのような方法で)", "【活動】"], "deadline": ["（月）", "（予定）", "(いつまで)"],
    "divisions": ["（主）", "(課)", "（◎主管）"], "achievement": ["（年度末記入）", "（3月末）", "(実績)"],
    "plan_category": ["（該当のもの）", ""], "number": [""],
}
# --- columns of no field -----------------------------------------------------------------------------------
OTHER = {
    "next": "次年度の|方向性 翌年度の|対応 今後の|方向 来年度に|向けて 今後の|展開 次年度|以降の方針 見直しの|方向 来年度の|扱い".split(),
    "voice": "市民の|声 利用者からの|意見 住民|要望 寄せられた|意見 アンケート|から 議会等の|指摘 市民|意見 窓口での|声".split(),
    "issue": "課題 残された|課題 現状と|課題 問題点 懸念|事項 課題・|反省点 つまずいた|点 解決すべき|こと".split(),
    "weight": "重点度 優先|順位 重要度 ウエイト|(％) 優先度 難易度 配点 比重".split(),
    "last": "前年度|実績 昨年度の|状況 前年度の|取組 これまでの|経過 過年度の|実績 前期の|到達点 昨年度|評価の内容 従前の|状況".split(),
    "note": "備考 摘要 特記|事項 その他 メモ 参考 連絡|事項 補足".split(),
    "budget": "予算額|（千円） 事業費|(千円) 当初予算額|（千円） 予算|(単位：千円) 所要額|（千円） 歳出予算|（千円） 予算規模|(千円) 経費|（千円）".split(),
    "fund": "主な|財源 財源|内訳 特定|財源 財源 財源の|種別 充当|財源 国県|支出金等 財源|区分".split(),
    "chief": "主担当者 責任者 担当|係長 リーダー 推進|責任者 チーフ 取りまとめ役 担当者名".split(),
    "partner": "連携先 協力|団体 関係|機関 協働の|相手 パートナー 連携|団体 外部の|関係者 協力を|求める先".split(),
    "start": "着手|時期 開始|月 始期 着手|予定 スタート 開始|時期 取組|開始 着手月".split(),
    "mid": "中間|評価 中間|点検 上半期の|状況 9月末の|進み具合 中間|報告 前期|点検 半期|レビュー 途中|経過".split(),
    "review": "部長|コメント 所属長|所見 講評 副市長|所見 二次|コメント 審査|意見 外部|委員の意見 本部の|意見".split(),
    "kind": "新規／|継続 新・継|の別 事業の|別 新規|継続別 種別 継続・新規|区分 新旧 新規等".split(),
    "sdgs": "SDGs SDGs|ゴール 該当|SDGs SDGsの|番号 持続可能な|開発目標 SDGs|17目標 関連|SDGs SDGs|目標".split(),
}
GROUP = {
    "progress": "進捗 四半期|進捗 進行|管理 各期の|状況 月次|点検 取組の|進み具合 工程|管理 実施|経過".split(),
    "kpi": "指標 成果|指標 KPI 数値|指標 評価|指標 ＫＰＩ|(重要業績評価指標) 測る|ものさし 目標|指標".split(),
    "budget": "予算額|（千円） 事業費|（千円） 経費|(千円) コスト|（単位：千円） 歳出|(千円) 予算|執行(千円) 投入|費用（千円） 事業|経費(千円)".split(),
    "plan": "計画 年度当初 当初|設定 期首 PLAN 目標|設定欄 今年度の|計画 計画|段階".split(),
    "do": "実施 年度末 実績 期末 CHECK 評価|欄 振り返り 結果|段階".split(),
}
SETS = {   # columns that come together, one of a kind a document
    "progress": [["第1四半期", "第2四半期", "第3四半期", "第4四半期"], ["4～6月", "7～9月", "10～12月", "1～3月"], ["１Ｑ", "２Ｑ", "３Ｑ", "４Ｑ"],
                 ["6月末", "9月末", "12月末", "3月末"], ["第Ⅰ期", "第Ⅱ期", "第Ⅲ期", "第Ⅳ期"], ["春", "夏", "秋", "冬"],
                 ["１四", "２四", "３四", "４四"], ["前期前半", "前期後半", "後期前半", "後期後半"]],
    "kpi": [["指標名", "基準値", "目標値", "実績値"], ["名称", "現状", "目標", "実績"], ["指標", "当初値", "目標数値", "達成値"],
            ["測定項目", "策定時", "本年度目標", "本年度結果"], ["項目名", "前年値", "計画値", "確定値"], ["何を測るか", "スタート", "めやす", "出た数字"],
            ["内容", "ベース", "ターゲット", "アクチュアル"], ["指標の内容", "起点", "見込", "年度末"]],
    "budget": [["当初", "決算見込"], ["予算", "執行額"], ["計上額", "支出済"], ["本年度", "前年度"], ["現計", "決算"], ["要求", "査定"],
               ["予算現額", "支出見込"], ["歳出", "うち一財"]],
}
# --- titles and heads --------------------------------------------------------------------------------------
TITLES_FY = ["{fy} 部局経営方針シート【{d}】", "{d} {fy}目標管理一覧", "{fy}　{d}　重点取組一覧", "{d}の仕事と目標（{fy}）", "{fy} {d}運営目標シート",
             "{fy}{d}マネジメントシート", "{fy}　部局の取組目標　（{d}）", "{fy}　部等の使命と目標【{d}】", "{d}　{fy}　組織目標設定書",
             "{fy} 経営目標管理表（{d}）", "{d}アクションプログラム　{fy}版", "{fy} {d}行動宣言", "{fy}　目標達成計画　－{d}－", "市政推進のための取組一覧（{fy}・{d}）",
             "{fy}における{d}の重点目標", "{fy} しごと目標一覧表　{d}", "{d}施策推進管理票 [{fy}]", "{fy}版　{d}チャレンジプラン"]
TITLES_NO = ["目標チャレンジシート", "{d}のしごと", "組織目標管理票", "部局別重点目標", "{d} 取組調書", "業務目標設定・評価表", "{d}　年間目標一覧", "組織の約束",
             "部長マニフェスト", "重点施策進行管理シート", "{d}の挑戦", "経営品質向上シート", "成果目標総括表", "部別取組一覧表", "わたしたちの目標　{d}", "事業進行台帳"]
TITLES_POLICY = ["{fy} {d}運営方針", "{d}の基本方針（{fy}）", "{fy}　{d}　方針と目標", "{fy} {d}が目指すもの", "{d}経営方針　{fy}", "{fy}{d}の運営に当たって", "{fy} {d}部門別方針書", "{d} {fy}の進め方"]
LABELS = {
    "department": "部局名 部名 所属 所管部 担当部 部等名 部局 所属部 組織名 部・局 提出部 部署名".split(),
    "chief": "部長名 部局長 所属長 責任者 部長氏名 部等の長 所管部長 統括者".split(),
    "post": "職名 職 補職名 役職".split(), "name": "氏名 職員氏名 名前 氏名等".split(),
    "date": "作成日 作成年月日 策定日 記入日 策定年月日 作成".split(),
    "year": "年度 対象年度 計画年度 実施年度 該当年度 事業年度".split(),
    "policy": "部の使命 部の方針 基本姿勢 部長の思い 部のミッション 運営の基本".split(),
}


def half(pool, split, salt):
    """The entries of one split: shuffled by the pool's own name, so that adding a pool moves no other."""
    p = list(dict.fromkeys(pool)); random.Random("split/" + salt).shuffle(p)
    return p[0::2] if split == "a" else p[1::2]


class Words:
    """The words of one document: each drawn once, never twice the same."""

    def __init__(self, rng, split, everyday=False):
        self.rng, self.split, self.everyday, self.used, self.memo = rng, split, everyday, set(), {}

    def draw(self, pool, salt):
        free = [w for w in half(pool, self.split, salt) if w.replace("|", "") not in self.used]
        w = self.rng.choice(free or half(pool, self.split, salt))
        self.used.add(w.replace("|", ""))
        return w

    def lines(self, w, breaks=0.4):
        """The printed lines of a heading."""
        if "|" in w and self.rng.random() < breaks: return w.split("|")
        w = w.replace("|", "")
        if len(w) in (2, 3) and not w.isascii() and self.rng.random() < 0.15: return ["　".join(w)]
        return [w]

    def field(self, f):
        if ("f", f) not in self.memo:
            w = self.draw((EVERYDAY if self.everyday else FIELDS)[f], ("e/" if self.everyday else "f/") + f)
            if not self.everyday and self.rng.random() < 0.3: w += self.rng.choice(SUFFIX[f])
            self.memo["f", f] = self.lines(w)
        return self.memo["f", f]

    def other(self, key):
        if ("o", key) not in self.memo: self.memo["o", key] = self.lines(self.draw(OTHER[key], "o/" + key))
        return self.memo["o", key]

    def group(self, key):
        if ("g", key) not in self.memo: self.memo["g", key] = self.lines(self.draw(GROUP[key], "g/" + key))
        return self.memo["g", key]

    def set(self, key, i):
        if ("s", key) not in self.memo: self.memo["s", key] = self.rng.choice(half_sets(key, self.split))
        return [self.memo["s", key][i]]

    def label(self, key):
        if ("l", key) not in self.memo: self.memo["l", key] = self.draw(LABELS[key], "l/" + key)
        return self.memo["l", key]


def half_sets(key, split):
    p = list(SETS[key]); random.Random("split/s/" + key).shuffle(p)
    return p[0::2] if split == "a" else p[1::2]
