import { load, type CheerioAPI } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { selectorOf } from '../../src/core/page-tree.ts';
import { renderEvidencePage, type Mark } from '../../src/report/evidence-page.ts';
import { voiceOf } from '../../src/report/voice.ts';
import { aReport, aSnapshot, hash, HOME, parseErrors } from './sample.ts';

const data = await aReport();
const mark = (selector: string, number = 1): Mark => ({ number, selector, rules: ['presence/contact-info'] });
const pageOf = (
  html: string | null,
  marks: readonly Mark[] = [],
  change: Parameters<typeof aSnapshot>[0] = {},
): string => told(html, marks, change)(voiceOf('en', 'jalali'));
const told = (html: string | null, marks: readonly Mark[], change: Parameters<typeof aSnapshot>[0] = {}): ReturnType<typeof renderEvidencePage> =>
  renderEvidencePage({ data, hash: hash('a'), url: HOME, html, snapshots: [aSnapshot(change)], marks, screenshot: null }); // prettier-ignore
const copyOf = (body: string, ...marks: readonly Mark[]): CheerioAPI => load(pageOf(`<body>${body}</body>`, marks));
const marked = ($: CheerioAPI, number = 1): string => $(`.copy mark#e${number}`).text();

describe('a marked element', () => {
  it.each([
    ['a paragraph', '<p>one</p><p>two</p>', 'body > p:nth-child(2)', 'two'],
    ['a heading', '<h1>Fees</h1>', 'body > h1:nth-child(1)', 'Fees'],
    ['a link, with where it leads', '<a href="/faq">Questions</a>', 'body > a:nth-child(1)', 'Questions /faq'],
    ['a link without words', '<a href="/rss"><i></i></a>', 'body > a:nth-child(1)', '/rss'],
    ['an entry of a list', '<ul><li>a</li><li>b</li></ul>', 'body > ul:nth-child(1) > li:nth-child(2)', 'b'],
    ['a cell', '<table><tr><th>Fee</th><td>10</td></tr></table>', 'body > table:nth-child(1) > tbody:nth-child(1) > tr:nth-child(1) > td:nth-child(2)', '10'],
    ['a table', '<table><tr><td>10</td></tr></table>', 'body > table:nth-child(1)', '10'],
    ['a form field', '<form><input name="q" placeholder="Search"></form>', 'body > form:nth-child(1) > input:nth-child(1)', 'field · text · Search'],
    ['a hidden field', '<input type="hidden" name="token">', 'body > input:nth-child(1)', 'field · hidden · token'],
    ['a picture', '<img src="/logo.png" alt="Ministry">', 'body > img:nth-child(1)', 'image · Ministry · /logo.png'],
    ['a frame', '<iframe src="https://chat.example/w"></iframe>', 'body > iframe:nth-child(1)', 'frame · https://chat.example/w'],
    ['something inside of a drawing', '<svg><title>RSS</title><path id="p"/></svg>', '#p', 'drawing · RSS'],
    ['an element without any words, as its tag', '<div class="g-recaptcha" data-sitekey="k"></div>', 'body > div:nth-child(1)', '<div class="g-recaptcha" data-sitekey="k">'],
    ['an element by its id', '<div><div id="main">here</div></div>', '#main', 'here'],
  ])('is shown: %s', (_, body, selector, text) => {
    const $ = copyOf(body, mark(selector));
    expect(marked($).replace(/\s+/g, ' ').trim()).toBe(text);
    expect($('#e1').length).toBe(1);
  }); // prettier-ignore

  it('may be a row: the mark opens in its first cell', () => {
    const $ = copyOf('<table><tr><td>a</td><td>b</td></tr></table>', mark('body > table:nth-child(1) > tbody:nth-child(1) > tr:nth-child(1)')); // prettier-ignore
    expect([$('tr.cited').length, $('tr.cited td').first().find('mark#e1').length]).toEqual([1, 1]);
  });

  it('may be cited by several rules and lie in another one', () => {
    const $ = copyOf('<div id="a">x <b id="b">y</b></div>', mark('#a'), mark('#b', 2), mark('div', 3));
    expect([marked($, 1), marked($, 2), marked($, 3)]).toEqual(['x y', 'y', 'x y']);
  });

  it('of the head, or the page as a whole, is shown as text above the copy', () => {
    const html =
      '<html lang="fa"><head><meta name="viewport" content="width=device-width"></head><body>x</body></html>';
    const $ = load(pageOf(html, [mark('html'), mark('head > meta:nth-child(1)', 2)]));
    expect($('mark#e1').parent().find('code').text()).toBe('<html lang="fa">');
    expect($('mark#e2').parent().find('code').text()).toBe('<meta name="viewport" content="width=device-width">');
  });

  it('that cannot be found again is said to be so, and its fragment stays', () => {
    const $ = copyOf('<p>x</p>', mark('#gone'), mark('p >>> nonsense', 2));
    expect($('#e1').text()).toContain('could not be found again');
    expect($('#e2').text()).toContain('could not be found again');
  });

  it('is found by the selectors that judging makes', () => {
    const html =
      '<body><nav><ul><li><a href="/a">A</a><li><a href="/b">B</a></ul></nav><table><tr><td>Fee<td>10 <b>Rial</b></table><p>x<div id=2>y</div></body>';
    const { tree, runs } = viewPage(html, { url: HOME, matcher });
    const marks = runs.map((run, i) => mark(selectorOf(tree, run.node), i + 1));
    const $ = load(pageOf(html, marks));
    expect(runs.length).toBeGreaterThan(4);
    runs.forEach((run, i) => expect(marked($, i + 1).replace(/\s+/g, ' ')).toContain(run.text));
  });
});

describe('the copy', () => {
  it('keeps the structure of headings, lists and tables', () => {
    const $ = copyOf('<h1>T</h1><ol><li>a</ol><table><caption>c</caption><tr><th colspan=2>h</th></tr></table>');
    expect($('.copy h3').text()).toBe('T');
    expect([$('.copy ol > li').length, $('.copy caption').length, $('.copy th').attr('colspan')]).toEqual([1, 1, '2']);
  });

  it('keeps nothing that runs, loads or looks like the report', () => {
    const $ = copyOf(`<style>body{display:none}</style><script>evil()</script><link rel=stylesheet href=//x><base href=//x>
      <p onclick="evil()" style="position:fixed" class="v v-pass" id="main">text</p><img src="https://x/track.gif"><iframe src="//x"></iframe>
      <form action="https://x/"><input autofocus onfocus=evil()><button formaction=//x>Go</button></form><a href="javascript:evil()">run</a>
      <object data="//x"></object><svg onload=evil()><a xlink:href="javascript:evil()"><text>t</text></a></svg><math><mtext><img src=x onerror=evil()></mtext></math>
      <video src="//x" poster="//y"></video><details ontoggle=evil() open><summary>s</summary></details><template><script>evil()</script></template><noscript><img src=//x></noscript>`);
    const copy = $('.copy');
    expect(copy.find('script,style,link,base,img,iframe,form,input,button,a,object,svg,math,video,details,template,[onclick],[style],[src],[href]').length).toBe(0);
    const allowed = new Set(['id', 'class', 'data-n', 'dir', 'colspan', 'rowspan']);
    for (const element of copy.find('*').get()) for (const name of Object.keys(element.attribs)) expect(allowed).toContain(name);
    expect(copy.text()).toContain('javascript:evil()'); // as words
    expect(copy.find('#main,.v').length).toBe(0);
  }); // prettier-ignore

  it('shows text that looks like markup as text', () => {
    const $ = copyOf(
      '<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&amp;gt;</p><textarea placeholder="&quot;><b>"></textarea>',
    );
    expect($('.copy p').text()).toBe('<script>alert(1)</script> &lt;b&gt;');
    expect($('.copy .box').text()).toContain('"><b>');
  });

  it('lets no direction override through', () => {
    expect(pageOf('<p>abc\u202edcba\u2066</p>')).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it('takes language and direction only in a form that it knows', () => {
    const $ = load(pageOf('<html lang="fa" dir="rtl"><body>x</body></html>'));
    expect([$('.copy').attr('lang'), $('.copy').attr('dir')]).toEqual(['fa', 'rtl']);
    const evil = load(pageOf('<html lang="x&quot; onclick=1" dir="&quot;><b>"><body>x</body></html>'));
    expect([evil('.copy').attr('lang'), evil('.copy').attr('dir')]).toEqual([undefined, 'auto']);
  });

  it('cuts a long page around its marks and at its beginning, and says so', () => {
    const filler = (name: string): string => Array.from({ length: 3000 }, (_, i) => `<p>${name} ${i} and some more words of it</p>`).join('');
    const $ = copyOf(`<h1>Beginning</h1>${filler('before')}<p id="it">the decisive sentence</p>${filler('after')}`, mark('#it'));
    const copy = $('.copy').text();
    expect(copy).toContain('Beginning');
    expect(marked($)).toBe('the decisive sentence');
    expect(copy).toMatch(/before 2999.*the decisive sentence.*after 0/s);
    expect(copy).not.toContain('after 2900');
    expect(copy).toMatch(/characters left out/);
    expect(copy.length).toBeLessThan(20_000);
    expect($('.note b').text()).toMatch(/The page is long: [\d,]+ characters/);
  }); // prettier-ignore

  it.each([
    ['one endless text', `<p id="it">${'word '.repeat(400_000)}</p>`],
    ['a hundred thousand elements without words', `<p id="it">x</p>${'<div><span></span></div>'.repeat(50_000)}`],
    ['a hundred thousand single letters', `<p id="it">x</p>${'<b><i><u>x</u></i></b>'.repeat(35_000)}`],
    ['elements nested five thousand deep', `<p id="it">x</p>${'<div>'.repeat(5000)}deep`],
    ['inline elements nested deep, each with words', `<p id="it">x</p>${'<span>y '.repeat(5000)}`],
  ])(
    'is bounded for %s',
    (_, body) => {
      const html = pageOf(`<body>${body}</body>`, [mark('#it')]);
      expect(html.length).toBeLessThan(1_500_000);
      expect(parseErrors(html)).toEqual([]);
      expect(load(html)('.copy mark#e1').length).toBe(1);
    },
    30_000,
  );

  it('leaves out the same of a long page in both languages', () => {
    const filler = (name: string): string => Array.from({ length: 2000 }, (_, i) => `<p>${name} ${i} and more of it <img alt="a view"></p>`).join('');
    const html = `<body>${filler('before')}<input id="it" type="search"><textarea></textarea>${filler('after')}<p id="end">end</p></body>`;
    const tell = told(html, [mark('#it'), mark('#end', 2)]);
    const [fa, en] = (['fa', 'en'] as const).map((lang) => load(tell(voiceOf(lang, 'jalali'))));
    expect(fa!('.copy .gap').length).toBe(2);
    expect(fa!('.copy mark .box').text()).toBe('خانه فرم · search');
    expect(en!('.copy mark .box').text()).toBe('field · search');
    for (const $ of [fa!, en!]) $('.gap,.box').remove();
    expect(fa!('.copy').text()).toMatch(/before 0 .*before 1999 .*after 0 .*end/s);
    expect(fa!('.copy').text()).toBe(en!('.copy').text());
  }); // prettier-ignore

  it('is read by a browser as the tree that was meant, whatever the page is made of', () => {
    const tags = ['p', 'div', 'h2', 'ul', 'li', 'ol', 'table', 'tr', 'td', 'a', 'b', 'span', 'button', 'form', 'pre', 'dl', 'dt', 'svg', 'select', 'option', 'caption', 'details', 'label', 'nobr', 'input', 'br', 'section', 'center', 'thead', 'template', 'math', 'iframe', 'textarea', 'font'];
    const soup = fc.array(fc.oneof(fc.constantFrom(...tags).map((tag) => `<${tag}>`), fc.constantFrom(...tags).map((tag) => `</${tag}>`), fc.constantFrom('x', ' ', '<!-- c -->', '&lt;', '<', '\u0000', '<a href="/q">', '<li id="it">', '<tr id="it">', '<td id="it">', '<div id="it">')), { maxLength: 40 });
    fc.assert(fc.property(soup, (parts) => {
      const html = pageOf(`<body>${parts.join('')}</body>`, [mark('#it')]);
      expect(parseErrors(html)).toEqual([]);
      const $ = load(html);
      // what closes early or is moved out of a table would leave the copy
      expect($('.copy').length).toBe(1);
      expect($('main').children().last().attr('id')).toBe('copy');
      expect($('.copy li').get().every((item) => ['ul', 'ol'].includes((item.parent as { name?: string }).name ?? ''))).toBe(true);
      expect($('.copy td,.copy th').get().every((cell) => (cell.parent as { name?: string }).name === 'tr')).toBe(true);
      expect($('[id=e1]').length).toBe(1);
      expect($('.copy p p, .copy p div, .copy p ul, .copy p table').length).toBe(0);
    }), { numRuns: 100 });
  }, 60_000); // prettier-ignore
});

describe('the page around the copy', () => {
  it('tells how the page was found', () => {
    const $ = load(pageOf('<title>Tax</title>', [], {
      chain: [{ url: 'http://tax.example/', status: 301 }, { url: HOME, status: 200 }],
      tls: { valid: false, fault: 'wrong-host', detail: 'for other.example', protocol: null, issuer: null, validTo: null },
      needsScript: true, charset: 'windows-1256',
    })); // prettier-ignore
    const facts = $('dl.facts').text();
    for (const words of ['http://tax.example/', '301', 'certificate of another host', 'for other.example', 'were not run', 'windows-1256', hash('a'), 'Monday 23 November 2026']) expect(facts).toContain(words); // prettier-ignore
  });

  it('allows nothing to run or to be fetched from elsewhere', () => {
    const $ = load(pageOf('<p>x</p>'));
    const policy = $('meta[http-equiv=Content-Security-Policy]').attr('content')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script|https?:|\*/);
    expect($('head').children().index($('meta[http-equiv]'))).toBeLessThan($('head').children().index($('style')));
  });

  it('names the indicators that rest on each mark, with a link', () => {
    const $ = copyOf('<p id="it">x</p>', mark('#it'));
    expect($('.marks li').text()).toBe('Mark 1 Contact details');
    expect($('.marks a').map((_, link) => $(link).attr('href')).get()).toEqual(['#e1', '../indicators.html#presence-contact-info']); // prettier-ignore
  });

  it('shows robots.txt as it is', () => {
    const $ = load(
      pageOf('User-agent: *\nDisallow: /<b>', [], { role: 'robots', headers: [['content-type', 'text/plain']] }),
    );
    expect($('pre.copy').text()).toBe('User-agent: *\nDisallow: /<b>');
  });

  it('says that the store no longer has the page, and keeps the fragments', () => {
    const $ = load(pageOf(null, [mark('#it')]));
    expect($('.missing').length).toBe(1);
    expect($('#e1').length).toBe(1);
  });
});
