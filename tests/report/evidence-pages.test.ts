import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { citedPages, linksTo } from '../../src/report/evidence-pages.ts';
import { openSite } from '../../src/report/html.ts';
import { aFinding, aReport, aSnapshot, FINDINGS, hash, site, someEvidence } from './sample.ts';

const first = someEvidence({ selector: 'body > h1:nth-child(1)' });
const second = someEvidence({ selector: 'body > p:nth-child(2)' });
const whole = someEvidence({ selector: null });
const nowhere = someEvidence({ snapshot: '' });
const details = (organization: string, ...evidence: readonly ReturnType<typeof someEvidence>[]) => ({
  findings: [aFinding({ organization, evidence })],
  snapshots: [aSnapshot({ organizationId: organization })],
  skipped: [],
});

describe('a stored page that several organizations cite', () => {
  it('has the marks of all, numbered in the order of citing, each place once', () => {
    const cited = citedPages();
    cited.note(details('tax', second, whole));
    cited.note(details('post', first, second));
    const [only, ...more] = cited.all();
    expect(more).toEqual([]);
    expect(only!.marks.map(({ number, selector }) => [number, selector])).toEqual([[1, second.selector], [2, first.selector]]); // prettier-ignore
    expect(only!.snapshots.map(({ organizationId }) => organizationId)).toEqual(['tax', 'post']);
  });

  it('is linked to by each at its own marks', () => {
    const cited = citedPages();
    cited.note(details('tax', second));
    const own = details('post', first, second, whole, nowhere);
    const links = linksTo(cited.note(own), own);
    const page = `evidence/${hash('a')}.html`;
    const targets = own.findings[0]!.evidence.map((one) => links.cite(one, 'presence/contact-info'));
    expect(targets).toEqual([`${page}#e2`, `${page}#e1`, page, null]);
    expect(links.pathOf(own.snapshots[0]!)).toBe(page);
    expect(links.pathOf(aSnapshot({ body: { hash: hash('b'), size: 1, encoding: 'gzip' } }))).toBeNull();
  });

  it('is copied once, with links back to all of them', async () => {
    const files = await site(
      await aReport({
        findings: [...FINDINGS, aFinding({ organization: 'post', rule: 'participation/poll', evidence: [first] })],
        snapshots: [aSnapshot(), aSnapshot({ organizationId: 'post' })],
      }),
    );
    const $ = load(files.get(`evidence/${hash('a')}.html`)!);
    expect($('header a').map((_, link) => $(link).attr('href')).get()).toEqual(['../index.html', '../organizations/tax.html', '../organizations/post.html']); // prettier-ignore
    expect($('.copy mark').map((_, place) => $(place).attr('id')).get()).toEqual(['e2', 'e1']); // prettier-ignore
    expect([...files.keys()].filter((path) => path.startsWith('evidence/')).length).toBe(2);
  });
});

describe('a part of the site', () => {
  it('is plain data, so that another thread can make it', async () => {
    const opened = openSite(await aReport());
    const kinds: string[] = [];
    for await (const part of opened.parts()) {
      expect(structuredClone(part)).toEqual(part);
      kinds.push(part.kind);
    }
    expect(kinds).toEqual(['front', 'organization', 'organization', 'evidence']);
    expect(opened.last([hash('a')])).toMatchObject({ kind: 'list', missing: [{ hash: hash('a') }] });
  });
});
