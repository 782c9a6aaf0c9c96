// A link of the check page leads to one field: open what it is folded into, bring it into view and take the focus there.
// Without this file the browser scrolls to the place by itself.
(function () {
  "use strict";

  function jump() {
    var place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.closest(".line") || place.classList.contains("line")) return;
    for (var fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    var control = place.matches("input, textarea, select") ? place : place.querySelector("textarea, input, a[data-adds], a, button");
    place.scrollIntoView({ block: "center" });
    if (control) control.focus({ preventScroll: true });
  }

  // When the page is whole, not before: until then the browser itself goes to the place and takes the focus away again.
  window.addEventListener("load", jump);
  window.addEventListener("hashchange", jump);
})();
