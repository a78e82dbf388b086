/** Every signal answers for every page, with one element that is there, and the same again. */
import { load } from 'cheerio';
import { expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { selectorOf } from '../../src/core/page-tree.ts';
import { detectSignals } from '../../src/core/signal.ts';
import { HOSTILE_PAGES } from '../hostile-pages.ts';

const answersTo = (html: string) => {
  const page = viewPage(html, { url: 'https://www.org.example/', matcher });
  return { page, answers: detectSignals(page, SIGNALS) };
};

it.each(Object.entries(HOSTILE_PAGES))('answers for a page with %s', (_, html) => {
  const { page, answers } = answersTo(html);
  expect([...answers].map(([name]) => name).sort()).toEqual(SIGNALS.map(({ name }) => name).sort());
  const document = load(html);
  for (const [name, { spot }] of answers)
    if (spot) expect(document(selectorOf(page.tree, spot.node)).length, name).toBe(1);
  const told = (all: typeof answers) =>
    [...all].map(([name, { verdict, spot }]) => [name, verdict, spot?.node, spot?.quote]);
  expect(told(answersTo(html).answers)).toEqual(told(answers));
});
