import { describe, expect, it } from 'vitest';
import { beginVisit, type PageRequest } from '../../src/crawl/page-guard.ts';
import { isSettled } from '../../src/crawl/settle.ts';

const visit = (more: Partial<Parameters<typeof beginVisit>[0]> = {}) =>
  beginVisit({
    url: 'https://www.a.gov.ir/',
    pictures: false,
    stopHosts: (host) => host.endsWith('shaparak.ir'),
    maxRequests: 50,
    ...more,
  });
const request = (url: string, more: Partial<PageRequest> = {}): PageRequest => ({
  method: 'GET',
  url,
  type: 'XHR',
  isMainFrame: true,
  ...more,
});

describe('a page may', () => {
  it.each([
    ['load its scripts and styles from anywhere', request('https://cdn.example/x.js', { type: 'Script' })],
    ['fetch its content by POST from its own domain', request('https://api.a.gov.ir/Panel.aspx', { method: 'POST' })],
    ['ask what another origin allows', request('https://b.ir/api', { method: 'OPTIONS', type: 'Preflight' })],
    ['use data of its own making', request('data:image/png;base64,x', { type: 'Image' })],
  ])('%s', (_name, asked) => expect(visit({ pictures: true }).judge(asked)).toBeNull());
});

describe('a page may not', () => {
  it.each([
    ['submit a form', request('https://www.a.gov.ir/save', { method: 'POST', type: 'Document' }), 'POST is not sent'],
    ['send anything to another domain', request('https://b.ir/collect', { method: 'POST' }), 'POST is not sent'],
    ['send a beacon', request('https://www.a.gov.ir/log', { method: 'POST', type: 'Ping' }), 'POST is not sent'],
    ['delete', request('https://www.a.gov.ir/item/1', { method: 'DELETE' }), 'DELETE is not sent'],
    [
      'vote by a picture',
      request('https://www.a.gov.ir/vote.jsp?votefor=1', { type: 'Image' }),
      'looks like an action: path part "vote.jsp"',
    ],
    [
      'lead to a payment',
      request('https://sep.shaparak.ir/pay', { type: 'Document' }),
      'sep.shaparak.ir, where looking ends',
    ],
    ['open a file', request('file:///etc/passwd', { type: 'Document' }), 'not http(s)'],
  ])('%s', (_name, asked, reason) => {
    const page = visit({ pictures: true });
    expect(page.judge(asked)).toBe(reason);
    expect(page.stopped).toEqual([{ url: asked.url, reason }]);
  });

  it('load fonts and films, nor pictures when none is taken; nobody asks about those', () => {
    const page = visit();
    for (const type of ['Font', 'Media', 'Image'])
      expect(page.judge(request('https://a.ir/x', { type }))).toBe('not needed');
    expect(page.stopped).toEqual([]);
  });

  it('ask for more than it is allowed', () => {
    const page = visit({ maxRequests: 2 });
    expect([1, 2, 3].map((n) => page.judge(request(`https://a.ir/${n}`)))).toEqual([
      null,
      null,
      'more than 2 requests',
    ]);
    expect(page.refusal()).toBeNull();
  });

  it('lead on and on', () => {
    const page = visit();
    const document = request('https://www.a.gov.ir/', { type: 'Document' });
    for (let n = 0; n < 6; n++) expect(page.judge(document)).toBeNull();
    expect(page.judge(document)).toBe('leads on and on');
    expect(page.refusal()).toMatchObject({ kind: 'unreachable', cause: 'redirect-loop' });
  });
});

it('where the main frame went is known, and what a frame does is not mistaken for it', () => {
  const page = visit();
  page.judge(request('https://www.a.gov.ir/fa', { type: 'Document' }));
  page.judge(request('https://maps.example/', { type: 'Document', isMainFrame: false }));
  page.judge(request('https://sep.shaparak.ir/', { type: 'Document', isMainFrame: false }));
  expect([page.mainUrl(), page.refusal()]).toEqual(['https://www.a.gov.ir/fa', null]);
});

describe('a page has come to rest', () => {
  const quiet = { silence: 600, text: 400, isParsed: true };
  const network = { pending: 0, silence: 400 };
  it.each([
    ['when document and network are silent', quiet, network, true],
    ['not while it is parsed', { ...quiet, isParsed: false }, network, false],
    ['not while it changes', { ...quiet, silence: 100 }, network, false],
    ['not while something is under way', quiet, { ...network, pending: 1 }, false],
    ['not just after something arrived', quiet, { ...network, silence: 50 }, false],
    ['later, while it is hardly more than a frame', { ...quiet, text: 20 }, network, false],
    ['also as a frame, in the end', { ...quiet, text: 20, silence: 1_600 }, network, true],
  ])('%s', (_name, page, net, expected) => expect(isSettled(page, net, 500)).toBe(expected));
});
