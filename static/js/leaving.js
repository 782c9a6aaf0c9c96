// Signing out takes what this browser keeps of the person with it: copies of pages, and answers that were never sent, after a
// warning. Copies of somebody else's pages go as soon as another person is signed in.
(function () {
  "use strict";

  const person = document.body.dataset.person, PAGES = "filing-pages-";

  async function deleteCopies(which) {
    if (!("caches" in window)) return;
    for (const name of await caches.keys()) if (name.startsWith(PAGES) && which(name)) await caches.delete(name);
  }
  // The worker may be about to keep a page that was just opened: it ends that first, and answers when nothing is left.
  async function forgetCopies() {
    await deleteCopies(function () { return true; });
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      if (one.active) await new Promise(function (resolve) {
        const channel = new MessageChannel();
        channel.port1.onmessage = resolve;
        setTimeout(resolve, 2000);
        one.active.postMessage({ forget: true }, [channel.port2]);
      });
    }
  }
  function tolerant(work) { return work.catch(function () { /* nothing is kept where storage is denied */ }); }

  document.addEventListener("submit", async function (event) {
    const form = event.target, door = document.querySelector("form[data-signs-out]");
    if (!door || new URL(form.action).pathname !== new URL(door.action).pathname || form.dataset.cleared) return;
    event.preventDefault();
    const unsent = window.filingQueue ? await window.filingQueue.all(person) : [];
    if (unsent.length && !window.confirm(door.dataset.warning.replace("{n}", unsent.length))) return;
    document.documentElement.dataset.leaving = "yes";
    if (window.filingQueue) await window.filingQueue.forget(person);
    await tolerant(forgetCopies());
    form.dataset.cleared = "yes";
    form.submit();
  });

  tolerant(deleteCopies(function (name) { return name !== PAGES + person; }));
})();
