/** What a page makes worth a look. Whether it is then looked at, robots, budgets and the frontier decide. */
import { describe, expect, it } from 'vitest';
import { matcher, type ConceptId } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { wishesOf, type Surroundings } from '../../src/audit/wishes.ts';
import { seeking } from '../../src/cli/compose.ts';
import { readPage } from '../../src/core/judge.ts';
import type { Role, Service, Snapshot } from '../../src/core/model.ts';
import { titleOfService } from '../../src/core/similarity.ts';

const PORTAL = 'https://www.org.example/';
const SERVICE: Service = {
  id: 'permit', organizationId: 'org', parentId: null, code: null, titles: { fa: 'صدور پروانه بهره‌برداری معدن', en: '' },
  pageUrl: `${PORTAL}permit`, systemUrl: null, profile: [], extra: {},
}; // prettier-ignore

/** What is wished for on a page: "role address", links that nobody follows left out. */
function wished(role: Role, body: string, around: Partial<Surroundings<ConceptId>> = {}, url = PORTAL): string[] {
  const snapshot = { url, role, chain: [{ url, status: 200 }], serviceIds: ['permit'], rendered: null } as unknown;
  const seen = readPage(snapshot as Snapshot, `<html lang="fa"><body>${body}</body></html>`, {
    matcher,
    signals: SIGNALS,
  });
  return wishesOf(seen, {
    seeking,
    services: [{ service: SERVICE, title: titleOfService(SERVICE.titles) }],
    portalHost: 'www.org.example',
    paymentHosts: ['pay.org.example'],
    depth: 0,
    topic: '',
    onHome: new Set(),
    ...around,
  })
    .filter(({ weight }) => weight > 0)
    .map((target) => `${target.role} ${target.url}`);
}

describe('the system of a service', () => {
  const page = (links: string): string => `<main><h1>صدور پروانه بهره‌برداری معدن</h1><p>${links}</p></main>`;
  const permits = '<a href="https://mines.org.example/">سامانه پروانه‌های معدنی</a>';

  it('is the one that its text names, also behind links to those that the first page offers to all', () => {
    const all = 'https://desk.org.example/';
    const links = `<a href="${all}">سامانه میز کار</a> <a href="https://pay.org.example/">درگاه عوارض</a> ${permits}`;
    const found = wished('service', page(links), { onHome: new Set([all]) });
    expect(found).toContain('system https://mines.org.example/');
    expect(found.filter((wish) => wish.startsWith('system'))).toHaveLength(1);
  });
  it('is not looked for when the registry declares one', () => {
    const declared = { ...SERVICE, systemUrl: 'https://sys.org.example/' };
    const services = [{ service: declared, title: titleOfService(SERVICE.titles) }];
    expect(wished('service', page(permits), { services })).not.toContain('system https://mines.org.example/');
  });
});

describe('log-ins of a system', () => {
  it('are known by their addresses, each once, and apart from doors of other kinds', () => {
    const login = '<a href="/login">x</a>';
    const others = '<a href="/auth/register">y</a><a href="/oauth/callback?s=1">z</a><a href="/login/reset">w</a>';
    const found = wished('system', `${login}${others}${login}<a href="/sso">v</a>`);
    expect(found.filter((wish) => wish.startsWith('login'))).toEqual([`login ${PORTAL}login`, `login ${PORTAL}sso`]);
  });
});

describe('a system', () => {
  const SYS = 'https://sys.org.example/permit/new';
  it('has its first page looked at, and what its content leads to', () => {
    const found = wished('system', '<main><p><a href="/x7">چه شد؟</a></p></main>', {}, SYS);
    expect(found).toEqual(['target https://sys.org.example/', 'target https://sys.org.example/x7']);
  });
  it('may have the log-in of the state a step behind its own', () => {
    expect(wished('login', '<a href="/auth">درگاه یکتا</a>', {}, 'https://sys.org.example/login')).toEqual([
      'login https://sys.org.example/auth',
    ]);
  });
});

describe('a page that tells how to reach the body', () => {
  it('leads on to the form for a message, not to what the first page offers', () => {
    const body = '<main><h1>نشانی</h1><p><a href="/m7">برگه پیام</a> <a href="/news">x</a></p></main>';
    const onHome = new Set([`${PORTAL}news`]);
    expect(wished('page', body, { topic: 'contact', onHome })).toContain(`target ${PORTAL}m7`);
    expect(wished('page', body, { topic: 'contact', onHome })).not.toContain(`target ${PORTAL}news`);
  });
});

describe('a topic', () => {
  const under = (heading: string): string =>
    `<main><h1>سازمان</h1><h2>${heading}</h2><p><a href="https://talk.org.example/">تالار مهرگان</a></p><h2>پیوندها</h2><p><a href="https://other.org.example/">دیگران</a></p></main>`;

  it('is followed from a heading that names it, up to the next heading', () => {
    const found = wished('portal', under('نظرخواهی'));
    expect(found).toContain('page https://talk.org.example/');
    expect(found).not.toContain('page https://other.org.example/');
  });
  it('is not followed from a heading that names none, or to another body', () => {
    expect(wished('portal', under('گزارش سال'))).not.toContain('page https://talk.org.example/');
    const away = under('نظرخواهی').replace('talk.org.example', 'talk.away.example');
    expect(wished('portal', away)).not.toContain('page https://talk.away.example/');
  });
  it('is read on all hosts of the body, and only tried on those of others', () => {
    const link = (host: string): string =>
      `<main><h1>سازمان</h1><a href="https://${host}/faq">پرسش‌های متداول</a></main>`;
    expect(wished('portal', link('help.org.example'))).toContain('page https://help.org.example/faq');
    expect(wished('portal', link('help.away.example'))).toContain('target https://help.away.example/faq');
  });
  it('is never followed to where one pays', () => {
    const link = '<main><h1>سازمان</h1><a href="https://pay.org.example/faq">پرسش‌های متداول</a></main>';
    expect(wished('portal', link).filter((wish) => wish.includes('pay.org'))).toEqual([]);
  });
});
