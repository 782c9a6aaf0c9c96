// The appraiser's keyboard and ticks. Every page works without this file: the same buttons do the same.
(function () {
  "use strict";

  // Ctrl+Enter presses the first button of the form on the page (save and next).
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    var form = document.querySelector("form[data-ctrl-enter]");
    if (!form) return;
    var button = form.querySelector("button[value=save]");
    event.preventDefault();
    form.requestSubmit(button);
  });

  // The open unit is scrolled into the middle of the queue, without moving the page.
  var queue = document.querySelector("[data-queue]");
  var current = queue && queue.querySelector("[data-current]");
  if (current) queue.scrollTop = current.offsetTop - queue.clientHeight / 2;

  // One tick for all lines of a unit that can be accepted, and how many are ticked.
  var form = document.getElementById("accept");
  var all = form && form.querySelector("[data-tick-all]");
  if (all) {
    var box = all.querySelector("input");
    var said = form.querySelector("[data-ticked]");
    var ticks = Array.prototype.slice.call(form.querySelectorAll("input[name=lines]"));
    var count = function () {
      var ticked = ticks.filter(function (tick) { return tick.checked; }).length;
      box.checked = ticked === ticks.length;
      said.textContent = ticked ? said.dataset.words + " " + ticked + "/" + ticks.length : "";
    };
    all.hidden = false;
    box.addEventListener("change", function () { ticks.forEach(function (tick) { tick.checked = box.checked; }); count(); });
    ticks.forEach(function (tick) { tick.addEventListener("change", count); });
    count();
  }
})();
