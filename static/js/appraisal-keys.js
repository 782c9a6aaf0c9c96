// Keys of the appraisal's desk. Every page works without this file: the same links and buttons do the same.
(function () {
  "use strict";

  var FIELDS = "input:not([type=radio]):not([type=checkbox]), textarea, select";
  var form = document.querySelector("form[data-ctrl-enter]"), live = document.getElementById("live");
  var tables = document.querySelectorAll("[data-lines]"), table = tables[0];

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function say(words) { if (live && words) { live.textContent = ""; live.textContent = words; } }
  function row() { return document.activeElement.closest("[data-lines] tbody tr"); }
  function focus(element) {
    element.focus();
    if (element.matches(FIELDS) && element.select) element.select();
  }

  // What may be pressed: the last one marked, so that the open page of a file goes before the list of files.
  function press(key) {
    var marked = all('[data-key="' + key + '"]').pop() || (key === "g" && document.querySelector("form.filters [name=q]"));
    if (!marked) return false;
    if (marked.matches(FIELDS)) focus(marked); else marked.click();
    return true;
  }

  // n and p in a table of lines: the focus goes from row to row.
  function step(by) {
    var rows = all("[data-lines] tbody tr").filter(function (one) { return !one.hidden && one.querySelector("th a"); });
    var at = rows.indexOf(row()), next = rows[at < 0 ? 0 : at + by];
    if (next) next.querySelector("th a").focus();
  }

  function chosen(here, value) {
    var choice = here.querySelector("[name=decision][value=" + value + "]"), list = here.querySelector("select[name=decision]");
    if (list && list.querySelector("option[value=" + value + "]")) { list.value = value; choice = list; }
    if (!choice) return null;
    if (choice !== list) choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    return choice;
  }
  function accept() {
    var tick = row() && row().querySelector("input[name=lines]"), here = row() ? row().querySelector("form") : form;
    if (table && tick) { tick.checked = true; tick.dispatchEvent(new Event("change", { bubbles: true })); return step(1); }
    if (!here) return undefined;
    if (!chosenIn(here, "accept")) return say(here.dataset.noAccept);
    return here.requestSubmit(here.querySelector("button[value=save]"));
  }
  // In a table the fields of a form stand in the cells of its row.
  function chosenIn(here, value) { return chosen(here.closest("tr") || here, value); }
  function correct() {
    var here = row() ? row().querySelector("form") : form;
    if (!here) return;
    var way = chosenIn(here, "inputs") ? "inputs" : chosenIn(here, "points") ? "points" : "";
    var part = way && (here.closest("tr") || here).querySelector('[data-when~="' + way + '"]');
    var first = part && (part.querySelector("input:checked") || part.querySelector("input, select"));
    if (first) focus(first);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || document.querySelector("dialog[open]")) return;
    var key = event.key.toLowerCase(), typing = event.target.closest(FIELDS);
    if (key === "escape" && typing) return leave(typing);
    if (typing || event.defaultPrevented) return;
    if (key === "a") accept();
    else if (key === "c") correct();
    else if ((key === "n" || key === "p") && table) step(key === "n" ? 1 : -1);
    else if (!/^[nsegp?]$/.test(key) || !press(key)) return;
    event.preventDefault();
  });

  // Where the focus begins and where Escape leads: the decision that is chosen, else the title.
  function home() {
    var first = document.querySelector("#decision [name=decision]:checked") || document.querySelector("main h1");
    if (!first) return;
    if (first.matches("h1")) first.tabIndex = -1;
    first.focus({ preventScroll: first.matches("h1") });
  }
  function leave(field) {
    var link = field.closest("tr") && row() && row().querySelector("th a");
    field.blur();
    if (link) link.focus(); else home();
  }
  if (document.activeElement === document.body) home();

  // A row of the table has come back: what became of it is said, and the focus goes on, or to what was refused.
  document.addEventListener("htmx:afterSettle", function (event) {
    var came = document.getElementById(event.detail.target.id);
    if (!came || !came.matches("[data-lines] tbody tr")) return;
    var wrong = came.querySelector("[aria-invalid=true]");
    say(came.dataset.said || (came.querySelector(".field-error") || {}).textContent);
    if (wrong) return focus(wrong);
    came.querySelector("th a").focus();
    if (came.dataset.said && !came.querySelector("form[data-ctrl-enter]")) step(1);
  });

  // Finding a unit by name: rows that do not fit are hidden while typing, Enter goes to the first that fits.
  function folded(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase().trim(); }
  all("form[data-find]").forEach(function (finder) {
    var field = finder.querySelector("input[type=search]"), rows = all(finder.dataset.find).filter(function (one) { return one.querySelector("th a"); });
    function fitting() {
      var text = folded(field.value);
      return rows.filter(function (one) { one.hidden = folded(one.querySelector("th a").textContent).indexOf(text) < 0; return !one.hidden; });
    }
    field.addEventListener("input", fitting);
    finder.addEventListener("submit", function (event) {
      var first = field.value && fitting()[0];
      if (!first) return;
      event.preventDefault();
      if (table) { field.value = ""; fitting(); first.querySelector("th a").focus(); }
      else first.querySelector("th a").click();
    });
  });

  all("[data-needs-script]").forEach(function (one) { one.hidden = false; });
})();
