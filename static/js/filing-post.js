// Requests of the form, and what their answers mean. Never sent under the name of somebody who did not type it.
(function () {
  "use strict";

  const PATIENCE_MS = 30000;
  const person = document.getElementById("words").dataset.person;

  // `page` is where it was typed: the answer fits that page.
  async function post(address, body, page, more) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "HX-Request": "true", "X-CSRFToken": token, "X-Typed-By": person, "HX-Current-URL": page };
    const response = await fetch(address, Object.assign({ method: "POST", body, headers, credentials: "same-origin" }, more));
    const html = await response.text();
    return { response, html, page: new DOMParser().parseFromString(html, "text/html"), outcome: outcomeOf(response) };
  }

  // "answered" by the product, "signed-out", "other-person", "old-token" or "unreachable" (no answer of the product's own).
  function outcomeOf(response) {
    if (response.headers.get("X-Refused") === "other-person") return "other-person";
    if (response.redirected) return "signed-out";
    if (response.status === 429 || response.status >= 500) return "unreachable";
    if (response.status === 403 && !response.headers.get("HX-Retarget")) return "old-token";
    return "answered";
  }

  // Signing in again changes the token: take the page's new one, once, if the same person is there, and send again.
  async function postWithFreshToken(address, body, page, more) {
    const answer = await post(address, body, page, more);
    if (answer.outcome !== "old-token") return answer;
    const response = await fetch(location.pathname, { credentials: "same-origin" });
    if (response.redirected) return Object.assign(answer, { outcome: "signed-out" });
    const again = new DOMParser().parseFromString(await response.text(), "text/html");
    const words = again.getElementById("words"), fresh = again.querySelector("[name=csrfmiddlewaretoken]");
    if (!words || words.dataset.person !== person) return Object.assign(answer, { outcome: "other-person" });
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (input) { input.value = fresh.value; });
    if (body instanceof FormData) body.set("csrfmiddlewaretoken", fresh.value);
    return post(address, body, page, more);
  }

  window.filingPost = {
    // One line. A save outlives a click on a link (browsers allow that for 64 KB), and is given up on a dead line.
    typed: function (address, typed, page) {
      return postWithFreshToken(address, new URLSearchParams(typed), page, { keepalive: typed.length < 20000, signal: AbortSignal.timeout(PATIENCE_MS) });
    },
    form: function (form, address) { return postWithFreshToken(address || form.action, new FormData(form), location.pathname); },
  };
})();
