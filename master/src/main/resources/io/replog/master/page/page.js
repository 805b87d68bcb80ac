/** Puts the parts of the page together. Read `cluster.js` next, then the part that you look for. */

import './theme.js';
import { askForKey } from './access.js';
import { byId, setAttribute, setText } from './dom.js';
import { Cluster } from './cluster.js';
import { countFrame, showCharts } from './charts.js';
import { count } from './format.js';
import { follow } from './stream.js';
import { offerFaults } from './faults.js';
import { moveMessages, showNodes } from './diagram.js';
import { showLayers } from './layers.js';
import { note, takeLines } from './operations.js';
import { offerConcerns, showWaiting } from './write.js';
import { offerNodes } from './read.js';
import { offerHold, showMatrix } from './matrix.js';

const PAINT_MS = 200;
const REFRESH_MS = 1_000;
const ANNOUNCE_MS = 5_000;

const cluster = new Cluster();
let feed = 'connecting';
let announced = { at: 0, index: 0, down: '' };

byId('key').addEventListener('click', () => void askForKey());
offerHold(cluster);
setInterval(paint, PAINT_MS);
setInterval(() => void fillTexts(), REFRESH_MS);
void follow({ frame: take, lost, state: showFeed });

function take(frame) {
  cluster.take(frame);
  takeLines(frame);
  countFrame(frame);
  moveMessages(frame);
  offerConcerns(cluster.nodes.length);
  offerNodes(cluster.nodes, frame.health.last_index);
  offerFaults(cluster.nodes.slice(1));
}

function lost(frames) {
  note('WARN', frames === null ? 'the master was started anew' : `this page was too slow: ${frames} pictures were left out`);
}

function showFeed(state, retryMs, reason) {
  if (state === 'lost' && feed !== 'lost') {
    note('WARN', `the live feed is lost: ${reason}`);
  }
  feed = state;
  setAttribute(byId('feed'), 'data-state', state);
  setText(byId('feed'), state === 'live' ? '● live' : '✕ no feed');
  setAttribute(document.body, 'data-feed', state);
  const notice = byId('notice');
  notice.hidden = state === 'live';
  setText(notice, state === 'live' ? '' : `Live feed lost: ${reason}. Trying again in ${(retryMs / 1_000).toFixed(1)} s. What you see may be old.`);
}

function paint() {
  showWaiting();
  showCharts();
  if (cluster.health === null || document.hidden) {
    return;
  }
  showNodes(cluster);
  showLayers(cluster);
  showMatrix(cluster);
  showSummary();
  showFaults();
  announce();
}

/** Nobody should take for sickness what somebody has asked for. */
function showFaults() {
  const faulty = cluster.health.followers.filter((each) => each.injected_faults !== undefined).map((each) => each.node);
  byId('faults').hidden = faulty.length === 0;
  setText(byId('faults'), faulty.length === 0 ? '' : `Faults are injected on purpose at ${faulty.join(', ')}.`);
}

async function fillTexts() {
  if (feed === 'live' && !document.hidden && cluster.lacksTexts()) {
    try {
      await cluster.refresh();
    } catch {
      // Tried again in a second.
    }
  }
}

function showSummary() {
  const health = cluster.health;
  const down = health.followers.filter((each) => each.status !== 'HEALTHY').length;
  const words = [
    health.writable ? 'accepts writes' : `read-only: ${health.reason ?? 'unknown'}`,
    `${count(health.last_index)} messages`,
    `${health.followers.length + 1 - down} of ${health.followers.length + 1} nodes up`,
    `${count(cluster.blockedCount)} blocked`,
  ];
  setText(byId('summary'), words.join(' · '));
}

/** One quiet voice for those who listen to the page: never a line a message. */
function announce() {
  const now = performance.now();
  const { last_index: index, followers } = cluster.health;
  const down = followers.filter((each) => each.status === 'UNHEALTHY').map((each) => each.node).join(', ');
  const fresh = index - announced.index;
  if (now - announced.at < ANNOUNCE_MS || (fresh === 0 && down === announced.down)) {
    return;
  }
  const added = announced.at === 0 || fresh <= 0 ? `${index} messages` : `${fresh} new messages`;
  setText(byId('announcement'), `${added}. ${down === '' ? 'All nodes are up.' : `Down: ${down}.`}`);
  announced = { at: now, index, down };
}
