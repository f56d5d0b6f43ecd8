//! The one table of codes: what `seisho explain CODE` prints and README lists. Numbers are never reused.

use crate::finding::{Message, Severity};

/// What is known about a code.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The code.
    pub code: Code,
    /// As printed: stage letter and number.
    pub name: &'static str,
    /// Its default severity.
    pub severity: Severity,
    /// In a few words, Japanese and English.
    pub title: [&'static str; 2],
    /// What was seen and why it matters, with an example, Japanese and English.
    pub what: [&'static str; 2],
    /// What to do about it, Japanese and English.
    pub action: [&'static str; 2],
}

macro_rules! codes {
    ($($name:ident $severity:ident { title: $tj:literal / $te:literal, what: $wj:literal / $we:literal, action: $aj:literal / $ae:literal })*) => {
        /// A code: stage (X extract, L layout, J Japanese, M mapping, A audit, I internal) and number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $te] $name),* }

        /// All codes, in order.
        pub const TABLE: &[Entry] = &[$(Entry {
            code: Code::$name, name: stringify!($name), severity: Severity::$severity,
            title: [$tj, $te], what: [$wj, $we], action: [$aj, $ae],
        }),*];
    };
}

codes! {
    X001 Error {
        title: "読み取れないバイト" / "Bytes that do not decode",
        what: "判定した文字コードでは文字にならないバイトがあります。その箇所は U+FFFD（�）で示し、位置をバイトで記録します。例: CP932 の文書に 0xFF が混じっている。"
            / "Some bytes are no character in the encoding that was found. They are shown as U+FFFD and their byte offsets are kept. Example: a 0xFF inside a CP932 file.",
        action: "元のファイルをその位置で確かめ、正しい文字を補ってください。" / "Look at the original at that offset and supply the right character."
    }
    X002 Warning {
        title: "外字（私用領域の文字）" / "Private-use character (gaiji)",
        what: "その機関だけの外字で、ほかの環境では別の字や空白に見えます。人名に多く使われます。例: CP932 の F040。"
            / "The character is the office's own (gaiji): elsewhere it shows as another one or as nothing. Common in names. Example: CP932 F040.",
        action: "紙面または外字一覧で字形を確かめてください。" / "Compare its shape with the paper or the list of gaiji."
    }
    X003 Warning {
        title: "文字コードの判定が不確か" / "Encoding uncertain",
        what: "手掛かりになる文字が少なく、文字コードを確定できません。例: 漢字が2字しかない Shift_JIS のファイル。"
            / "There is too little text to be sure of the encoding. Example: a Shift_JIS file with two kanji.",
        action: "変換結果が文字化けしていないか確かめてください。" / "Check that the result is not garbled."
    }
    X004 Warning {
        title: "制御文字" / "Control characters",
        what: "文書の文字ではない制御文字（NUL など）が含まれています。ファイルが壊れているか、別の形式かもしれません。"
            / "The text holds control characters (NUL and the like) that no document has: the file may be damaged or of another kind.",
        action: "元のファイルを開いて内容を確かめてください。" / "Open the original and check it."
    }
    X005 Warning {
        title: "紙面に見えない文字" / "Text that nobody sees",
        what: "透明、白、枠外などで紙面に見えない文字が PDF に入っています。見える文字と混ぜず、記録していません。"
            / "The PDF holds text that is transparent, white, clipped or off the page. It is not mixed with what can be seen, and not recorded.",
        action: "隠された文字に意味があるか、元の文書で確かめてください。" / "See in the original whether the hidden text matters."
    }
    X006 Warning {
        title: "文字の分からない字形" / "Glyphs without a character",
        what: "PDF が字形だけを持ち、どの文字かを言わないため、U+FFFD（�）で示しました。"
            / "The PDF has the shape of a glyph and does not say which character it is. It is shown as U+FFFD.",
        action: "紙面で字を確かめてください。" / "Read the character on the page."
    }
    X007 Warning {
        title: "読んでいない画像" / "A picture that was not read",
        what: "文字のある PDF の頁に大きな画像があります。画像に写った文字は読んでいません。"
            / "A page of a PDF with text holds a large picture. Text in the picture was not read.",
        action: "画像に文字があるか、紙面で確かめてください。" / "See on the page whether the picture holds text."
    }
    X008 Warning {
        title: "スキャンの文字層と読みの違い" / "The text layer of a scan reads differently",
        what: "スキャンに他のソフトの読み取り結果（見えない文字）が付いていて、この読み取りと違います。値にはこの読み取りを使い、文字層の読みは提案に残しました。大きく違う頁は頁ごと、ほかはセルごとに言います。"
            / "A scan came with text that other software read (nobody sees it), and it differs from our own reading. Our reading is in the values, that of the layer is the suggestion: for a page that differs much as a whole, else cell by cell.",
        action: "紙面で二つの読みを見比べてください。" / "Compare both readings with the page."
    }
    X009 Warning {
        title: "読み取りが不確か" / "Reading uncertain",
        what: "スキャンから読み取った値に、確かさの低い文字があります。例: 0 と 9、一 と ー、かすれた字。"
            / "A value read from a scan has characters that are not certain. Example: 0 and 9, 一 and ー, faint print.",
        action: "紙面のその場所で値を確かめてください。" / "Check the value at its place on the page."
    }
    X010 Warning {
        title: "読み取りの補正" / "A reading mended by knowledge",
        what: "スキャンの読み取りを、番号の続き方や文書のほかの箇所の語から補正しました。原文（読み取ったまま）は根拠に残っています。例: @ → ②、市長待命 → 市長特命。"
            / "What was read in a scan was mended by the sequence of numbers or the words of the rest of the document. The raw reading stays in the evidence. Example: @ → ②.",
        action: "紙面で正しい字を確かめてください。" / "Check the right character on the page."
    }
    X011 Warning {
        title: "読み取りから除いた朱印" / "A red seal that was left out",
        what: "スキャンにある赤い印影を、重なった黒い字を読むために除きました。印影の字はどの値にも入っていません。線や文字の形の赤（朱書き）は除かず、読んでいます。"
            / "A red seal in a scan was left out, so that black text under it can be read. What the seal says is in no value. Other red ink (letters, lines) is not left out, it is read.",
        action: "その場所にあるのが印影だけか、紙面で確かめてください。" / "See on the page that nothing but a seal stands there."
    }
    X012 Warning {
        title: "黒い丸印の下の字" / "Text under a black stamp",
        what: "スキャンにある黒い丸印（受付印など）の輪と横線を除いて、下の字を読みました。その場所の字はどれも不確かで、印の中の字が混ざることがあります。"
            / "The ring and bars of a black round stamp in a scan were taken out to read what is under them. All that stands there is in doubt, and letters of the stamp may be among it.",
        action: "その場所の値を紙面で確かめてください。" / "Check the values at that place on the page."
    }
    X013 Error {
        title: "補助の読み手が動かなかった" / "A helper could not run",
        what: "字形の文字を補うために別のプロセスで動かす第二の読み手が、起動できないか、途中で止まりました（空き容量、実行ファイルの消失、時間切れ、強制終了など）。その字形は U+FFFD（�）のままです。次の実行では、変わっていない文書でも変換し直します。"
            / "The second reader, which names glyphs in a process of its own, could not be started or did not come to its end (no room, its program gone, out of time, killed). Those glyphs stay U+FFFD. The next run converts the document again, even if it has not changed.",
        action: "空き容量とメモリを確かめ、同じコマンドをもう一度実行してください。" / "Check free space and memory, then run the same command again."
    }
    X101 Error {
        title: "空のファイル" / "Empty file",
        what: "ファイルの大きさが0か、空白しか入っていません。" / "The file has no bytes, or nothing but white space.",
        action: "元の文書から作り直してください。" / "Make it again from the original document."
    }
    X102 Error {
        title: "扱えない形式" / "Unsupported format",
        what: "内容から判定した形式を、この版では読めません（拡張子ではなく中身で判定します）。"
            / "This version cannot read the format that the content shows (the content decides, not the name).",
        action: "テキスト、HTML または対応する形式に書き出してから変換してください。" / "Export it as text, HTML or another supported format, and convert that."
    }
    X103 Error {
        title: "大きすぎるファイル" / "File too large",
        what: "上限を超える大きさです。壊れているか、別の種類のファイルである場合がほとんどです。"
            / "The file is over the limit. Such files are nearly always damaged or something else.",
        action: "本当に文書なら分割してください。" / "If it is a document, split it."
    }
    X104 Error {
        title: "ファイルを開けない" / "File cannot be read",
        what: "権限がない、読み取り中に消えた、装置の誤りなどで開けません。" / "No permission, gone while reading, or a device error.",
        action: "権限と装置を確かめ、もう一度実行してください。" / "Check permission and device, then run again."
    }
    X105 Error {
        title: "パスワードつきの PDF" / "PDF with a password",
        what: "PDF が暗号化されていて、開けません。" / "The PDF is encrypted and cannot be opened.",
        action: "--password-file で指定するか、パスワードを外した PDF を変換してください。" / "Give it with --password-file, or convert a copy without one."
    }
    X106 Error {
        title: "壊れた PDF" / "Damaged PDF",
        what: "PDF の構造が壊れていて、頁を取り出せません。" / "The structure of the PDF is damaged: its pages cannot be found.",
        action: "元の文書から作り直してください。" / "Make it again from the original document."
    }
    X107 Error {
        title: "文字のない PDF" / "PDF without text",
        what: "どの頁にも文字がなく、頁を覆う画像もありません。例: 白紙、文字を線で描いた図面。"
            / "No page has text, and none is a picture as a whole. Example: blank pages, drawings whose letters are lines.",
        action: "文字のある PDF を作り直すか、印刷してスキャンしたものを変換してください。"
            / "Make a PDF with text again, or print it and convert the scan."
    }
    X108 Error {
        title: "文字認識の部品がない" / "No text recognition installed",
        what: "画像の頁（スキャン）を読むには Tesseract 5 と日本語データが要りますが、見つかりません。ほかの文書は読めます。"
            / "Pages that are pictures (scans) need Tesseract 5 and its Japanese data, which were not found. Other documents are read without.",
        action: "Debian・Ubuntu: apt-get install tesseract-ocr tesseract-ocr-jpn。Windows: UB Mannheim の Tesseract 5 を日本語（Japanese）つきで入れてください。seisho doctor で確かめられます。"
            / "Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-jpn. Windows: install UB Mannheim's Tesseract 5 with Japanese. seisho doctor shows what is found."
    }
    X109 Error {
        title: "壊れた画像" / "Damaged image",
        what: "画像ファイル、または PDF の頁の画像を展開できません。" / "An image file, or the image that is a page of a PDF, cannot be decoded.",
        action: "スキャンし直すか、別の形式（TIFF、PNG、JPEG、PDF）で保存し直してください。" / "Scan again, or save it in another format (TIFF, PNG, JPEG, PDF)."
    }
    X110 Error {
        title: "制限を超えた変換" / "Over a limit of time or memory",
        what: "変換に使うメモリか時間が上限を超えたので、その文書だけを止めました。もう一度、単独で試した結果です。壊れているか、細工された文書がほとんどです。"
            / "The conversion of this file went over a limit of memory or time and was stopped, alone. It was tried once more on its own. Such files are nearly always damaged or made to harm.",
        action: "大切な文書なら --max-memory、--max-cpu、--max-wall を上げて、もう一度実行してください。" / "If the document matters, raise --max-memory, --max-cpu or --max-wall and run again."
    }
    X111 Error {
        title: "変換の異常終了" / "The conversion crashed",
        what: "変換のプロセスが途中で異常終了しました。もう一度、単独で試した結果です。ほかの文書には影響しません。"
            / "The process that converted this file crashed, twice: once among others, once on its own. Other files are not affected.",
        action: "元のソフトで開けるか確かめ、開けるなら PDF に書き出し直してください。" / "See whether its own software opens it; if so, export it again."
    }
    X112 Error {
        title: "結果を書けない名前" / "A name that no result can have",
        what: "入力の名前から作る結果のファイルを、この名前では書けません（長すぎる、使えない文字がある、同じ名前のフォルダが要る、別の入力の結果と同じ名前になる、または入力そのものに重なる）。"
            / "The result cannot be written under the name that follows from the input's: too long, with characters that the disk does not take, where a folder of that name is needed, that of another input's result, or of an input itself.",
        action: "入力のファイル名を短くするか変えて、もう一度実行してください。" / "Shorten or change the input's name and run again."
    }
    L001 Warning {
        title: "表のセルの重なり" / "Table cells overlap",
        what: "HTML の rowspan・colspan が、ほかのセルと重なるか、表に収まりません。セルは空いた場所に置きました。"
            / "rowspan or colspan make cells overlap, or claim more places than a table has. The cell was put into the next free place.",
        action: "元の表と見比べてください。" / "Compare with the original table."
    }
    L002 Warning {
        title: "見出しのない列に文字" / "Text in a column without a heading",
        what: "見出し行より列が多い行に文字があります。どの項目か分からないので、記録せず remainder に残しました。"
            / "A row has text in a column that no heading covers. It is in no field, it stays in the remainder.",
        action: "元の表で、その文字がどの列のものか確かめてください。" / "See in the original which column it belongs to."
    }
    L003 Warning {
        title: "表の位置が失われたテキスト" / "A table whose geometry is lost",
        what: "目標表の見出し語はありますが、行と列の位置も、行の番号の並びもありません（PDF から取り出した文字列など）。行は復元せず、文字はすべて remainder にあります。"
            / "The heading words of a goal table are there, but neither its rows and columns nor a run of row numbers (a text dump of a PDF). Rows are not rebuilt; all text is in the remainder.",
        action: "元の PDF か、表の形を保った書き出しを変換してください。" / "Convert the original PDF, or an export that keeps the table."
    }
    L004 Warning {
        title: "罫線のない表" / "A table without vertical rules",
        what: "縦の罫線がない表です。列は文字の並びから、行は横の罫線か空きから推定しました。"
            / "The table has no vertical rules. Its columns were told by alignment, its rows by horizontal rules or white bands.",
        action: "列と行の取り違えがないか、元の表と見比べてください。" / "Compare rows and columns with the original."
    }
    L006 Info {
        title: "位置の失われた表の復元" / "Rows of a dump put together",
        what: "表の線も位置もないテキストから、番号・語・並びを手掛かりに行を組み立て直しました。確かでない行と欄は M013・M014 で示します。"
            / "The text has neither rules nor places; its rows were put together again by numbers, words and order. What is uncertain is said by M013 and M014.",
        action: "M013・M014 の付いた行を元の表で確かめてください。" / "Check the rows with M013 and M014 in the original table."
    }
    J001 Error {
        title: "存在しない日付" / "A date that does not exist",
        what: "暦にない日付です。別の日に読み替えず、iso は null にしました。例: 令和8年2月29日。"
            / "The calendar has no such day. It is not rolled to another; iso is null. Example: 令和8年2月29日.",
        action: "正しい日付を作成課に確かめてください。" / "Ask the author for the right date."
    }
    J002 Warning {
        title: "元号の範囲外" / "Outside the era",
        what: "その元号が使われていなかった日付や年度です。西暦には換算しました。例: 平成32年度。"
            / "The era was not in use on that day or in that year. It was converted all the same. Example: 平成32年度.",
        action: "改元前に作られた文書なら問題ありません。そうでなければ元号を確かめてください。" / "Fine in a document older than the change of era; otherwise check the era."
    }
    J003 Warning {
        title: "日付の食い違い" / "A date that contradicts itself",
        what: "併記された元号と西暦、または範囲の前後が合いません。例: 令和8年（2025年）。"
            / "Two labels of one year, or the two ends of a range, do not agree. Example: 令和8年（2025年）.",
        action: "どちらが正しいか確かめてください。" / "Find out which is right."
    }
    J004 Warning {
        title: "つなぐか分けるか不確か" / "Joined or separate: uncertain",
        what: "改行や空白の前後が一続きの文か別の文か、文字からは決められません。結果は推定です。"
            / "The text does not tell whether what stands before and after a gap is one text or two. The result is a guess.",
        action: "元の文書で段落の切れ目を確かめてください。" / "Check the paragraph in the original."
    }
    J005 Info {
        title: "印の失われた箇条書き" / "A list whose marks are lost",
        what: "箇条書きの印がなく、空白だけで区切られています。語の切れ目から項目に分けました。"
            / "The marks of a list are gone and only spaces separate its items. It was split where the words allow it.",
        action: "項目の数を元の文書と見比べてください。" / "Compare the number of items with the original."
    }
    J006 Warning {
        title: "課名の区切りが不確か" / "Names of divisions: where they end is uncertain",
        what: "空白や改行が課名の途中なのか区切りなのか、決め手がありません。" / "Nothing tells whether a space or line end is inside a name or between two.",
        action: "元の文書で課名を確かめてください。" / "Check the names in the original."
    }
    M001 Warning {
        title: "表題がない" / "No title",
        what: "文書の表題が見つかりません。" / "No title of the document was found.",
        action: "元の文書を確かめてください。" / "Check the original."
    }
    M002 Warning {
        title: "期限を日付にできない" / "Deadline not understood",
        what: "期限の欄の文字から、月や日や年度末などを一つに決められません。until は null です。"
            / "The text of the deadline does not settle on one month, day or year end. until is null.",
        action: "期限を確かめ、必要なら記録に補ってください。" / "Check the deadline and supply it where needed."
    }
    M003 Warning {
        title: "番号が読めない" / "No row number",
        what: "番号の欄が空か、数として読めません。" / "The number of the row is empty or not a number.",
        action: "元の表で番号を確かめてください。" / "Check the number in the original table."
    }
    M004 Warning {
        title: "番号の重複・欠番" / "Row numbers repeat or jump",
        what: "番号が前の行の次になっていません。行が抜けたか、重なった可能性があります。"
            / "The number does not follow the one before. A row may be missing or doubled.",
        action: "元の表で行を数えてください。" / "Count the rows in the original table."
    }
    M005 Warning {
        title: "必要な欄が空" / "A required cell is empty",
        what: "実施項目など、空のはずがない欄に文字がありません。" / "A field that every row has, such as the item, is empty.",
        action: "元の表を確かめてください。" / "Check the original table."
    }
    M006 Info {
        title: "上の行から引き継いだ欄" / "Taken from the row above",
        what: "空欄を、縦に結合されたセルの続きと判断して上の行の文字を入れました（inherited に元の番号）。"
            / "A blank cell was taken as part of a vertically merged one and given the text of the row above (see inherited).",
        action: "元の表で結合を確かめてください。" / "Check the merge in the original table."
    }
    M007 Warning {
        title: "年度がない" / "No fiscal year",
        what: "年度が見つからないため、月だけの期限を日付にできません。" / "No fiscal year was found, so a month alone cannot become a date.",
        action: "年度を確かめてください。" / "Check which year the document is about."
    }
    M008 Warning {
        title: "職名と氏名の組が不確か" / "Posts and names do not pair up",
        what: "職名と氏名の片方だけがあるか、数が合いません。" / "A post or a name stands alone, or their numbers differ.",
        action: "文書の頭書を確かめてください。" / "Check the head of the document."
    }
    M009 Warning {
        title: "知らない見出し" / "Unknown heading",
        what: "表の見出しがどの項目にも当たりません。その列の文字は remainder に残ります。"
            / "A heading of the table matches no field. The text of its column stays in the remainder.",
        action: "様式の語をプロファイルに加えてください。" / "Add the form's word to the profile."
    }
    M010 Warning {
        title: "項番の乱れ" / "Numbering out of order",
        what: "項番が前の項番の次になっていません。項が抜けたか、本文の一部を項番と読んだ可能性があります。"
            / "A label does not follow the one before: a provision may be missing, or part of a text was read as a label.",
        action: "元の文書で項番を確かめてください。" / "Check the numbering in the original."
    }
    M011 Info {
        title: "当てはまる様式がない" / "No form fits",
        what: "目標表でも方針でもないので、表と段落をそのまま記録しました。" / "It is neither a goal table nor a policy: tables and paragraphs are recorded as they are.",
        action: "対象の文書なら、様式をプロファイルとして加えてください。" / "If it should be one, add its form as a profile."
    }
    M012 Warning {
        title: "本文のない項" / "A provision without text",
        what: "項番だけがあり、その本文が見つかりません。本文が別の項に入っている可能性があります。"
            / "A label stands alone and no text was found for it. Its text may have gone to another provision.",
        action: "元の文書で、その項番の後の文を確かめてください。" / "Look in the original at what follows the label."
    }
    M013 Warning {
        title: "番号が一つに定まらない" / "The row's number is open",
        what: "どの番号の行か、元のテキストからは決まりません。number は最も合うもの、number_candidates はあり得る番号のすべてです。"
            / "The text does not say which number this row has. number is the best guess, number_candidates holds every number that it could have.",
        action: "元の表で番号を確かめてください。" / "Check the number in the original table."
    }
    M014 Warning {
        title: "行への割り当てが不確か" / "Which row a text belongs to is uncertain",
        what: "この欄の文字は、ほかの行のものかもしれません（またはほかの行にある文字がこの欄のものかもしれません）。suggestion はその番号です。"
            / "The text of this field may belong to another row, or text of another row to this field. suggestion names that row's number.",
        action: "元の表で、その欄を確かめてください。" / "Check the field in the original table."
    }
    A001 Error {
        title: "文字の欠落" / "Characters missing",
        what: "元の文書にある文字が、どの項目にも remainder にもありません。" / "Visible characters of the source are in no field and not in the remainder.",
        action: "この記録は使わず、ファイルを添えて開発元に知らせてください。" / "Do not use this record; report the file."
    }
    A002 Error {
        title: "文字の重複" / "Characters doubled",
        what: "元の文書の同じ文字が二つの項目に入っています。" / "The same characters of the source are in two fields.",
        action: "この記録は使わず、ファイルを添えて開発元に知らせてください。" / "Do not use this record; report the file."
    }
    I001 Error {
        title: "内部の誤り" / "Internal error",
        what: "プログラムの誤りでこのファイルを変換できませんでした。ほかのファイルには影響しません。"
            / "A fault in the program stopped this file's conversion. Other files are not affected.",
        action: "ファイルを添えて開発元に知らせてください。" / "Report it with the file."
    }
}

impl Code {
    /// What is known about it.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// As printed: `X001`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The code with this name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|e| e.name.eq_ignore_ascii_case(name.trim())).map(|e| e.code)
    }
}

impl Entry {
    /// Its title in both languages.
    #[must_use]
    pub fn title(&self) -> Message {
        Message::new(self.title[0], self.title[1])
    }
}
