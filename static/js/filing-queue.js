// What was typed and is not yet with the server, kept in this browser: one record a line, by person and form. Where the
// browser keeps nothing, the same in memory for as long as the page is open.
(function () {
  "use strict";

  const KEPT_MS = 14 * 24 * 60 * 60 * 1000;
  const memory = new Map();
  const queue = window.filingQueue = { lasts: true, change, all, forget, forgetOld };

  const opened = new Promise(function (resolve) {
    const request = indexedDB.open("filing", 1);
    request.onupgradeneeded = function () { request.result.createObjectStore("unsent", { keyPath: ["person", "form", "line"] }); };
    request.onsuccess = function () { resolve(request.result); };
    request.onerror = request.onblocked = function () { resolve(null); };
  }).catch(function () { return null; }).then(function (database) {
    queue.lasts = Boolean(database);
    return database;
  });

  // One transaction over the records; what `work` gives is the answer. A full disk or a closed store: memory from then on.
  async function within(mode, work, inMemory) {
    const database = await opened;
    if (!database || !queue.lasts) return inMemory();
    try {
      const transaction = database.transaction("unsent", mode), store = transaction.objectStore("unsent");
      const ended = new Promise(function (resolve, reject) {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = function () { reject(transaction.error); };
      });
      const answer = await work(store);
      await ended;
      return answer;
    } catch (error) {
      queue.lasts = false;
      return inMemory();
    }
  }
  function got(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
  }

  // Replace one record by what `decide` makes of it: a record, null to take it away, undefined to leave it. Gives what stands there then.
  function change(key, decide) {
    return within("readwrite", async function (store) {
      const was = await got(store.get(key)), becomes = decide(was);
      if (becomes === null) store.delete(key);
      else if (becomes !== undefined) store.put(becomes);
      return becomes === undefined ? was : becomes;
    }, function () {
      const name = key.join(), was = memory.get(name), becomes = decide(was);
      if (becomes === null) memory.delete(name);
      else if (becomes !== undefined) memory.set(name, becomes);
      return becomes === undefined ? was : becomes;
    });
  }

  // The records of one person, those typed first in front.
  async function all(person) {
    const records = await within("readonly", function (store) { return got(store.getAll()); }, function () { return Array.from(memory.values()); });
    return records.filter(function (one) { return one.person === person; }).sort(function (one, other) { return one.at - other.at; });
  }

  async function forget(person) {
    for (const one of await all(person)) await change([one.person, one.form, one.line], function () { return null; });
  }

  // Whoever typed it, and never sent it: gone after 14 days.
  function forgetOld() {
    return within("readwrite", async function (store) {
      for (const one of await got(store.getAll())) if (Date.now() - one.at > KEPT_MS) store.delete([one.person, one.form, one.line]);
    }, function () {});
  }
})();
