// The time that is left, by the server's clock: its time in the page plus what the browser's steady clock has counted since.
// A wrong date on this machine changes nothing. Where the machine has slept the steady clock stood still: ask the server.
(function () {
  "use strict";

  const NEAR_MS = 3 * 24 * 60 * 60 * 1000;
  const box = document.getElementById("countdown");
  if (!box) return;
  const language = document.documentElement.lang, words = box.dataset;
  const loaded = performance.getEntriesByType("navigation")[0];
  let base = Number(words.now) * 1000, mark = (loaded && loaded.responseStart) || 0, wall = Date.now() - performance.now() + mark;
  const copied = Number(document.documentElement.dataset.copyOf);
  if (copied) base += wall - copied;

  function now() { return base + performance.now() - mark; }
  async function askWhereSlept() {
    if (Math.abs((Date.now() - wall) - (performance.now() - mark)) < 5000) return;
    wall = Date.now() - performance.now() + mark;
    const answer = await fetch(words.clock, { credentials: "same-origin" }).then(function (one) { return one.json(); });
    base = answer.now;
    mark = performance.now();
    wall = Date.now();
  }

  function unit(number, name) { return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "long" }).format(number); }
  function inWords(left) {
    const seconds = Math.ceil(left / 1000), parts = [[Math.floor(seconds / 86400), "day"], [Math.floor(seconds / 3600) % 24, "hour"], [Math.floor(seconds / 60) % 60, "minute"], [seconds % 60, "second"]];
    const first = parts.findIndex(function (part) { return part[0]; }), shown = first === 0 && parts[0][0] >= 3 ? 1 : 2;
    return parts.slice(first, first + shown).filter(function (part) { return part[0]; }).map(function (part) { return unit(part[0], part[1]); }).join(" ");
  }

  function tick() {
    const closes = words.closes * 1000 - now(), locks = words.locks * 1000 - now();
    const text = closes > 0 ? words.left.replace("{left}", inWords(closes)) : locks > 0 ? words.late.replace("{left}", inWords(locks)) : words.over;
    box.hidden = closes > NEAR_MS;
    box.classList.toggle("countdown-soon", !box.hidden);
    const place = box.querySelector("b");
    if (place.textContent === text) return;
    if (locks <= 0) document.getElementById("live").textContent = text;
    place.textContent = text;
  }
  tick();
  setInterval(function () { tick(); askWhereSlept().catch(function () { /* no network: the count goes on as it was */ }); }, 1000);
})();
