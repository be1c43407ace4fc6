(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var one = function (selector, root) { return (root || document).querySelector(selector); };
  var fold = function (text) {
    return text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").replace(/’/g, "'").normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
  };
  var ideas = all(".toutes .idee"), form = one(".filtres"), view = one(".vue");
  if (!form || !ideas.length) { return; }
  var texts = ideas.map(function (idea) { return " " + fold(idea.textContent); });
  var shown = {};
  var dots = all("#carte .points use"), dotOf = {}, inSight = null, focusOn = null, redraw = null;
  dots.forEach(function (dot) { dotOf[dot.getAttribute("data-i")] = dot; });
  var lists = all("select", form), framed = one("#f-vue"), themes = all(".groupe > details");

  /* Filters: beginnings of words in any order, accents and case ignored; one and the same holder answers every choice about holders;
     the list and the map keep in step. */
  function inPlace(idea, place) {
    var places = idea.getAttribute("data-t");
    return place === "*" || (place === "" ? places === "" : places.split(" ").indexOf(place) >= 0);
  }
  function heldBy(idea, choices) {
    return !choices.length || idea.getAttribute("data-h").split(" ").some(function (code) {
      var holder = code.split(".");
      return choices.every(function (choice) { return holder[+choice.key] === choice.value; });
    });
  }
  /* A part is too small a group to be crossed with where its holders come from. */
  function apart(list) {
    var alone = list.selectedOptions[0] && list.selectedOptions[0].hasAttribute("data-seul");
    lists.forEach(function (other) {
      if (other === list) { return; }
      if (alone) { other.value = "*"; }
      other.disabled = !!alone;
    });
  }
  function apply() {
    var words = fold(one("#f-q").value).split(" ").filter(Boolean), place = "*", choices = [], count = 0;
    if (one("#f-t")) { apart(one("#f-t")); }
    lists.forEach(function (list) {
      var key = list.getAttribute("data-k");
      if (key === "t") { place = list.value; } else if (list.value !== "*") { choices.push({ key: key, value: list.value }); }
    });
    ideas.forEach(function (idea, i) {
      var dot = dotOf[idea.id];
      var kept = words.every(function (word) { return texts[i].indexOf(" " + word) >= 0; }) && inPlace(idea, place) && heldBy(idea, choices);
      if (dot) { dot.classList.toggle("eteint", !kept); dot.classList.toggle("trouve", kept && words.length > 0); }
      kept = kept && !(framed && framed.checked && inSight && !(dot && inSight(dot)));
      idea.hidden = !kept;
      shown[idea.id] = kept;
      count += kept ? 1 : 0;
    });
    if (redraw) { redraw(); }
    show(words.length > 0 || place !== "*" || choices.length > 0 || !!(framed && framed.checked));
    all(".groupe, .partie").forEach(function (group) { group.hidden = !one(".idee:not([hidden])", group); });
    one("#f-etat").textContent = count === 0 ? "Aucune idée ne correspond." : count === 1 ? "1 idée affichée" : count.toLocaleString("fr-FR") + " idées affichées";
  }
  /* Themes that hold what is looked for open; they close again with the search, those opened by hand apart. */
  function show(looking) {
    themes.forEach(function (theme) {
      var open = looking && !!one(".idee:not([hidden])", theme);
      if (open && !theme.open) { theme.open = true; theme.setAttribute("data-trouve", ""); }
      else if (!open && theme.hasAttribute("data-trouve")) { theme.open = false; theme.removeAttribute("data-trouve"); }
    });
  }
  var waiting;
  function later() { clearTimeout(waiting); waiting = setTimeout(apply, 120); }
  form.hidden = false;
  form.addEventListener("input", later);
  form.addEventListener("change", function (event) {
    apply();
    if (event.target.id === "f-t" && focusOn) { focusOn(event.target.value === "*"); }
  });
  form.addEventListener("reset", function () { setTimeout(function () { apply(); if (focusOn) { focusOn(true); } }, 0); });
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  apply();

  /* Folding: themes open and close; in print a folded one gives the titles of its ideas, an open one their texts. */
  var folds = one(".plis");
  function unfold(open) { themes.forEach(function (theme) { theme.open = open; theme.removeAttribute("data-trouve"); }); }
  if (folds) {
    folds.hidden = false;
    folds.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (button) { unfold(button.getAttribute("data-plis") === "oui"); }
    });
  }
  window.addEventListener("beforeprint", function () {
    all("details:not([open])").forEach(function (part) { part.setAttribute("data-plie", ""); part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    all("[data-plie]").forEach(function (part) { part.removeAttribute("data-plie"); part.open = false; });
  });

  function reveal(id) {
    var target = id && document.getElementById(id);
    if (!target) { return; }
    if (target.hidden || (target.parentElement && target.parentElement.hidden)) { form.reset(); apply(); }
    for (var part = target.closest("details"); part; part = part.parentElement.closest("details")) { part.open = true; }
    var inside = target.classList.contains("groupe") && one("details", target);
    if (inside) { inside.open = true; }
    target.scrollIntoView();
    if (target.tabIndex === -1) { target.focus({ preventScroll: true }); }
  }
  window.addEventListener("hashchange", function () { reveal(decodeURIComponent(location.hash.slice(1))); });
  if (location.hash) { reveal(decodeURIComponent(location.hash.slice(1))); }
  if (!view) { return; }

  /* The map: pan, zoom, hover, keyboard. A mark is never smaller than FINGER pixels, and a finger may land NEAR pixels off. */
  var FINGER = 4.5, NEAR = 24;
  var map = one("#carte"), bubble = one(".bulle"), panel = one(".legende .choisie"), box = map.viewBox.baseVal;
  var W = box.width, H = box.height, now = { x: 0, y: 0, w: W, h: H }, current = -1, chosen = -1, drag = null;
  var place = dots.map(function (dot) {
    var at = /translate\(([-\d.]+) ([-\d.]+)\) scale\(([-\d.]+)\)/.exec(dot.getAttribute("transform"));
    return { x: +at[1], y: +at[2], r: +at[3] };
  });
  var labels = all(".numeros g", map).map(function (g) { return { g: g, at: g.getAttribute("transform") }; });
  one(".outils").hidden = false;
  one(".aide").hidden = false;
  view.classList.add("vive");
  map.setAttribute("role", "application");
  map.setAttribute("tabindex", "0");
  map.setAttribute("aria-roledescription", "carte");

  function draw() {
    now.w = Math.min(W, Math.max(W / 12, now.w)); now.h = now.w * H / W;
    now.x = Math.min(W - now.w, Math.max(0, now.x)); now.y = Math.min(H - now.h, Math.max(0, now.y));
    map.setAttribute("viewBox", [now.x, now.y, now.w, now.h].join(" "));
    var k = Math.sqrt(now.w / W), least = map.clientWidth ? FINGER * now.w / map.clientWidth : 0;
    dots.forEach(function (dot, i) {
      var lit = dot.classList.contains("trouve") ? 1.5 : 1;
      dot.setAttribute("transform", "translate(" + place[i].x + " " + place[i].y + ") scale(" + Math.max(place[i].r * k, least) * lit + ")");
    });
    one(".numeros", map).classList.toggle("pres", now.w < W * .6);
    labels.forEach(function (label) { label.g.setAttribute("transform", label.at + " scale(" + now.w / W + ")"); });
    if (framed && framed.checked) { later(); }
  }
  redraw = function () { var framing = framed && framed.checked; if (!framing) { draw(); } };
  window.addEventListener("resize", draw);
  draw();
  inSight = function (dot) {
    var p = place[dots.indexOf(dot)];
    return p.x >= now.x && p.x <= now.x + now.w && p.y >= now.y && p.y <= now.y + now.h;
  };
  /* Choosing a family, a theme or a part brings the map on its ideas. */
  focusOn = function (whole) {
    var kept = place.filter(function (p, i) { return !dots[i].classList.contains("eteint"); });
    if (whole || !kept.length) { now = { x: 0, y: 0, w: W, h: H }; draw(); return; }
    var xs = kept.map(function (p) { return p.x; }), ys = kept.map(function (p) { return p.y; });
    var left = Math.min.apply(null, xs) - 40, right = Math.max.apply(null, xs) + 40, top = Math.min.apply(null, ys) - 40, bottom = Math.max.apply(null, ys) + 40;
    var w = Math.max(right - left, (bottom - top) * W / H);
    now = { x: (left + right - w) / 2, y: (top + bottom - w * H / W) / 2, w: w, h: w * H / W };
    draw();
  };
  one(".toutes").addEventListener("mouseover", function (event) {
    var idea = event.target.closest(".idee"), dot = idea && dotOf[idea.id];
    all("#carte .survole").forEach(function (other) { other.classList.remove("survole"); });
    if (dot) { dot.classList.add("survole"); }
  });
  function zoom(factor, x, y) {
    var cx = x === undefined ? now.x + now.w / 2 : x, cy = y === undefined ? now.y + now.h / 2 : y;
    var w = Math.min(W, Math.max(W / 12, now.w / factor)), ratio = w / now.w;
    now = { x: cx - (cx - now.x) * ratio, y: cy - (cy - now.y) * ratio, w: w, h: w * H / W };
    draw();
  }
  function move(dx, dy) { now.x += dx * now.w / 4; now.y += dy * now.h / 4; draw(); }
  one(".outils").addEventListener("click", function (event) {
    var button = event.target.closest("button");
    if (!button) { return; }
    if (button.hasAttribute("data-o")) { now = { x: 0, y: 0, w: W, h: H }; draw(); }
    else if (button.hasAttribute("data-z")) { zoom(+button.getAttribute("data-z")); }
    else { move(+(button.getAttribute("data-x") || 0), +(button.getAttribute("data-y") || 0)); }
  });
  function point(event) {
    var seen = map.getScreenCTM();
    return { x: (event.clientX - seen.e) / seen.a, y: (event.clientY - seen.f) / seen.d };
  }
  function nearest(at, within) {
    var best = -1, distance = within * within;
    place.forEach(function (p, i) {
      if (dots[i].classList.contains("eteint")) { return; }
      var d = (p.x - at.x) * (p.x - at.x) + (p.y - at.y) * (p.y - at.y);
      if (d < distance) { distance = d; best = i; }
    });
    return best;
  }
  function title(i) { return one(".titre-idee", document.getElementById(dots[i].getAttribute("data-i"))).textContent; }
  function hover(i) {
    if (current >= 0) { dots[current].classList.remove("survole"); }
    current = i;
    bubble.hidden = i < 0;
    if (i < 0) { return; }
    dots[i].classList.add("survole");
    bubble.textContent = title(i);
    var seen = map.getScreenCTM(), frame = view.getBoundingClientRect();
    var left = (place[i].x * seen.a + seen.e - frame.left) / frame.width, top = (place[i].y * seen.d + seen.f - frame.top) / frame.height;
    bubble.style.left = left < .5 ? "calc(" + left * 100 + "% + .8rem)" : "auto";
    bubble.style.right = left < .5 ? "auto" : "calc(" + (1 - left) * 100 + "% + .8rem)";
    bubble.style.top = top < .7 ? "calc(" + top * 100 + "% + .4rem)" : "auto";
    bubble.style.bottom = top < .7 ? "auto" : "calc(" + (1 - top) * 100 + "% + .4rem)";
  }
  function choose(i) {
    if (i < 0) { return; }
    if (chosen >= 0) { dots[chosen].classList.remove("choisi"); document.getElementById(dots[chosen].getAttribute("data-i")).classList.remove("choisie-ici"); }
    chosen = i;
    dots[i].classList.add("choisi");
    var id = dots[i].getAttribute("data-i"), idea = document.getElementById(id), copy = document.createElement("div"), link = document.createElement("a"), last = document.createElement("p");
    idea.classList.add("choisie-ici");
    all("h4, h5, p", idea).forEach(function (part) {
      var twin = part.cloneNode(true);
      if (/^H/.test(part.tagName)) { var bold = document.createElement("p"); bold.dir = "auto"; bold.style.fontWeight = "600"; bold.innerHTML = part.innerHTML; twin = bold; }
      copy.appendChild(twin);
    });
    link.href = "#" + id; link.textContent = "Voir l’idée dans la liste";
    last.appendChild(link); copy.appendChild(last);
    panel.hidden = false;
    one("div", panel).replaceChildren(copy);
    panel.scrollTop = 0;
  }
  one(".fermer", panel).addEventListener("click", function () { panel.hidden = true; map.focus(); });
  map.addEventListener("pointermove", function (event) {
    if (drag) {
      var seen = map.getScreenCTM(), dx = event.clientX - drag.px, dy = event.clientY - drag.py;
      if (Math.abs(dx) + Math.abs(dy) > 4) { drag.moved = true; }
      now.x = drag.x - dx / seen.a; now.y = drag.y - dy / seen.d;
      draw(); return;
    }
    hover(nearest(point(event), 16 * now.w / W * 1.4));
  });
  map.addEventListener("pointerleave", function () { if (!drag) { hover(-1); } });
  map.addEventListener("pointerdown", function (event) {
    drag = { px: event.clientX, py: event.clientY, x: now.x, y: now.y, moved: false };
    try { map.setPointerCapture(event.pointerId); } catch (ignored) { /* a synthetic event has no pointer */ }
  });
  map.addEventListener("pointerup", function (event) {
    var still = drag && !drag.moved; drag = null;
    if (still) { var i = nearest(point(event), Math.max(24 * now.w / W * 1.4, NEAR * now.w / (map.clientWidth || W))); hover(i); choose(i); }
  });
  map.addEventListener("pointercancel", function () { drag = null; });
  map.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) { return; }
    event.preventDefault(); var at = point(event); zoom(event.deltaY < 0 ? 1.25 : .8, at.x, at.y);
  }, { passive: false });

  var AXES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function step(axis) {
    var from = current >= 0 ? current : nearest({ x: now.x + now.w / 2, y: now.y + now.h / 2 }, W), best = -1, cost = Infinity;
    if (current < 0) { return from; }
    place.forEach(function (p, i) {
      if (i === from || dots[i].classList.contains("eteint")) { return; }
      var dx = p.x - place[from].x, dy = p.y - place[from].y, along = dx * axis[0] + dy * axis[1], aside = Math.abs(dx * axis[1]) + Math.abs(dy * axis[0]);
      if (along > 0 && aside <= along * 2 && along + 2 * aside < cost) { cost = along + 2 * aside; best = i; }
    });
    return best < 0 ? from : best;
  }
  map.addEventListener("keydown", function (event) {
    var axis = AXES[event.key];
    if (axis && event.shiftKey) { move(axis[0], axis[1]); }
    else if (axis) {
      var i = step(axis);
      if (i >= 0) {
        var p = place[i];
        if (p.x < now.x || p.x > now.x + now.w || p.y < now.y || p.y > now.y + now.h) { now.x = p.x - now.w / 2; now.y = p.y - now.h / 2; draw(); }
        hover(i); say(i);
      }
    }
    else if (event.key === "Enter" || event.key === " ") { choose(current); }
    else if (event.key === "+" || event.key === "=") { zoom(1.4, current >= 0 ? place[current].x : undefined, current >= 0 ? place[current].y : undefined); }
    else if (event.key === "-") { zoom(.714); }
    else if (event.key === "Escape") { hover(-1); return; }
    else { return; }
    event.preventDefault();
  });
  map.addEventListener("blur", function () { hover(-1); });
  var voice = document.createElement("p");
  voice.className = "invisible"; voice.setAttribute("role", "status");
  view.parentElement.appendChild(voice);
  function say(i) { voice.textContent = title(i); }
})();
