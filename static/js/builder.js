// The builder: rows added and removed in place, the kind's part shown at once, rows of the tree moved by keys, names put
// into a formula. Every page works without this file, by buttons that ask the server.
(function () {
  "use strict";

  function told(form) {
    form.dispatchEvent(new CustomEvent("rows-changed"));
  }

  // Rows: the template holds a blank one whose number is __n__.
  function addRow(list) {
    var numbers = [].map.call(list.querySelectorAll("[data-row]"), function (row) {
      return Number(row.id.split("-").pop()) || 0;
    });
    var next = String(Math.max.apply(null, numbers.concat(-1)) + 1);
    var holder = document.createElement("div");
    holder.innerHTML = list.querySelector("template").innerHTML.replace(/__n__/g, next);
    var row = holder.firstElementChild;
    list.querySelector(".rows-list").appendChild(row);
    row.querySelector("input:not([type=hidden]), select").focus();
  }

  document.addEventListener("click", function (event) {
    var add = event.target.closest("[data-add]");
    var drop = event.target.closest("[data-drop]");
    var name = event.target.closest("[data-insert]");
    if (add) {
      event.preventDefault();
      addRow(add.closest("[data-rows]"));
    } else if (drop) {
      event.preventDefault();
      var list = drop.closest("[data-rows]");
      drop.closest("[data-row]").remove();
      list.querySelector("[data-add]").focus();
      told(list.closest("form"));
    } else if (name) {
      var box = document.getElementById("id_rule-expression");
      box.setRangeText(name.dataset.insert, box.selectionStart, box.selectionEnd, "end");
      box.focus();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  // Another way of scoring: its parameters come at once.
  document.addEventListener("change", function (event) {
    if (event.target.id !== "id_kind") return;
    var button = document.querySelector("[data-kind]");
    if (button) button.form.requestSubmit(button);
  });

  // Of a new preview only its sentence is spoken, and only when it says something else.
  document.addEventListener("htmx:afterSwap", function (event) {
    var said = event.detail.target.id === "preview" && event.detail.target.querySelector("[data-said]");
    var live = document.getElementById("live");
    if (said && live.textContent !== said.textContent) live.textContent = said.textContent;
  });

  // The tree: Alt and an arrow on a row presses its button; after the move the focus is on that row again.
  var STEPS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };
  document.addEventListener("keydown", function (event) {
    var row = event.altKey && event.target.closest(".tree-row");
    var step = row && row.querySelector('[data-step="' + STEPS[event.key] + '"]');
    if (!step) return;
    event.preventDefault();
    if (!step.disabled) step.click();
  });

  function hideButtons() {
    document.querySelectorAll("[data-kind], [data-preview]").forEach(function (button) { button.hidden = true; });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", hideButtons);
  else hideButtons();

  // After the browser's own jump to the place in the address, which would take the focus away again.
  window.addEventListener("load", function () {
    var place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    var first = place.matches(".tree-row") ? place.querySelector("a, button:not(:disabled)") : place;
    if (first) setTimeout(function () { first.focus(); });
  });
})();
