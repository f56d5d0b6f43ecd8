"""What city halls write: departments, subjects, sentences, dates, results. Every choice comes from the rng given."""
import calendar, re

DEPTS = {
    "都市整備部": (["都市計画課", "公園緑地課", "建築指導課", "道路管理課", "交通政策課"],
              ["立地適正化計画", "駅前広場の再整備", "生活道路の段差解消", "街路樹の更新", "空家等対策", "コミュニティバス路線", "自転車駐車場", "公園遊具の点検", "橋りょう長寿命化", "狭あい道路の拡幅", "屋外広告物の指導", "雨水貯留施設", "景観づくりの指針"]),
    "環境部": (["環境政策課", "ごみ対策課", "クリーンセンター", "水環境課"],
            ["食品ロスの削減", "プラスチック類の分別", "地球温暖化対策", "不法投棄の監視", "粗大ごみの予約受付", "事業系ごみの減量", "湧水の保全", "太陽光設備の助成", "し尿処理施設", "アライグマの防除", "環境学習の講座", "公用車の電動化"]),
    "健康福祉部": (["健康推進課", "地域福祉課", "高齢者支援課", "障害者支援課", "保険年金課"],
              ["特定健診の受診率", "フレイル予防教室", "認知症カフェ", "民生委員の担い手", "成年後見の利用", "国民健康保険料の収納", "産後ケア", "基幹相談の窓口", "重層的な支援体制", "がん検診の案内", "ひきこもり相談", "介護人材の確保", "災害時要配慮者の名簿"]),
    "こども未来部": (["こども政策課", "保育課", "子育て相談室", "青少年課"],
               ["保育所の待機児童", "学童クラブの定員", "児童虐待の早期発見", "こども誰でも通園", "病児保育室", "一時預かり", "ファミリー・サポート", "児童館の開館時間", "子育てひろば", "ひとり親家庭の就労", "こどもの意見表明", "保育士の研修"]),
    "市民生活部": (["市民課", "課税課", "納税課", "協働推進課", "文化振興課"],
              ["証明書のコンビニ交付", "窓口の待ち時間", "おくやみコーナー", "市税の電子納付", "町会・自治会の加入", "外国人住民の相談", "消費生活相談", "固定資産の現況調査", "市民活動センター", "文化会館の改修", "ふるさと納税の返礼", "男女平等の啓発"]),
    "総務部": (["総務課", "職員課", "情報システム課", "契約検査課", "防災安全課"],
            ["庁内文書の電子決裁", "職員の時間外勤務", "会議録の作成", "電子入札の対象", "避難所の備蓄", "防災行政無線", "公文書の引継ぎ", "人事評価の面談", "標準準拠システムへの移行", "個人番号の取扱い", "職員採用の広報", "庁舎の空調設備", "業務継続の計画"]),
    "教育部": (["教育総務課", "学務課", "指導室", "生涯学習課", "図書館"],
            ["学校給食の食材費", "不登校児童の居場所", "学習端末の更新", "通学路の安全", "校舎の外壁改修", "部活動の地域移行", "図書館の電子書籍", "文化財の公開", "特別支援教室", "放課後子ども教室", "成人の学び直し", "学校司書の配置"]),
    "産業観光部": (["産業振興課", "農政課", "観光交流課", "企業誘致課"],
              ["創業者の支援", "商店街の空き店舗", "農産物の直売", "新規就農者", "観光案内所", "フィルムコミッション", "プレミアム商品券", "企業版ふるさと納税", "有害鳥獣の対策", "森林経営の管理", "地域おこし協力隊", "産業用地の整備"]),
    "上下水道局": (["経営総務課", "水道工務課", "下水道課", "浄水課"],
              ["老朽管の更新", "漏水調査", "料金収納の委託", "浄水場の耐震化", "不明水の調査", "雨水ポンプ場", "検針の自動化", "マンホール蓋の取替え", "水質検査の公表", "応急給水の訓練", "経営戦略の改定", "汚泥の再利用"]),
    "消防本部": (["消防総務課", "予防課", "警防課", "救急課"],
             ["住宅用火災警報器", "救急車の適正利用", "消防団員の確保", "防火管理者の講習", "査察の実施率", "通信指令の共同運用", "応急手当の普及", "高規格救急車", "消防水利の点検", "火災原因の調査"]),
}
VERB = ["の推進", "の見直し", "の充実", "の拡大", "の円滑な実施", "の強化", "に向けた検討", "の改善", "に関する周知", "の効率化", "の体制整備", ""]
PLANS = ["第3次総合計画", "環境基本計画", "地域福祉計画", "行財政改革大綱", "公共施設等総合管理計画", "DX推進計画", "都市計画マスタープラン", "子ども・子育て支援事業計画", "国土強靱化地域計画", "教育振興基本計画", "まち・ひと・しごと創生総合戦略", "施政方針"]
PLACES = "青葉 若宮 東雲 桜台 川原 栄町 西原 緑が丘 三田 大坪".split()
FAMILY = "山田 大野木 渡邉 髙橋 柳瀬 小野寺 長谷部 片桐 石動 鬼塚 能登 久我 𠮷川 諸星 飯窪 染谷".split()
GIVEN = "太郎 恵子 正樹 和代 健 美智子 一成 由紀 浩二 さやか 俊介 真理".split()
TARGET = ["{s}について、申請から決定までの日数が{n}日以内に短縮されている。", "{s}の課題が整理され、来年度以降の進め方が庁内で合意されている。", "{s}に取り組む地区が{n}か所まで広がり、住民が自ら運営できる状態になっている。",
          "{s}に関する問合せが前年度より{p}％減り、職員が本来の業務に時間を充てられている。", "{s}の満足度が{p}％以上になっている。", "{s}の手引が改められ、全職員が同じ手順で対応できる。", "{s}の仕組みが整い、{m}月から運用が始まっている。",
          "{s}の利用者が年間{k}人に達している。", "必要とする市民の{p}％以上が{s}を知っている状態", "{s}に係る経費を前年度比で{p}％抑えた水準を保つ。", "関係者の役割が明らかになり、{s}を続けられる体制ができている。",
          "{s}に関する苦情が{n}件以下にとどまっている。", "{pl}地区において{s}の試行が終わり、効果と費用が示されている。", "{s}の基本方針が議会に報告され、公表されている。", "{s}の記録が台帳にまとめられ、いつでも引き出せるようになっている。"]
METHOD = ["{m}月までに{s}の現状を調べ、一覧にまとめる。", "近隣{n}市の事例を集め、部内の勉強会で検討する。", "{s}の説明会を{pl}地区ほか{n}会場で開催する。", "広報紙と市公式サイトで{s}を年{n}回知らせる。", "関係課との打合せを毎月開き、進み具合を確かめる。",
          "{m}月に業者を選定し、翌月から作業に入る。", "{pp}と協定を結び、役割を分担して進める。", "利用者アンケート（{k}人）を行い、結果を{m}月に公表する。", "要綱案を{m}月に作り、法規担当の審査を受ける。", "{s}のチラシ{k}枚を配布し、相談窓口につなぐ。",
          "{m}月補正予算に必要額を計上し、財源を確保する。", "職員{n}人を研修に派遣し、得た知識を課内で共有する。", "データを月ごとに集計し、遅れがあれば手順を改める。", "未対応の{n}件を優先して訪問し、状況を聞き取る。", "国の補助制度を活用し、市の負担を減らす。",
          "マニュアルを見直し、{m}月に全職員へ周知する。", "外部の専門家を招き、{s}の効果を検証する。", "申込みの様式を簡単にし、電子申請でも受け付ける。", "作業部会を設け、{m}月に中間報告をまとめる。", "先進自治体（{pl}市ほか）を{m}月に視察"]
TAIL = ["なお、実施に当たっては関係課とあらかじめ調整し、市民の利用に支障がないようにする。", "あわせて、経費の見直しも行う。", "また、結果は次年度の予算に反映する。", "その際、個人情報の取扱いに十分注意する。"]
ACH = {"phrase": ["目標どおり達成した。", "おおむね達成したが、一部の地区で遅れが生じた。", "関係者との調整に時間を要し、次年度に継続する。", "目標を上回る成果を得た。", "計画した手順をすべて終え、効果も確認できた。", "人員不足により着手が遅れ、達成に至らなかった。"],
       "rate": [("達成（100～90％）", 90, 100), ("概ね達成（90～70％）", 70, 90), ("一部達成（70～50％）", 50, 70), ("未達成（50～0％）", 0, 50)],
       "grade": ["Ａ", "Ｂ", "Ｃ", "Ｄ"], "sign": ["◎", "○", "△", "×"], "words": ["達成", "概ね達成", "一部達成", "未達成"]}
PROG = ["現況調査", "関係課協議", "実施中", "説明会（{n}回）", "素案作成", "要綱制定", "契約締結", "委託業者の選定", "{n}か所完了", "検証", "中間まとめ", "周知開始", "アンケート実施", "試行", "結果の公表"]
ISSUE = ["担い手の高齢化が進んでいる。", "予算の確保が難しい。", "関係者の理解が十分でない。", "職員の経験に差がある。", "制度が複雑で市民に伝わりにくい。", "老朽化により費用がかさむ。"]
VOICE = ["手続が分かりにくい。", "もっと早く知らせてほしい。", "窓口の対応がよい。", "休日にも利用したい。", "続けてほしい。", "費用の負担が大きい。"]
NEXT = ["継続", "拡充", "縮小", "見直しのうえ継続", "統合を検討", "完了"]
LAST = ["{n}地区で実施", "説明会{n}回", "受付{k}件", "未実施", "調査のみ実施", "満足度{p}％"]
REVIEW = ["計画どおり進めること。", "費用対効果を示すこと。", "他部との連携を強めること。", "早めの着手を望む。", "市民への説明を丁寧に行うこと。"]
NOTE = ["国庫補助", "条例改正あり", "{m}月議会に報告", "債務負担行為", "指定管理", "－"]
PARTNER = ["社会福祉協議会", "商工会議所", "警察署", "町会連合会", "ＮＰＯ法人みらい", "県土木事務所", "農業協同組合", "大学"]
FUND = ["一般財源", "国庫支出金", "県支出金", "地方債", "基金繰入金"]
KPI = [("利用者数", "人"), ("満足度", "％"), ("処理日数", "日"), ("実施箇所数", "か所"), ("参加者数", "人"), ("電子申請の割合", "％"), ("相談件数", "件")]
BANDS = ["安心して暮らせるまち", "学びと文化を育むまち", "にぎわいと活力のあるまち", "自然と共生するまち", "信頼される市役所", "支え合い健やかなまち"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


class Writer:
    """Sentences and values of one document, in its own habits (digits, full stops, bullets, dates)."""

    def __init__(self, rng, fy, dept):
        self.r, self.fy, self.dept = rng, fy, dept
        self.divs, self.subjects = DEPTS[dept][0], DEPTS[dept][1][:]
        rng.shuffle(self.subjects)
        self.wide = rng.random() < 0.3
        self.stop = rng.random() < 0.6          # full stop at the end of methods
        self.bullet = rng.choice("・・・○●◆■")
        self.bullet_one = rng.random() < 0.5     # a lone entry has a bullet too
        self.ach = rng.choice(["phrase", "rate", "grade", "sign", "words"])
        self.n = 0

    def digits(self, s): return s.translate(WIDE) if self.wide else s

    def fill(self, t, s=""):
        r = self.r
        return self.digits(t.format(s=s, n=r.randint(2, 28), p=r.randint(5, 95), m=r.choice([5, 6, 7, 8, 9, 10, 11, 12, 1, 2]), k=f"{r.randint(1, 9)},{r.randint(0, 999):03d}",
                                    pl=r.choice(PLACES), pp=r.choice(PARTNER)))

    def goal(self, many=3):
        r = self.r
        s = self.subjects[self.n % len(self.subjects)]
        if self.n >= len(self.subjects): s = PLACES[self.n % len(PLACES)] + "地区における" + s
        self.n += 1
        target = [self.fill(t, s) for t in r.sample(TARGET, r.randint(1, min(2, many)))]
        methods = [self.fill(t, s) for t in r.sample(METHOD, r.randint(1, many))]
        if r.random() < 0.3: methods[0] = methods[0].rstrip("。") + "。" + r.choice(TAIL)
        if not self.stop: methods = [m.rstrip("。") for m in methods]
        return {"subject": s, "item": s + r.choice(VERB), "plan_category": r.choice(PLANS), "target": target, "methods": methods, "deadline": self.deadline(),
                "divisions": r.sample(self.divs, 2 if r.random() < 0.2 else 1), "achievement": self.achievement(), "other": {}}

    def deadline(self):
        r, y = self.r, self.fy
        m = r.choice([6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 3]); g = y + (m < 4); last = calendar.monthrange(g, m)[1]; d = r.randint(1, 28)
        end = f"{g}-{m:02d}-{last:02d}"; day = f"{g}-{m:02d}-{d:02d}"; era = g - 2018
        raw, kind, until = r.choice([(f"{m}月", "month", end)] * 3 + [(f"{m}月末", "month", end)] * 2 + [(f"令和{era}年{m}月", "month", end), (f"R{era}.{m}.{d}", "date", day), (f"令和{era}年{m}月{d}日", "date", day),
                                     (f"{m}月{d}日", "date", day), ("年度末", "fiscal_year_end", f"{y + 1}-03-31"), ("通年", "ongoing", None), ("随時", "ongoing", None), ("年内", "year_end", f"{y}-12-31")])
        return {"raw": self.digits(raw), "kind": kind, "until": until}

    def achievement(self):
        a = self.r.choice(ACH[self.ach])
        if isinstance(a, tuple): return {"raw": self.digits(a[0]), "rate": {"min": a[1], "max": a[2]}}
        return {"raw": a, "rate": None}

    def listed(self, entries):
        """The printed lines of a cell of entries."""
        if len(entries) > 1 or (entries and self.bullet_one): return [self.bullet + e for e in entries]
        return list(entries)

    def other(self, key, goal):
        """The lines of a cell in a column of no field."""
        r = self.r; one = lambda pool: [self.fill(r.choice(pool), goal["subject"])]
        if key.startswith("progress"): return one(PROG)
        if key.startswith("kpi"): return self.kpi(int(key[-1]), goal)
        if key.startswith("budget"): return [self.digits(f"{r.randint(1, 48)},{r.randint(0, 999):03d}" if r.random() < .7 else str(r.randint(20, 990)))]
        if key == "weight": return [r.choice("ＡＢＣ")]
        if key == "kind": return [r.choice(["新規", "継続"])]
        if key == "sdgs": return [self.digits("、".join(str(x) for x in sorted(r.sample(range(1, 18), r.randint(1, 3)))))]
        if key == "start": return [self.digits(f"{r.choice([4, 4, 5, 6, 7])}月")]
        if key == "chief": return [r.choice(FAMILY)]
        if key == "partner": return r.sample(PARTNER, r.randint(1, 2))
        if key == "fund": return r.sample(FUND, r.randint(1, 2))
        return one({"next": NEXT, "voice": VOICE, "issue": ISSUE, "last": LAST, "note": NOTE, "review": REVIEW, "mid": PROG}[key])

    def kpi(self, i, goal):
        if i == 0: goal["_kpi"] = self.r.choice(KPI); return [goal["_kpi"][0]]
        return [self.digits(str(self.r.randint(3, 98))) + goal["_kpi"][1]]

    def person(self): return self.r.choice(FAMILY) + self.r.choice([" ", "　", ""]) + self.r.choice(GIVEN)


def plain(lines, bullet):
    return [re.sub("^" + re.escape(bullet), "", x) for x in lines]


POLICY = ["{s}について、市民の視点に立って見直しを進めること。", "限られた人員を有効に使い、事務の優先順位を明らかにすること。", "{s}に当たっては、関係部署と情報を共有し、縦割りを排して対応すること。", "予算の執行に当たり、常に費用と効果を確かめること。",
          "職員の時間外勤務の縮減に努め、働きやすい職場づくりを進めること。", "{pp}との協働を深め、地域の力を生かすこと。", "{s}については、{m}月までに方向性を示すこと。", "公文書及び個人情報の適正な管理を徹底すること。", "電子申請の対象を広げ、窓口に来なくてよい手続を増やすこと。"]
POLICY_HEADS = ["基本的な考え方", "重点的に取り組む事項", "組織運営に関する事項", "財政運営に関する事項", "人材育成に関する事項", "留意すべき事項"]


def policy(writer):
    """(preamble, sections as in the contract)"""
    r = writer.r
    pre = [r.choice([f"本市を取り巻く環境が大きく変わる中、{writer.dept}は次の考え方により職務を進める。", f"{writer.dept}は、市民の信頼に応えるため、下に掲げる事項に沿って各課の事務に当たるものとする。"])]
    heads = r.sample(POLICY_HEADS, r.randint(3, 4)); lines = r.sample(POLICY, len(POLICY)); out = []
    for i, h in enumerate(heads):
        kids = [{"label": writer.digits(f"({j + 1})"), "text": writer.fill(lines.pop(), writer.subjects[(i * 3 + j) % len(writer.subjects)]), "body": [], "children": []} for j in range(2 if i else 3) if lines]
        out.append({"label": writer.digits(str(i + 1)), "text": h, "body": [], "children": kids})
    return pre, out
