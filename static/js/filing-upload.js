// Sends one file in pieces and goes on where a bad line broke off, also with the same file after the tab was closed.
// scoring/filing/uploads.py is the other end. Without this file the form's ordinary upload does the work.
(function () {
  "use strict";

  var PAUSES = [1, 2, 4, 8, 15];  // seconds before each further try; the last one is repeated

  var TOO_LARGE = 64 * 1024 * 1024;  // is refused by its size; nobody waits until it has been read

  function Refused(message, status) { this.message = message; this.status = status; }

  function token() {
    var input = document.querySelector("#main [name=csrfmiddlewaretoken]") || document.querySelector("[name=csrfmiddlewaretoken]");
    return input ? input.value : "";
  }

  // The JSON that came back. Throws Refused for a sentence of the server, anything else for a line that did not hold.
  async function ask(method, url, body) {
    var answer = await fetch(url, { method: method, body: body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" });
    if (answer.redirected || answer.status === 403 && !/json/.test(answer.headers.get("Content-Type"))) throw new Refused("", 403);
    if (answer.status >= 500) throw new Error("the server is away");
    var told = answer.status === 204 ? {} : await answer.json();
    if (!answer.ok) throw new Refused(told.message, answer.status);
    return told;
  }

  function pause(seconds) {
    return new Promise(function (go) {
      function end() { clearTimeout(timer); window.removeEventListener("online", end); go(); }
      var timer = setTimeout(end, seconds * 1000);
      window.addEventListener("online", end);
    });
  }

  // Again and again while nothing comes back; a refusal ends it.
  async function stubborn(what, tell) {
    for (var tries = 0; ; tries++) {
      if (tell.stopped) throw new Refused("", 0);
      try { return await what(); } catch (fault) {
        if (fault instanceof Refused) throw fault;
        tell.offline();
        await pause(PAUSES[Math.min(tries, PAUSES.length - 1)]);
      }
    }
  }

  function fields(pairs) {
    var data = new FormData();
    pairs.forEach(function (pair) { data.append(pair[0], pair[1]); });
    return data;
  }

  async function digest(file) {
    var bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    return Array.from(bytes, function (one) { return one.toString(16).padStart(2, "0"); }).join("");
  }

  // `ends` are the fields of the last request (title, lines, replaces); `tell` has progress(share), offline(), stopped.
  async function send(file, begin, ends, tell) {
    var about = [["name", file.name], ["size", file.size], ["sha256", file.size && file.size < TOO_LARGE ? await digest(file) : "0".repeat(64)]];
    var state = await stubborn(function () { return ask("POST", begin, fields(about)); }, tell);
    tell.url = state.url;
    while (state.received < state.size) {
      tell.progress(state.received / state.size);
      state = await piece(file, state, tell);
    }
    tell.progress(1);
    return stubborn(function () { return ask("POST", state.finish, fields(ends)); }, tell);
  }

  // One piece, or where the next one begins: after a broken line and after 409 the server knows.
  async function piece(file, state, tell) {
    if (tell.stopped) throw new Refused("", 0);
    var bytes = file.slice(state.received, Math.min(state.received + state.piece, state.size));
    try {
      return await ask("PUT", state.url + "?offset=" + state.received, bytes);
    } catch (fault) {
      if (fault instanceof Refused && fault.status !== 409) throw fault;
      if (!(fault instanceof Refused)) { tell.offline(); await pause(PAUSES[0]); }
      var known = await stubborn(function () { return ask("GET", state.url); }, tell);
      if (fault instanceof Refused && known.received === state.received) throw fault;  // 409 for another reason: the form is closed
      return known;
    }
  }

  window.filingUpload = {
    works: Boolean(window.crypto && crypto.subtle && window.fetch),  // a page over plain http has no crypto.subtle
    send: send,
    giveUp: function (url) { return ask("DELETE", url).catch(function () {}); },
  };
})();
