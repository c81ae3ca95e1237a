// Plays a step view: forward, back, by itself, by mouse, touch or keyboard. No library, no network, no kernel.
//   data.kinds   [letter, name, background, ink]
//   data.grids   [title, number of cells, cells in a row, what a row is numbered by]
//   data.frames  { c: caption, g: for each grid [[cell, kind, label] ...] against the frame before, t: table as HTML }
(function (root, data) {
  "use strict";
  if (!root || root.dataset.ready) return;
  root.dataset.ready = "yes";
  const make = (name, css, text) => { const e = document.createElement(name); if (css) e.className = css; if (text !== undefined) e.textContent = text; return e; };
  const find = css => root.querySelector("." + css);

  // Every moment in full, so that going back is as quick as going forward.
  const moments = [];
  data.frames.forEach((frame, at) => moments.push(data.grids.map((grid, i) => {
    const cells = at ? moments[at - 1][i].slice() : new Array(grid[1]);
    frame.g[i].forEach(change => { cells[change[0]] = change; });
    return cells;
  })));

  const paint = (cell, kind) => { cell.textContent = data.kinds[kind][0]; cell.style.background = data.kinds[kind][2]; cell.style.color = data.kinds[kind][3]; };
  const grids = data.grids.map(([title, count, columns]) => {
    const box = make("div", "esx-grid"), cells = make("div", "esx-cells"), all = [];
    const heading = make("p", "", title);
    cells.style.gridTemplateColumns = "2.3rem repeat(" + columns + ", minmax(0, 1fr))";
    cells.setAttribute("role", "img");
    for (let i = 0; i < count; i++) {
      if (i % columns === 0) cells.append(make("span", "esx-row", String(i)));
      cells.append(all[i] = make("i", "esx-cell"));
    }
    box.append(heading, cells);
    find("esx-grids").append(box);
    return { title, cells, all };
  });
  data.kinds.forEach((kind, i) => {
    const entry = make("li"), cell = make("i", "esx-cell");
    cell.setAttribute("aria-hidden", "true");
    paint(cell, i);
    entry.append(cell, make("span", "", kind[1]));
    find("esx-legend").append(entry);
  });

  let now = 0, playing = 0;
  const last = data.frames.length - 1, slider = find("esx-slider"), play = find("esx-play");
  function show(at) {
    now = Math.max(0, Math.min(last, at));
    const changes = [];
    grids.forEach((grid, g) => {
      const counts = data.kinds.map(() => 0);
      grid.all.forEach((cell, i) => {
        const is = moments[now][g][i], was = now ? moments[now - 1][g][i] : is;
        counts[is[1]]++;
        paint(cell, is[1]);
        cell.title = is[2];
        const changed = was[2] !== is[2];
        cell.classList.toggle("esx-changed", changed);
        cell.style.setProperty("--was", data.kinds[was[1]][2]);
        if (changed) changes.push(grid.title + ": " + was[2] + " → " + is[2].replace(/^[^:]*: /, ""));
      });
      grid.cells.setAttribute("aria-label", grid.title + ": " + counts.map((n, k) => n ? n + " " + data.kinds[k][1] : "").filter(Boolean).join(", "));
    });
    find("esx-caption").textContent = data.frames[now].c;
    const list = find("esx-changes"), most = changes.length > 4 ? 3 : 4;
    list.replaceChildren(...changes.slice(0, most).map(change => make("li", "", change)));
    if (changes.length > most) list.append(make("li", "", "and " + (changes.length - most) + " more"));
    const moment = find("esx-moment"), before = Array.from(moment.querySelectorAll("td"), cell => cell.textContent);
    moment.innerHTML = data.frames[now].t || "";
    if (now && before.length) moment.querySelectorAll("td").forEach((cell, i) => cell.classList.toggle("esx-changed", before[i] !== undefined && before[i] !== cell.textContent));
    find("esx-place").textContent = (now + 1) + " / " + (last + 1);
    slider.value = now;
    slider.setAttribute("aria-valuetext", "moment " + (now + 1) + " of " + (last + 1));
    find("esx-first").disabled = find("esx-back").disabled = now === 0;
    find("esx-next").disabled = find("esx-last").disabled = now === last;
    root.dataset.step = now;
  }
  function stop() {
    clearInterval(playing);
    playing = 0;
    play.firstElementChild.firstElementChild.setAttribute("d", "M4 2l10 6-10 6z");
    play.setAttribute("aria-label", "Play");
    find("esx-caption").setAttribute("aria-live", "polite");
  }
  function go(at) { stop(); show(at); }
  function toggle() {
    if (playing) return stop();
    if (now === last) show(0);
    find("esx-caption").setAttribute("aria-live", "off");
    play.firstElementChild.firstElementChild.setAttribute("d", "M3 2h4v12H3zM9 2h4v12H9z");
    play.setAttribute("aria-label", "Pause");
    playing = setInterval(() => { if (!root.isConnected || now === last) stop(); else show(now + 1); }, 1200);
  }
  find("esx-first").onclick = () => go(0);
  find("esx-back").onclick = () => go(now - 1);
  find("esx-next").onclick = () => go(now + 1);
  find("esx-last").onclick = () => go(last);
  play.onclick = toggle;
  slider.max = last;
  slider.oninput = () => go(Number(slider.value));
  root.addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target === slider || event.target.tagName === "SUMMARY") return;
    const onButton = event.target.tagName === "BUTTON";
    if (event.key === "ArrowRight") go(now + 1);
    else if (event.key === "ArrowLeft") go(now - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(last);
    else if (event.key === " " && !onButton) toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  stop();
  show(0);
})
