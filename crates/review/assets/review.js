"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const items = data.items, $ = (id) => document.getElementById(id);

  // Words, Japanese first.
  const WORDS = {
    title: ["見直し", "Review"], reader: ["確認者", "Reader"], save: ["結果を書き出す", "Save the work"], load: ["続きを読み込む", "Load a work"],
    help: ["キー", "Keys"], list: ["値の一覧", "Values"], f_all: ["すべて", "all"], f_open: ["まだ", "to do"], f_wrong: ["違う", "wrong"],
    f_unknown: ["分からない", "cannot tell"], edit_label: ["正しくは（Enter で決定、Shift+Enter で改行、Esc でやめる）", "What it should say (Enter keeps, Shift+Enter breaks the line, Esc leaves)"],
    blind_label: ["紙にあるとおりに書いてください（Enter で決定）", "Write what stands on paper (Enter keeps)"],
    reason: ["理由（任意）", "Reason (optional)"], keep: ["決定", "Keep"], cancel: ["やめる", "Leave"], close: ["閉じる", "Close"],
    right: ["正しい", "right"], wrong: ["違う", "wrong"], edit: ["直す", "edit"], unknown: ["分からない", "cannot tell"], undo: ["取り消す", "undo"],
    previous: ["前", "back"], next: ["次", "next"], typed: ["書いた", "typed"], raw: ["原文", "as printed"], conf: ["確かさ", "confidence"], found: ["指摘", "findings"],
    why: ["見る順の理由", "why so early"], was: ["読み取り", "as read"], place: ["場所", "place"], cand: ["候補", "candidates"], paper: ["元の文書", "the source"],
    gone: ["元の文書が見つかりません。図なしで示します。", "The source is gone; it is shown without a picture."],
    changed: ["元の文書が変換の後で変わっています。図なしで示します。", "The source has changed since; it is shown without a picture."],
    unreadable: ["元の文書の頁を図にできません。", "The page of the source cannot be drawn."],
    left: ["残り", "left"], of: ["件中", "of"], search: ["さがす", "search"], whole: ["頁全体", "whole page"], zoom: ["拡大・縮小", "zoom"],
    saved: ["書き出しました", "Saved"], name: ["確認者の名前を入れてください", "Enter the reader's name first"], loaded: ["読み込みました", "Loaded"],
    foreign: ["この一覧の結果ではありません", "This is no work on this list"], full: ["ブラウザに保存できません。結果をこまめに書き出してください", "The browser keeps nothing; save the work often"],
    none: ["（値がありません）", "(no value)"], same: ["同じ内容のファイル", "files with the same bytes"], f_none: ["値のない欄", "empty"],
    none_help: ["読めた値がありません。紙にあれば E で書き入れ、なければ R（正しい）。枠や色は、あるはずの所か、その行です。", "Nothing was read here. Enter what stands on paper (E), or judge it right (R) where nothing does. What is marked is where it would stand, or its row."],
    lines_help: ["並びの欄です。1つを1行に書いてください（Shift+Enter で改行）。", "This field is a list: one entry a line (Shift+Enter breaks the line)."],
    done: ["すべて見ました。結果を書き出してください", "All done. Save the work"],
  };
  let lang = 0;
  const w = (key) => WORDS[key][lang];
  const msg = (m) => (lang ? m.en : m.ja);
  const ROW = 46;

  // What was done, kept in the browser value by value, so that a key costs the same whether there are 5 values or 5,000.
  const prefix = "seisho-review:" + data.id + ":";
  let keeps = true;
  const keep = (key, value) => {
    try { value === null ? localStorage.removeItem(prefix + key) : localStorage.setItem(prefix + key, value); } catch { if (keeps) { keeps = false; say(w("full")); } }
  };
  const kept = (key) => { try { return localStorage.getItem(prefix + key); } catch { return null; } };
  const done = items.map((_, i) => { const text = kept(i); return text ? JSON.parse(text) : null; });
  let past = JSON.parse(kept("past") || "[]");
  const counts = { right: 0, wrong: 0, unknown: 0, typed: 0 };
  done.forEach((d) => d && counts[d.v]++);
  let at = Math.min(Number(kept("at")) || 0, items.length - 1), zoom = 0, seen = items.map((_, i) => i);

  function judge(index, verdict, now, reason) {
    const before = done[index];
    past.push([index, before]);
    if (past.length > 500) past = past.slice(-500);
    set(index, verdict && { v: verdict, now: now ?? null, why: reason || null, at: new Date().toISOString() });
    keep("past", JSON.stringify(past.slice(-50)));
  }
  function set(index, entry) {
    if (done[index]) counts[done[index].v]--;
    done[index] = entry || null;
    if (entry) counts[entry.v]++;
    keep(index, entry ? JSON.stringify(entry) : null);
  }

  const actions = {
    right() { judge(at, "right"); go(1); },
    wrong() { judge(at, "wrong"); go(1); },
    unknown() { judge(at, "unknown"); go(1); },
    edit() { open(); },
    undo() { const last = past.pop(); if (!last) return; set(last[0], last[1]); keep("past", JSON.stringify(past.slice(-50))); show(last[0]); say(w("undo")); },
    next() { go(1); },
    previous() { go(-1); },
  };
  function candidate(n) { const text = items[at].candidates[n]; if (text !== undefined && !data.blind) { judge(at, "wrong", text); go(1); } }
  function go(step) {
    const here = seen.indexOf(at);
    const to = here < 0 ? seen.find((i) => i > at) ?? seen[seen.length - 1] : seen[here + step];
    if (to === undefined) { show(at); if (step > 0 && total() === items.length) say(w("done")); return; }
    show(to);
  }
  const total = () => counts.right + counts.wrong + counts.unknown + counts.typed;

  // The editor.
  function open() {
    const entry = done[at];
    $("editor").hidden = false;
    $("editor").querySelector("label").textContent = w(data.blind ? "blind_label" : "edit_label");
    $("text").value = (entry && entry.now) ?? (data.blind ? "" : items[at].text);
    $("reason").value = (entry && entry.why) || "";
    $("text").focus();
  }
  function shut() { $("editor").hidden = true; $("list").focus({ preventScroll: true }); }
  function submit() {
    const text = $("text").value, reason = $("reason").value.trim();
    if (data.blind) judge(at, "typed", text, reason);
    else if (text === items[at].text) judge(at, "right");
    else judge(at, "wrong", text, reason);
    shut(); go(1);
  }
  $("editor").addEventListener("submit", (e) => { e.preventDefault(); submit(); });
  $("cancel").addEventListener("click", shut);
  $("text").addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); submit(); }
  });

  // Keys: by their place on the keyboard, so that they work while a Japanese input method is on.
  const KEYS = { KeyR: "right", Enter: "right", Space: "right", KeyW: "wrong", KeyE: "edit", KeyX: "unknown", KeyU: "undo", KeyJ: "next", ArrowDown: "next", ArrowRight: "next", KeyK: "previous", ArrowUp: "previous", ArrowLeft: "previous" };
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !$("editor").hidden) { shut(); return; }
    const into = e.target;
    if (e.ctrlKey || e.altKey || e.metaKey || $("keys").open || into.matches("input, textarea, select")) return;
    if (into.matches("button") && (e.code === "Enter" || e.code === "Space")) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(e.code);
    if (digit) candidate(Number(digit[1]) - 1);
    else if (KEYS[e.code]) (data.blind && KEYS[e.code] === "right" ? actions.edit : data.blind && KEYS[e.code] === "wrong" ? actions.edit : actions[KEYS[e.code]])();
    else if (e.code === "KeyS") save();
    else if (e.code === "KeyH") $("keys").showModal();
    else if (e.key === "+" || e.code === "NumpadAdd" || e.code === "Semicolon") { zoom = Math.min(6, (zoom || scale) * 1.25); paper(); }
    else if (e.key === "-" || e.code === "NumpadSubtract") { zoom = Math.max(0.4, (zoom || scale) / 1.25); paper(); }
    else if (e.code === "Digit0") { zoom = zoom === -1 ? 0 : -1; paper(); }
    else if (e.code === "Home") show(seen[0] ?? at);
    else if (e.code === "End") show(seen[seen.length - 1] ?? at);
    else return;
    e.preventDefault();
  });
  $("verdicts").addEventListener("click", (e) => { const b = e.target.closest("button"); if (b) { actions[b.dataset.do](); if ($("editor").hidden) b.focus({ preventScroll: true }); } });
  $("candidates").addEventListener("click", (e) => { const b = e.target.closest("button"); if (b) { candidate(Number(b.dataset.n)); $("list").focus({ preventScroll: true }); } });

  // The list: only the rows that can be seen are there.
  const SIGN = { right: "○", wrong: "×", unknown: "？", typed: "✎" };
  const rows = new Map();
  function row(place) {
    const index = seen[place], item = items[index], entry = done[index], el = document.createElement("div");
    el.className = "row " + (entry ? entry.v : "");
    el.id = "row" + index;
    el.style.top = place * ROW + "px";
    for (const [name, value] of [["role", "option"], ["aria-setsize", seen.length], ["aria-posinset", place + 1], ["aria-selected", index === at]]) el.setAttribute(name, value);
    const sign = document.createElement("i"), head = document.createElement("b"), text = document.createElement("span");
    sign.textContent = entry ? SIGN[entry.v] : "";
    sign.setAttribute("aria-label", entry ? w(entry.v) : w("f_open"));
    head.textContent = msg(item.names[0]) + "　" + msg(item.names[1]) + "　" + data.sheets[item.sheet].path;
    text.textContent = data.blind ? "――" : (entry && entry.now != null ? entry.now : item.text) || w("none");
    el.append(sign, head, text);
    el.addEventListener("click", () => { show(index); $("list").focus({ preventScroll: true }); });
    return el;
  }
  function list() {
    const box = $("list");
    $("space").style.height = seen.length * ROW + "px";
    // A list that became shorter is scrolled back, which old rows below its end would prevent.
    const top = Math.min(box.scrollTop, Math.max(0, seen.length * ROW - box.clientHeight));
    const from = Math.max(0, Math.floor(top / ROW) - 4), to = Math.min(seen.length, Math.ceil((top + box.clientHeight) / ROW) + 4);
    const fresh = [];
    for (let place = from; place < to; place++) fresh.push(row(place));
    $("space").replaceChildren(...fresh);
    box.setAttribute("aria-activedescendant", "row" + at);
  }
  let asked = false;
  $("list").addEventListener("scroll", () => { if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; list(); }); } });
  function filter() {
    const kind = $("filter").value, words = $("search").value.trim();
    seen = [];
    items.forEach((item, i) => {
      const d = done[i], is = kind === "all" || (kind === "open" ? !d : kind === "none" ? item.is_missing : d && d.v === kind);
      if (is && (!words || item.text.includes(words) || data.sheets[item.sheet].path.includes(words))) seen.push(i);
    });
    list();
  }
  $("filter").addEventListener("change", filter);
  $("search").addEventListener("input", filter);

  // The paper.
  let scale = 1, shown = "";
  const boxes = (item) => item.at.filter((s) => s.r), lines = (item) => item.at.filter((s) => s.line);
  function paper() {
    const item = items[at], sheet = data.sheets[item.sheet], stage = $("sheet"), on = boxes(item), pane = $("paper");
    const page = on.length ? on[0].page : 0, picture = sheet.pages[page];
    if (picture) {
      const mine = on.filter((s) => s.page === page);
      const [x0, y0, x1, y1] = mine.reduce((u, s) => [Math.min(u[0], s.r[0]), Math.min(u[1], s.r[1]), Math.max(u[2], s.r[2]), Math.max(u[3], s.r[3])], [1e9, 1e9, 0, 0]);
      const fit = Math.min((pane.clientWidth - 20) / picture.w, (pane.clientHeight - 20) / picture.h);
      const near = Math.min(Math.max((pane.clientWidth * 0.8) / Math.max(x1 - x0, 90), fit), 2, Math.max((pane.clientHeight * 0.8) / (y1 - y0), fit));
      scale = zoom === -1 ? fit : zoom || near;
      stage.style.cssText = "";
      const key = picture.src;
      stage.style.width = picture.w * scale + "px";
      stage.style.height = picture.h * scale + "px";
      let image = stage.querySelector("img");
      if (shown !== key || !image) {
        image = document.createElement("img");
        image.src = key;
        image.alt = sheet.path + " p. " + page;
        image.addEventListener("error", () => { stage.querySelector("img")?.remove(); note(w("unreadable")); });
        stage.replaceChildren(image);
        shown = key;
      }
      stage.querySelectorAll(".box").forEach((b) => b.remove());
      for (const s of mine) {
        const b = document.createElement("div"), pad = 1.5;
        b.className = "box";
        b.style.cssText = `left:${(s.r[0] - pad) * scale}px;top:${(s.r[1] - pad) * scale}px;width:${(s.r[2] - s.r[0] + 2 * pad) * scale}px;height:${(s.r[3] - s.r[1] + 2 * pad) * scale}px`;
        stage.append(b);
      }
      pane.scrollTo(((x0 + x1) / 2) * scale - pane.clientWidth / 2 + stage.offsetLeft, ((y0 + y1) / 2) * scale - pane.clientHeight / 2 + stage.offsetTop);
      return;
    }
    shown = "";
    stage.style.cssText = "";
    const marked = lines(item);
    if (marked.length && !sheet.missing) {
      const pre = document.createElement("pre"), first = marked[0].line - 4, last = marked[marked.length - 1].line + 4;
      for (let n = Math.max(1, first); n <= last; n++) {
        const text = sheet.lines[n];
        if (text === undefined) continue;
        const number = document.createElement("span");
        number.className = "n";
        number.textContent = n;
        pre.append(number);
        const letters = Array.from(text);
        let done = 0;
        for (const s of marked.filter((s) => s.line === n)) {
          const mark = document.createElement("mark");
          mark.textContent = letters.slice(s.c[0] - 1, s.c[1] - 1).join("");
          pre.append(letters.slice(done, s.c[0] - 1).join(""), mark);
          done = s.c[1] - 1;
        }
        pre.append(letters.slice(done).join("") + "\n");
      }
      stage.replaceChildren(pre);
      const mark = pre.querySelector("mark");
      if (mark) pane.scrollTo(0, mark.offsetTop - pane.clientHeight / 2);
      return;
    }
    const other = item.at.map((s) => s.place || (s.page ? "p. " + s.page : s.line ? "line " + s.line : "")).filter(Boolean).join("、");
    note((sheet.missing ? w(sheet.missing) + "　" : "") + other);
  }
  function note(text) { const p = document.createElement("p"); p.className = "nobox"; p.textContent = text; $("sheet").style.cssText = "background:none;box-shadow:none"; $("sheet").replaceChildren(p); shown = ""; }

  // The value.
  function fact(name, ...what) { if (!what.length) return; const dt = document.createElement("dt"), dd = document.createElement("dd"); dt.textContent = w(name); dd.append(...what); if (name === "raw") dd.className = "raw"; $("facts").append(dt, dd); }
  function button(el, key, label) { el.textContent = label; const k = document.createElement("kbd"); k.textContent = key; el.append(k); }
  function card() {
    const item = items[at], entry = done[at], sheet = data.sheets[item.sheet], value = $("value");
    const strong = document.createElement("b");
    strong.textContent = msg(item.names[0]) + "　" + msg(item.names[1]);
    const page = boxes(item)[0]?.page;
    const same = sheet.also ? `　${w("same")}: ${sheet.also.join("、")}` : "";
    $("where").replaceChildren(strong, `　${sheet.path}${page ? " p. " + page : ""}　${at + 1} / ${items.length}${same}`);
    value.className = entry && entry.v === "wrong" ? "wrong" : "";
    value.replaceChildren(data.blind ? (entry && entry.now) || "――" : item.text || w("none"));
    if (!data.blind && entry && entry.now != null) { const ins = document.createElement("ins"); ins.textContent = entry.now; value.append(ins); value.className = ""; }
    document.querySelectorAll("#verdicts button").forEach((b) => b.setAttribute("aria-pressed", String(!!entry && (b.dataset.do === entry.v && (b.dataset.do !== "wrong" || entry.now == null) || (b.dataset.do === "edit" && entry.now != null)))));
    $("candidates").replaceChildren(...(data.blind ? [] : item.candidates.map((text, n) => { const li = document.createElement("li"), b = document.createElement("button"); b.dataset.n = n; button(b, n + 1, text); b.lang = "ja"; b.setAttribute("aria-keyshortcuts", n + 1); li.append(b); return li; })));
    $("facts").replaceChildren();
    if (data.blind) return;
    if (item.is_missing) fact("place", w("none_help") + (/^\/(goals\/\d+\/[a-z]+|form\/\d+\/text)\/0$/.test(item.pointer) ? w("lines_help") : ""));
    if (item.was !== undefined) fact("was", item.was || w("none"));
    if (item.raw !== item.text && item.raw) fact("raw", item.raw);
    if (item.confidence != null) { const m = document.createElement("meter"); m.max = 1; m.low = 0.7; m.high = 0.9; m.optimum = 1; m.value = item.confidence; fact("conf", m, " " + item.confidence.toFixed(2)); }
    for (const f of item.findings) { const s = document.createElement("span"); s.className = "sev " + f.severity; s.textContent = f.code + " "; fact("found", s, msg(f.message)); }
  }

  function show(index) {
    if (index === undefined) return;
    at = index;
    keep("at", at);
    const place = seen.indexOf(at), box = $("list");
    if (place >= 0) { const top = place * ROW; if (top < box.scrollTop + ROW) box.scrollTop = Math.max(0, top - ROW); else if (top + 2 * ROW > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW - box.clientHeight; }
    list(); card(); paper(); tally();
    const item = items[at];
    say(`${at + 1} / ${items.length}　${msg(item.names[0])} ${msg(item.names[1])}: ${data.blind ? "" : item.text}${done[at] ? "　" + w(done[at].v) : ""}`);
    const next = items[at + 1] && boxes(items[at + 1])[0];
    const picture = next && data.sheets[items[at + 1].sheet].pages[next.page];
    if (picture && picture.src !== shown) new Image().src = picture.src;
  }
  function tally() {
    const n = total();
    $("counts").textContent = `○ ${counts.right}　× ${counts.wrong}　？ ${counts.unknown}${data.blind ? "　✎ " + counts.typed : ""}　${w("left")} ${items.length - n}`;
    $("progress").value = items.length ? n / items.length : 0;
  }
  function say(text) { $("say").textContent = text; }

  // The work as a file.
  function work() {
    const made = [];
    items.forEach((item, i) => {
      const d = done[i], sheet = data.sheets[item.sheet];
      if (d) made.push({ path: sheet.path, source_sha256: sheet.sha256, pointer: item.pointer, text: item.text, was: item.was ?? item.text, anchor: { ...item.anchor, document: sheet.named }, confidence: item.confidence, verdict: d.v, now: d.now, reason: d.why, at: d.at });
    });
    return { format: "seisho-work/1", review: data.id, lot: data.lot, reader: $("reader").value.trim(), blind: data.blind, items: made };
  }
  function save() {
    if (!$("reader").value.trim()) { $("reader").focus(); say(w("name")); $("reader").placeholder = w("name"); return; }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(work(), null, 1) + "\n"], { type: "application/json" }));
    link.download = "WORK-" + $("reader").value.trim().replace(/[\\/:*?"<>|\s]+/g, "_") + ".json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    say(w("saved"));
  }
  $("save").addEventListener("click", save);
  $("load").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    const file = $("file").files[0];
    if (!file) return;
    try {
      const read = JSON.parse(await file.text());
      if (read.format !== "seisho-work/1" || read.review !== data.id) throw new Error();
      const index = new Map(items.map((item, i) => [data.sheets[item.sheet].sha256 + item.pointer, i]));
      for (const r of read.items) { const i = index.get(r.source_sha256 + r.pointer); if (i !== undefined) set(i, { v: r.verdict, now: r.now ?? null, why: r.reason ?? null, at: r.at }); }
      if (!$("reader").value) $("reader").value = read.reader;
      filter(); show(at); say(w("loaded"));
    } catch { say(w("foreign")); alert(w("foreign")); }
    $("file").value = "";
  });

  // Words on the page.
  function words() {
    document.documentElement.lang = lang ? "en" : "ja";
    document.querySelectorAll("[data-t]").forEach((el) => { el.textContent = w(el.dataset.t); });
    const keys = { right: "R", wrong: "W", edit: "E", unknown: "X", undo: "U", previous: "K", next: "J" };
    document.querySelectorAll("#verdicts button").forEach((b) => { button(b, keys[b.dataset.do], w(b.dataset.do)); if (data.blind && (b.dataset.do === "right" || b.dataset.do === "wrong")) b.hidden = true; });
    $("lang").textContent = lang ? "日本語" : "English";
    $("lang").lang = lang ? "ja" : "en";
    $("filter").setAttribute("aria-label", w("list"));
    $("search").placeholder = w("search");
    $("search").setAttribute("aria-label", w("search"));
    $("paper").setAttribute("aria-label", w("paper"));
    $("verdicts").setAttribute("aria-label", w("title"));
    $("results").textContent = data.results;
    document.title = w("title") + " – 清書";
    const table = [["R / Enter / Space", "right"], ["W", "wrong"], ["E", "edit"], ["1–9", "cand"], ["X", "unknown"], ["U", "undo"], ["J ↓", "next"], ["K ↑", "previous"], ["+ −", "zoom"], ["0", "whole"], ["S", "save"], ["H", "help"]];
    $("keys").querySelector("table").replaceChildren(...table.map(([key, what]) => { const tr = document.createElement("tr"), a = document.createElement("td"), b = document.createElement("td"), k = document.createElement("kbd"); k.textContent = key; a.append(k); b.textContent = w(what); tr.append(a, b); return tr; }));
  }
  $("lang").addEventListener("click", () => { lang = 1 - lang; keep("lang", lang); words(); show(at); });
  $("help").addEventListener("click", () => $("keys").showModal());
  $("reader").value = data.reader || kept("reader") || "";
  $("reader").addEventListener("change", () => keep("reader", $("reader").value));
  addEventListener("resize", () => { list(); paper(); });

  lang = Number(kept("lang")) || 0;
  words();
  // An address may name a record or a source: the first of its values is shown.
  function named() {
    const name = decodeURIComponent(location.hash.slice(1));
    const is = (item) => { const id = data.sheets[item.sheet].sha256, own = id.slice(0, 16) + id.slice(64) + item.pointer; return own === name || own.startsWith(name + "/"); };
    return name ? items.findIndex(is) : -1;
  }
  addEventListener("hashchange", () => { if (named() >= 0) show(named()); });
  if (named() >= 0) at = named();
  if (items.length) show(at);
  $("list").focus({ preventScroll: true });
})();
