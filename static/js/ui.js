// Small behaviours of the shared components. Every page works without this file.
(function () {
  "use strict";

  // Menus (<details data-menu>): one open at a time; Escape and a click outside close.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Show password: a button with data-reveal="id of the field", data-on, data-off (its two words).
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-reveal]");
    if (!button) return;
    var input = document.getElementById(button.dataset.reveal);
    var shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? button.dataset.off : button.dataset.on;
  });

  // Dialogs: data-opens="id of a <dialog>"; data-closes inside it.
  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    var closer = event.target.closest("[data-closes]");
    if (closer) closer.closest("dialog").close();
  });

  // Toasts leave after 10 s; hover and focus pause them.
  function arm(toast) {
    var timer, close = toast.querySelector("[data-dismiss]");
    function start() { timer = setTimeout(function () { toast.remove(); }, 10000); }
    function stop() { clearTimeout(timer); }
    if (close) { close.hidden = false; close.addEventListener("click", function () { toast.remove(); }); }
    toast.addEventListener("mouseenter", stop);
    toast.addEventListener("mouseleave", start);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("focusout", start);
    start();
  }

  // After the page and after each htmx swap: unhide what needs scripts, arm toasts, focus the error summary.
  function prepare(root) {
    root.querySelectorAll("[data-reveal][hidden]").forEach(function (button) { button.hidden = false; });
    root.querySelectorAll("[data-toast]:not([data-armed])").forEach(function (toast) {
      toast.setAttribute("data-armed", "");
      arm(toast);
    });
    var summary = root.querySelector("[data-takes-focus]");
    if (summary) summary.focus();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  else prepare(document);
  document.addEventListener("htmx:afterSwap", function (event) { prepare(event.detail.target); });

  // A request that got no answer at all is said in words, not only in the console.
  document.addEventListener("htmx:sendError", function () {
    var live = document.getElementById("live");
    if (live && live.dataset.offline) live.textContent = live.dataset.offline;
  });
})();
