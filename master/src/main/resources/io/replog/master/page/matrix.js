/** The ack matrix: a row a message, a column a node. Rows and cells are patched in place. */

import { byId, el, setAttribute, setText } from './dom.js';
import { age, count, duration } from './format.js';
import { showTrace } from './trace.js';

const MAX_ROWS = 24;
const NEW_MS = 2_000;
const MAX_BADGES = 8;

const table = byId('matrix');
const head = table.tHead;
const [body] = table.tBodies;

/** @type {Map<number, {line: any, cells: Map<string, any>, text: any, concern: any, since: number}>} */
const lines = new Map();

/** @type {string[]} */
let columns = [];
let begun = false;

/** Lets people hold the rows, to see their cells fill while others come. */
export function offerHold(cluster) {
  const button = byId('hold');
  button.addEventListener('click', () => setAttribute(button, 'aria-pressed', cluster.hold(MAX_ROWS)));
}

/** Shows the newest messages, or those that are held. */
export function showMatrix(cluster) {
  showColumns(cluster.nodes);
  const rows = cluster.shown(MAX_ROWS);
  setText(byId('hold'), cluster.held === null ? 'Hold rows' : 'Follow the newest');
  const wanted = new Set(rows.map((row) => row.index));
  for (const [index, known] of lines) {
    if (!wanted.has(index)) {
      known.line.remove();
      lines.delete(index);
    }
  }
  rows.forEach((row, place) => showRow(cluster, row, rows[place - 1]));
  begun ||= rows.length > 0;
  showSampling(cluster);
  showBlocked(cluster);
}

function showColumns(nodes) {
  if (nodes.join() === columns.join()) {
    return;
  }
  columns = nodes;
  lines.forEach((known) => known.line.remove());
  lines.clear();
  head.replaceChildren(el('tr', {}, el('th', { scope: 'col' }, '#'), el('th', { scope: 'col', class: 'text' }, 'Message'),
    ...nodes.map((node) => el('th', { scope: 'col', class: 'node' }, node)), el('th', { scope: 'col' }, 'Concern')));
}

function showRow(cluster, row, newer) {
  const known = lines.get(row.index) ?? insert(row, newer);
  const young = performance.now() - known.since < NEW_MS && known.since > 0;
  setAttribute(known.line, 'data-new', young ? 'new' : null);
  setAttribute(known.line, 'data-majority', row.index === cluster.health.commit_index ? 'line' : null);
  setAttribute(known.line, 'data-gap', newer !== undefined && newer.index > row.index + 1 ? newer.index - row.index - 1 : null);
  setText(known.text, row.text ?? '…');
  for (const node of columns) {
    showCell(known.cells.get(node), row, node);
  }
  showConcern(known.concern, cluster, row);
}

function insert(row, newer) {
  const number = el('button', { type: 'button', class: 'link', title: 'When what happened' }, `#${row.index}`);
  number.addEventListener('click', () => showTrace(row.index));
  const text = el('td', { class: 'text' });
  const cells = new Map(columns.map((node) => [node, el('td', { class: 'cell' })]));
  const concern = el('td', { class: 'concern' });
  const line = el('tr', { 'data-index': row.index }, el('th', { scope: 'row' }, number), text, ...cells.values(), concern);
  const above = newer === undefined ? null : (lines.get(newer.index)?.line ?? null);
  body.insertBefore(line, above === null ? body.firstChild : above.nextSibling);
  const known = { line, cells, text, concern, since: begun ? performance.now() : 0 };
  lines.set(row.index, known);
  return known;
}

function showCell(cell, row, node) {
  const held = row.held.has(node);
  const met = row.metBy === node;
  const kind = held ? (met ? 'met' : 'held') : 'missing';
  if (cell.dataset.kind === kind) {
    return;
  }
  const changed = cell.dataset.kind === 'missing';
  cell.dataset.kind = kind;
  cell.classList.toggle('changed', changed);
  const after = row.held.get(node);
  const words = `${held ? `${node} holds it${after == null ? '' : `, after ${duration(after)}`}` : `${node} lacks it`}${met ? ', concern met' : ''}`;
  cell.replaceChildren(el('span', { 'aria-label': words, role: 'img', title: words }, held ? (met ? '◉' : '●') : '○'),
    held && after != null && after >= 1 ? el('small', {}, duration(after)) : '');
}

function showConcern(cell, cluster, row) {
  const waiting = cluster.blocked.get(row.index);
  const state = waiting !== undefined ? 'waiting' : (row.answer?.reason ?? null) !== null ? 'unmet' : cluster.isMet(row) ? 'met' : '';
  setAttribute(cell, 'data-state', state);
  const concern = row.concern === null ? '' : `w=${row.concern}`;
  switch (state) {
    case 'waiting': setText(cell, `◔ ${concern} waits ${age(performance.now() - waiting.since)}`); break;
    case 'unmet': setText(cell, cluster.isMet(row) ? `✓ ${concern}, later than its call` : `✕ ${concern} not met, ${row.answer.acks} held it after ${duration(row.answer.afterMs)}`); break;
    case 'met': setText(cell, row.answer === null ? `✓ ${concern}` : `✓ ${concern} after ${duration(row.answer.afterMs)}`); break;
    default: setText(cell, concern);
  }
}

function showSampling(cluster) {
  const { count: all, told } = cluster.lookAtSampling();
  setText(byId('sampling'), all > told ? `Sampling: ${count(told)} of ${count(all)} messages of this moment are shown.` : '');
}

function showBlocked(cluster) {
  const badges = [...cluster.blocked].slice(0, MAX_BADGES)
    .map(([index, call]) => `◔ #${index} w=${call.concern} blocked for ${age(performance.now() - call.since)}`);
  const more = cluster.blockedCount - badges.length;
  const texts = more > 0 ? [...badges, `and ${count(more)} more blocked`] : badges;
  const list = byId('blocked');
  while (list.children.length > texts.length) {
    list.lastChild.remove();
  }
  texts.forEach((text, place) => setText(list.children[place] ?? list.appendChild(el('li', { class: 'badge' })), text));
}
