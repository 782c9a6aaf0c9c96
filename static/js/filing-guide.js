// The side column follows the line that is worked on: rule, evidence wanted, last year. Without this file, and on narrow
// screens, the same stands in a fold under each line.
(function () {
  "use strict";

  var wide = window.matchMedia("(min-width: 1200px)");
  var side = document.getElementById("guide"), active = null;

  function open(line) {
    if (!line || line === active) return;
    if (active) active.classList.remove("line-active");
    active = line;
    line.classList.add("line-active");
    var guide = line.querySelector(".guide-body");
    if (!side || !guide) return;
    var code = document.createElement("p"), title = document.createElement("h2");
    code.className = "guide-code";
    code.textContent = line.querySelector(".line-code").textContent;
    title.className = "guide-title";
    title.textContent = line.querySelector(".line-title").textContent;
    side.querySelector("[data-guide-here]").replaceChildren(code, title, guide.cloneNode(true));
    side.scrollTop = 0;
  }

  document.addEventListener("focusin", function (event) { open(event.target.closest(".line")); });
  document.addEventListener("click", function (event) { open(event.target.closest(".line")); });

  // Ctrl+Enter goes to the guide of the line and back to the field.
  var field = null;
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    var line = document.activeElement.closest(".line");
    var inGuide = side.contains(document.activeElement) || document.activeElement.matches(".line-guide > summary");
    if (inGuide && field && field.isConnected) { field.focus(); event.preventDefault(); return; }
    if (!line) return;
    event.preventDefault();
    field = document.activeElement;
    if (wide.matches) { side.focus(); return; }
    var fold = line.querySelector(".line-guide");
    fold.open = true;
    fold.querySelector("summary").focus();
  });

  window.addEventListener("DOMContentLoaded", function () {
    document.body.classList.add("with-guide");
    var wanted = location.hash.indexOf("#line-") === 0 && document.getElementById(location.hash.slice(1));
    open(wanted || document.querySelector(".line"));
  });
})();
