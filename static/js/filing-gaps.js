// From one missing line to the next: the button takes them in the order of the form, the rail lists them. A line that is
// jumped to gets the caret in its first field. Enter goes to the next field, past what stands between two lines.
(function () {
  "use strict";

  function lineAt(hash) { return /^#line-\d+$/.test(hash) ? document.getElementById(hash.slice(1)) : null; }
  function enter(line) {
    const field = line && line.querySelector("[aria-invalid=true], .line-inputs input:not([type=hidden]), .line-inputs select, textarea");
    if (field) field.focus();
  }
  window.addEventListener("hashchange", function () { enter(lineAt(location.hash)); });
  window.addEventListener("DOMContentLoaded", function () { enter(lineAt(location.hash)); });

  let last = null;
  document.addEventListener("focusin", function (event) { last = event.target.closest(".line") || last; });

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-next-gap]");
    if (!button) return;
    event.preventDefault();
    const gaps = Array.from(document.querySelectorAll("#rail [data-gap]"));
    const after = gaps.find(function (gap) {
      const line = lineAt(gap.hash);
      return line && (!last || last.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    const next = after || gaps[0], line = next && lineAt(next.hash);
    if (!line) { location.href = button.href; return; }
    line.scrollIntoView();
    history.replaceState(null, "", next.hash);
    enter(line);
  });

  document.addEventListener("keydown", function (event) {
    const field = event.target;
    if (event.key !== "Enter" || event.ctrlKey || event.isComposing || !field.matches(".line-inputs input")) return;
    const fields = Array.from(document.querySelectorAll(".line-inputs input")), name = field.name;
    const next = fields.slice(fields.indexOf(field)).find(function (one) { return one.name !== name; });
    if (!next) return;
    event.preventDefault();
    (fields.find(function (one) { return one.name === next.name && one.checked; }) || next).focus();
  });

  // A link of the check page leads to one field: open what it is folded into, bring it into view and take the focus there.
  // Without this the browser scrolls to the place by itself.
  function jump() {
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.closest(".line") || place.classList.contains("line")) return;
    for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const control = place.matches("input, textarea, select") ? place : place.querySelector("textarea, input, a[data-adds], a, button");
    place.scrollIntoView({ block: "center" });
    if (control) control.focus({ preventScroll: true });
  }

  // When the page is whole, not before: until then the browser itself goes to the place and takes the focus away again.
  window.addEventListener("load", jump);
  window.addEventListener("hashchange", jump);
})();
