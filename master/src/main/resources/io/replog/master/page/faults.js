/** Injects faults at one follower, and ends them: for operators, where `FAULTS=on`. */

import { byId, el, setText } from './dom.js';
import { operate } from './access.js';

const panel = byId('faults-panel');
const form = byId('faults-form');
const outcome = byId('faults-outcome');
const NUMBERS = ['delay_ms', 'jitter_ms', 'error_before_percent', 'error_after_percent', 'drop_answers_percent'];
const SWITCHES = ['pause', 'partition'];

panel.addEventListener('toggle', () => {
  if (panel.open) {
    void ask('GET');
  }
});
form.node.addEventListener('change', () => void ask('GET'));
form.addEventListener('input', showNumbers);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void ask('PUT', JSON.stringify(wanted()));
});
byId('faults-end').addEventListener('click', () => void ask('DELETE'));

/** Offers the followers of this cluster. */
export function offerFollowers(nodes) {
  if (form.node.options.length !== nodes.length) {
    form.node.replaceChildren(...nodes.map((node) => el('option', { value: node }, node)));
  }
}

function wanted() {
  return {
    ...Object.fromEntries(NUMBERS.map((name) => [name, Number(form[name].value)])),
    ...Object.fromEntries(SWITCHES.map((name) => [name, form[name].checked])),
  };
}

async function ask(method, body) {
  const node = form.node.value;
  setText(outcome, 'Asking…');
  try {
    const faults = await operate(`/cluster/faults/${encodeURIComponent(node)}`, { method, body, headers: { 'Content-Type': 'application/json' } });
    show(faults);
    setText(outcome, method === 'PUT' ? `✓ in force at ${node}` : method === 'DELETE' ? `✓ ${node} is as it was when it started` : '');
  } catch (failed) {
    setText(outcome, `✕ ${failed.message}`);
  }
}

function show(faults) {
  NUMBERS.forEach((name) => {
    form[name].value = faults[name];
  });
  SWITCHES.forEach((name) => {
    form[name].checked = faults[name];
  });
  showNumbers();
}

function showNumbers() {
  NUMBERS.forEach((name) => setText(form[name].nextElementSibling, `${form[name].value} ${name.endsWith('ms') ? 'ms' : '%'}`));
}
