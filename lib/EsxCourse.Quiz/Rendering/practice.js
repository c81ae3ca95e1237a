// Judges one question at a time and says what is right and why. `root` is the quiz's section. Nothing is fetched, stored or sent.
const solved = new Set();
const forms = [...root.querySelectorAll("form")];
const plain = text => text.toLowerCase().replace(/-/g, " ").replace(/\b(a|an|the)\b/g, " ").replace(/\s+/g, " ").trim();

function judge(form, data) {
  const parts = [];
  const say = (right, text) => parts.push({ right, text });
  if (data.options) {
    const boxes = [...form.querySelectorAll("input")];
    if (!boxes.some(box => box.checked)) return null;
    boxes.forEach((box, at) => {
      const option = data.options[at];
      if (box.checked) say(option.Right, option.Why);
      else if (option.Right && box.type === "checkbox") say(false, "Not chosen, but right: " + box.parentElement.textContent.trim() + ". " + option.Why);
    });
  } else if (data.number) {
    const text = form.querySelector("input").value.trim();
    if (!text) return null;
    const found = /^[=~≈]?\s*([-+]?[0-9]*\.?[0-9]+(?:e-?[0-9]+)?)\s*(.*)$/i.exec(text);
    if (!found) say(false, "That is not a number; write it with a point, and without separators.");
    else if (found[2] && found[2].toLowerCase() !== data.number.Unit.toLowerCase()) say(false, "The unit is not “" + data.number.Unit + "”.");
    else {
      const value = Number(found[1]);
      const trap = data.number.traps.find(one => Math.abs(value - one.Value) <= data.number.near);
      if (Math.abs(value - data.number.Answer) <= data.number.Tolerance + 1e-9 * Math.max(1, Math.abs(data.number.Answer))) say(true, "That is right.");
      else say(false, trap ? trap.Mistake + ": " + trap.Why : "Not yet: work it out once more.");
    }
  } else if (data.places) {
    const selects = [...form.querySelectorAll("select")];
    if (selects.some(one => one.value === "")) return null;
    selects.forEach((one, at) => say(Number(one.value) === data.places[at].at, form.querySelector(`label[for="${one.id}"]`).textContent + ": " + data.places[at].Why));
  } else if (data.blanks) {
    const inputs = [...form.querySelectorAll("input")];
    if (inputs.some(one => !one.value.trim())) return null;
    inputs.forEach((one, at) => say(data.blanks[at].Accepts.some(word => plain(word) === plain(one.value)), data.blanks[at].Why));
  }
  return parts;
}

function show(form, data, parts) {
  const verdict = form.querySelector(".verdict");
  verdict.replaceChildren();
  const add = (tag, text, into = verdict) => { const node = document.createElement(tag); node.textContent = text; into.append(node); return node; };
  if (data.model) {
    add("p", "Model answer: " + data.model);
    add("p", "What an answer should say; compare it with yours:");
    const list = add("ul", "");
    data.rubric.forEach(line => add("li", line, list));
  } else if (!parts) {
    add("p", "Answer the question first.");
    return;
  } else {
    const all = parts.every(part => part.right);
    add("p", all ? "✓ Right." : parts.some(part => part.right) ? "Partly right." : "✗ Not right.");
    const list = add("ul", "");
    parts.forEach(part => add("li", (part.right ? "✓ " : "✗ ") + part.text, list));
    if (!all) return;
    solved.add(form);
    data.worked.forEach(step => add("p", step));
  }
  add("p", data.why + " (" + data.cites + ")");
  root.querySelector(".total").textContent = solved.size ? solved.size + " of " + forms.length + " questions solved." : "";
}

forms.forEach(form => {
  const data = JSON.parse(form.querySelector("script").textContent);
  form.addEventListener("submit", event => {
    event.preventDefault();
    show(form, data, data.model ? [] : judge(form, data));
  });
});
