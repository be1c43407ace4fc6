"use strict";
// The menu is open where there is room for it; the search reads `index.js`, so that it works from the disk.
const menu = document.querySelector(".pages details");
const wide = matchMedia("(min-width:60rem)");
const place = () => { menu.open = wide.matches; };
wide.addEventListener("change", place);
place();

const fold = (text) => text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").replace(/’/g, "'")
  .normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const stem = (word) => (word.length > 4 ? word.replace(/(s|x)$/, "") : word);
const sections = SECTIONS.map(([address, page, title, text]) => (
  { address, page, title, text, head: fold(`${page} ${title}`), all: fold(`${page} ${title} ${text}`) }));

const form = document.querySelector("form");
const shown = document.querySelector(".trouvailles");
const told = document.getElementById("trouve");
const list = shown.querySelector("ol");
const MOST = 12;

const found = (words) => sections
  .filter((section) => words.every((word) => section.all.includes(word)))
  .map((section) => [words.filter((word) => section.head.includes(word)).length, section])
  .sort((a, b) => b[0] - a[0]);

const excerpt = (text, word) => {
  // Folding œ or æ lengthens a text: the place is near enough for an excerpt.
  const start = Math.max(0, fold(text).indexOf(word) - 60);
  const cut = text.slice(start, start + 160).trim();
  return `${start ? "… " : ""}${cut}${start + 160 < text.length ? " …" : ""}`;
};

const line = (section, word) => {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const said = document.createElement("span");
  link.href = section.address;
  link.textContent = section.title === section.page ? section.page : `${section.page} – ${section.title}`;
  said.textContent = excerpt(section.text, word);
  item.append(link, said);
  return item;
};

const search = () => {
  const words = fold(document.getElementById("mots").value).split(/[\s'«».,;:!?]+/).filter(Boolean).map(stem);
  const results = words.length ? found(words) : [];
  shown.hidden = !words.length;
  told.textContent = !results.length ? "Rien ne contient tous ces mots."
    : results.length === 1 ? "1 passage trouvé"
      : `${results.length} passages trouvés${results.length > MOST ? `, les ${MOST} premiers :` : ""}`;
  list.replaceChildren(...results.slice(0, MOST).map(([, section]) => line(section, words[0])));
};

form.hidden = false;
form.addEventListener("input", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.focus();
});
list.addEventListener("click", () => { shown.hidden = true; });
