// What an act brings back is put in place: the line, the rail, the points. The field that is typed into stays as it is.
(function () {
  "use strict";

  const forms = window.filingForms;
  function byId(id) { return document.getElementById(id); }
  function bodyOf(line) { return byId("body-" + line); }
  function formOf(line) { return byId("save-" + line); }

  // The fresh line in place of the old; `sent` is what it answers, so that what was typed since stays.
  function swap(line, fresh, sent) {
    const old = bodyOf(line), form = formOf(line), later = fresh.querySelector("form[data-save]");
    if (form && later) forms.carry(form, later, sent);
    const why = old.querySelector(".line-why"), newWhy = fresh.querySelector(".line-why");
    if (why && newWhy && why.open) newWhy.open = true;
    const kept = old.contains(document.activeElement) ? document.activeElement : null;
    const twin = kept && kept.id && fresh.querySelector("#" + CSS.escape(kept.id));
    if (twin && sameWay(old, kept, fresh, twin)) { graft(old, kept, fresh, twin); return; }
    old.replaceWith(fresh);
    if (kept) refocus(fresh, kept);
  }

  // Whether the same kinds of element lead from the top down to both fields.
  function sameWay(old, kept, fresh, twin) {
    while (kept !== old && twin !== fresh && kept.tagName === twin.tagName) { kept = kept.parentElement; twin = twin.parentElement; }
    return kept === old && twin === fresh;
  }

  // Everything but the way down to the field is exchanged: the caret, and what the browser knows to undo, stay.
  function graft(old, kept, fresh, twin) {
    takeAttributes(old, fresh);
    if (old === kept) return;
    const on = holding(old, kept), its = holding(fresh, twin);
    while (old.firstChild !== on) old.firstChild.remove();
    while (on.nextSibling) on.nextSibling.remove();
    while (fresh.firstChild !== its) old.insertBefore(fresh.firstChild, on);
    while (its.nextSibling) old.append(its.nextSibling);
    graft(on, kept, its, twin);
  }
  function holding(above, field) { return Array.prototype.find.call(above.children, function (one) { return one.contains(field); }); }
  function takeAttributes(old, fresh) {
    const kept = ["open", "value", "checked"];
    for (const one of Array.from(old.attributes)) if (!fresh.hasAttribute(one.name) && !kept.includes(one.name)) old.removeAttribute(one.name);
    for (const one of Array.from(fresh.attributes)) if (!kept.includes(one.name)) old.setAttribute(one.name, one.value);
  }

  function refocus(body, was) {
    const selector = was.id ? "#" + CSS.escape(was.id) : was.className ? "." + was.className.trim().split(/\s+/).map(CSS.escape).join(".") : null;
    const twin = selector && body.querySelector(selector);
    if (twin) twin.focus({ preventScroll: true });
  }

  // The rail and the points of the section, wherever they stand on this page.
  function around(page) {
    const rail = page.getElementById("rail"), here = byId("rail");
    if (rail && here) {
      const focused = here.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      rail.querySelectorAll("details").forEach(function (fold) { if (byId(fold.id)) fold.open = byId(fold.id).open; });
      const scrolled = here.scrollTop;
      here.replaceWith(rail);
      rail.scrollTop = scrolled;
      const again = focused && Array.prototype.find.call(rail.querySelectorAll("a"), function (link) { return link.getAttribute("href") === focused; });
      if (again) again.focus({ preventScroll: true });
    }
    page.querySelectorAll("[id^=pillar-points]").forEach(function (points) { if (byId(points.id)) byId(points.id).replaceWith(points); });
  }

  // Words of the page for a state that only the script knows.
  function show(line, template) {
    const slot = bodyOf(line) && bodyOf(line).querySelector(".line-state .save-state");
    if (slot && slot.dataset.shows !== template) {
      slot.replaceWith(byId(template).content.cloneNode(true));
      bodyOf(line).querySelector(".line-state .save-state").dataset.shows = template;
    }
  }
  function notice(text, link) {
    const box = byId("notice").content.cloneNode(true), place = box.querySelector("a");
    box.querySelector("span").textContent = text;
    if (link) { place.href = link.url; place.textContent = link.text; } else place.remove();
    byId("messages").replaceChildren(box);
  }
  function clearNotice() { byId("messages").querySelectorAll("[data-notice]").forEach(function (box) { box.remove(); }); }
  function toast(box) {
    if (!box) return;
    byId("messages").replaceChildren.apply(byId("messages"), Array.from(box.children));
    document.dispatchEvent(new CustomEvent("htmx:afterSwap", { detail: { target: byId("messages") } }));
  }

  window.filingRows = { bodyOf, formOf, swap, around, show, notice, clearNotice, toast };
})();
