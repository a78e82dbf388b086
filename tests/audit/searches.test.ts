import { describe, expect, it } from 'vitest';
import { matcher, type ConceptId } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { searchesOf } from '../../src/audit/searches.ts';
import type { Service, Snapshot } from '../../src/core/model.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { detectSignals } from '../../src/core/signal.ts';
import type { SeenPage } from '../../src/core/site-view.ts';
import { actionGuard, normalizeUrl, trapReason } from '../../src/crawl/guard.ts';

const look = (
  body: string,
  { charset = 'utf-8' as string | null, lang = 'fa', script = '' } = {},
): SeenPage<ConceptId> => {
  const html = `<html lang="${lang}"><head>${script}</head><body>${body}<main><h1>سازمان</h1></main></body></html>`;
  const page = viewPage(html, { url: 'https://www.org.example/', matcher });
  return { snapshot: { charset, rendered: null } as Snapshot, hash: '', page, signals: detectSignals(page, SIGNALS) };
};
const service = (id: string, fa: string, pageUrl: string | null = `https://www.org.example/${id}`): Service => ({
  id, organizationId: 'org', parentId: null, code: null, titles: { fa, en: '' }, pageUrl, systemUrl: null, profile: [], extra: {},
}); // prettier-ignore
const SERVICES = [
  service('permit', 'صدور پروانه بهره‌برداری معدن سنگ'),
  service('card', 'تمدید کارت بازرگانی'),
  service('visa', 'معرفی سرمایه‌گذار برای روادید تجاری'),
];
const COMMON = { fa: 'خدمات', en: 'services' };
const asked = (seen: SeenPage<ConceptId>, services = SERVICES): [string | null, string][] =>
  searchesOf(seen, services, COMMON).map(({ serviceId, url }) => [
    serviceId,
    decodeURIComponent(url.replaceAll('+', ' ')),
  ]);
const BOX = '<input type="search" name="q">';

describe('questions to the search of a portal', () => {
  it('are words of three titles and a common one, as the form would send them', () => {
    const form = `<form action="/find?old=1"><input type="hidden" name="site" value="1">${BOX}<input type="radio" name="in" value="all" checked><input type="radio" name="in" value="news"><input type="checkbox" name="exact" value="1"></form>`;
    expect(asked(look(form))).toEqual([
      ['permit', 'https://www.org.example/find?site=1&in=all&q=پروانه بهره‌برداری معدن'],
      ['card', 'https://www.org.example/find?site=1&in=all&q=کارت بازرگانی'],
      ['visa', 'https://www.org.example/find?site=1&in=all&q=معرفی سرمایه‌گذار روادید'],
      [null, 'https://www.org.example/find?site=1&in=all&q=خدمات'],
    ]);
  });

  it('may be asked: they are neither actions nor traps', () => {
    for (const { url } of searchesOf(look(`<form action="/find">${BOX}</form>`), SERVICES, COMMON)) {
      expect([actionGuard(url), trapReason(url), normalizeUrl(url) === null]).toEqual([null, null, false]);
    }
  });

  it('are never more than four, of services spread over the list', () => {
    const many = Array.from({ length: 9 }, (_, n) => service(`s${n}`, `گواهی گونه${n} کالا`));
    expect(asked(look(`<form>${BOX}</form>`), many).map(([id]) => id)).toEqual(['s0', 's4', 's8', null]);
  });

  it('ask for services whose page is known where there are enough of them', () => {
    const some = [service('x', 'گواهی نخست کالا', null), ...SERVICES];
    expect(asked(look(`<form>${BOX}</form>`), some).map(([id]) => id)).toEqual(['permit', 'card', 'visa', null]);
  });

  it('follow the address that a page gives to search engines', () => {
    const script = '<script type="application/ld+json">{"@type":"WebSite","potentialAction":{"@type":"SearchAction","target":{"@type":"EntryPoint","urlTemplate":"https:\\/\\/www.org.example\\/?s={search_term_string}"},"query-input":"required"}}</script>';
    expect(asked(look(BOX, { script }))[1]).toEqual(['card', 'https://www.org.example/?s=کارت بازرگانی']);
  }); // prettier-ignore

  it.each([
    ['a form that posts', `<form method="post" action="/find">${BOX}</form>`, {}],
    ['a field without a form', BOX, {}],
    ['a field without a name', '<form><input type="search" id="q"></form>', {}],
    ['a form of another site', `<form action="https://www.google.com/search">${BOX}</form>`, {}],
    ['a form with a password', `<form>${BOX}<input type="password" name="p"></form>`, {}],
    ['a form with a captcha', `<form>${BOX}<input name="captcha"></form>`, {}],
    ['an old encoding, whose bytes would be others', `<form>${BOX}</form>`, { charset: 'windows-1256' }],
    ['a page without a search', '<p>متن</p>', {}],
  ])('are not put to %s', (_, body, more) => expect(asked(look(body, more))).toEqual([]));

  it('are none where there is no service', () => {
    expect(asked(look(`<form>${BOX}</form>`), [])).toEqual([]);
  });
});
