/** What the page does: it searches, filters by action, folds, and follows links to a change. It reads nothing from elsewhere. */
export const pageScript = `
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const search = byId("search");
  const cards = all("details.card").map((card) => ({ card, action: card.dataset.action, text: card.textContent.toLowerCase() }));
  const chips = all("button[data-action]");
  const shows = (action) => chips.every((chip) => chip.dataset.action !== action || chip.getAttribute("aria-pressed") === "true");
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    let count = 0;
    for (const { card, action, text } of cards) {
      card.hidden = !(shows(action) && words.every((word) => text.includes(word)));
      if (!card.hidden) count += 1;
    }
    byId("count").textContent = count + " of " + cards.length + " shown";
  };
  const press = (chip, pressed) => chip.setAttribute("aria-pressed", String(pressed));
  const fold = (open) => { for (const { card } of cards) if (!card.hidden) card.open = open; };
  const follow = () => {
    const card = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!card || !card.matches("details.card")) return;
    if (card.hidden) {
      search.value = "";
      for (const chip of chips) if (chip.dataset.action === card.dataset.action) press(chip, true);
      filter();
    }
    card.open = true;
    card.querySelector("summary").focus();
    card.scrollIntoView({ block: "center" });
  };
  for (const tools of all(".tools, .scripted")) tools.hidden = false;
  search.addEventListener("input", filter);
  for (const chip of chips) {
    chip.addEventListener("click", () => { press(chip, chip.getAttribute("aria-pressed") !== "true"); filter(); });
  }
  byId("unfold").addEventListener("click", () => fold(true));
  byId("fold").addEventListener("click", () => fold(false));
  const zoom = byId("zoom");
  if (zoom) zoom.addEventListener("click", () => press(zoom, byId("canvas").classList.toggle("whole")));
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
    if (event.key === "Escape" && document.activeElement === search) { search.value = ""; filter(); }
  });
  filter();
  follow();
})();
`;
