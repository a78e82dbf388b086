import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { RULES } from '../../rules/index.ts';
import { r4 } from '../../rules/editions/r4.ts';
import { STAGES, type FetchOutcome, type Finding } from '../../src/core/model.ts';
import { ALL_PHRASES, PAGE_VARIANTS } from '../variants.ts';
import { findingOf, PORTAL, SERVICE_PAGE, SYSTEM, type RuleCase } from './test-rule.ts';

const recorded = vi.hoisted(() => new Map<string, unknown>());
vi.mock('./test-rule.ts', async (original) => ({
  ...(await original<typeof import('./test-rule.ts')>()),
  testRule: (rule: { id: string }, cases: unknown) => void recorded.set(rule.id, cases),
}));
for (const stage of STAGES) for (const file of readdirSync(join(import.meta.dirname, stage))) await import(`./${stage}/${file}`);

const noIds = (html: string) => html.replace(/\s(?:id|for)="[^"]*"/g, '');
const inBody = (wrap: (inner: string) => string) => (html: string) => html.replace(/<body([^>]*)>([\s\S]*)<\/body>/, (_, a, inner) => `<body${a}>${wrap(inner)}</body>`);
const strip = (html: string) => html.replace(/<script[\s\S]*?<\/script>/g, '');
const H: Record<string, (html: string) => string> = {
  ...Object.fromEntries(Object.entries(PAGE_VARIANTS)),
  allPhrasesComment: (html) => html.replace('</body>', `<!-- ${ALL_PHRASES} --></body>`),
  allPhrasesScript: (html) => html.replace('</body>', `<script>var a=${JSON.stringify(ALL_PHRASES)}</script></body>`),
  mobileCopy: inBody((inner) => `<div class="d-none d-md-block desktop">${inner}</div><div class="d-md-none mobile">${noIds(strip(inner))}</div>`),
  noScripts: (html) => html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/\son\w+="[^"]*"/g, ''),
};
const N: Record<string, (html: string) => string> = {
  inComment: inBody((inner) => `<!-- ${inner.replaceAll('--', '- -')} -->`),
  hidden: inBody((inner) => `<div hidden>${inner}</div>`),
  displayNone: inBody((inner) => `<div style="display: none">${inner}</div>`),
  template: inBody((inner) => `<template>${inner}</template>`),
  noscript: inBody((inner) => `<noscript>${inner}</noscript>`),
};
const addresses = (test: RuleCase): string[] => [PORTAL, ...(test.page !== null ? [SERVICE_PAGE] : []), ...(test.system !== undefined ? [SYSTEM] : []), ...(test.login !== undefined ? ['https://sys.org.example/login'] : []),
  ...(test.others ?? []).filter((o) => o.page !== undefined).map((o) => o.pageUrl ?? `${PORTAL}services/${o.id}`), ...Object.keys(test.pages ?? {}).map((p) => new URL(p, PORTAL).href), ...Object.keys(test.outcomes ?? {})];
const OUT: FetchOutcome = { kind: 'unreachable', cause: 'timeout', detail: '' };

it('explores', () => {
  const found: string[] = [];
  const t: Record<string, number> = {};
  const timed = <T>(name: string, f: () => T): T => { const s = performance.now(); try { return f(); } finally { t[name] = (t[name] ?? 0) + performance.now() - s; } };
  const say = (rel: string, rule: string, test: RuleCase, a: Finding, b: Finding) => found.push(`${rel}\t${rule}\t${test.name}\t${a.verdict}/${a.outcome} → ${b.verdict}/${b.outcome}`);
  for (const rule of RULES) {
    const cases = recorded.get(rule.id) as RuleCase[];
    for (const test of cases) {
      const base = timed('base', () => findingOf(rule, test));
      for (const [name, change] of Object.entries(H)) {
        if (test.noVariants) continue;
        try {
        const after = timed(name, () => findingOf(rule, test, change));
        if (after.outcome !== base.outcome) say(name, rule.id, test, base, after);
        } catch (e) { found.push(`${name}\t${rule.id}\t${test.name}\tTHROWS ${String(e).slice(0,200)}`); }
      }
      if (base.verdict === 'pass' && base.evidence.some((e) => e.selector)) for (const [name, change] of Object.entries(N)) {
        const after = timed('N', () => findingOf(rule, test, change));
        if (after.verdict === 'pass' || after.verdict === 'partial') say(name, rule.id, test, base, after);
      }
      const urls = addresses(test);
      const all = timed('C', () => findingOf(rule, { ...test, tls: null, plain: null, outcomes: Object.fromEntries(urls.map((u) => [u, OUT])) }));
      if (['pass', 'partial', 'fail'].includes(all.verdict)) say('allBlocked', rule.id, test, base, all);
      if (base.verdict === 'pass' || base.verdict === 'partial') for (const url of urls) {
        const one = timed('C', () => findingOf(rule, { ...test, outcomes: { ...test.outcomes, [url]: OUT } }));
        if (one.verdict === 'fail') say(`oneBlocked ${url}`, rule.id, test, base, one);
      }
      const rev = findingOf(rule, { ...test, pages: Object.fromEntries(Object.entries(test.pages ?? {}).reverse()) });
      if (rev.outcome !== base.outcome) say('reversed', rule.id, test, base, rev);
      if (!test.edition) {
        const old = findingOf(rule, { ...test, edition: r4 });
        const v: Record<string, number> = { fail: 0, partial: 1, pass: 2 };
        if (v[old.verdict]! < v[base.verdict]!) say('r4', rule.id, test, base, old);
      }
    }
  }
  console.log(found.join('\n'));
  console.log(JSON.stringify(t, null, 1), found.length);
}, 600000);
