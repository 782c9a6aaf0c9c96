// The opened form without the network. It governs the addresses of the agency's desk and nothing else. Always the network
// first; a copy only where no answer comes, and marked as one. Kept is what the server says may be kept (X-Keep-For), for
// that person alone: not when somebody else comes, not after signing out (leaving.js), not beyond 14 days.
"use strict";

const STATIC = "{% get_static_prefix %}";
const FILES = "filing-files", PAGES = "filing-pages-";
const KEPT_MS = 14 * 24 * 60 * 60 * 1000, PATIENCE_MS = 10000, MOST_FILES = 150;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(event.data.forget ? inTurn(forget).then(() => event.ports[0].postMessage("done")) : remember(event.data)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith(STATIC)) event.respondWith(file(event));
});

// What changes the copies of pages goes one after the other.
let turn = Promise.resolve();
function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}
async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) await caches.delete(name);
}

async function page(event) {
  const path = new URL(event.request.url).pathname, copy = await copyOf(path);
  try {
    const answer = await (copy ? Promise.race([fetch(event.request), late()]) : fetch(event.request));
    if (copy && answer.status >= 502) return copy;
    const copied = answer.clone();
    event.waitUntil(inTurn(() => keep(path, copied)));
    return answer;
  } catch (error) {
    return copy || neverOpened();
  }
}
// The browser's own words for this are no help to a clerk, and not in the clerk's language.
function neverOpened() {
  const html = `{% include "filing/_never_opened.html" %}`;
  return new Response(html, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
function late() { return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS)); }

// The copy of a page, marked with the moment it was made; none that is too old.
async function copyOf(path) {
  const kept = await caches.match(path, { ignoreVary: true, ignoreSearch: true });
  const at = Number(kept && kept.headers.get("X-Kept-At"));
  if (!kept || Date.now() - at > KEPT_MS) return null;
  const html = (await kept.text()).replace("<html", `<html data-copy-of="${at}"`);
  return new Response(html, { headers: kept.headers });
}

async function keep(path, answer) {
  const person = answer.headers.get("X-Keep-For");
  if (!answer.ok) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    if (!person) await (await caches.open(name)).delete(path);
    else if (name !== PAGES + person) await caches.delete(name);
  }
  if (!person) return;
  const headers = new Headers(answer.headers);
  ["Content-Encoding", "Content-Length", "Vary"].forEach((name) => headers.delete(name));
  headers.set("X-Kept-At", Date.now());
  const cache = await caches.open(PAGES + person);
  await cache.put(path, new Response(await answer.text(), { headers }));
  for (const one of await cache.keys()) {
    if (Date.now() - Number((await cache.match(one)).headers.get("X-Kept-At")) > KEPT_MS) await cache.delete(one);
  }
}

async function file(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) {
      const copy = answer.clone();
      event.waitUntil(caches.open(FILES).then((cache) => cache.put(event.request, copy)));
    }
    return answer;
  } catch (error) {
    const kept = await caches.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

// The first page of all was loaded before this worker was there.
async function remember(seen) {
  await inTurn(async () => { if (!(await caches.match(seen.page, { ignoreVary: true }))) await keep(seen.page, await fetch(seen.page)); });
  if ((await (await caches.open(FILES)).keys()).length > MOST_FILES) await caches.delete(FILES);
  const cache = await caches.open(FILES);
  for (const one of seen.files) {
    const url = new URL(one);
    if (url.origin === self.location.origin && url.pathname.startsWith(STATIC) && !(await cache.match(one, { ignoreVary: true }))) await cache.add(one);
  }
}
