/**
 * Measures a page that stands still in the browser: a few checks for accessibility, and how it fits a telephone. All of
 * it runs in a world of its own inside the page, where the page's scripts cannot answer for it; nothing is requested,
 * and the page is not clicked.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CDPSession } from 'playwright';
import type { Inspection, PhoneFacts } from '../core/model.ts';

/** Milliseconds that all of it may take. */
export const INSPECTION_TIME = 15_000;

export interface Desk {
  readonly width: number;
  readonly height: number;
}

/**
 * Checks of axe-core that block somebody from the page and are right nearly always (catalogue 14). Contrast and the
 * like are left out: they cost ten times as much and need a person to look.
 */
const CHECKS = ['html-has-lang', 'document-title', 'image-alt', 'label', 'link-name', 'button-name', 'meta-viewport', 'frame-title']; // prettier-ignore
/** The telephone of the catalogue (16). */
const PHONE: Desk = { width: 390, height: 844 };
/** Milliseconds that style sheets and scripts get to rearrange the page for the other width. */
const REARRANGING = 300;
const MAX_ELEMENTS = 5; // named for one fault
const MAX_MARKUP = 200; // characters of one element
const MAX_TEXTS = 20_000; // pieces of text measured
const MAX_TARGETS = 2_000; // links and controls measured

/** Measures the page of `session` and leaves it in the size of `desk`. `ask` evaluates in the world of our own. */
export async function inspectPage(
  session: CDPSession,
  ask: <T>(expression: string) => Promise<T | null>,
  desk: Desk,
): Promise<Inspection> {
  const accessibility = await checkAccessibility(ask);
  const resize = (size: Desk, mobile: boolean): Promise<unknown> =>
    session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile });
  try {
    await resize(PHONE, true);
    await new Promise((done) => setTimeout(done, REARRANGING));
    return { accessibility, phone: await ask<PhoneFacts>(PHONE_FACTS) };
  } finally {
    await resize(desk, false);
  }
}

async function checkAccessibility(
  ask: <T>(expression: string) => Promise<T | null>,
): Promise<Inspection['accessibility']> {
  const isThere = await ask<boolean>(`${await axeSource()}; typeof axe === 'object'`);
  if (isThere !== true) return null;
  return ask<NonNullable<Inspection['accessibility']>>(RUN_CHECKS);
}

let source: Promise<string> | undefined;
const axeSource = (): Promise<string> =>
  (source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));

/** How an element is named so that it is found again in the stored markup; null inside shadow trees, which that lacks. */
const SPOT = `
  const spot = (element) => {
    if (!element || element.getRootNode() !== document) return null;
    const path = [];
    for (let at = element; at !== document.documentElement; at = at.parentElement) {
      let position = 1;
      for (let before = at.previousElementSibling; before; before = before.previousElementSibling) position++;
      path.unshift(position);
    }
    return { path, tag: element.localName, markup: element.cloneNode(false).outerHTML.slice(0, ${MAX_MARKUP}) };
  };`;

const RUN_CHECKS = `(async () => {${SPOT}
  const { violations, incomplete, testEngine } = await axe.run(document, {
    runOnly: { type: 'rule', values: ${JSON.stringify(CHECKS)} },
    resultTypes: ['violations', 'incomplete'], elementRef: true, iframes: false, preload: false, selectors: false,
  });
  const told = (results) => results
    .map(({ id, nodes }) => ({
      check: id,
      count: nodes.length,
      elements: nodes.slice(0, ${MAX_ELEMENTS}).map(({ element }) => spot(element)).filter(Boolean),
    }))
    .sort((a, b) => (a.check < b.check ? -1 : 1));
  const letters = { ltr: 0, rtl: 0 };
  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  for (let texts = 0; texts < ${MAX_TEXTS} && walker.nextNode(); texts++) {
    const { data, parentElement } = walker.currentNode;
    const length = data.replace(/\\s+/g, '').length;
    if (length > 0 && parentElement?.checkVisibility()) letters[getComputedStyle(parentElement).direction] += length;
  }
  return {
    by: testEngine.name + ' ' + testEngine.version,
    direction: letters.rtl > letters.ltr ? 'rtl' : 'ltr',
    violations: told(violations),
    incomplete: told(incomplete),
  };
})()`;

/**
 * Sizes are multiplied by how much a telephone shrinks a layout wider than its screen. Text of less than 12 pixels is
 * small, and so is a target of less than 24 either way; links within a sentence do not count (WCAG 2.2, 2.5.8).
 */
const PHONE_FACTS = `(() => {${SPOT}
  const LEAST_TEXT = 12, LEAST_TARGET = 24, SENTENCE = 12;
  const root = document.scrollingElement ?? document.documentElement;
  const width = ${PHONE.width};
  const layoutWidth = root.clientWidth;
  const scale = Math.min(1, width / layoutWidth);
  const contentWidth = Math.max(root.scrollWidth, layoutWidth);
  // a page that runs to the left may begin anywhere
  const base = document.documentElement.getBoundingClientRect();
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });

  let widest = null, reach = 8;
  let letters = 0, smallLetters = 0, smallText = null, texts = 0;
  const sizes = new Map();
  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  while (texts < ${MAX_TEXTS} && walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const length = data.replace(/\\s+/g, '').length;
    if (length === 0 || !parentElement || /^(?:script|style|noscript|template)$/.test(parentElement.localName)) continue;
    texts++;
    if (!sizes.has(parentElement)) sizes.set(parentElement, isShown(parentElement) ? parseFloat(getComputedStyle(parentElement).fontSize) * scale : 0);
    const size = sizes.get(parentElement);
    if (size === 0) continue;
    letters += length;
    if (size < LEAST_TEXT - 0.01) {
      smallLetters += length;
      smallText ??= parentElement;
    }
  }
  if (contentWidth > layoutWidth + reach) {
    for (const element of document.body?.getElementsByTagName('*') ?? []) {
      const { left, right } = element.getBoundingClientRect();
      const over = Math.max(right - base.right, base.left - left);
      if (over > reach) [widest, reach] = [element, over];
    }
  }

  const union = (boxes) => boxes.reduce((a, b) => ({ left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) }));
  const boxOf = (element) => {
    const parts = [element, ...[...element.getElementsByTagName('*')].slice(0, 20), ...(element.labels ?? [])];
    const boxes = parts.map((part) => part.getBoundingClientRect()).filter((box) => box.width > 0 && box.height > 0);
    return boxes.length === 0 ? null : union(boxes);
  };
  const isInSentence = (element) => {
    if (element.localName !== 'a' || getComputedStyle(element).display !== 'inline') return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (!block) return false;
    const lengthOf = (text) => text.replace(/\\s+/g, '').length;
    let linked = 0;
    for (const link of block.getElementsByTagName('a')) linked += lengthOf(link.textContent);
    return lengthOf(block.textContent) - linked >= SENTENCE;
  };
  const found = [];
  const CONTROLS = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=tab], [role=menuitem]';
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (found.length >= ${MAX_TARGETS}) break;
    if (element.parentElement?.closest(CONTROLS) || !isShown(element) || isInSentence(element)) continue;
    const box = boxOf(element);
    // what waits outside of the page (skip links, drawers) is not there to be tapped
    const margin = contentWidth - layoutWidth;
    if (!box || box.bottom <= base.top || box.right <= base.left - margin || box.left >= base.right + margin) continue;
    const isLarge = (box.right - box.left) * scale >= LEAST_TARGET - 0.5 && (box.bottom - box.top) * scale >= LEAST_TARGET - 0.5;
    found.push({ element, isLarge });
  }
  const small = found.filter((target) => !target.isLarge);
  return {
    width, layoutWidth, contentWidth, letters, smallLetters, targets: found.length, smallTargets: small.length,
    widest: spot(widest), smallText: spot(smallText), smallTarget: spot(small[0]?.element ?? null),
  };
})()`;
