import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { INDICATORS } from '../../rules/catalogue.ts';
import { STAGES } from '../../src/core/model.ts';
import { renderSite } from '../../src/report/html.ts';
import { persianDigits } from '../../src/report/voice.ts';
import { aFinding, anOrganization, aReport, aService, aSnapshot, FINDINGS, hash, pagesOf, parseErrors, site, someEvidence, STORED } from './sample.ts'; // prettier-ignore
import { aRound } from '../storage/fixtures.ts';

const OVERRIDE = '\u202e';
/** Every way out of a text that an organization or a page could try. */
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)> '${OVERRIDE}' \`\${x}\` </title></style><!-- & =cmd()|' /C calc'!A0 \u0000\ud800`;

describe('the front page', () => {
  it('has a row for each ranked organization, with its five stages', async () => {
    const $ = load((await site(await aReport())).get('index.html')!);
    const rows = $('table.ranking tbody tr').not('.band');
    expect(rows.length).toBe(2);
    expect(rows.first().find('th a').attr('href')).toBe('organizations/tax.html');
    expect(rows.first().find('td[data-label]').length).toBe(4 + STAGES.length);
  });

  it('shows a withheld score as a range and says that it is withheld', async () => {
    const $ = load((await site(await aReport())).get('index.html')!);
    const total = $('table.ranking tbody tr').not('.band').eq(1).find('.total');
    expect(total.find('.withheld').text()).toMatch(/withheld; range \d+\.\d–\d+\.\d/);
    expect(total.find('b').length).toBe(0);
  });

  it('asks for the look of a person before publication, and says after it that there was none', async () => {
    const data = await aReport();
    const round = aRound({ state: 'published', publishedAt: '2026-11-29T10:00:00.000Z' });
    expect(load((await site(data)).get('index.html')!)('main').text()).toContain(
      'Before publication a person should look at',
    );
    const after = load((await site({ ...data, round })).get('index.html')!)('main').text();
    expect(after).not.toContain('Before publication');
    expect(after).toContain('Published without the look of a person that they ask for');
  });

  it('puts a withheld score into no group, as it may lie anywhere in its range', async () => {
    const pages = await site(await aReport());
    const $ = load(pages.get('index.html')!);
    expect($('table.ranking tbody').last().find('.band').text()).toBe('In no group: the score is withheld');
    const terms = load(pages.get('organizations/post.html')!)('dl.head dt').text();
    expect([terms.includes('Rank'), terms.includes('Group')]).toEqual([true, false]);
  });

  it('shows below a total what is open and where it lies with 95 % certainty, and says what that is', async () => {
    const data = await aReport();
    const $ = load((await site(data)).get('index.html')!);
    const [low, high] = data.organizations[0]!.interval!;
    const ranges = $('.ranking .total').first().find('.range').map((_, range) => $(range).text()).get(); // prettier-ignore
    expect(ranges).toEqual([
      expect.stringMatching(/^\d+\.\d–\d+\.\d$/),
      `95%: ${(Math.floor(low * 10) / 10).toFixed(1)}–${(Math.ceil(high * 10) / 10).toFixed(1)}`,
    ]);
    expect($('.ranking').parent().next('.legend').text()).toMatch(
      /^95%: With 95% certainty .*measured error.*unresolved/,
    );
  });

  it('heads a group of organizations that cannot be told apart', async () => {
    const twins = await aReport({
      findings: [...FINDINGS.filter(({ organization }) => organization === 'tax'), aFinding({ organization: 'post' })],
    });
    const $ = load((await site(twins)).get('index.html')!);
    expect($('table.ranking tbody').length).toBe(
      new Set(twins.organizations.map(({ ranked }) => ranked?.band).filter(Boolean)).size,
    );
    // of a group only its first is compared with the others
    expect($('.lead').text()).toContain('Whatever the ranks, those of one group cannot be told apart from its first.');
  });

  it('lists who was not audited with the reason, and every indicator that is not measured', async () => {
    const $ = load((await site(await aReport())).get('index.html')!);
    expect($('#unranked').parent().find('tbody tr').text()).toMatch(/Agency army.*its own request/s);
    expect($('#not-measured').parent().find('li').text()).toContain('Polls');
  });

  it('counts the verdicts of every kind', async () => {
    const $ = load((await site(await aReport())).get('index.html')!);
    const rows = $('#verdicts').parent().find('tbody tr');
    expect(rows.map((_, row) => `${$(row).find('th').text()} ${$(row).find('td').first().text()}`).get()).toEqual([
      'Pass 2', 'Partial 1', 'Fail 2', 'Not applicable 0', 'Unclear 1', 'Not visible 0', 'Blocked 2', 'Error 0',
    ]); // prettier-ignore
  });
});

describe('the page of an organization', () => {
  it('holds every verdict, with rule, version, level, confidence and outcome', async () => {
    const $ = load((await site(await aReport())).get('organizations/tax.html')!);
    expect($('details.finding').length).toBe(5);
    const facts = $('#presence-contact-info dl').text();
    expect(facts).toMatch(/found.*presence\/contact-info version 2.*E2, reached.*90% \(a prior estimate/s);
  });

  it('says where the total lies, with whom it shares a group and whether the next above is above', async () => {
    const pages = async (verdict: 'pass' | 'fail'): Promise<ReturnType<typeof load>> => {
      const findings = [aFinding(), aFinding({ organization: 'post', verdict })].map((own) => ({ ...own, confidence: verdict === 'pass' ? 0.9 : 0.99 })); // prettier-ignore
      return load((await site(await aReport({ findings }))).get(`organizations/${verdict === 'pass' ? 'tax' : 'post'}.html`)!); // prettier-ignore
    };
    const alike = (await pages('pass'))('dl.facts').first().text();
    expect(alike).toContain('Group1, with 1 other; those of one group cannot be told apart from its first');
    expect(alike).toMatch(/Total, with 95% certainty0\.0–100\.0/);
    expect(alike).toMatch(/Next aboveAgency post: the two cannot be told apart \(above in \d+% of the computations\)/);
    const apart = await pages('fail');
    expect(apart('dl.facts').first().text()).toMatch(/Group2\s.*Next aboveAgency tax: it is above this one \(above in 9[5-9]%/s); // prettier-ignore
    expect(apart('.legend').first().text()).toContain('computed anew 1,000 times');
  });

  it('lists for a fail every place that was searched', async () => {
    const $ = load((await site(await aReport())).get('organizations/tax.html')!);
    expect($('#interaction-faq-s1 .searched').text()).toMatch(/home page: looked at/);
  });

  it('says what would raise the score most, first the largest', async () => {
    const $ = load((await site(await aReport())).get('organizations/tax.html')!);
    const gains = $('.gains li').map((_, item) => Number($(item).find('b').text())).get(); // prettier-ignore
    expect(gains[0]).toBeGreaterThan(0);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    expect($('.gains li a').first().attr('href')).toBe('#interaction-faq');
    expect($('.gains').prev('.note').text()).toContain('if what fails or is met in part of an indicator were met');
  });

  it('says who refused, how a chain went and what was wrong with TLS', async () => {
    const data = await aReport({
      snapshots: [
        aSnapshot({ chain: [{ url: 'http://www.tax.example/', status: 301 }, { url: 'https://tax.example/fa', status: 200 }], tls: { valid: false, fault: 'expired', detail: null, protocol: null, issuer: null, validTo: null } }),
        aSnapshot({ ordinal: 1, url: 'https://www.tax.example/x', body: null, outcome: { kind: 'refused', by: 'robots', detail: 'Disallow: /x' } }),
        aSnapshot({ ordinal: 2, url: 'https://www.tax.example/y', body: null, outcome: { kind: 'refused', by: 'budget', detail: '' } }),
      ],
    }); // prettier-ignore
    const $ = load((await site(data)).get('organizations/tax.html')!);
    const rows = $('.looks tbody tr').map((_, row) => $(row).text()).get(); // prettier-ignore
    expect(rows[0]).toMatch(/1 redirect to https:\/\/tax\.example\/fa.*certificate expired/s);
    expect(rows[1]).toMatch(/robots\.txt of the site forbids it.*Disallow: \/x.*the site’s answer/s);
    expect(rows[2]).toMatch(/a limit of Rasad’s own/);
  });

  it('counts looks of later visits, and lists those of the audit', async () => {
    const later = [1, 2, 3].map((visit) => aSnapshot({ visit, role: 'probe' }));
    const $ = load((await site(await aReport({ snapshots: [aSnapshot(), ...later] }))).get('organizations/tax.html')!);
    expect($('.looks tbody tr').length).toBe(1);
    expect($('.looks').prev('.note').text()).toContain('3 more times');
  });

  it('gives each service its own page when there are many, and links to every one of their verdicts', async () => {
    const services = Array.from({ length: 9 }, (_, i) => aService(`s${i + 1}`, 'tax'));
    const findings = services.map(({ id }) => aFinding({ rule: 'presence/steps-published', service: id }));
    const files = await site(await aReport({ services, findings: [aFinding(), ...findings] }));
    expect([...files.keys()].filter((path) => path.startsWith('services/')).length).toBe(9);
    const $ = load(files.get('organizations/tax.html')!);
    const links = $('#presence-steps-published .numbers a').map((_, link) => $(link).attr('href')).get(); // prettier-ignore
    expect(links.length).toBe(9);
    expect(links[0]).toBe('../services/s1.html#presence-steps-published');
  });

  it('stays below 1.5 MB with 150 services and every indicator of the catalogue', async () => {
    const services = Array.from({ length: 150 }, (_, i) => aService(`tax-service-${i + 1}`, 'tax'));
    const findings = services.flatMap(({ id }) =>
      INDICATORS.filter(({ scope }) => scope === 'service').map((indicator) => aFinding({ rule: indicator.id, service: id, verdict: 'fail' })),
    ); // prettier-ignore
    const files = await site(await aReport({ services, findings, indicators: INDICATORS }));
    expect(findings.length).toBeGreaterThan(6000);
    for (const [path, html] of pagesOf(files)) expect(Buffer.byteLength(html), path).toBeLessThan(1_500_000);
  }, 30_000);
});

describe('every page', () => {
  it('is well-formed, in both languages', async () => {
    for (const lang of ['fa', 'en'] as const) {
      for (const [path, html] of pagesOf(await site(await aReport(), lang))) expect([path, parseErrors(html)]).toEqual([path, []]); // prettier-ignore
    }
  });

  it('links only to pages and places that exist', async () => {
    const services = Array.from({ length: 8 }, (_, i) => aService(`s${i + 1}`, 'tax'));
    const files = await site(await aReport({ services: [...services, aService('p1', 'post')] }));
    const ids = new Map(pagesOf(files).map(([path, html]) => { const $ = load(html); return [path, new Set($('[id]').map((_, element) => $(element).attr('id')!).get())]; })); // prettier-ignore
    for (const [path, html] of pagesOf(files)) {
      const $ = load(html);
      for (const link of $('a[href]').get()) {
        const url = new URL($(link).attr('href')!, `https://report.example/${path}`);
        if (url.hostname !== 'report.example') continue;
        const target = ids.get(url.pathname.slice(1));
        expect(target, `${path} links to ${url.pathname}`).toBeDefined();
        if (url.hash) expect([...target!], `${path} links to ${url.href}`).toContain(url.hash.slice(1));
      }
    }
  });

  it('asks for nothing but files beside it', async () => {
    for (const [path, html] of pagesOf(await site(await aReport()))) {
      const $ = load(html);
      expect($('meta[http-equiv=Content-Security-Policy]').attr('content'), path).toContain("default-src 'none'");
      for (const element of $('[src],link[href]').get())
        expect($(element).attr('src') ?? $(element).attr('href')).toMatch(/^(?:\.\.\/)?assets\//);
      expect($('[style],[onclick],iframe,object,embed').length, path).toBe(0);
      expect($('script:not([src])').length, path).toBe(0);
    }
  });

  it('has one h1, headings without a gap, a main, a skip link, and a caption and scopes in each table', async () => {
    for (const [path, html] of pagesOf(await site(await aReport()))) {
      const $ = load(html);
      expect($('h1').length, path).toBe(1);
      $('.copy').remove(); // a stored page has the headings that it has
      let level = 0;
      for (const heading of $('h1,h2,h3,h4,h5,h6').get()) {
        const own = Number(heading.name[1]);
        expect(own - level, `${path}: ${$(heading).text()}`).toBeLessThanOrEqual(1);
        level = own;
      }
      expect($('main').length, path).toBe(1);
      expect($(`${$('a.skip').attr('href')}`).length, path).toBe(1);
      for (const table of $('table').get()) expect($(table).find('caption').length, path).toBe(1);
      expect($('th:not([scope])').length, path).toBe(0);
    }
  });

  it('says a verdict with a sign and a word, and refers to signs that are there', async () => {
    const $ = load((await site(await aReport())).get('organizations/tax.html')!);
    for (const mark of $('.v').get()) {
      expect($(mark).text().trim()).not.toBe('');
      expect($($(mark).find('use').attr('href')!).length).toBe(1);
    }
  });

  it('has no id twice', async () => {
    for (const [path, html] of pagesOf(await site(await aReport()))) {
      const $ = load(html);
      const ids = $('[id]').map((_, element) => $(element).attr('id')!).get(); // prettier-ignore
      expect(
        ids.filter((id, position) => ids.indexOf(id) !== position),
        path,
      ).toEqual([]);
    }
  });
});

describe('a Persian report', () => {
  it('reads from right to left and prints its own numbers in Persian digits', async () => {
    const files = await site(await aReport({ organizations: [anOrganization('tax', { names: { fa: 'سازمان مالیات', en: 'Tax' } }), anOrganization('post', { names: { fa: 'شرکت پست', en: 'Post' } })] }), 'fa'); // prettier-ignore
    for (const [path, html] of pagesOf(files)) {
      const $ = load(html);
      expect([$('html').attr('lang'), $('html').attr('dir')], path).toEqual(['fa', 'rtl']);
      // what stays Latin says so: codes, addresses, levels of evidence, words of the page
      $('code,.url,q,.copy,style,svg,title,bdi[lang=en],[lang=en]').remove();
      const text = $('body').text().replace(/HTTP|SHA-256|TLSv?[\d.]*|utf-8|\bE\d\b|E2|خدمت [sp]\d/g, ''); // prettier-ignore
      expect(text.match(/.{0,20}\d.{0,20}/)?.[0], path).toBeUndefined();
    }
    expect(load(files.get('index.html')!)('time').first().text()).toContain('دوشنبه ۲ آذر ۱۴۰۵');
  });

  it('keeps the order of Latin text and numbers by isolating them', async () => {
    const $ = load((await site(await aReport(), 'fa')).get('organizations/tax.html')!);
    for (const element of $('code').get()) expect($(element).attr('dir')).toBe('ltr');
    expect($('.url').length).toBeGreaterThan(0);
    for (const element of $('.url').get()) expect([element.name, $(element).attr('dir')]).toEqual(['bdi', 'ltr']);
    expect(persianDigits('105')).toBe('۱۰۵');
  });

  it('keeps a sentence Persian that begins with a Latin word', async () => {
    const message = { fa: 'https معتبر است.', en: 'https is valid.' };
    const $ = load(
      (await site(await aReport({ findings: [aFinding({ message })] }), 'fa')).get('organizations/tax.html')!,
    );
    expect($('.sentence bdi').attr('dir')).toBe('rtl');
  });
});

describe('a stored page that came from several addresses', () => {
  it('is described as the look that the evidence means', async () => {
    const other = aSnapshot({ ordinal: 0, url: 'https://www.tax.example/robots.txt', role: 'robots', chain: [] });
    const $ = load(
      (await site(await aReport({ snapshots: [other, aSnapshot({ ordinal: 1 })] }))).get(`evidence/${hash('a')}.html`)!,
    );
    expect($('dl.facts').text()).toContain('home page of the portal');
    expect($('dl.facts').text()).toMatch(/also seen at.*robots\.txt/s);
  });
});

describe('hostile text', () => {
  const hostile = () =>
    aReport({
      organizations: [anOrganization(`../../${HOSTILE}`, { names: { fa: HOSTILE, en: HOSTILE }, portalUrl: 'javascript:alert(1)' }), anOrganization('post')],
      services: [aService(HOSTILE, `../../${HOSTILE}`, { titles: { fa: HOSTILE, en: '' }, code: HOSTILE, pageUrl: `https://a.example/"><script>` })],
      audit: { id: HOSTILE, organizationIds: [`../../${HOSTILE}`] },
      failures: new Map([['post', HOSTILE]]),
      details: (id) =>
        id === 'post'
          ? {}
          : {
              findings: [
                aFinding({ organization: id, outcome: HOSTILE, message: { fa: HOSTILE, en: HOSTILE }, evidence: [someEvidence({ quote: HOSTILE, url: `https://a.example/${HOSTILE}`, selector: HOSTILE, language: HOSTILE }), someEvidence({ snapshot: `../${HOSTILE}` })] }),
                aFinding({ organization: id, service: HOSTILE, rule: HOSTILE, verdict: 'fail', searched: [{ place: HOSTILE, url: HOSTILE, read: false, detail: HOSTILE }] }),
              ],
              snapshots: [aSnapshot({ url: `https://a.example/${HOSTILE}`, chain: [{ url: HOSTILE, status: 200 }], charset: HOSTILE, outcome: { kind: 'refused', by: 'wall', detail: HOSTILE }, tls: { valid: false, fault: HOSTILE, detail: HOSTILE, protocol: null, issuer: HOSTILE, validTo: null } })],
              skipped: [{ url: HOSTILE, foundOn: HOSTILE, reason: 'guarded' }],
            },
    }); // prettier-ignore

  it('never becomes markup, a link that runs, or a path outside of the report', async () => {
    const files = await site(await hostile(), 'en', `<p>${HOSTILE}</p>`);
    expect(pagesOf(files).length).toBeGreaterThan(5);
    for (const [path, html] of pagesOf(files)) {
      expect(path).toMatch(/^(?:[a-z]+\/)?[a-z0-9][a-z0-9._-]*\.html$/);
      expect(path).not.toContain('..');
      expect([path, parseErrors(html)]).toEqual([path, []]);
      const $ = load(html);
      expect($('script:not([src="assets/ranking.js"]),img,[onerror]').length, path).toBe(0);
      for (const link of $('a[href]').get())
        expect($(link).attr('href'), path).not.toMatch(/^\s*(?:javascript|data):/i);
      expect(html, path).not.toContain(OVERRIDE);
    }
  });

  it('is still shown: nothing of it is lost but what would deceive', async () => {
    const $ = load((await site(await hostile())).get('index.html')!);
    expect($('#unranked').parent().text()).toContain(`"><script>alert(1)</script>`);
  });
});

describe('pictures of pages', () => {
  it('are written beside the copy that shows them, and left out when none are given', async () => {
    const data = await aReport({
      snapshots: [aSnapshot({ screenshot: { hash: hash('c'), size: 3, encoding: 'identity' } })],
    });
    const files = new Map<string, string | Uint8Array>();
    const picture = async (): Promise<Uint8Array> => Uint8Array.of(0xff, 0xd8, 0xff);
    for await (const { path, content } of renderSite(data, { lang: 'en', read: async () => STORED, picture })) files.set(path, content); // prettier-ignore
    const $ = load(files.get(`evidence/${hash('a')}.html`) as string);
    expect($('img').attr('src')).toBe(`${hash('a')}.jpg`);
    expect(files.get(`evidence/${hash('a')}.jpg`)).toEqual(Uint8Array.of(0xff, 0xd8, 0xff));
    expect(load((await site(data)).get(`evidence/${hash('a')}.html`)!)('img').length).toBe(0);
  });
});

describe('evidence that is gone', () => {
  it('is said on its page and in the list of stored pages', async () => {
    const files = await site(await aReport(), 'en', null);
    expect(load(files.get(`evidence/${hash('a')}.html`)!)('.missing').text()).toContain('not in the store');
    expect(load(files.get('evidence/index.html')!)('#missing').parent().find('li').length).toBe(1);
  });

  it('is said beside a quotation that never had a stored page', async () => {
    const data = await aReport({ findings: [aFinding({ evidence: [someEvidence({ snapshot: '' })] })] });
    expect(load((await site(data)).get('organizations/tax.html')!)('.evidence').text()).toContain('no page was stored');
  });
});
