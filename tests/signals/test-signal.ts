/**
 * The tester of signals. A case is a page, the signal, and what a visitor would say; beside that the tester checks that
 * the element shown is exactly one, and that neither spelling nor what stands around a page changes an answer.
 */
import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { QUOTE_LENGTH } from '../../src/core/model.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { selectorOf } from '../../src/core/page-tree.ts';
import { detectSignals, type SignalVerdict } from '../../src/core/signal.ts';
import { PAGE_VARIANTS } from '../variants.ts';

export interface SignalCases {
  /** What the page is, and its markup: the body, or a whole document. */
  readonly shows: readonly (readonly [name: string, html: string, quote?: string])[];
  readonly lacks: readonly (readonly [name: string, html: string])[];
  /** Pages on which only a person could say. */
  readonly asks?: readonly (readonly [name: string, html: string])[];
  /** Variants that are what the case is about. */
  readonly except?: readonly string[];
  /** The address of the pages. */
  readonly at?: string;
}

const URL_OF_PAGE = 'https://www.org.example/page';
/** Words enough that the page is no empty shell. */
const REST =
  '<p>این صفحه نوشته‌ای دارد که به موضوع ربطی ندارد و تنها جای خالی را پر می‌کند تا پوسته‌ای خالی نباشد.</p>';

const documentOf = (html: string): string =>
  /<html/i.test(html)
    ? html
    : `<!doctype html><html><head><title>سازمان نمونه</title></head><body>${html}${REST}</body></html>`;

/** Makes the tests of one signal. */
export function testSignal(
  name: string,
  { shows, lacks, asks = [], except = [], at = URL_OF_PAGE }: SignalCases,
): void {
  const signal = SIGNALS.find((candidate) => candidate.name === name)!;
  const answer = (html: string) => {
    const page = viewPage(html, { url: at, matcher });
    return { page, ...detectSignals(page, [signal]).get(name)! };
  };
  const check = (html: string, verdict: SignalVerdict, quote?: string): void => {
    const document = documentOf(html);
    const { page, spot, verdict: found } = answer(document);
    expect(found).toBe(verdict);
    if (spot) {
      const selector = selectorOf(page.tree, spot.node);
      expect(load(document)(selector).length, `${selector} selects exactly one element`).toBe(1);
      expect(spot.quote.trim().length, 'the quote shows something').toBeGreaterThan(0);
      expect(spot.quote.length).toBeLessThanOrEqual(QUOTE_LENGTH);
      if (quote !== undefined) expect(spot.quote).toContain(quote);
    }
    const variants = Object.entries(PAGE_VARIANTS).filter(([variant]) => !except.includes(variant));
    expect(variants.map(([variant, change]) => `${variant}: ${answer(change(document)).verdict}`)).toEqual(
      variants.map(([variant]) => `${variant}: ${verdict}`),
    );
  };
  describe(name, () => {
    it.each(shows.map((entry) => [entry[0], entry] as const))('shows in %s', (_, [, html, quote]) =>
      check(html, 'present', quote),
    );
    it.each(lacks.map((entry) => [entry[0], entry] as const))('does not show in %s', (_, [, html]) =>
      check(html, 'absent'),
    );
    it.each(asks.map((entry) => [entry[0], entry] as const))('leaves to a person: %s', (_, [, html]) =>
      check(html, 'unclear'),
    );
  });
}
