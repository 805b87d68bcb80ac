/** The nodes as cards, edges between them, and messages moving along the edges. */

import { byId, el, svg, setAttribute, setText } from './dom.js';
import { age, count } from './format.js';

const SIGNS = { HEALTHY: '✓', SUSPECTED: '?', UNHEALTHY: '✕' };
const MOVE_MS = 600;

/** Dots that move along one edge at a time. */
const MAX_DOTS = 5;

/** @type {Map<string, {card: HTMLElement, fields: Record<string, HTMLElement>, edge: any}>} */
const cards = new Map();
const host = byId('diagram');
const edges = svg('svg', { class: 'edges', 'aria-hidden': 'true' });
const followers = el('div', { class: 'followers' });
host.append(edges, followers);
new ResizeObserver(layEdges).observe(host);

/** Shows how things stand. */
export function showNodes(cluster) {
  const health = cluster.health;
  showMaster(health);
  for (const follower of health.followers) {
    showFollower(follower, health, performance.now() - cluster.healthAt);
  }
}

/** Lets the messages of a frame move. */
export function moveMessages(frame) {
  frame.sent.forEach((passage) => move(passage, 'sent'));
  frame.acknowledged.forEach((passage) => move(passage, 'acknowledged'));
}

function showMaster(health) {
  const { card, fields } = cardOf(health.node, 'master');
  setAttribute(card, 'data-status', health.writable ? 'HEALTHY' : 'SUSPECTED');
  setText(fields.status, health.writable ? '✓ accepts writes' : `! read-only: ${health.reason ?? 'unknown'}`);
  setText(fields.index, `#${count(health.durable_index)}`);
  setText(fields.note, `majority #${count(health.commit_index)} · epoch ${health.epoch}`);
}

function showFollower(follower, health, sinceFrame) {
  const { card, fields, edge } = cardOf(follower.node, 'follower');
  const silent = follower.last_contact_ms === null ? null : follower.last_contact_ms + sinceFrame;
  setAttribute(card, 'data-status', follower.status);
  setAttribute(edge, 'data-status', follower.status);
  setText(fields.status, `${SIGNS[follower.status]} ${statusWords(follower, silent)}`);
  setText(fields.index, `#${count(follower.match_index)}`);
  setText(fields.note, notes(follower));
  setAttribute(fields.lag, 'max', Math.max(1, health.last_index));
  setAttribute(fields.lag, 'value', follower.match_index);
  setText(fields.trouble, follower.status === 'HEALTHY' ? '' : (follower.last_error ?? ''));
}

function statusWords(follower, silent) {
  const since = silent === null ? 'no answer yet' : `silent for ${age(silent)}`;
  switch (follower.status) {
    case 'HEALTHY': return follower.state === 'IN_SYNC' ? 'in sync' : follower.state.toLowerCase().replace('_', ' ');
    case 'SUSPECTED': return `suspected, ${since}`;
    default: return `down or paused, ${since}`;
  }
}

function notes(follower) {
  const lag = follower.lag === 0 ? 'no lag' : `lag ${count(follower.lag)}`;
  const delay = follower.delay_ms > 0 ? ` · delay ${age(follower.delay_ms)}` : '';
  const trip = follower.round_trip_ms === null ? '' : ` · ${follower.round_trip_ms} ms away`;
  return lag + delay + trip;
}

function cardOf(node, role) {
  let known = cards.get(node);
  if (known === undefined) {
    known = made(node, role);
    cards.set(node, known);
    layEdges();
  }
  return known;
}

function made(node, role) {
  const fields = {
    status: el('p', { class: 'status' }),
    index: el('span', { class: 'index' }),
    note: el('p', { class: 'note' }),
    lag: el('progress', { 'aria-label': `how far ${node} is` }),
    trouble: el('p', { class: 'trouble' }),
  };
  const card = el('article', { class: `card ${role}`, 'data-node': node, 'aria-label': node },
    el('h3', {}, node, ' ', fields.index), fields.status, fields.note, role === 'follower' ? fields.lag : null, fields.trouble);
  const edge = svg('path', { class: 'edge' });
  if (role === 'master') {
    host.insertBefore(card, followers);
  } else {
    followers.append(card);
    edges.append(edge);
  }
  return { card, fields, edge };
}

function layEdges() {
  const master = [...cards.values()].find((each) => each.card.classList.contains('master'));
  if (master === undefined) {
    return;
  }
  for (const each of cards.values()) {
    if (each !== master) {
      setAttribute(each.edge, 'd', way(master.card, each.card));
    }
  }
}

/** Across where the cards lie side by side, down where they lie below one another. */
function way(from, to) {
  const space = host.getBoundingClientRect();
  const a = from.getBoundingClientRect();
  const b = to.getBoundingClientRect();
  const across = b.left >= a.right;
  const start = across ? [a.right, a.top + a.height / 2] : [a.left + a.width / 2, a.bottom];
  const end = across ? [b.left, b.top + b.height / 2] : [b.left + b.width / 2, b.top];
  return `M ${start[0] - space.left} ${start[1] - space.top} L ${end[0] - space.left} ${end[1] - space.top}`;
}

function move(passage, kind) {
  const known = cards.get(passage.node);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden;
  const moving = edges.querySelectorAll(`[data-to="${CSS.escape(passage.node)}"]`).length;
  if (known === undefined || still || moving >= MAX_DOTS || !known.edge.hasAttribute('d')) {
    return;
  }
  const length = known.edge.getTotalLength();
  const outward = kind === 'sent';
  const from = known.edge.getPointAtLength(outward ? 0 : length);
  const to = known.edge.getPointAtLength(outward ? length : 0);
  const several = passage.to_index - passage.from_index;
  const dot = svg('g', { class: `dot ${kind}`, 'data-to': passage.node },
    outward ? svg('circle', { r: 5 }) : svg('rect', { x: -4, y: -4, width: 8, height: 8 }),
    svg('text', { y: -8 }, several === 0 ? `#${passage.to_index}` : `${several + 1}`));
  edges.append(dot);
  const places = [from, to].map((point) => ({ transform: `translate(${point.x}px, ${point.y}px)` }));
  dot.animate(places, { duration: MOVE_MS, easing: 'ease-in-out', fill: 'forwards' }).finished.finally(() => dot.remove());
}
