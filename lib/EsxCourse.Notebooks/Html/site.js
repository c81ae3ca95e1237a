// Search and the choice of dark or light, for every page of a site. No network: the index is a script, since a page that was opened
// from a file may not fetch one.
(function () {
  const here = document.currentScript, root = here.dataset.root;
  const theme = document.getElementById("site-theme");
  const stored = () => { try { return localStorage.getItem("esx-theme"); } catch { return null; } };
  const show = dark => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    theme.textContent = dark ? "Light" : "Dark";
    theme.setAttribute("aria-label", dark ? "Light on dark is shown: show dark on light" : "Dark on light is shown: show light on dark");
  };
  show(stored() === "dark");
  theme.addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme !== "dark";
    show(dark);
    try { localStorage.setItem("esx-theme", dark ? "dark" : "light"); } catch { /* A page from a file may have no storage. */ }
  });

  // What scrolls sideways can be reached and scrolled by keyboard.
  const reach = () => document.querySelectorAll(".wide, table, pre").forEach(part => { if (part.scrollWidth > part.clientWidth && !part.hasAttribute("tabindex")) part.tabIndex = 0; });
  addEventListener("load", reach);
  addEventListener("resize", reach);

  const form = document.getElementById("site-search"), box = form.querySelector("input"), list = form.querySelector("ul"), status = form.querySelector("[role=status]");
  let wanted = false;
  const load = () => {
    if (wanted) return;
    wanted = true;
    const script = document.createElement("script");
    script.src = root + "assets/search.js";
    script.onload = find;
    document.head.append(script);
  };
  const words = text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(word => word);
  function find() {
    list.replaceChildren();
    const asked = words(box.value);
    if (!window.esxSearch || asked.length === 0) { status.textContent = ""; list.hidden = true; return; }
    const score = entry => {
      const title = words(entry.h), text = words(entry.x);
      let total = 0;
      for (const word of asked) {
        const inTitle = title.filter(one => one.startsWith(word)).length, inText = text.filter(one => one.startsWith(word)).length;
        if (inTitle + inText === 0) return 0;
        total += 10 * inTitle + Math.min(inText, 5);
      }
      return total;
    };
    const found = window.esxSearch.map(entry => [score(entry), entry]).filter(pair => pair[0] > 0).sort((a, b) => b[0] - a[0]);
    for (const [, entry] of found.slice(0, 12)) {
      const item = document.createElement("li"), link = document.createElement("a"), snippet = document.createElement("span");
      link.href = root + entry.u;
      link.textContent = entry.h === entry.t ? entry.t : entry.t + ": " + entry.h;
      const at = Math.max(entry.x.toLowerCase().indexOf(asked[0]) - 40, 0);
      snippet.textContent = (at > 0 ? "… " : "") + entry.x.slice(at, at + 120);
      item.append(link, snippet);
      list.append(item);
    }
    list.hidden = found.length === 0;
    status.textContent = found.length === 0 ? "Nothing found" : found.length === 1 ? "1 place" : found.length + " places";
  }
  box.addEventListener("focus", load);
  box.addEventListener("input", () => { load(); find(); });
  form.addEventListener("submit", event => { event.preventDefault(); list.querySelector("a")?.click(); });
  form.addEventListener("keydown", event => { if (event.key === "Escape") { box.value = ""; find(); box.blur(); } });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
  });
})();
