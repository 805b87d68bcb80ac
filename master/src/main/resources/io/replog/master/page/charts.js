/** Three small charts in plain SVG. Lines differ by dashes and words, not by colour alone. */

import { byId, el, svg, setAttribute, setText } from './dom.js';
import { SECONDS, Series } from './series.js';
import { duration, short } from './format.js';

const WIDTH = 240;
const HEIGHT = 64;
const KINDS = 6;

const throughput = chart('Messages a second', (value) => short(value));
const latency = chart('Mean time to answer, by write concern', (value) => duration(value));
const lag = chart('Lag in messages', (value) => short(value));
let secondBegan = performance.now();

/** Takes the figures of a frame. */
export function countFrame(frame) {
  throughput.series.add('added', frame.appended.count);
  frame.latency.forEach((each) => latency.series.weigh(`w=${each.write_concern}`, each.mean_ms, each.count));
  frame.health.followers.forEach((each) => lag.series.set(each.node, each.lag));
}

/** Paints, once a second. */
export function showCharts() {
  if (performance.now() - secondBegan < 1_000) {
    return;
  }
  secondBegan = performance.now();
  for (const each of [throughput, latency, lag]) {
    each.series.turn();
    paint(each);
  }
}

function chart(title, words) {
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });
  const most = el('span', { class: 'most' });
  const legend = el('figcaption', {});
  byId('charts').append(el('figure', {}, el('h3', {}, title, ' ', most), picture, legend));
  return { title, words, series: new Series(), picture, most, legend, paths: new Map() };
}

function paint(chart) {
  const values = [...chart.series.lines.values()].flat().filter((value) => value !== null);
  const top = Math.max(1, ...values);
  setText(chart.most, `up to ${chart.words(top)}`);
  let place = 0;
  const latest = [];
  for (const [name, line] of chart.series.lines) {
    setAttribute(pathOf(chart, name, place++), 'd', path(line, top));
    latest.push(`${name} ${chart.words(line.findLast((value) => value !== null) ?? 0)}`);
  }
  setAttribute(chart.picture, 'aria-label', `${chart.title}: ${latest.join(', ')}`);
  latest.forEach((text, at) => setText(legendOf(chart, at), text));
}

function pathOf(chart, name, place) {
  let known = chart.paths.get(name);
  if (known === undefined) {
    known = svg('path', { class: 'line', 'data-kind': place % KINDS });
    chart.picture.append(known);
    chart.paths.set(name, known);
  }
  return known;
}

function legendOf(chart, place) {
  return chart.legend.children[place] ?? chart.legend.appendChild(el('span', { 'data-kind': place % KINDS }));
}

function path(line, top) {
  let pen = 'M';
  const steps = [];
  line.forEach((value, second) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = (second / (SECONDS - 1)) * WIDTH;
    const y = HEIGHT - 2 - (value / top) * (HEIGHT - 6);
    steps.push(pen === 'M' ? `M ${x.toFixed(1)} ${y.toFixed(1)} h 1.5` : `L ${x.toFixed(1)} ${y.toFixed(1)}`);
    pen = 'L';
  });
  return steps.join(' ');
}
