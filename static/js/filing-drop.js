// Many files at once: dropped on a line or chosen in its form, each with its own progress and its own sentence at the end.
(function () {
  "use strict";

  var upload = window.filingUpload, queue = [], running = false;

  function words() { return document.getElementById("upload-words").dataset; }
  function say(text) { document.getElementById("live").textContent = text; }
  function placeOf(element) { return element.closest(".line, [data-drop]"); }

  // ---- what people do ---------------------------------------------------------------------------------------------
  document.addEventListener("dragover", function (event) {
    var place = placeOf(event.target);
    if (!place || !takes(place) || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    document.querySelectorAll(".drop-here").forEach(function (other) { if (other !== place) other.classList.remove("drop-here"); });
    place.classList.add("drop-here");
  });
  document.addEventListener("dragleave", function (event) {
    var place = event.target.closest && placeOf(event.target);
    if (place && !place.contains(event.relatedTarget)) place.classList.remove("drop-here");
  });
  document.addEventListener("drop", function (event) {
    var place = placeOf(event.target);
    if (!place || !takes(place) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    place.classList.remove("drop-here");
    var body = place.querySelector("[data-line]");
    take(event.dataTransfer.files, words().begin, body ? [["lines", body.dataset.line]] : [], place);
  });
  // A file dropped beside a line must not replace the page.
  ["dragover", "drop"].forEach(function (name) {
    window.addEventListener(name, function (event) { if (event.dataTransfer && event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  });

  // Before filing.js, which sends forms as they are.
  document.addEventListener("submit", function (event) {
    var form = event.target, input = form.matches(".evidence-form") && form.querySelector("input[type=file]");
    if (!upload.works || !input || !input.files.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    var ends = [];
    new FormData(form).forEach(function (value, name) {
      if (/^(lines|replaces)$/.test(name) || name === "title" && input.files.length === 1) ends.push([name, value]);
    });
    if (form.dataset.answer) ends.push(["lines", form.dataset.answer]);
    var line = form.closest(".line");
    take(input.files, words().begin, ends, line || form);
    if (line) { form.remove(); line.querySelector("a[data-adds]").focus(); } else form.reset();
  }, true);

  window.addEventListener("beforeunload", function (event) { if (running) event.preventDefault(); });

  // A line that may be added to, or the library's form.
  function takes(place) { return upload.works && (place.hasAttribute("data-drop") || place.querySelector("a[data-adds]")); }

  // ---- the queue: one file at a time, so that a slow line finishes one before it begins the next -------------------
  function take(files, begin, ends, place) {
    Array.from(files).forEach(function (file) { queue.push(row(file, begin, ends, place)); });
    run();
  }

  async function run() {
    if (running) return;
    running = true;
    var went = [];
    while (queue.length) went.push(await one(queue.shift()));
    running = false;
    var after = document.querySelector("[data-after-upload]");
    if (after && went.length && went.every(Boolean)) location.href = after.dataset.afterUpload || location.href;
  }

  function row(file, begin, ends, place) {
    var list = place.querySelector(":scope > .uploads") || place.nextElementSibling;
    if (!list || !list.matches(".uploads")) {
      list = document.createElement("ul");
      list.className = "uploads";
      if (place.matches("form")) place.after(list); else place.append(list);
    }
    var item = document.getElementById("upload-row").content.cloneNode(true).querySelector("li");
    item.querySelector(".upload-name").textContent = file.name;
    item.querySelector("progress").setAttribute("aria-label", file.name);
    list.append(item);
    var job = { file: file, begin: begin, ends: ends, place: place, item: item, stopped: false };
    job.said = function (text) { item.querySelector(".upload-said").textContent = text; };
    job.progress = function (share) { item.querySelector("progress").value = share * 100; job.said(Math.round(share * 100) + " %"); };
    job.offline = function () { job.said(words().offline); };
    job.said(words().queued);
    item.querySelector("button").addEventListener("click", function () { press(job); });
    return job;
  }

  // The one button: stop while it is on its way, afterwards put the sentence away.
  function press(job) {
    if (job.over) { job.item.remove(); return; }
    job.stopped = true;
    if (queue.includes(job)) { queue.splice(queue.indexOf(job), 1); end(job, "", words().stopped); }
    if (job.url) upload.giveUp(job.url);
  }

  function end(job, state, text) {
    job.over = true;
    job.item.classList.add("upload-" + (state || "stopped"));
    job.item.querySelector("progress").remove();
    job.item.querySelector("button span").textContent = words().dismiss;
    job.said(text);
    say(job.file.name + ": " + text);
  }

  async function one(job) {
    try {
      job.said(words().reading);
      var told = await upload.send(job.file, job.begin, job.ends, job);
      end(job, "done", told.message);
      await Promise.all(told.lines.map(refresh));
      return true;
    } catch (fault) {
      var text = job.stopped ? words().stopped : fault.status === 403 && !fault.message ? words().signedOut : fault.status ? fault.message : words().unreadable;
      end(job, job.stopped ? "" : "refused", text);
      return false;
    }
  }

  // The line as it stands now, where it is on this page.
  function refresh(line) {
    var body = document.getElementById("body-" + line);
    if (!body || !window.filingLines) return null;
    return fetch(words().now.replace("0", line), { headers: { "HX-Request": "true" }, credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (html) {
        window.filingLines.land(String(line), { response: answer, html: html, page: new DOMParser().parseFromString(html, "text/html") }, body);
      });
    }).catch(function () {});
  }
})();
