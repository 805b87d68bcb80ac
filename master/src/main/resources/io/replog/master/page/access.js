/** Calls the node, with the key of this tab where the cluster asks for one. */

import { byId } from './dom.js';

const STORED = 'replog.key';

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
  const another = response.status === 401 && (sessionStorage.getItem(STORED) !== used || (await askForKey()));
  return another ? call(path, options) : response;
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

/** Asks the person; whoever asks meanwhile shares the answer. Whether there is a key now. */
export function askForKey() {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

function ask() {
  const dialog = byId('key-dialog');
  const input = byId('key-input');
  input.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(taken(dialog.returnValue, input)), { once: true });
  });
}

function taken(choice, input) {
  const key = input.value.trim();
  input.value = '';
  const use = choice === 'use' && key !== '';
  if (use) {
    sessionStorage.setItem(STORED, key);
  }
  return use;
}

function authorization(key) {
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}
