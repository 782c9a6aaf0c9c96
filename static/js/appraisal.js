// The appraiser's keyboard and ticks. Every page works without this file: the same buttons do the same.
(function () {
  "use strict";

  // Ctrl+Enter presses the save button of the form that is being typed into, else of the first one on the page.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    var own = event.target.form, form = own && own.matches("[data-ctrl-enter]") ? own : document.querySelector("form[data-ctrl-enter]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button[value=save]"));
  });

  // A second press while the first is on its way would be refused as out of date.
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-ctrl-enter]:not([hx-post])")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
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
