// How many words stand in a field that takes so many (`data-words`), while they are typed. The server counts the same
// (`core.cleaning.count_words`) and says so without this file.
(function () {
  "use strict";

  document.querySelectorAll("textarea[data-words]").forEach(function (field) {
    var said = field.parentElement.querySelector("[data-words-said]"), limit = Number(field.dataset.words);
    var count = function () {
      var n = (field.value.match(/\S+/g) || []).length, over = n > limit;
      var words = over ? said.dataset.wordsOver : said.dataset.wordsSaid;
      // A reader is told when the limit is passed, not after every word.
      said.setAttribute("aria-live", over ? "polite" : "off");
      said.textContent = words.replace("{n}", n).replace("{limit}", limit).replace("{over}", n - limit);
      said.classList.toggle("text-bad", over);
      said.hidden = false;
    };
    field.addEventListener("input", count);
    count();
  });
})();
