// Keys and size of the document viewer: arrows turn pages, + and − zoom, 0 fits. Without it the links do.
(function () {
  "use strict";

  var viewer = document.querySelector("[data-viewer]"), sizes = ["fit", "150", "200", "300"];
  if (!viewer) return;
  var image = viewer.querySelector("img"), KEPT = "viewer-zoom";

  function show(index) {
    index = Math.max(0, Math.min(sizes.length - 1, index));
    viewer.dataset.zoom = sizes[index];
    if (index > 0 && image.dataset.large) { image.src = image.dataset.large; delete image.dataset.large; }
    viewer.querySelector("[data-zoom-by='-1']").disabled = index === 0;
    viewer.querySelector("[data-zoom-by='1']").disabled = index === sizes.length - 1;
    try { sessionStorage.setItem(KEPT, sizes[index]); } catch (full) { /* the size is only not kept */ }
  }
  function by(steps) { show(sizes.indexOf(viewer.dataset.zoom) + steps); }
  function turn(rel) {
    var link = viewer.querySelector("a[rel=" + rel + "]");
    if (link) link.click();
  }

  viewer.querySelectorAll("[data-zooms]").forEach(function (part) { part.hidden = false; });
  viewer.addEventListener("click", function (event) {
    var button = event.target.closest("[data-zoom-by]");
    if (button) by(Number(button.dataset.zoomBy));
  });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
    var page = viewer.querySelector(".viewer-page"), isWide = page.scrollWidth > page.clientWidth;
    if (event.key === "ArrowRight" && !isWide) turn("next");
    else if (event.key === "ArrowLeft" && !isWide) turn("prev");
    else if (event.key === "+" || event.key === "=") by(1);
    else if (event.key === "-") by(-1);
    else if (event.key === "0") show(0);
    else return;
    event.preventDefault();
  });
  var kept = null;
  try { kept = sessionStorage.getItem(KEPT); } catch (shut) { /* a browser without storage begins with the whole page */ }
  show(Math.max(0, sizes.indexOf(kept)));
})();
