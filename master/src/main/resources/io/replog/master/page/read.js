/** The read panel: one node, the first to answer, a majority, or all side by side. */

import { byId, el, setText } from './dom.js';
import { data, Refused } from './access.js';
import { duration } from './format.js';

const KINDS = [['majority', 'a majority of all nodes'], ['all', 'all nodes, side by side'], ['first', 'the first to answer']];

const form = byId('read');
const table = byId('read-table');
let lastIndex = 0;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void read();
});

/** Offers the nodes of this cluster. */
export function offerNodes(nodes, last) {
  lastIndex = last;
  if (form.whom.options.length !== nodes.length + KINDS.length) {
    form.whom.replaceChildren(...KINDS.map(([word, text]) => el('option', { value: word }, text)),
      ...nodes.map((node) => el('option', { value: `node ${node}` }, `${node} alone`)));
  }
}

async function read() {
  setText(byId('read-summary'), 'Asking…');
  try {
    show(await data(`/cluster/messages?${query()}`));
  } catch (failed) {
    table.tBodies[0].replaceChildren();
    table.tHead.replaceChildren();
    const views = failed instanceof Refused ? (failed.body?.data?.views ?? []) : [];
    setText(byId('read-summary'), [failed.message, ...silent(views)].join(' · '));
  }
}

function query() {
  const whom = form.whom.value;
  const limit = Math.min(1_000, Math.max(1, Number(form.limit.value) || 20));
  const from = Number(form.from.value) || Math.max(1, lastIndex - limit + 1);
  const who = whom.startsWith('node ') ? { read: 'all', nodes: whom.slice(5) } : { read: whom };
  return new URLSearchParams({ ...who, from: String(from), limit: String(limit) });
}

function show(page) {
  const took = page.views.filter((view) => view.answered).map((view) => `${view.node} in ${duration(view.took_ms)}`);
  const none = page.messages.length === 0 ? ['nothing there'] : [];
  setText(byId('read-summary'), [`answered: ${took.join(', ') || 'nobody'}`, ...silent(page.views), ...none].join(' · '));
  table.tHead.replaceChildren(el('tr', {}, el('th', { scope: 'col' }, '#'), el('th', { scope: 'col', class: 'text' }, 'Message'),
    el('th', { scope: 'col' }, 'Found on'), ...page.views.map((view) => el('th', { scope: 'col', class: 'node' }, view.node))));
  table.tBodies[0].replaceChildren(...page.messages.toReversed().map((message) => line(message, page)));
}

function silent(views) {
  return views.filter((view) => !view.answered).map((view) => `${view.node}: ${view.error}`);
}

function line(message, page) {
  return el('tr', { 'data-found': message.found_on }, el('th', { scope: 'row' }, `#${message.index}`), el('td', { class: 'text' }, message.text),
    el('td', {}, `${message.found_on} of ${page.cluster_size}`), ...page.views.map((view) => cell(message, view)));
}

function cell(message, view) {
  if (!view.answered) {
    return el('td', { class: 'cell', title: view.error }, '? silent');
  }
  if (message.nodes.includes(view.node)) {
    return el('td', { class: 'cell', 'data-kind': 'held' }, '● same');
  }
  const other = view.messages.find((each) => each.index === message.index);
  return other === undefined
    ? el('td', { class: 'cell', 'data-kind': 'missing' }, '○ none')
    : el('td', { class: 'cell', 'data-kind': 'other' }, '≠ ', other.text);
}
