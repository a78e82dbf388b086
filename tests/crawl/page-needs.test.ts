import { describe, expect, it } from 'vitest';
import { decideRendering, missingProbeUrl, needsBrowser, scriptsAdded } from '../../src/crawl/page-needs.ts';

const need = (html: string, words: number, scripts: string[] = ['/app.js']) => needsBrowser({ html, words, scripts });

describe('a browser is needed', () => {
  it.each([
    ['an empty Vue root', '<div id="app"></div><script src="/app.js"></script>', 0],
    [
      'an empty React root with a noscript inside',
      '<div id="root"><noscript>You need to enable JavaScript</noscript></div><script src=x></script>',
      8,
    ],
    ['an Angular root that says it is loading', '<app-root><div>Loading...</div></app-root><script src=x></script>', 1],
    ['a Next root', '<div id="__next"></div><script src=x></script>', 3],
    [
      'a WebForms page whose panels come later',
      '<script>{"PartialUpdatePanel1":{"InitiallyRenderFromClient":true}}</script>',
      400,
    ],
    [
      'a page that asks for scripts in Persian',
      '<noscript>لطفا جاوا اسکریپت مرورگر خود را فعال کنید</noscript><script>1</script>',
      10,
    ],
    ['a page that says it is loading', '<main><p>در حال بارگذاری...</p></main><script>1</script>', 60],
    ['hardly any words, and scripts', '<p>سلام</p><script>1</script>', 1],
  ])('%s', (_name, html, words) => expect(need(html, words).needed).toBe(true));
});

describe('a browser is not needed', () => {
  it.each([
    ['a page with content and scripts', '<p>…</p><script src="/jquery.js"></script>', 300],
    ['a mount point that the server filled', '<div id="app"><main>…</main></div><script src=x></script>', 300],
    ['a content-rich page with an empty root for a widget', '<div id="root"></div><script src=x></script>', 500],
    [
      'a WebForms page that the server renders',
      '<script>{"PartialUpdatePanel1":{"InitiallyRenderFromClient":false}}</script>',
      400,
    ],
    ['a content-rich page that mentions noscript', '<noscript>enable JavaScript</noscript><script>1</script>', 300],
  ])('%s', (_name, html, words) => expect(need(html, words).needed).toBe(false));

  it('a short page is worth a look, and still no empty frame', () => {
    expect(need('<h1>تماس با ما</h1><p>…</p><script src=x></script>', 25)).toMatchObject({
      needed: true,
      isShell: false,
    });
    expect(need('<h1>خدمات</h1><script src=x></script>', 3)).toMatchObject({ needed: true, isShell: true });
    expect(need('<main><p>در حال بارگذاری...</p></main><script>1</script>', 25).isShell).toBe(true);
  });

  it('for a page without any script, however short', () => expect(need('<p>سلام</p>', 1, []).needed).toBe(false));
});

describe('what a host taught', () => {
  const wanted = { needed: true, isShell: true, reason: 'x' };
  const unwanted = { needed: false, isShell: false, reason: 'x' };
  it('renders all pages of a host whose first pages gained by it', () => {
    expect(decideRendering(unwanted, { helped: 2, useless: 0 }).needed).toBe(true);
    expect(decideRendering(unwanted, { helped: 1, useless: 0 }).needed).toBe(false);
  });
  it('stops rendering where nothing was gained three times', () => {
    expect(decideRendering(wanted, { helped: 0, useless: 3 }).needed).toBe(false);
    expect(decideRendering(wanted, { helped: 1, useless: 9 }).needed).toBe(true);
  });
});

it('counts words and links that scripts added, not a clock', () => {
  const shape = (words: number, links: number) => ({
    words,
    links: Array<number>(links).fill(0),
    scripts: [],
    title: '',
    runs: [],
  });
  expect(scriptsAdded(shape(5, 0), shape(200, 30))).toBe(true);
  expect(scriptsAdded(shape(300, 40), shape(303, 40))).toBe(false);
  expect(scriptsAdded(shape(300, 10), shape(300, 40))).toBe(true);
});

describe('"not found" that says 200', () => {
  it('is looked for at a path that nobody has', () => {
    expect(missingProbeUrl('https://a.ir/fa/index.html?x=1')).toBe('https://a.ir/rasad-no-such-page-7c1e');
  });
});
