// The filing form. A line saves itself when a field is left; only that line, the rail and the pillar's points change.
// Without this file every line is an ordinary form with its own Save button, and every link leads to a page.
(function () {
  "use strict";

  var forms = window.filingForms, text = forms.text;
  var words = document.getElementById("words").dataset;
  var busy = new Set(), again = new Set(), unsent = new Set();
  var SAVING_SHOWN_AFTER = 2000, RETRY_EVERY = 15000;

  function byId(id) { return document.getElementById(id); }
  function bodyOf(line) { return byId("body-" + line); }
  function formOf(line) { var body = bodyOf(line); return body && body.querySelector("form[data-save]"); }
  function lineOf(form) { return (/\/lines\/(\d+)\//.exec(form.action) || [])[1]; }  // the form's own address, not its button's
  function say(text) { byId("live").textContent = text; }
  function notice(text) {
    var box = byId("notice").content.cloneNode(true);
    box.querySelector("p").textContent = text;
    byId("messages").replaceChildren(box);
  }
  function clearNotice() { byId("messages").querySelectorAll("[data-notice]").forEach(function (box) { box.remove(); }); }

  function prepare(body) {
    var form = body.querySelector("form[data-save]");
    if (!form) return;
    form.saved = body.dataset.state === "invalid" || body.dataset.state === "conflict" ? null : text(form);
    form.querySelectorAll("[data-save-button]").forEach(function (button) { button.hidden = true; });
  }

  // ---- saving -----------------------------------------------------------------------------------------------------
  function save(line, chosen) {
    var form = formOf(line);
    if (!form) return;
    if (busy.has(line)) { again.add(line); return; }
    var sent = text(form);
    if (!chosen && sent === form.saved && !unsent.has(line)) return;
    busy.add(line);
    form.sent = sent;
    var timer = setTimeout(function () { show(line, "state-saving"); }, SAVING_SHOWN_AFTER);
    forms.send(form).then(function (answer) {
      busy.delete(line);
      land(line, answer, form);
    }, function () {
      busy.delete(line);
      keep(line, "");
    }).finally(function () {
      clearTimeout(timer);
      if (again.delete(line)) save(line);
    });
  }

  function show(line, template) {
    var slot = bodyOf(line) && bodyOf(line).querySelector(".line-state .save-state");
    if (slot) slot.replaceWith(byId(template).content.cloneNode(true));
  }

  // Nothing came back, or nothing that belongs to the line: the text stays on the page and is sent again.
  function keep(line, why) {
    unsent.add(line);
    show(line, "state-unsent");
    var button = bodyOf(line) && bodyOf(line).querySelector("[data-save-button]");
    if (button) button.hidden = false;
    countUnsent();
    say(why || byId("live").dataset.offline);
  }
  function countUnsent() {
    var place = byId("waiting");
    place.hidden = !unsent.size;
    place.textContent = unsent.size + " " + place.dataset.words.replace(/:$/, "");
  }
  function retry() { unsent.forEach(function (line) { save(line); }); }
  window.addEventListener("online", retry);
  setInterval(retry, RETRY_EVERY);
  window.addEventListener("beforeunload", function (event) { if (unsent.size) event.preventDefault(); });

  // ---- what came back ---------------------------------------------------------------------------------------------
  // Whether the line itself came back.
  function land(line, answer, sender) {
    var fresh = answer.page.getElementById("body-" + line), upload = answer.page.getElementById("evidence-" + line);
    if (fresh) {
      unsent.delete(line);
      countUnsent();
      clearNotice();
      ["rail", "pillar-points"].forEach(function (id) {
        var part = answer.page.getElementById(id);
        if (part && byId(id)) byId(id).replaceWith(part);
      });
      swap(line, fresh, sender);
      toast(answer.page.getElementById("toast"));
      return true;
    } else if (upload) {
      byId("evidence-" + line).replaceWith(upload);
      var summary = upload.querySelector(".error-summary, .btn-locked");
      if (summary) { summary.tabIndex = -1; summary.focus(); }
    } else if (answer.response.headers.get("HX-Retarget")) {
      byId("messages").innerHTML = answer.html;
      if (sender.hasAttribute("data-save")) keep(line, byId("messages").textContent);
    } else {
      notice(answer.response.redirected ? words.signedOut : byId("live").dataset.offline);
      if (sender.hasAttribute("data-save")) keep(line, byId("messages").textContent);
    }
    return false;
  }

  // Put the fresh line in place; what was typed while it was on its way goes into it and is saved next.
  function swap(line, fresh, sender) {
    var old = bodyOf(line), form = formOf(line), later = fresh.querySelector("form[data-save]");
    var focused = old.contains(document.activeElement) ? document.activeElement : null;
    var why = old.querySelector(".line-why"), newWhy = fresh.querySelector(".line-why");
    if (why && newWhy && why.open) newWhy.open = true;
    old.replaceWith(fresh);
    prepare(fresh);
    var dirty = form && later && !form.replaced && forms.carry(form, later, (sender === form ? form.sent : form.saved) || "");
    if (focused) forms.refocus(fresh, focused);
    var state = words[fresh.dataset.state];
    if (state) say(fresh.querySelector(".line-code").textContent + ": " + state + " " + fresh.querySelector(".line-points").textContent);
    if (dirty) save(line);
  }

  function toast(box) {
    if (!box) return;
    byId("messages").replaceChildren.apply(byId("messages"), Array.from(box.children));
    document.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { target: byId("messages") } }));
  }

  // ---- what people do ---------------------------------------------------------------------------------------------
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-save") && !form.querySelector("[data-conflict]")) save(lineOf(form));
  });

  document.addEventListener("submit", function (event) {
    var form = event.target, line = lineOf(form), button = event.submitter;
    if (!line || !bodyOf(line)) return;
    event.preventDefault();
    var address = button && button.getAttribute("formaction");
    if (form.hasAttribute("data-save") && !address) { save(line, true); return; }
    act(line, form, button, address);
  });

  // Attach, take away, put back: one request, then the line as it stands.
  function act(line, form, button, address) {
    var leaves = form.closest(".toast-line") || (form.hasAttribute("data-save") ? null : form);
    if (button) button.disabled = true;
    // The act saves no text: what was typed and not saved is still to be saved, unless the act puts other values there.
    if (form.hasAttribute("data-save")) form.sent = form.saved;
    form.replaced = Boolean(button && button.hasAttribute("data-replaces"));
    if (form.querySelector("input[type=file]")) say(words.uploading);
    forms.send(form, address).then(function (answer) {
      if (land(line, answer, form) && leaves) leaves.remove();
    }, function () {
      notice(byId("live").dataset.offline);
    }).finally(function () { if (button) button.disabled = false; });
  }

  window.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-line]").forEach(prepare);
    document.querySelectorAll("[data-by-itself]").forEach(function (hint) { hint.hidden = false; });
  });
})();
