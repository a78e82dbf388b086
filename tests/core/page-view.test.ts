import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLexicon } from '../../src/core/lexicon.ts';
import { MAX_ELEMENTS, viewPage, type PageView } from '../../src/core/page-view.ts';
import { nodeAt, selectorOf } from '../../src/core/page-tree.ts';

const matcher = compileLexicon(
  ['contact', 'search'],
  [{ code: 'en', suffixes: [], phrases: { contact: { strong: ['contact us'] }, search: { strong: ['search'] } } }],
);
const view = (html: string, url = 'https://www.org.example/a/b?c=1'): PageView<'contact' | 'search'> =>
  viewPage(html, { url, matcher });
const lines = (html: string): string[] => view(html).runs.map(({ text }) => text);

describe('lines of text', () => {
  it.each([
    ['one for each block', '<div>a<p>b</p>c</div>', ['a', 'b', 'c']],
    ['one for each side of a line break', '<p>a<br>b<br/>c</p>', ['a', 'b', 'c']],
    ['joined over inline elements', '<p>a <b>b</b> <a href="/x">c</a><span>d</span></p>', ['a b cd']],
    ['one for each cell', '<table><tr><th>fee</th><td>5</td></tr></table>', ['fee', '5']],
    ['one for each term and each value', '<dl><dt>fee</dt><dd>5</dd></dl>', ['fee', '5']],
    ['with blanks collapsed and references decoded', '<p>\n a\t&nbsp;&#1588;&#1606; </p>', ['a شن']],
    ['none for what only holds blanks', '<p> </p><div>&nbsp;</div>', []],
    [
      'none for scripts, styles and templates',
      '<script>var a="x"</script><style>p{}</style><template><p>x</p></template><noscript>x</noscript>',
      [],
    ],
    ['none for comments', '<!-- <p>contact us</p> -->', []],
    ['none for the words of a drawing', '<svg><text>x</text></svg>', []],
  ])('%s', (_, html, texts) => expect(lines(html)).toEqual(texts));

  it('know their heading, cell, row and list item', () => {
    const { runs } = view(
      '<h2>t <span>u</span></h2><table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table><ul><li>d</li><li>e</li></ul><div role="heading">f</div>',
    );
    expect(runs.map(({ text, tag, heading, row, cell, item }) => [text, tag, heading, row, cell, item])).toEqual([
      ['t u', 'h2', 2, -1, -1, -1],
      ['a', 'th', 0, 0, 0, -1],
      ['b', 'td', 0, 0, 1, -1],
      ['c', 'td', 0, 1, 0, -1],
      ['d', 'li', 0, -1, -1, 0],
      ['e', 'li', 0, -1, -1, 1],
      ['f', 'div', 3, -1, -1, -1],
    ]);
  });

  it('are bold only when all of them is', () => {
    expect(view('<p><b>a</b></p><p><b>a</b> b</p>').runs.map(({ bold }) => bold)).toEqual([true, false]);
  });

  it('belong to a link only when all of them does', () => {
    expect(view('<p><a href="/a">a</a></p><p><a href="/a">a</a> b</p>').runs.map(({ link }) => link)).toEqual([0, -1]);
  });

  it('outside header, navigation and footer count as words of the page', () => {
    expect(view('<header>a b</header><nav>c</nav><main>d e f</main><footer>g</footer>').words).toBe(3);
  });
});

describe('what is switched off', () => {
  it.each([
    ['by the attribute', '<p hidden>x</p>', false],
    ['by display', '<p style="color:red; display : none">x</p>', false],
    ['by visibility', '<div style="visibility:hidden"><p>x</p></div>', false],
    ['by a class of a framework', '<div class="d-none">x</div>', false],
    ['only on phones', '<div class="d-none d-md-block">x</div>', true],
    ['until it is found', '<p hidden="until-found">x</p>', true],
    ['as a closed menu', '<ul class="dropdown-menu" style="display:none"><li>x</li></ul>', true],
    ['as a tab that is not chosen', '<div class="tab-pane" hidden>x</div>', true],
    ['as a closed dialog', '<div class="modal" style="display:none"><p>x</p></div>', true],
    ['as a closed answer of an accordion', '<div class="collapse" hidden>x</div>', true],
    ['as a page that waits for its scripts', '<html><body style="visibility:hidden">x</body></html>', true],
    ['as closed details', '<details><summary>q</summary>x</details>', true],
    ['behind a class that only begins so', '<div class="hidden-xs">x</div>', true],
  ])('%s', (_, html, shown) => expect(lines(html).includes('x')).toBe(shown));
});

describe('regions', () => {
  it.each([
    ['header', '<header><p>x</p></header>'],
    ['header', '<div class="site-header"><p>x</p></div>'],
    ['nav', '<nav><p>x</p></nav>'],
    ['nav', '<div id="main-menu"><p>x</p></div>'],
    ['nav', '<header><nav><p>x</p></nav></header>'],
    ['main', '<main><section><p>x</p></section></main>'],
    ['main', '<div role="main"><header><p>x</p></header></div>'],
    ['main', '<main><article><footer><p>x</p></footer></article></main>'],
    ['aside', '<aside><p>x</p></aside>'],
    ['footer', '<footer><nav><p>x</p></nav></footer>'],
    ['footer', '<div class="hp-footer"><p>x</p></div>'],
    ['breadcrumb', '<main><ol class="breadcrumb"><li>x</li></ol></main>'],
    ['body', '<div class="content"><p>x</p></div>'],
    ['body', '<table><tfoot><tr><td>x</td></tr></tfoot></table>'],
  ])('%s of %s', (region, html) => expect(view(html).runs[0]!.region).toBe(region));
});

describe('links', () => {
  it('tell an address without a scheme from one that is written out and looks like it', () => {
    const urls = (html: string) => view(html).links.map(({ url }) => url);
    const out = 'https://www.org.example//other.example/y';
    expect(urls(`<a href="${out}">a</a><a href="//other.example/y">b</a>`)).toEqual([out, 'https://other.example/y']);
  });

  it.each([
    ['a relative address', '<a href="../x#y">n</a>', 'https://www.org.example/x#y'],
    ['an address without a scheme', '<a href="//other.example/x">n</a>', 'https://other.example/x'],
    ['the base of the page', '<base href="https://cdn.example/r/"><a href="x">n</a>', 'https://cdn.example/r/x'],
    ['an address that a script opens', '<a href="#" onclick="window.open(\'/x\')">n</a>', 'https://www.org.example/x'],
    [
      'an element that a script makes a link',
      '<div onclick="location.href=\'/x\'">n</div>',
      'https://www.org.example/x',
    ],
    ['an area of a picture', '<map><area href="/x" alt="n"></map>', 'https://www.org.example/x'],
    ['a lone hash', '<a href="#">n</a>', null],
    ['a script without an address', '<a href="javascript:void(0)">n</a>', null],
    ['an anchor of this page', '<a href="#top">n</a>', null],
    ['an address of mail', '<a href="mailto:a@b.example">n</a>', null],
    ['a scheme that is not of the web', '<a href="ftp://a.example/">n</a>', null],
    ['an address that is none', '<a href="http://[">n</a>', null],
  ])('%s', (_, html, url) => expect(view(html).links.map((link) => link.url)).toEqual([url]));

  it('are no links without a target', () => expect(view('<a name="top">n</a>').links).toEqual([]));

  it.each([
    ['its text', '<a href="/x" title="t"> n  m </a>', 'n m'],
    ['its label when it has no text', '<a href="/x" aria-label="n"><i class="fa"></i></a>', 'n'],
    ['the alternative text of its picture', '<a href="/x"><img src="a.png" alt="Contact us"></a>', 'Contact us'],
    ['the title of its drawing', '<a href="/x"><svg><title>Contact us</title></svg></a>', 'Contact us'],
    ['its title at last', '<a href="/x" title="n"></a>', 'n'],
    ['never the name of a file', '<a href="/x"><img src="a.png" alt="slide_12.jpg"></a>', ''],
  ])('are called by %s', (_, html, name) => expect(view(html).links[0]!.name).toBe(name));

  it('know what they are', () => {
    const [mail, anchor, icon, moving] = view(
      '<a href="mailto:a@b.example">a</a><a href="#c">b</a><a href="/c"><i class="icon-x"></i></a><div class="carousel"><a href="/d">d</a></div>',
    ).links;
    expect([mail!.contact, anchor!.anchor, icon!.wordless, icon!.inner.trim(), moving!.carousel]).toEqual([
      'mailto:a@b.example',
      true,
      true,
      'icon-x',
      true,
    ]);
  });
});

describe('fields, buttons and forms', () => {
  it.each([
    ['the label around it', '<label>Name <input></label>', 'Name', true],
    ['the label that names its id', '<label for="a">Name</label><input id="a">', 'Name', true],
    ['the label for assistive technology', '<input aria-label="Name">', 'Name', true],
    ['the words before it', '<p>Name</p><input>', 'Name', false],
  ])('a field is called by %s', (_, html, label, named) =>
    expect(view(html).fields[0]).toMatchObject({ label, named }),
  );

  it('a field knows its kind, state and choices', () => {
    const { fields } = view(
      '<form><select><option>a<option>b</select><textarea disabled></textarea><input type=TEL required pattern=x><input type=radio value=1 checked><div contenteditable=true></div></form>',
    );
    expect(
      fields.map(({ type, disabled, required, checked, validated, form, options }) => [
        type,
        disabled,
        required,
        checked,
        validated,
        form,
        options,
      ]),
    ).toEqual([
      ['select', false, false, false, false, 0, ['a', 'b']],
      ['textarea', true, false, false, false, 0, []],
      ['tel', false, true, false, true, 0, []],
      ['radio', false, false, true, false, 0, ['1']],
      ['text', false, false, false, false, 0, []],
    ]);
  });

  it('hidden fields are none, and submit fields are buttons', () => {
    const page = view(
      '<form action="/go" method="POST"><input type="hidden" name="__VIEWSTATE"><input type="submit" value="Send"><button type="button">Cancel</button></form>',
    );
    expect(page.fields).toEqual([]);
    expect(page.buttons.map(({ name, submit, form }) => [name, submit, form])).toEqual([
      ['Send', true, 0],
      ['Cancel', false, 0],
    ]);
    expect(page.forms[0]).toMatchObject({ action: 'https://www.org.example/go', method: 'post' });
  });
});

describe('facts of the head', () => {
  it('are read once', () => {
    const page = view(`<html lang="fa-IR" dir="RTL"><head><title> a
      b</title><meta name="viewport" content="width=device-width"><meta name="generator" content="X 1"><meta http-equiv="refresh" content="0; url=/next">
      <link rel="canonical" href="/c"><link rel="alternate" hreflang="EN" href="/en"><link rel="alternate" type="application/rss+xml" href="/rss"><script src="/a.js"></script><script>var token=1</script></head><body></body></html>`);
    expect(page).toMatchObject({
      lang: 'fa-IR',
      dir: 'rtl',
      title: 'a b',
      viewport: 'width=device-width',
      generator: 'X 1',
      refresh: 'https://www.org.example/next',
      canonical: 'https://www.org.example/c',
      host: 'www.org.example',
      scripts: ['https://www.org.example/a.js'],
      scriptText: 'var token=1',
    });
    expect(page.alternates.map(({ lang, url }) => [lang, url])).toEqual([['en', 'https://www.org.example/en']]);
    expect(page.feeds.map(({ url }) => url)).toEqual(['https://www.org.example/rss']);
  });

  it('come from the body where old pages put them', () => expect(view('<body dir="rtl">').dir).toBe('rtl'));
});

describe('phrases', () => {
  it.each([
    ['a line', '<p>Contact us now</p>', ['run']],
    ['a link and its line', '<a href="/c">Contact us</a>', ['link', 'run']],
    ['a tooltip', '<a href="/c" title="contact us">c</a>', ['title']],
    ['a button', '<button>Contact us</button>', ['run', 'button']],
    ['the value of a submit field', '<input type="submit" value="contact us">', ['button']],
    ['a field', '<input placeholder="contact us">', ['field']],
    ['a picture', '<img alt="contact us" src="c.png">', ['image']],
    ['the label of a form', '<form aria-label="contact us"></form>', ['form']],
    ['the title of a frame', '<iframe title="contact us"></iframe>', ['frame']],
    [
      'nothing that a visitor meets',
      '<!-- contact us --><script>"contact us"</script><p hidden>contact us</p><p data-x="contact us"></p>',
      [],
    ],
  ])('are found in %s', (_, html, sources) =>
    expect((view(html).hits.get('contact') ?? []).map(({ source }) => source)).toEqual(sources),
  );
});

// ---------------------------------------------------------------- properties

const TAGS = [
  'div',
  'p',
  'b',
  'a',
  'ul',
  'li',
  'table',
  'tr',
  'td',
  'dl',
  'dt',
  'dd',
  'h2',
  'form',
  'label',
  'button',
  'select',
  'option',
  'template',
  'svg',
  'noscript',
  'section',
  'o:p',
  'main',
  'details',
  'iframe',
  'x-y',
  'body',
  'html',
  'head',
  'frameset',
  'math',
];
const IDS = ['a', 'b', 'main', '1x', 'é', 'a b', 'x.y'];
/** Markup with unclosed, misplaced and hidden elements; every link, picture and field carries a number of its own. */
const markup = fc
  .array(
    fc.record({
      kind: fc.constantFrom('open', 'open', 'close', 'text', 'link', 'image', 'field', 'comment', 'junk'),
      tag: fc.constantFrom(...TAGS),
      id: fc.option(fc.constantFrom(...IDS)),
      hidden: fc.boolean(),
      junk: fc.string({ unit: 'binary', maxLength: 6 }),
    }),
    { maxLength: 40 },
  )
  .map((parts) =>
    parts
      .map(({ kind, tag, id, hidden, junk }, n) => {
        const attributes = `${id === null ? '' : ` id="${id}"`}${hidden ? ' hidden' : ''}`;
        if (kind === 'open') return `<${tag}${attributes}>`;
        if (kind === 'close') return `</${tag}>`;
        if (kind === 'text') return `word${n}`;
        if (kind === 'link') return `<a${attributes} href="/${n}">link${n}</a>`;
        if (kind === 'image') return `<img${attributes} src="${n}.png">`;
        if (kind === 'field') return `<input${attributes} name="field${n}">`;
        return kind === 'comment' ? `<!-- ${junk.replaceAll('-', '')} -->` : junk;
      })
      .join(''),
  );

describe('any markup', () => {
  it('is read without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(markup, fc.string({ unit: 'binary', maxLength: 200 })), (html) => view(html).size >= 3),
    );
  });

  it('reads the same twice', () => {
    fc.assert(
      fc.property(markup, (html) => {
        expect(view(html)).toEqual(view(html));
      }),
      { numRuns: 20 },
    );
  });

  it('has a selector for each fact that selects exactly its element', () => {
    fc.assert(
      fc.property(markup, (html) => {
        const page = view(html);
        const $ = load(html);
        const one = (node: number): ReturnType<typeof $> => {
          const found = $(selectorOf(page.tree, node));
          expect(found.length, selectorOf(page.tree, node)).toBe(1);
          return found;
        };
        for (const link of page.links) expect(one(link.node).attr('href')).toBe(link.href);
        for (const image of page.images) expect(one(image.node).attr('src')).toBe(image.src);
        for (const field of page.fields)
          expect(one(field.node).attr('name') ?? '').toBe(
            field.name.split(' ')[0]!.startsWith('field') ? field.name.split(' ')[0] : '',
          );
        for (const run of page.runs)
          expect(one(run.node).text().replace(/\s+/g, ' ')).toContain(/(?:word|link)\d+/.exec(run.text)?.[0] ?? '');
      }),
      { numRuns: 200 },
    );
  });

  it('may be nested as deep as a broken page is', () => {
    expect(view(`${'<div>'.repeat(900)}x`).runs.map(({ text }) => text)).toEqual(['x']);
  });

  it('is cut where it is nested deeper than that, at once', () => {
    const page = view(`<p>x</p>${'<div>'.repeat(500_000)}y`);
    expect(page.runs.map(({ text }) => text)).toEqual(['x']);
  });

  it('is cut where it has more elements than are read', () => {
    expect(view('<p>x</p>'.repeat(MAX_ELEMENTS + 10)).size).toBe(MAX_ELEMENTS);
  });
});

describe('selectorOf', () => {
  it.each([
    ['an id that only one element has', '<div><p id="a">x</p></div>', '#a'],
    ['the nearest such id', '<div id="box"><p>y</p><p>x</p></div>', '#box > p:nth-child(2)'],
    ['the path when the id is there twice', '<p id="a">y</p><p id="a">x</p>', 'body > p:nth-child(2)'],
    ['the path when a hidden copy has the id too', '<p id="a" hidden>y</p><p id="a">x</p>', 'body > p:nth-child(2)'],
    ['the path when the id is no name', '<p id="1 a">x</p>', 'body > p:nth-child(1)'],
    ['a star for names with signs', '<o:p>x</o:p>', 'body > *:nth-child(1)'],
  ])('takes %s', (_, html, selector) => {
    const page = view(html);
    expect(selectorOf(page.tree, page.runs.find(({ text }) => text === 'x')!.node)).toBe(selector);
  });
});

describe('a line that comes again', () => {
  const places = (page: PageView<'contact' | 'search'>) =>
    page.hits.get('contact')?.map(({ source, index }) => `${source} ${index}`);

  it('has the places of its own page', () => {
    const first = view('<a href="/c"> Contact  us </a><p>Contact us</p>');
    const second = view(
      '<p>x</p><p><a href="/x">x</a></p><a href="/c"> Contact  us </a><p>Contact us</p><p>Contact us</p>',
    );
    expect(places(first)).toEqual(['link 0', 'run 0', 'run 1']);
    expect(places(second)).toEqual(['link 1', 'run 2', 'run 3', 'run 4']);
    expect(view('<a href="/c"> Contact  us </a><p>Contact us</p>')).toEqual(first);
  });

  it('shares its text and its phrases with the same place of another page', () => {
    const [one, other] = [view('<nav><a href="/c">Contact us</a></nav><p>a</p>'), view('<nav><a href="/c">Contact us</a></nav><p>b</p>')]; // prettier-ignore
    expect(other.hits.get('contact')!.every((hit, i) => hit === one.hits.get('contact')![i])).toBe(true);
  });

  it('has the phrases of who asks', () => {
    const others = compileLexicon(
      ['contact'],
      [{ code: 'en', suffixes: [], phrases: { contact: { strong: ['us'] } } }],
    );
    const phrases = (page: PageView) => page.hits.get('contact')!.map(({ phrase }) => phrase);
    const html = '<p>Contact us</p>';
    expect(phrases(view(html))).toEqual(['contact us']);
    expect(phrases(viewPage(html, { url: 'https://www.org.example/', matcher: others }))).toEqual(['us']);
    expect(phrases(view(html))).toEqual(['contact us']);
  });
});

describe('what forms send and pages date', () => {
  it('is kept by the name under which it is sent, hidden fields too', () => {
    const page = view('<form action="/find"><input type="hidden" name="site" value="1"><input type="hidden" value="x"><input id="box" name="q"><input id="unnamed"></form>'); // prettier-ignore
    expect(page.forms[0]!.hidden).toEqual([['site', '1']]);
    expect(page.fields.map(({ key, name }) => [key, name])).toEqual([
      ['q', 'q box'],
      ['', 'unnamed'],
    ]);
  });

  it('is kept as machines read it', () => {
    const page = view('<main><time datetime="2026-11-20T10:00:00+00:00">10:00</time> <time>دیروز</time></main>');
    expect(page.times).toMatchObject([{ datetime: '2026-11-20T10:00:00+00:00' }]);
  });
});

describe('the element at a place', () => {
  const page = view('<main><p>a</p><ul><li>b</li><li id="c">c</li></ul><div hidden><p>d</p></div></main>');
  it.each([
    [[], 'html', 'html'],
    [[2, 1, 2, 2], 'li', '#c'],
    [[2, 1, 2, 2], 'p', null],
    [[2, 1, 2, 3], 'li', null],
    [[2, 1, 3, 1], 'p', null],
  ] as const)('%j as a %s', (path, tag, selector) => {
    const node = nodeAt(page, path, tag);
    expect(node === null ? null : selectorOf(page.tree, node)).toBe(selector);
  });
});
