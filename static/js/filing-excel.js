// While a workbook is sent and checked: words for who waits, and no second click. Everything works without this file.
(function () {
  "use strict";

  document.querySelectorAll("form[data-checks-file]").forEach(function (form) {
    var words = form.querySelector(".excel-waiting");
    var button = form.querySelector("button[type=submit]");
    form.addEventListener("submit", function (event) {
      if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
      button.setAttribute("aria-disabled", "true");
      words.textContent = words.dataset.words;
      if (words.dataset.long) setTimeout(function () { words.textContent = words.dataset.long; }, 15000);
    });
    // Back from the cache of the browser: the button must work again.
    window.addEventListener("pageshow", function () { button.removeAttribute("aria-disabled"); words.textContent = ""; });
  });
})();
