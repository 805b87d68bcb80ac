/** Injects faults at one follower, and ends them: for operators, where `FAULTS=on`. */

import { byId, el, setText } from './dom.js';
import { data, forgetSecret, hasSecret, operate } from './access.js';

const panel = byId('faults-panel');
const form = byId('faults-form');
const outcome = byId('faults-outcome');
const NUMBERS = ['delay_ms', 'jitter_ms', 'error_before_percent', 'error_after_percent', 'drop_answers_percent'];
const SWITCHES = ['pause', 'partition'];

/** @type {any} what is in force at the node that is chosen, null when that is not known */
let last = null;

/** @type {Set<string>} fields that the person has touched since */
const changed = new Set();
let asked = false;

panel.addEventListener('toggle', () => {
  if (panel.open) {
    void ask('GET');
  }
});
form.node.addEventListener('change', () => {
  last = null;
  changed.clear();
  void ask('GET');
});
form.addEventListener('input', (event) => {
  if (event.target.type === 'range') {
    event.target.previousElementSibling.value = event.target.value;
    changed.add(event.target.previousElementSibling.name);
  } else if (event.target !== form.node) {
    changed.add(event.target.name);
    moveSliders();
  }
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void inject();
});
byId('faults-end').addEventListener('click', () => void ask('DELETE'));
byId('faults-forget').addEventListener('click', () => {
  forgetSecret();
  offerForgetting();
});

/** Offers the followers of this cluster, where faults may be injected at all. */
export function offerFaults(nodes) {
  if (form.node.options.length !== nodes.length) {
    form.node.replaceChildren(...nodes.map((node) => el('option', { value: node }, node)));
  }
  if (!asked) {
    asked = true;
    void showPanel();
  }
}

async function showPanel() {
  try {
    panel.hidden = !(await data('/')).paths.some((each) => each.path === '/cluster/faults');
  } catch {
    asked = false;
  }
}

function offerForgetting() {
  byId('faults-forget').hidden = !hasSecret();
}

/** Changes what the person has touched, and leaves the rest as it is in force. */
async function inject() {
  if (last === null) {
    await ask('GET');
  }
  if (last !== null) {
    const wanted = Object.fromEntries([...changed].map((name) => [name, valueOf(name)]));
    await ask('PUT', JSON.stringify({ ...last, ...wanted }));
  }
}

/** A slider is for the hand and ends where delays get long; the number beside it counts. */
function moveSliders() {
  NUMBERS.forEach((name) => {
    form[name].nextElementSibling.value = form[name].value;
  });
}

function valueOf(name) {
  return SWITCHES.includes(name) ? form[name].checked : Number(form[name].value);
}

async function ask(method, body) {
  const node = form.node.value;
  setText(outcome, 'Asking…');
  try {
    const faults = await operate(`/cluster/faults/${encodeURIComponent(node)}`, { method, body, headers: { 'Content-Type': 'application/json' } });
    if (node === form.node.value) {
      show(faults, method !== 'GET');
      setText(outcome, method === 'PUT' ? `✓ in force at ${node}` : method === 'DELETE' ? `✓ ${node} is as it was when it started` : '');
    }
  } catch (failed) {
    setText(outcome, `✕ ${failed.message}`);
  }
  offerForgetting();
}

/** What the person has touched stays until it is in force. */
function show(faults, anew) {
  last = faults;
  if (anew) {
    changed.clear();
  }
  NUMBERS.filter((name) => !changed.has(name)).forEach((name) => {
    form[name].value = faults[name];
  });
  moveSliders();
  SWITCHES.filter((name) => !changed.has(name)).forEach((name) => {
    form[name].checked = faults[name];
  });
}
