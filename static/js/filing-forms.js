// A line's form, whichever line it is: what it holds, sending it, carrying what was typed into the form that comes back.
(function () {
  "use strict";

  // What a form holds, without what the page itself puts there.
  function typed(form) {
    var data = new FormData(form), pairs = [];
    data.forEach(function (value, name) { if (!/csrf|-version$/.test(name)) pairs.push([name, value]); });
    return pairs;
  }
  function text(form) { return new URLSearchParams(typed(form)).toString(); }

  function send(form, address) {
    return fetch(address || form.action, {
      method: "POST", body: new FormData(form), headers: { "HX-Request": "true" }, credentials: "same-origin",
      // A save outlives a click on a link; browsers allow that for 64 KB.
      keepalive: form.hasAttribute("data-save") && text(form).length < 20000,
    }).then(function (response) {
      return response.text().then(function (html) { return { response: response, page: new DOMParser().parseFromString(html, "text/html"), html: html }; });
    });
  }

  // Signing in again in another tab changes the token: fetch the page's new one, once, and send again.
  function sendWithFreshToken(form, address) {
    return send(form, address).then(function (answer) {
      if (answer.response.status !== 403 || answer.response.headers.get("HX-Retarget")) return answer;
      return fetch(location.href, { credentials: "same-origin" }).then(function (page) { return page.text(); }).then(function (html) {
        var fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#main [name=csrfmiddlewaretoken]");
        if (!fresh) return answer;
        document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach(function (input) { input.value = fresh.value; });
        return send(form, address);
      });
    });
  }

  // Copies each field of `form` that differs from `known` (sent or saved) into `later`; whether there was one.
  function carry(form, later, known) {
    var base = new URLSearchParams(known), dirty = false;
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.type === "hidden" || field.type === "submit") return;
      var twin = field.type === "radio"
        ? Array.prototype.find.call(later.elements, function (one) { return one.name === field.name && one.value === field.value; })
        : later.elements[field.name];
      if (!twin) return;
      var checks = field.type === "radio" || field.type === "checkbox";
      var was = checks ? base.getAll(field.name).indexOf(field.value) >= 0 : base.get(field.name);
      if ((checks ? field.checked : field.value) === was) return;
      if (checks) twin.checked = field.checked; else twin.value = field.value;
      dirty = true;
    });
    return dirty;
  }

  function refocus(body, was) {
    var selector = was.id ? "#" + CSS.escape(was.id) : was.className ? "." + was.className.trim().split(/\s+/).map(CSS.escape).join(".") : null;
    var twin = selector && body.querySelector(selector);
    if (!twin) return;
    twin.focus({ preventScroll: true });
    if (was.selectionStart !== undefined && twin.setSelectionRange && was.selectionStart !== null) twin.setSelectionRange(was.selectionStart, was.selectionEnd);
  }

  window.filingForms = { text: text, send: sendWithFreshToken, carry: carry, refocus: refocus };
})();
