// "Add a document" opens its form in the line instead of a page of its own. Sending it is the business of filing.js.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var adds = event.target.closest("a[data-adds]"), cancels = event.target.closest(".line a[data-cancels]");
    if (adds && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(adds);
    }
    if (cancels) {
      event.preventDefault();
      var section = cancels.closest(".line");
      cancels.closest("form").remove();
      section.querySelector("a[data-adds]").focus();
    }
  });

  function open(link) {
    var section = link.closest(".line"), there = section.querySelector(".evidence-form");
    if (there && there.action === link.href) { there.querySelector("input:not([type=hidden])").focus(); return; }
    if (there) there.remove();
    fetch(link.href, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).then(function (response) {
      return response.text();
    }).then(function (html) {
      var form = new DOMParser().parseFromString(html, "text/html").querySelector(".evidence-form");
      if (!form) { location.href = link.href; return; }
      section.querySelector("[data-line]").after(form);
      (form.querySelector("select, input:not([type=hidden])") || form).focus();
    }, function () { location.href = link.href; });
  }
})();
