/** Calls the node, with the key of this tab where the cluster asks for one. */

import { byId } from './dom.js';

const STORED = 'replog.key';

/** @type {string|null} of the cluster; never stored, gone with this page */
let secret = null;

/** Whether the person goes on without a key: nothing but the button asks again. */
let declined = false;

/** @type {Promise<boolean>|null} the question that is open */
let asking = null;

/** What the node has refused, in its own words. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {any} body the problem, as it came
   */
  constructor(status, body) {
    super(body?.message ?? `answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} of any status but 401 for want of a key
 */
export async function call(path, options = {}) {
  const used = sessionStorage.getItem(STORED);
  const response = await fetch(path, { ...options, headers: { ...options.headers, ...authorization(used) } });
  const another = response.status === 401 && (sessionStorage.getItem(STORED) !== used || (!declined && (await askForKey())));
  return another ? call(path, options) : response;
}

/**
 * Does what operators may: with the key of this tab, or the secret of the cluster where that is asked for.
 *
 * @param {string} path
 * @param {RequestInit} options
 * @returns {Promise<any>} the member `data` of the answer; any status but 200 is thrown as {@link Refused}
 */
export async function operate(path, options) {
  const shown = secret === null ? authorization(sessionStorage.getItem(STORED)) : { 'Cluster-Token': secret };
  const response = await fetch(path, { ...options, headers: { Accept: 'application/json', ...options.headers, ...shown } });
  const body = await response.json();
  if ((response.status === 401 || response.status === 403) && (await askForSecret())) {
    return operate(path, options);
  }
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body.data;
}

/** The member `data` of the answer; any status but 200 is thrown as {@link Refused}. */
export async function data(path) {
  const response = await call(path, { headers: { Accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body.data;
}

/** Asks the person for a key. Whether there is a new one now. */
export async function askForKey() {
  const given = await askFor('This cluster asks for a key', 'Kept for this tab only, and sent to this node.', (key) => sessionStorage.setItem(STORED, key));
  declined = !given;
  return given;
}

function askForSecret() {
  return askFor('The secret of the cluster (./replog token)', 'Kept until this page is closed, loaded anew, or told to forget it.', (given) => {
    secret = given;
  });
}

export function hasSecret() {
  return secret !== null;
}

export function forgetSecret() {
  secret = null;
}

/** Whoever asks meanwhile shares the answer. */
function askFor(title, hint, keep) {
  asking ??= ask(title, hint, keep).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(title, hint, keep) {
  const dialog = byId('key-dialog');
  const input = byId('key-input');
  byId('key-title').textContent = title;
  byId('key-hint').textContent = hint;
  input.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(taken(keep, dialog.returnValue, input)), { once: true });
  });
}

function taken(keep, choice, input) {
  const given = input.value.trim();
  input.value = '';
  const use = choice === 'use' && given !== '';
  if (use) {
    keep(given);
  }
  return use;
}

function authorization(key) {
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}
