// A line's form, whichever line it is: what it holds, putting that back, carrying what was typed into the form that comes back.
(function () {
  "use strict";

  // What a form holds, without what the page itself puts there; with the version on request.
  function text(form, withVersion) {
    const pairs = [];
    new FormData(form).forEach(function (value, name) {
      if (!/csrf/.test(name) && (withVersion || !/-version$/.test(name))) pairs.push([name, value]);
    });
    return new URLSearchParams(pairs).toString();
  }

  function named(typed, end) {
    for (const [name, value] of new URLSearchParams(typed)) if (name.endsWith(end)) return value;
    return "";
  }
  // The same text as made for another version; a choice after a conflict is for one version only.
  function forVersion(typed, version) {
    const pairs = Array.from(new URLSearchParams(typed)).filter(function (pair) { return !pair[0].endsWith("-keep"); });
    return new URLSearchParams(pairs.map(function (pair) { return pair[0].endsWith("-version") ? [pair[0], version] : pair; })).toString();
  }

  // Put what was typed, and the version it was typed for, into the form.
  function fill(form, typed) {
    const given = new URLSearchParams(typed);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.type === "submit" || (field.type === "hidden" && !/-version$/.test(field.name))) return;
      if (field.type === "radio" || field.type === "checkbox") field.checked = given.getAll(field.name).includes(field.value);
      else if (given.has(field.name)) field.value = given.get(field.name);
    });
  }

  // Copies each field of `form` that differs from `known` (what was sent) into `later`.
  function carry(form, later, known) {
    const base = new URLSearchParams(known);
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!field.name || field.type === "hidden" || field.type === "submit") return;
      const twin = field.type === "radio"
        ? Array.prototype.find.call(later.elements, function (one) { return one.name === field.name && one.value === field.value; })
        : later.elements[field.name];
      if (!twin) return;
      const checks = field.type === "radio" || field.type === "checkbox";
      const was = checks ? base.getAll(field.name).includes(field.value) : base.get(field.name);
      if ((checks ? field.checked : field.value) === was) return;
      if (checks) twin.checked = field.checked; else twin.value = field.value;
    });
  }

  window.filingForms = {
    text, fill, carry, forVersion,
    versionOf: function (typed) { return named(typed, "-version"); },
    typedFor: function (form) { return text(form, true); },
  };
})();
