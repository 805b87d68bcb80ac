/** The layers below the core: every node that is fed by another one, with the version that it shows. Hidden where there are none. */

import { byId, el, setAttribute, setText } from './dom.js';
import { count, duration } from './format.js';

const section = byId('layers');
const body = byId('layers-body');

/** @type {Map<string, number>} the version of each node when it was painted last */
const versions = new Map();

/** Shows what the master last heard of the layer nodes. */
export function showLayers(cluster) {
  const nodes = cluster.health.layers ?? [];
  section.hidden = nodes.length === 0;
  const known = new Map([...body.children].map((row) => [row.dataset.node, row]));
  nodes.forEach((node, place) => {
    const row = known.get(node.node) ?? made(node.node);
    known.delete(node.node);
    if (body.children[place] !== row) {
      body.insertBefore(row, body.children[place] ?? null);
    }
    fill(row, node);
  });
  known.forEach((row) => row.remove());
}

function made(name) {
  const cells = ['layer', 'feed', 'upstream', 'version', 'behind', 'stale', 'word'].map((kind) => el('td', { class: kind }));
  return el('tr', { 'data-node': name }, el('th', { scope: 'row' }, name), ...cells);
}

function fill(row, node) {
  setAttribute(row, 'data-silent', node.silent ? 'true' : null);
  setText(row.querySelector('.layer'), node.layer ?? 'not known');
  setText(row.querySelector('.feed'), node.feed);
  setText(row.querySelector('.upstream'), node.upstream);
  setText(row.querySelector('.version'), `#${count(node.version)}`);
  setText(row.querySelector('.behind'), node.behind === null ? 'not known' : count(node.behind));
  setText(row.querySelector('.stale'), node.stale_ms === null ? 'not known' : duration(node.stale_ms));
  setText(row.querySelector('.word'), node.silent ? `✕ silent for ${duration(node.silent_ms)}` : '● heard');
  highlight(row.querySelector('.version'), node);
}

/** A version that has just come is seen for a moment. */
function highlight(cell, node) {
  const before = versions.get(node.node);
  versions.set(node.node, node.version);
  if (before !== undefined && before < node.version) {
    cell.classList.remove('changed');
    requestAnimationFrame(() => cell.classList.add('changed'));
  }
}
