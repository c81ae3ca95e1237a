// The student's page. Shows what the server says and sends what is typed; it decides nothing. Every text goes in as text, never as markup, but for
// the solution, which the server wrote and escaped.
//
// An answer lives in three places: the field, a draft in this browser, and the server. The draft is dropped only when the server has said that it has
// the same text, so a reload, a lost network or a server that was away loses nothing.
"use strict";

const main = document.getElementById("main"), bar = document.getElementById("bar"), time = document.getElementById("time"), saved = document.getElementById("saved");
const typingPause = 400, askEvery = 2000;
let paper = null;          // what the server said last
let fields = {};           // by question: { seq, text (as the server has it), value, sending, conflict, show }
let syncedAt = 0;          // when `paper.state.secondsLeft` was true, on this page's monotonic clock
let lastSaid = "";

// ---- talking to the server

class Refused extends Error {
  constructor(status, body) { super(body.problem || "The server refused."); this.status = status; this.body = body; }
}

async function ask(method, path, body, keepalive) {
  const response = await fetch(path, { method, keepalive, headers: body ? { "Content-Type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

const answersOf = () => `api/attempts/${paper.state.attempt}/answers/`;

// ---- building

function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (typeof value === "boolean") node.toggleAttribute(name, value);
    else if (value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null));
  return node;
}

function page(title, ...children) {
  const heading = make("h1", { text: title, tabindex: "-1" });
  document.title = title;
  main.replaceChildren(heading, ...children.filter(child => child !== null));
  heading.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function say(text) {
  if (text !== lastSaid) document.getElementById("said").textContent = lastSaid = text;
}

// ---- joining

function showJoin(problem) {
  bar.hidden = true;
  const input = (id, label, help, more = {}) => [
    make("label", { class: "field", for: id, text: label }),
    help ? make("p", { class: "help", id: `${id}-help`, text: help }) : null,
    make("input", { id, type: "text", required: true, autocomplete: "off", spellcheck: "false", "aria-describedby": help ? `${id}-help` : null, ...more }),
  ];
  const trouble = make("p", { class: "problem", role: "alert", text: problem || "" });
  const again = make("div", { hidden: true }, ...input("personal", "Your personal code", "It stands on the device that you joined with.", { class: "code", required: false, autocapitalize: "characters" }).filter(Boolean));
  const form = make("form", { class: "card" },
    ...input("code", "Code of the quiz", "It is on the lecturer's screen.", { class: "code", autocapitalize: "characters", maxlength: 20 }),
    ...input("login", "Login", "As your grades are kept under.", { autocapitalize: "none", maxlength: 64 }),
    ...input("name", "Name", "", { maxlength: 100, autocomplete: "name" }),
    again, trouble,
    make("div", { class: "row" }, make("button", { text: "Join" })));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const value = id => document.getElementById(id).value;
    try {
      await ask("POST", "api/join", { code: value("code"), login: value("login"), name: value("name"), personal: value("personal") || null });
      await load();
    } catch (error) {
      trouble.textContent = error.body ? error.message : "The server cannot be reached. Is this device in the room's network?";
      if (error.body && ["taken", "wrong-personal"].includes(error.body.error)) {
        again.hidden = false;
        document.getElementById("personal").focus();
      }
    }
  });
  page("Join the quiz", form);
}

// ---- before and after a paper

// Folded, so that a neighbour does not read the code by chance.
const person = () => make("div", { class: "quiet" }, make("p", { text: `You are in as ${paper.name}.` }),
  make("details", {}, make("summary", { text: "Go on with another device" }), make("p", {}, "Join there with the same login and your personal code ", make("span", { class: "personal", text: paper.personal }), ".")));

function rules() {
  const state = paper.state;
  return [
    paper.intro ? make("p", { text: paper.intro }) : null,
    state.attempts > 1 ? make("p", { text: `You may take it ${state.attempts} times.` }) : null,
  ];
}

function startButton(label) {
  const trouble = make("p", { class: "problem", role: "alert" });
  return make("div", {}, make("p", { text: "Your clock starts with the button; the server keeps it." }), trouble, make("div", { class: "row" }, make("button", {
    text: label,
    onclick: async () => {
      try {
        await ask("POST", `api/attempts/${paper.state.attempt + 1}`);
        await load();
      } catch (error) { trouble.textContent = error.message; }
    },
  })));
}

function showLobby() {
  const open = paper.state.phase === "open";
  page(paper.title, ...rules(), open ? startButton("Start") : make("p", { class: "notice", text: paper.state.phase === "waiting" ? "Wait here: the lecturer opens the quiz in a moment." : "This quiz is closed." }), person());
  if (open) say("The quiz is open.");
}

async function showOver() {
  const state = paper.state, answered = Object.values(paper.answers).filter(answer => answer.text).length;
  const why = state.handedIn ? "You have handed in." : state.phase === "open" ? "Your time is over." : "The quiz is closed.";
  if (state.phase === "shown") {
    const solution = make("div");
    page(paper.title, solution);
    solution.innerHTML = (await ask("GET", "api/solution")).html;
    return;
  }
  page(paper.title,
    make("p", { class: "notice", text: `${why} ${answered} of ${paper.pick} answers are saved.` }),
    state.phase === "open" && state.attempt < state.attempts ? startButton(`Start attempt ${state.attempt + 1} of ${state.attempts}`) : null,
    make("p", { text: "When the lecturer shows the solution, it appears here." }),
    person());
  say(why);
}

// ---- picking

function showPick() {
  const boxes = paper.questions.map(question => make("input", { type: "checkbox", value: question.id, checked: paper.picked.includes(question.id) }));
  const trouble = make("p", { class: "problem", role: "alert" });
  const go = make("button", { text: `Answer these ${paper.pick}` });
  const count = make("p", { role: "status" });
  const look = () => {
    const chosen = boxes.filter(box => box.checked).length;
    count.textContent = `${chosen} of ${paper.pick} picked.`;
    go.disabled = chosen !== paper.pick;
    boxes.forEach(box => { box.disabled = !box.checked && chosen >= paper.pick; });
  };
  const form = make("form", { class: "card", onchange: look },
    make("fieldset", {}, make("legend", { text: `Pick ${paper.pick} of ${paper.questions.length} questions` }),
      ...paper.questions.map((question, at) => make("label", { class: "option" }, boxes[at], make("span", {}, withGaps(question), make("span", { class: "quiet", text: ` (${points(question)})` }))))),
    trouble, make("div", { class: "row" }, go, count));
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      await ask("PUT", `api/attempts/${paper.state.attempt}/pick`, { questions: boxes.filter(box => box.checked).map(box => box.value) });
      await load();
    } catch (error) { trouble.textContent = error.message; }
  });
  page(paper.title, paper.intro ? make("p", { text: paper.intro }) : null, form);
  look();
}

const points = question => `${question.points} ${question.points === 1 ? "point" : "points"}`;

// ---- answering

function showPaper() {
  fields = {};
  const cards = paper.questions.filter(question => paper.picked.includes(question.id)).map(questionCard);
  const empty = () => Object.values(fields).every(field => !field.value);
  const trouble = make("p", { class: "problem", role: "alert" });
  const handIn = make("button", { text: "Hand in", onclick: async () => {
    await flush();
    if (!confirm(empty() ? "Hand in without an answer?" : "Hand in now? Nothing can be changed afterwards.")) return;
    try { await ask("POST", `api/attempts/${paper.state.attempt}/hand-in`); await load(); } catch (error) { trouble.textContent = error.message; }
  } });
  const others = paper.picks ? make("button", { class: "second", text: "Pick others", onclick: async () => {
    await flush();
    if (empty()) showPick();
    else trouble.textContent = "You have written something already. Empty your answers first, then you can pick others.";
  } }) : null;
  page(paper.title, ...cards, trouble, make("div", { class: "row" }, handIn, others), person());
}

// How to answer here; the other kinds are written as everywhere.
const hints = { "single": "choose one", "multiple": "choose all that are right", "matching": "choose what belongs to each", "ordering": "move the steps into their order", "fill-in": "fill in what is missing" };

function withGaps(question) {
  let gap = 0;
  return question.type === "fill-in" ? question.ask.replaceAll("___", () => question.gaps > 1 ? `[gap ${++gap}]` : "[gap]") : question.ask;
}

function questionCard(question) {
  const known = paper.answers[question.id] || { seq: 0, text: "" };
  const field = fields[question.id] = { id: question.id, seq: known.seq, text: known.text, value: known.text, timer: 0, sending: null, show: null };
  const legend = make("legend", { text: `${paper.questions.indexOf(question) + 1}. ${withGaps(question)}` });
  const conflict = make("div", { class: "notice", role: "alert", hidden: true });
  field.conflictBox = conflict;
  const set = make("fieldset", {}, legend, make("p", { class: "help", text: `${points(question)}; ${hints[question.type] || question.form}` }), question.picture ? make("pre", { tabindex: "0", "aria-label": "Drawing", text: question.picture }) : null);
  const inputs = (shapes[question.type] || shapes["free-text"])(question, set, legend.textContent);
  const changed = () => typed(field, inputs.read());
  field.show = text => inputs.write(text);
  set.addEventListener("input", changed);
  set.addEventListener("moved", changed);
  inputs.write(known.text);
  restoreDraft(field);
  return make("form", { class: "card", "data-question": question.id, onsubmit: event => event.preventDefault() }, set, conflict);
}

// Each kind of question: builds its inputs, reads them as the text that is scored, and writes such a text back into them.
const letter = at => String.fromCharCode(97 + at);
const choice = kind => (question, set) => {
  const boxes = question.options.map((option, at) => {
    const box = make("input", { type: kind, name: question.id, value: letter(at) });
    set.append(make("label", { class: "option" }, box, make("span", { text: option })));
    return box;
  });
  return { read: () => boxes.filter(box => box.checked).map(box => box.value).join(" "), write: text => boxes.forEach(box => { box.checked = text.split(" ").includes(box.value); }) };
};
const line = (question, label, mode) => make("input", { type: "text", "aria-label": label, autocomplete: "off", spellcheck: "false", inputmode: mode, maxlength: 2000 });
const shapes = {
  "single": choice("radio"),
  "multiple": choice("checkbox"),
  "numeric": (question, set, label) => {
    const box = line(question, `Your answer to ${label}`, null);
    set.append(box);
    return { read: () => box.value, write: text => { box.value = text; } };
  },
  "fill-in": (question, set) => {
    const boxes = Array.from({ length: question.gaps }, (_, at) => line(question, `Gap ${at + 1}`, null));
    boxes.forEach((box, at) => set.append(make("label", { class: "field", text: boxes.length > 1 ? `Gap ${at + 1}` : "Gap" }, box)));
    return { read: () => boxes.some(box => box.value) ? boxes.map(box => box.value.replaceAll(";", ",")).join("; ") : "", write: text => text.split(";").forEach((part, at) => { if (boxes[at]) boxes[at].value = part.trimStart(); }) };
  },
  "matching": (question, set) => {
    const lists = question.lefts.map((left, at) => {
      const list = make("select", {}, make("option", { value: "", text: "choose …" }), ...question.options.map((right, to) => make("option", { value: letter(to), text: right })));
      set.append(make("label", { class: "field", text: `${at + 1}. ${left}` }, list));
      return list;
    });
    return { read: () => lists.map((list, at) => list.value ? `${at + 1}${list.value}` : "").filter(Boolean).join(" "),
      write: text => lists.forEach((list, at) => { list.value = (text.split(" ").find(pair => pair.startsWith(String(at + 1)) && pair.length === String(at + 1).length + 1) || "").slice(-1); }) };
  },
  "ordering": (question, set) => {
    let order = [], given = false;
    const list = make("ol", { class: "steps" }), keep = make("button", { type: "button", class: "second small", text: "Keep this order" });
    const tell = () => { given = true; set.dispatchEvent(new Event("moved")); draw(); };
    const draw = () => {
      keep.hidden = given;
      list.replaceChildren(...order.map((step, place) => make("li", {}, make("span", { text: `${place + 1}. ${question.options[step]}` }), ...[-1, 1].map(way => make("button", {
        type: "button", class: "second small", text: way < 0 ? "↑" : "↓", "aria-label": `Move ${way < 0 ? "up" : "down"}: ${question.options[step]}`, disabled: !order.hasOwnProperty(place + way),
        onclick: () => {
          [order[place], order[place + way]] = [order[place + way], order[place]];
          tell();
          const buttons = list.children[place + way].querySelectorAll("button");
          (buttons[way < 0 ? 0 : 1].disabled ? buttons[way < 0 ? 1 : 0] : buttons[way < 0 ? 0 : 1]).focus();
          say(`Now at place ${place + way + 1}.`);
        },
      })))));
    };
    keep.addEventListener("click", tell);
    set.append(list, keep);
    return { read: () => given ? order.map(letter).join(" ") : "", write: text => {
      const steps = text.split(" ").filter(Boolean).map(one => one.charCodeAt(0) - 97);
      given = steps.length === question.options.length;
      order = given ? steps : question.options.map((_, at) => at);
      draw();
    } };
  },
  "free-text": (question, set, label) => {
    const box = make("textarea", { "aria-label": `Your answer to ${label}`, maxlength: 20000, rows: 8 });
    set.append(box);
    return { read: () => box.value, write: text => { box.value = text; } };
  },
};

// ---- saving

const draftKey = field => `esx-quiz ${paper.personal} ${paper.state.attempt} ${field.id}`;

function keepDraft(field) {
  try {
    if (field.value === field.text) localStorage.removeItem(draftKey(field));
    else localStorage.setItem(draftKey(field), JSON.stringify({ base: field.seq, value: field.value }));
  } catch { /* A browser without storage still saves to the server. */ }
}

function restoreDraft(field) {
  let draft = null;
  try { draft = JSON.parse(localStorage.getItem(draftKey(field))); } catch { return; }
  if (!draft || draft.value === field.text) return keepDraft(field);
  const server = { seq: field.seq, text: field.text };
  field.value = draft.value;
  field.show(draft.value);
  if (draft.base === server.seq) setTimeout(() => send(field));
  else conflict(field, server);
}

function typed(field, value) {
  field.value = value;
  keepDraft(field);
  clearTimeout(field.timer);
  field.timer = setTimeout(() => send(field), typingPause);
  showSaved();
}

// One save at a time for each question; what is typed meanwhile follows.
async function send(field, keepalive) {
  clearTimeout(field.timer);
  if (field.sending || field.conflicting || field.value === field.text || paper.state.over) return field.sending;
  const value = field.value;
  let wait = 0;
  field.sending = (async () => {
    try {
      const answer = await ask("PUT", answersOf() + field.id, { base: field.seq, text: value }, keepalive);
      field.seq = answer.seq;
      field.text = value;
      field.failed = false;
    } catch (error) {
      if (error.status === 409 && error.body.error === "changed") conflict(field, error.body);
      else if (error.status === 410 || error.status === 401) await load();
      else { field.failed = true; wait = 1000; }
    }
  })();
  showSaved();
  await field.sending;
  field.sending = null;
  keepDraft(field);
  showSaved();
  if (field.value !== field.text && fields[field.id] === field) field.timer = setTimeout(() => send(field), wait || typingPause);
}

// Waits until what was typed is on the server, or cannot get there.
async function flush() {
  for (const field of Object.values(fields)) {
    if (field.sending) await field.sending;
    await send(field);
  }
}

function conflict(field, theirs) {
  field.conflicting = true;
  field.seq = theirs.seq;
  field.text = theirs.text;
  const settle = value => {
    field.conflicting = false;
    field.conflictBox.hidden = true;
    field.value = value;
    field.show(value);
    keepDraft(field);
    send(field);
    showSaved();
  };
  field.conflictBox.replaceChildren(
    make("p", { text: "Another device has changed this answer. There it says:" }),
    make("blockquote", { text: theirs.text || "(nothing)" }),
    make("div", { class: "row" },
      make("button", { type: "button", class: "second", text: "Take the other text", onclick: () => settle(field.text) }),
      make("button", { type: "button", class: "second", text: "Keep the text here", onclick: () => settle(field.value) })));
  field.conflictBox.hidden = false;
}

function showSaved() {
  const all = Object.values(fields);
  const trouble = all.some(field => field.failed), open = all.some(field => field.value !== field.text);
  saved.className = trouble ? "trouble" : "";
  const text = trouble ? "Not saved yet: no connection. Keep this page open." : all.some(field => field.conflicting) ? "Choose between two texts below." : open ? "Saving …" : all.some(field => field.value) ? "All saved." : "";
  if (saved.textContent !== text) saved.textContent = text;
}

// ---- the clock

function showTime() {
  if (!paper || paper.state.secondsLeft === null || paper.state.over) return;
  const left = Math.max(0, paper.state.secondsLeft - (performance.now() - syncedAt) / 1000), whole = Math.ceil(left);
  time.textContent = paper.state.phase === "closing" ? "The quiz is being closed" : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} left`;
  time.className = whole <= 30 || paper.state.phase === "closing" ? "short" : "";
  if ([300, 60, 10].includes(whole)) say(whole >= 60 ? `${whole / 60} ${whole === 60 ? "minute" : "minutes"} left.` : `${whole} seconds left.`);
  if (whole === 0) flush();
}

// ---- the loop

function show() {
  const state = paper.state;
  const working = state.attempt > 0 && !state.over && state.phase !== "shown";
  bar.hidden = !working;
  if (!working) fields = {};
  time.hidden = state.secondsLeft === null;
  if (state.attempt === 0 && state.phase !== "shown") showLobby();
  else if (!working) showOver();
  else if (paper.picked.length === 0) showPick();
  else showPaper();
  showTime();
  showSaved();
}

async function load() {
  try {
    paper = await ask("GET", "api/paper");
    syncedAt = performance.now();
    show();
  } catch (error) {
    if (error.status === 401) { paper = null; fields = {}; showJoin(); }
    else if (!paper) { page("Quiz", make("p", { class: "problem", text: "The server cannot be reached. This page tries again." })); setTimeout(load, askEvery); }
  }
}

async function look() {
  if (!paper) return;
  let state;
  try { state = await ask("GET", "api/state"); } catch (error) {
    if (error.status === 401) await load();
    return;
  }
  const before = paper.state;
  paper.state = state;
  syncedAt = performance.now();
  if (state.phase === "closing" && before.phase === "open") { say("The lecturer is closing the quiz."); await flush(); }
  if (state.phase !== before.phase || state.attempt !== before.attempt || state.over !== before.over || state.picked.join() !== before.picked.join()) {
    await load();
  } else if (Object.values(fields).some(field => (state.seqs[field.id] || 0) > field.seq && !field.sending && !field.conflicting && field.value === field.text)) {
    await takeOver(await ask("GET", "api/paper"));
  }
}

// Another device has written: show it where nothing of ours is waiting.
function takeOver(now) {
  for (const field of Object.values(fields)) {
    const theirs = now.answers[field.id];
    if (!theirs || theirs.seq <= field.seq || field.value !== field.text || field.sending) continue;
    field.seq = theirs.seq;
    field.text = field.value = theirs.text;
    field.show(theirs.text);
  }
}

addEventListener("pagehide", () => Object.values(fields).forEach(field => send(field, true)));
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") Object.values(fields).forEach(field => send(field, true)); });
addEventListener("online", () => Object.values(fields).forEach(field => send(field)));
(async () => {
  await load();
  setInterval(showTime, 250);
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, askEvery));
    await look();
  }
})();
