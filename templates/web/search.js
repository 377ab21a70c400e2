// Search over the exported archive. Every word must occur; Chinese words of any length are found as they stand.
(function () {
  "use strict";
  var box = document.getElementById("q"), list = document.getElementById("hits"), said = document.getElementById("said");
  var tag = document.documentElement.lang.indexOf("zh") === 0 ? ".zh" : "", rows = window.searchRows;
  var han = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff", sign = "(?:(?![" + han + "])[\\p{L}\\p{N}])";
  var run = new RegExp("[" + han + "]+|" + sign + "+(?:[.,]\\d+)*", "gu");
  // An English word without its ending, as the served search cuts it: "returning" also finds "returned".
  function stem(word) {
    var ending = /^[a-z]+$/.test(word) && !/ss$/.test(word) && /^(.{4,}?)(?:ing|ies|es|ed|s)$/.exec(word);
    return ending ? ending[1] : word;
  }
  function pattern(word) {
    if (new RegExp("^[" + han + "]").test(word)) return new RegExp(word, "u");
    word = stem(word);
    var begins = word.length >= 3 && /^\p{L}+$/u.test(word);
    return new RegExp("(?<!" + sign + ")" + word.replace(/[.]/g, "\\.") + (begins ? "" : "(?!" + sign + ")"), "u");
  }
  // A reason is kept in both languages, a line each; all else is told as it was published.
  function told(row) {
    var lines = row[3].split("\n");
    return row[0] !== "left out" ? lines.join(" ") : tag ? lines[lines.length - 1] : lines[0];
  }
  function excerpt(text, words) {
    var place = Math.min.apply(null, words.map(function (word) {
      var found = word.exec(text.toLowerCase());
      return found ? found.index : text.length;
    }));
    var start = place === text.length ? 0 : Math.max(0, place - 60), end = Math.min(text.length, start + 180);
    return (start ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
  }
  function find() {
    var words = (box.value.toLowerCase().match(run) || []).map(pattern);
    list.textContent = "";
    said.hidden = true;
    if (!words.length) return;
    var hits = rows.filter(function (row) {
      var text = (row[1] + "\n" + row[2] + "\n" + row[3]).toLowerCase();
      return words.every(function (word) { return word.test(text); });
    });
    hits.sort(function (one, other) { return one[5] < other[5] ? 1 : -1; });
    hits.slice(0, 50).forEach(function (row) {
      var item = document.createElement("article"), head = document.createElement("h3"), link = document.createElement("a");
      var note = document.createElement("p");
      item.className = "item";
      link.href = row[4] + tag + ".html" + (row[0] === "left out" ? "#left-out" : "");
      link.textContent = tag ? row[2] : row[1];
      note.className = "soft";
      note.textContent = row[5] + " · " + excerpt(told(row), words);
      head.appendChild(link);
      item.appendChild(head);
      item.appendChild(note);
      list.appendChild(item);
    });
    said.hidden = hits.length > 0;
  }
  box.form.addEventListener("submit", function (event) { event.preventDefault(); find(); });
  box.addEventListener("input", find);
  find();
})();
