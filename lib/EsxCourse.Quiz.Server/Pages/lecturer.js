// The lecturer's page: the class as it answers, and three buttons. Whatever a student wrote goes in as text, never as markup; the solution is markup that
// the server wrote and escaped. Rows are changed in place, so that the focus stays where it is while the class types.
"use strict";

const part = id => document.getElementById(id);
const phases = {
  waiting: "Students come in and wait. Nobody sees a question before you open the quiz.",
  open: "The quiz is open. Each student's clock runs from the moment when the student starts.",
  closing: "Closing: the last answers are coming in.",
  closed: "The quiz is closed. Nothing is taken any more.",
  shown: "Everybody sees the solution and their own result.",
};
const lost = "The server cannot be reached; this page tries again. What is below may be old.";
let solutionShown = false;

async function ask(method, path, body) {
  const response = await fetch(path, { method, headers: body ? { "Content-Type": "application/json" } : {}, body: body ? JSON.stringify(body) : undefined });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.problem || "The server refused.");
  return answer;
}

const trouble = text => { if (part("problem").textContent !== text) part("problem").textContent = text; };
const put = (node, text) => { if (node.textContent !== String(text)) node.textContent = text; };

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

// As many children as there are entries, made once and then filled again and again.
function each(parent, entries, build, fill) {
  while (parent.children.length > entries.length) parent.lastElementChild.remove();
  entries.forEach((entry, at) => {
    if (!parent.children[at]) parent.append(build());
    fill(parent.children[at], entry);
  });
}

function show(room) {
  part("room").hidden = false;
  put(part("title"), room.title);
  document.title = room.title + ": the lecturer's page";
  put(part("address"), room.joinUrl);
  put(part("code"), room.code);
  put(part("phase"), phases[room.phase] + (room.filed ? " The results are filed." : ""));
  if (room.trouble) trouble(room.trouble);
  part("open").hidden = room.phase !== "waiting";
  part("close").hidden = !["waiting", "open"].includes(room.phase);
  part("show").hidden = !["closing", "closed"].includes(room.phase);
  part("show").disabled = room.phase === "closing";
  part("live").hidden = room.phase === "shown";
  seats(room.seats);
  each(part("questions"), room.questions, () => make("article", {}, make("h3"), make("p", { class: "quiet" }), make("ul", { class: "bars" })), tally);
  if (room.questions.length === 0) put(part("questions"), "");
  if (room.phase === "shown" && !solutionShown) showSolution();
}

function seats(all) {
  const here = all.filter(seat => seat.here).length, done = all.filter(seat => seat.over).length;
  put(part("count"), `${all.length} in, ${here} here now, ${done} done.`);
  each(part("seats"), all, () => {
    const button = make("button", { class: "second small", type: "button" });
    button.textContent = "New code";
    button.addEventListener("click", () => newCode(button));
    return make("tr", {}, make("th", { scope: "row" }), make("td"), make("td"), make("td", {}, button));
  }, (row, seat) => {
    const [name, answers, state, code] = row.children;
    put(name, seat.name === seat.login ? seat.name : `${seat.name} (${seat.login})`);
    put(answers, seat.attempt ? `${seat.answered} of ${seat.of}` : "–");
    put(state, (seat.attempt === 0 ? "waiting" : seat.over ? "done" : "writing") + (seat.here ? "" : ", away"));
    const button = code.firstElementChild;
    button.dataset.number = seat.number;
    button.dataset.name = seat.name;
    if (button.getAttribute("aria-label") !== `New code for ${seat.name}`) button.setAttribute("aria-label", `New code for ${seat.name}`);
  });
}

function tally(article, question) {
  const [heading, line, bars] = article.children;
  put(heading, question.ask.replaceAll("___", "[gap]"));
  put(line, `${question.answered} answered, ${question.picked} picked it.`);
  each(bars, question.bars, () => make("li", {}, make("span", { class: "label" }), make("progress", { "aria-hidden": "true" }), make("span", { class: "count" })), (bar, entry) => {
    put(bar.children[0], entry.label);
    bar.children[1].max = Math.max(1, question.picked);
    bar.children[1].value = entry.count;
    put(bar.children[2], entry.count);
  });
}

async function newCode(button) {
  const { number, name } = button.dataset;
  if (!confirm(`Give ${name} a new personal code? The device that ${name} used so far is out then.`)) return;
  try { alert(`${name} joins again with the personal code ${(await ask("POST", `lecturer/students/${number}/code`)).code}`); } catch (error) { trouble(error.message); }
}

async function showSolution() {
  solutionShown = true;
  try { part("solution").innerHTML = (await ask("GET", "lecturer/solution")).html; } catch (error) { solutionShown = false; trouble(error.message); }
}

const sure = { close: "Close the quiz for everybody?" };
for (const what of ["open", "close", "show"]) {
  part(what).addEventListener("click", async () => {
    if (sure[what] && !confirm(sure[what])) return;
    try {
      await ask("POST", `lecturer/${what}`);
      trouble("");
      show(await ask("GET", "lecturer/class"));
    } catch (error) { trouble(error.message); }
  });
}

(async () => {
  // The token leaves the address bar before anybody can read it from the projector.
  const token = location.hash.slice(1);
  if (token) {
    history.replaceState(null, "", location.pathname);
    try { await ask("POST", "lecturer/session", { token }); } catch (error) { return trouble(error.message); }
  }
  try { show(await ask("GET", "lecturer/class")); } catch (error) { return trouble(error.message + " Open the address that the server printed."); }
  const events = new EventSource("lecturer/events");
  events.addEventListener("class", event => { if (part("problem").textContent === lost) trouble(""); show(JSON.parse(event.data)); });
  events.onerror = () => { trouble(lost); };
})();
