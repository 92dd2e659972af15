(function () {
  "use strict";
  var form = document.getElementById("filters"), data = null;
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-f]"));
  var groups = Array.prototype.slice.call(document.querySelectorAll(".group")).reverse();
  var facets = ["site", "class", "severity", "verdict"];
  var texts = rows.map(function () { return null; });
  function textOf(i) {
    if (texts[i] === null) { texts[i] = rows[i].textContent.toLowerCase(); }
    return texts[i];
  }
  function apply() {
    var words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    var wanted = facets.map(function (f) { return form.elements[f].value; });
    var active = words.length > 0 || wanted.some(Boolean);
    rows.forEach(function (row, i) {
      var on = facets.every(function (f, k) {
        var value = row.getAttribute("data-" + f);
        return !wanted[k] || value === wanted[k] || (f === "severity" && value === "");
      }) && words.every(function (w) { return textOf(i).indexOf(w) >= 0; });
      row.classList.toggle("off", !on);
      if (on) { shown += 1; }
    });
    groups.forEach(function (g) {
      g.classList.toggle("off", active && !g.querySelector("[data-f]:not(.off)"));
    });
    var out = form.querySelector("output");
    out.textContent = active ? out.getAttribute("data-words").replace("%a", shown).replace("%b", rows.length) : "";
  }
  function add(parent, name, text, kind) {
    var node = document.createElement(name);
    if (kind) { node.className = kind; }
    if (text !== undefined) { node.textContent = text; }
    parent.appendChild(node);
    return node;
  }
  function unfold(box) {
    var body = box.querySelector("tbody");
    if (body.firstChild) { return; }
    data = data || JSON.parse(document.getElementById("data").textContent);
    data.assets[Number(box.getAttribute("data-asset"))].forEach(function (row) {
      var s = row.map(function (i) { return data.strings[i]; }), tr = add(body, "tr"), first = add(tr, "td", s[0]), proof;
      add(first, "br");
      add(first, "code", s[1]);
      s.slice(2, 6).forEach(function (text) { add(tr, "td", text); });
      proof = add(add(tr, "td"), "div", undefined, "proof");
      add(proof, "span", s[6], "cmd");
      if (s[7]) { add(proof, "pre", s[7]); add(proof, "span", s[8], "when"); }
    });
  }
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  document.querySelectorAll("details.plain").forEach(function (box) {
    box.addEventListener("toggle", function () { if (box.open) { unfold(box); } });
    if (box.open) { unfold(box); }
  });
  var timer = 0;
  form.hidden = false;
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  window.addEventListener("hashchange", reveal);
  reveal();
})();
