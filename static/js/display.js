// Text size and contrast, kept on this machine. In the head and blocking, so that nothing jumps after it is drawn.
(function () {
  "use strict";
  var root = document.documentElement;
  function kept(name) { try { return localStorage.getItem(name) || ""; } catch (error) { return ""; } }
  function keep(name, value) { try { localStorage.setItem(name, value); } catch (error) { /* private mode: for this page only */ } }
  function apply(text, contrast) {
    root.classList.toggle("text-small", text === "small");
    root.classList.toggle("text-large", text === "large");
    root.classList.toggle("high-contrast", contrast === "high");
  }
  function mark() {
    document.querySelectorAll("[data-display]").forEach(function (group) { group.hidden = false; });
    document.querySelectorAll("[data-text]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.text === kept("text")));
    });
    document.querySelectorAll("[data-contrast]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(kept("contrast") === "high"));
    });
  }
  apply(kept("text"), kept("contrast"));
  document.addEventListener("DOMContentLoaded", mark);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-text], [data-contrast]");
    if (!button) return;
    if ("text" in button.dataset) keep("text", button.dataset.text);
    else keep("contrast", kept("contrast") === "high" ? "" : "high");
    apply(kept("text"), kept("contrast"));
    mark();
  });
})();
