// The filing form. A line saves itself a second after typing stops and when a field is left; only that line, the rail and
// the points change. What is typed is first kept in the browser (filing-queue.js), then sent, one line after the other.
// Without this file every line is an ordinary form with its own Save button, and every link leads to a page.
(function () {
  "use strict";

  const forms = window.filingForms, queue = window.filingQueue, post = window.filingPost, rows = window.filingRows;
  const QUIET_MS = 1000, AGAIN_MS = 15000;
  function byId(id) { return document.getElementById(id); }
  const words = byId("words").dataset, live = byId("live");
  const saved = new Map(), typing = new Map(), said = new Map();
  const oldForgotten = queue.forgetOld();
  let sending = false, again = false, offlineSince = 0, stopped = "";

  function key(line) { return [words.person, words.form, line]; }
  function lineOf(form) { return (/\/lines\/(\d+)\//.exec(form.getAttribute("action")) || [])[1]; }
  function isLine(form) { return Boolean(form && form.hasAttribute("data-save")); }

  function prepare(line) {
    const body = rows.bodyOf(line), form = rows.formOf(line);
    if (!form) return;
    saved.set(line, body.dataset.state === "invalid" || body.dataset.state === "conflict" ? null : forms.text(form));
    body.querySelectorAll("[data-save-button]").forEach(function (button) { button.hidden = true; });
  }

  // ---- typed ------------------------------------------------------------------------------------------------------
  // The line as it stands in its form, kept in the browser. While a conflict is open nothing is chosen by typing on.
  function keep(line, chosen) {
    const form = rows.formOf(line), typed = forms.typedFor(form), text = forms.text(form);
    const open = !chosen && Boolean(form.querySelector("[data-conflict]"));
    return queue.change(key(line), function (was) {
      const changed = text !== saved.get(line);
      if (!was && !changed && !chosen) return undefined;
      if (was && !was.flying && !changed && !chosen) return null;
      return {
        person: words.person, form: words.form, line, page: location.pathname, address: form.getAttribute("action"),
        code: rows.bodyOf(line).querySelector(".line-code").textContent,
        typed: open && was ? forms.forVersion(typed, forms.versionOf(was.typed)) : typed,
        flying: was ? was.flying : "", held: open ? "conflict" : "", at: was ? was.at : Date.now(),
      };
    }).then(tell);
  }

  function later(line) {
    clearTimeout(typing.get(line));
    typing.set(line, setTimeout(function () { typing.delete(line); send(); }, QUIET_MS));
  }
  function now(line, chosen) {
    clearTimeout(typing.get(line));
    typing.delete(line);
    return keep(line, chosen).then(send);
  }

  document.addEventListener("input", function (event) {
    if (!isLine(event.target.form)) return;
    const line = lineOf(event.target.form);
    keep(line);
    if (event.isComposing) clearTimeout(typing.get(line)); else later(line);
  });
  document.addEventListener("compositionend", function (event) { if (isLine(event.target.form)) later(lineOf(event.target.form)); });
  document.addEventListener("change", function (event) { if (isLine(event.target.form)) now(lineOf(event.target.form)); });

  // ---- sent -------------------------------------------------------------------------------------------------------
  // One sender for all open pages of this person, so that everything goes once and in order.
  async function send() {
    if (sending) { again = true; return; }
    sending = true;
    try {
      await oldForgotten;
      do { again = false; await inTurn(sendAll); } while (again);
    } finally { sending = false; }
    tell();
  }
  function inTurn(work) { return navigator.locks ? navigator.locks.request("filing-send", work) : work(); }

  async function sendAll() {
    for (const record of await queue.all(words.person)) {
      const stillTyped = record.form === words.form && typing.has(record.line);
      if (!stillTyped && !record.held && !(await deliver(record))) return;
    }
  }

  // False where nothing more can be sent now. What is in flight is written down first: whether or not its answer comes,
  // it is sent again as it was, which changes nothing twice, before what was typed after it. Nothing flies without a network.
  async function deliver(record) {
    const place = [record.person, record.form, record.line];
    record = await queue.change(place, function (was) {
      return was && !was.held ? Object.assign({}, was, { flying: was.flying || (navigator.onLine ? was.typed : "") }) : undefined;
    });
    if (!record || record.held) return true;
    const sent = record.flying || record.typed;
    let answer;
    try { answer = await post.typed(record.address, sent, record.page); } catch (error) { return stop("unreachable"); }
    if (answer.outcome !== "answered") return stop(answer.outcome);
    go();
    const fresh = answer.page.getElementById("body-" + record.line);
    const left = await queue.change(place, function (was) { return was && whatIsLeft(was, sent, answer, fresh); });
    if (left && !left.held && !answer.response.ok) return deliver(left);
    document.dispatchEvent(new CustomEvent("filing:answered", { detail: { line: record.line, page: record.page, html: answer.html } }));
    land(record, sent, answer, fresh);
    if (!left || left.held) return true;
    await tell();
    return deliver(left);
  }

  function whatIsLeft(was, sent, answer, fresh) {
    if (fresh && answer.response.ok) {
      if (was.typed === sent) return null;
      const version = fresh.querySelector("[name$='-version']").value;
      return Object.assign({}, was, { flying: "", typed: forms.forVersion(was.typed, version) });
    }
    const held = was.typed === sent ? (fresh ? fresh.dataset.state : "refused") : "";
    return Object.assign({}, was, { flying: "", held });
  }

  function stop(why) {
    offlineSince = why === "unreachable" ? offlineSince || Date.now() : 0;
    if (why !== stopped && why === "signed-out") {
      rows.notice(words.signedOut, { url: words.signIn + "?next=" + encodeURIComponent(location.pathname), text: words.signInAgain });
    } else if (why !== stopped && why === "other-person") rows.notice(words.otherPerson);
    else if (why !== stopped && why === "unreachable") live.textContent = live.dataset.offline;
    stopped = why;
    return false;
  }
  function go() {
    if (stopped) rows.clearNotice();
    offlineSince = 0;
    stopped = "";
    delete document.documentElement.dataset.copyOf;
  }

  window.addEventListener("online", send);
  window.addEventListener("focus", send);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") typing.forEach(function (timer, line) { now(line); });
    else send();
  });
  setInterval(send, AGAIN_MS);
  window.addEventListener("beforeunload", function (event) { if (!queue.lasts && Number(byId("offline").dataset.waiting)) event.preventDefault(); });

  // ---- said -------------------------------------------------------------------------------------------------------
  // What waits, on the lines and above them.
  async function tell() {
    const known = await queue.all(words.person), records = known.filter(function (one) { return !one.held; });
    tellHeld(known.filter(function (one) { return one.held && one.form === words.form && !rows.bodyOf(one.line); }));
    const state = !stopped ? "state-saving" : queue.lasts ? "state-offline" : "state-unsent";
    records.forEach(function (one) { if (one.form === words.form) rows.show(one.line, state); });
    const box = byId("offline"), time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" });
    const copied = Number(document.documentElement.dataset.copyOf), since = offlineSince || copied;
    box.dataset.waiting = records.length;
    box.hidden = !(since || (stopped && records.length));
    const sentence = since ? box.dataset.since.replace("{time}", time.format(since)) : "";
    const waiting = records.length ? [box.dataset.count.replace("{n}", records.length), queue.lasts ? box.dataset.kept : box.dataset.lost] : [];
    byId("offline-words").textContent = [sentence].concat(waiting).join(" ");
  }

  // What was refused and stands on another page: a link to each.
  function tellHeld(records) {
    const links = records.map(function (one) {
      const link = document.createElement("a");
      link.href = one.page + "#line-" + one.line;
      link.textContent = one.code;
      return link;
    });
    byId("held").hidden = !links.length;
    byId("held").querySelector("span").replaceChildren(...links.flatMap(function (link) { return [link, " "]; }));
  }

  function land(record, sent, answer, fresh) {
    const line = record.line, here = rows.bodyOf(line);
    if (!fresh) rows.notice(answer.page.body.textContent.trim() || live.dataset.offline);
    else if (!here) { if (!answer.response.ok) rows.notice(record.code + ": " + (words[fresh.dataset.state] || words.invalid), { url: record.page + "#line-" + line, text: words.openLine }); }
    else {
      rows.around(answer.page);
      rows.swap(line, fresh, sent);
      prepare(line);
      announce(line, record.at);
    }
  }

  function announce(line, typedAt) {
    const body = rows.bodyOf(line), state = words[body.dataset.state], at = body.querySelector("[data-typed-at]");
    if (at) at.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" }).format(typedAt);
    const sentence = state && body.querySelector(".line-code").textContent + ": " + state + " " + body.querySelector(".line-points").textContent;
    if (sentence && sentence !== said.get(line)) live.textContent = sentence;
    said.set(line, sentence);
  }

  // ---- acts: attach, take away, put back: one request, then the line as it stands ------------------------------------
  document.addEventListener("submit", function (event) {
    const form = event.target, line = lineOf(form), button = event.submitter;
    if (!line || !rows.bodyOf(line)) return;
    event.preventDefault();
    const address = button && button.getAttribute("formaction");
    if (isLine(form) && !address) now(line, true); else act(line, form, button, address);
  });

  async function act(line, form, button, address) {
    const leaves = form.closest(".toast-line") || (isLine(form) ? null : form);
    if (button) button.disabled = true;
    if (form.querySelector("input[type=file]")) live.textContent = words.uploading;
    try {
      const answer = await post.form(form, address);
      if (done(line, answer, button && button.hasAttribute("data-replaces")) && leaves) leaves.remove();
    } catch (error) { rows.notice(live.dataset.offline); }
    if (button) button.disabled = false;
  }

  // Whether the line itself came back. What was typed and not saved stays, unless the act put other values there.
  function done(line, answer, replaces) {
    if (answer.outcome !== "answered") { stop(answer.outcome); if (answer.outcome === "unreachable") rows.notice(live.dataset.offline); return false; }
    const fresh = answer.page.getElementById("body-" + line), upload = answer.page.getElementById("evidence-" + line);
    if (fresh) {
      const toast = answer.page.getElementById("toast");
      rows.clearNotice();
      rows.around(answer.page);
      if (replaces) queue.change(key(line), function () { return null; });
      rows.swap(line, fresh, replaces ? forms.text(rows.formOf(line)) : saved.get(line) || "");
      prepare(line);
      announce(line);
      rows.toast(toast);
      document.dispatchEvent(new CustomEvent("filing:answered", { detail: { line, page: location.pathname, html: answer.html } }));
      return true;
    }
    if (upload) {
      byId("evidence-" + line).replaceWith(upload);
      const summary = upload.querySelector(".error-summary, .btn-locked");
      if (summary) { summary.tabIndex = -1; summary.focus(); }
    } else rows.notice(answer.page.body.textContent.trim() || live.dataset.offline);
    return false;
  }

  // ---- come back: what was typed before and never sent stands in its fields again, and is sent ------------------------
  async function restore() {
    await oldForgotten;
    for (const record of await queue.all(words.person)) {
      if (record.form !== words.form || !rows.bodyOf(record.line)) continue;
      const form = rows.formOf(record.line);
      if (form) {
        forms.fill(form, record.typed);
        const why = rows.bodyOf(record.line).querySelector(".line-why");
        if (why && why.querySelector("textarea").value) why.open = true;
      }
      await queue.change(key(record.line), function (was) { return was && Object.assign({}, was, { held: "" }); });
    }
    await tell();
    send();
  }

  // For filing-drop.js: a line that was fetched after a file came to it.
  window.filingLines = { land: function (line, answer) { return done(line, Object.assign({ outcome: "answered" }, answer)); } };

  window.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-line]").forEach(function (body) { prepare(body.dataset.line); });
    document.querySelectorAll("[data-by-itself]").forEach(function (hint) { hint.hidden = false; });
    restore();
  });
})();
