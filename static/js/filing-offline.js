// The opened form without the network: the worker (filing/worker.js) keeps it; here it learns what was saved since, and a
// link to a page that was never opened says so instead of leading nowhere. Browsers that keep nothing do without.
(function () {
  "use strict";

  const words = document.getElementById("words").dataset;
  const able = "serviceWorker" in navigator && "caches" in window;

  // Whoever signs out has the copies deleted (leaving.js): none is made after that.
  function leaving() { return document.documentElement.dataset.leaving === "yes"; }

  async function start() {
    const registration = await navigator.serviceWorker.register(words.worker, { scope: words.scope });
    await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(function (one) { return one.name; });
    if (registration.active && !leaving()) registration.active.postMessage({ page: location.pathname, files: files });
  }
  if (able) window.addEventListener("load", function () { start().catch(function () { /* private mode: without the copy */ }); });

  // The kept copy of the page takes over the parts that came back.
  async function learn(event) {
    if (leaving()) return;
    const cache = await caches.open("filing-pages-" + words.person), kept = await cache.match(event.detail.page);
    if (!kept) return;
    const copy = new DOMParser().parseFromString(await kept.text(), "text/html");
    const fresh = new DOMParser().parseFromString(event.detail.html, "text/html");
    fresh.querySelectorAll("body > [id]").forEach(function (part) {
      const old = copy.getElementById(part.id);
      if (old) old.replaceWith(part);
    });
    if (!leaving()) await cache.put(event.detail.page, new Response("<!DOCTYPE html>\n" + copy.documentElement.outerHTML, { headers: kept.headers }));
  }
  let turn = Promise.resolve();
  if (able) document.addEventListener("filing:answered", function (event) {
    turn = turn.then(function () { return learn(event); }).catch(function () { /* the copy stays as it was */ });
  });

  // Where this page is itself a copy, or the network is away, ask first whether the next one was kept.
  document.addEventListener("click", async function (event) {
    const link = event.target.closest("a[href]");
    const away = document.documentElement.dataset.copyOf || !navigator.onLine;
    if (!able || !link || !away || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname === location.pathname || link.target) return;
    event.preventDefault();
    const known = await caches.match(url.pathname, { ignoreVary: true }).catch(function () { return null; });
    if (known || await answers(url.pathname)) location.href = link.href;
    else window.filingRows.notice(words.neverOpened);
  });
  function answers(path) {
    return fetch(path, { method: "HEAD", credentials: "same-origin", signal: AbortSignal.timeout(5000) }).then(function () { return true; }, function () { return false; });
  }

  // A copy gives way to the page itself when the network is back, unless somebody is typing.
  setInterval(async function () {
    if (!document.documentElement.dataset.copyOf || document.activeElement.matches("input, textarea")) return;
    if (await answers(location.pathname)) location.reload();
  }, 15000);
})();
