/** The charts: nothing overlaps, nothing is invented, nothing of what is foreign becomes markup, whatever the numbers. */
import { pathToFileURL } from 'node:url';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { chromium } from 'playwright';
import { describe, expect, it } from 'vitest';
import { STAGES } from '../../src/core/model.ts';
import { findChromium } from '../../src/crawl/fetch-browser.ts';
import { barChart, rowsOfBars, type BarChart } from '../../src/report/charts/bars.ts';
import { CHART_STYLE } from '../../src/report/charts/chart.ts';
import { rankingDots, rowsOfDots, type RankingDots } from '../../src/report/charts/dots.ts';
import { groupedBars, rowsOfGroups, type GroupedBars } from '../../src/report/charts/groups.ts';
import { spread } from '../../src/report/charts/labels.ts';
import { lineChart, rowsOfLines, type LineChart } from '../../src/report/charts/line.ts';
import { radarChart, rowsOfRadar, type RadarChart } from '../../src/report/charts/radar.ts';
import type { Look } from '../../src/report/charts/series.ts';
import { textWidth, wrap } from '../../src/report/charts/text.ts';
import { Markup, markup } from '../../src/report/markup.ts';
import { REPORT_STYLE } from '../../src/report/style.ts';
import { voiceOf, type Voice } from '../../src/report/voice.ts';

const fa = voiceOf('fa', 'jalali');
const en = voiceOf('en', 'gregorian');
const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(2)> '\u202e' \`\${x}\` </title></svg><!-- & ]]> \u0000\ud800\uffff`;

// ---------------------------------------------------------------- reading a drawing

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Node | string)[];
}

const ENTITY = /&(?:amp|lt|gt|quot|#39|#96);/g;
const TOKEN =
  /<(?<close>\/)?(?<name>[A-Za-z][\w:-]*)(?<attributes>(?:\s+[\w:-]+="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/gy;

/** A strict reader of XML without a prologue: everything that is not well-formed throws. */
function parse(source: string): Node {
  const unescape = (text: string): string => {
    if (text.replace(ENTITY, '').includes('&')) throw new Error(`a bare & in ${text}`);
    // oxlint-disable-next-line no-control-regex
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(text)) throw new Error(`a character that XML forbids in ${text}`);
    return text.replace(ENTITY, (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#96;': '`' })[entity]!);
  }; // prettier-ignore
  const root: Node = { name: '', attributes: {}, children: [] };
  const open = [root];
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    const { close, name, attributes, empty, text } = match.groups!;
    end = match.index + match[0].length;
    if (text !== undefined) open.at(-1)!.children.push(unescape(text));
    else if (close) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes another element`);
    } else {
      const pairs = [...attributes!.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, unescape(value!)] as const); // prettier-ignore
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`<${name}> has an attribute twice`);
      const node: Node = { name: name!, attributes: Object.fromEntries(pairs), children: [] };
      open.at(-1)!.children.push(node);
      if (!empty) open.push(node);
    }
  }
  if (end !== source.length || open.length !== 1) throw new Error(`not well-formed at ${source.slice(end, end + 80)}`);
  return root;
}

function all(node: Node, name?: string): Node[] {
  const nodes = node.children.filter((child) => typeof child !== 'string');
  return nodes.flatMap((child) => [...(name === undefined || child.name === name ? [child] : []), ...all(child, name)]);
}

const textOf = (node: Node): string => node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join(''); // prettier-ignore
const drawingsOf = (chart: Markup): Node[] => all(parse(chart.text), 'svg');
const has = (node: Node, name: string): boolean => (node.attributes['class'] ?? '').split(' ').includes(name);
const number = (node: Node, name: string): number => Number(node.attributes[name]);
const hasMark = (node: Node): boolean => has(node, 'c-mark');
const placeOf = (node: Node): number => Number(/translate\((\S+) /.exec(node.attributes['transform']!)![1]);

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the letters of each text are, by the widths that the charts count with. */
function boxesOf(svg: Node): Box[] {
  return all(svg, 'text').map((node) => {
    const size = Number(node.attributes['font-size'] ?? svg.attributes['font-size']);
    const tail = all(node, 'tspan').map(textOf).join('');
    const text = textOf(node);
    const width = textWidth(text.slice(0, text.length - tail.length), size, has(node, 'c-bold')) + textWidth(tail, size, true); // prettier-ignore
    const anchor = node.attributes['text-anchor'] ?? 'start';
    const left = number(node, 'x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
    const baseline = number(node, 'y');
    return { text, left, right: left + width, top: baseline - size * 0.8, bottom: baseline + size * 0.2 };
  });
}

/** Less than this is the rounding of places. */
const ROUNDING = 0.1;
const collisionsOf = (boxes: readonly Box[]): string[] =>
  boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => a.left < b.right - ROUNDING && b.left < a.right - ROUNDING && a.top < b.bottom - ROUNDING && b.top < a.bottom - ROUNDING)
      .map((b) => `${a.text} | ${b.text}`),
  ); // prettier-ignore

/** What does not hold of a chart, and has to hold of all there are. */
function faultsOf(chart: Markup): string[] {
  const root = parse(chart.text);
  const ids = all(root).flatMap((node) => node.attributes['id'] ?? []);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `the id ${id} is there twice`);
  return [...twice, ...all(root, 'svg').flatMap(faultsOfDrawing)];
}

function faultsOfDrawing(svg: Node): string[] {
  const nodes = all(svg);
  const [, , width, height] = svg.attributes['viewBox']!.split(' ').map(Number) as [number, number, number, number];
  const values = [svg, ...nodes].flatMap(({ attributes }) => Object.entries(attributes).filter(([key]) => !['id', 'aria-labelledby'].includes(key)).map(([key, value]) => `${key}="${value}"`));
  const boxes = boxesOf(svg);
  // a narrow drawing is shown a unit to a pixel on a phone of 360 px, a wide one never below 0.94
  const least = width < 400 ? 11 : 11 / 0.94;
  const sizes = [svg, ...nodes].flatMap(({ attributes }) => attributes['font-size'] ?? []);
  const [title, desc] = svg.attributes['aria-labelledby']!.split(' ').map((id) => nodes.find((node) => node.attributes['id'] === id));
  return [
    ...values.filter((value) => /NaN|Infinity|undefined|null|\de[+-]\d/.test(value)),
    ...boxes.filter(({ text }) => /NaN|undefined|null|Infinity/.test(text)).map(({ text }) => `not a number: ${text}`),
    ...boxes.filter((box) => box.left < -ROUNDING || box.right > width + ROUNDING || box.top < 0 || box.bottom > height).map(({ text }) => `beyond the edge: ${text}`),
    ...collisionsOf(boxes),
    ...sizes.filter((size) => Number(size) < least).map((size) => `small type: ${size}`),
    ...(svg.attributes['role'] === 'img' && title?.name === 'title' && desc?.name === 'desc' && textOf(desc) !== '' ? [] : ['without words']),
  ];
} // prettier-ignore

// ---------------------------------------------------------------- any input

const word = fc.constantFrom('سازمان', 'بیمه', 'مرکزی', 'کمک‌های', 'اقتصادی', 'و', 'فنی', 'ایران', 'Organization', 'for', 'the', 'IT', '(ایران)', '۱۲', '5', 'Rechtsschutzversicherungsgesellschaften', 'نمایشگاه‌های‌بین‌المللی‌جمهوری‌اسلامی‌ایران', '行政', 'é', 'a\u0301'); // prettier-ignore
const name = fc.oneof(
  { weight: 8, arbitrary: fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.constantFrom('', '   ', HOSTILE, 'م'.repeat(900)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const score = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 0, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 50, 50, 100) },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity, -3, 240, 1e308) },
);
const points = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -60, max: 60, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 0.001, -0.001, 100, -100) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, 1e308, -1e308) },
);
const range = fc.option(fc.record({ low: score, high: score }).map(({ low, high }) => ({ low: low ?? NaN, high: high ?? NaN }))); // prettier-ignore
const voice = fc.constantFrom(fa, en);
const LOOKS: readonly Look[] = ['total', ...STAGES, 'mean'];
const rounds = fc.array(fc.oneof(fc.record({ name, when: name }), fc.record({ name })), { maxLength: 12 });
const changes = fc.array(fc.record({ before: fc.integer({ min: -1, max: 13 }), label: name }), { maxLength: 12 });

const anyLines: fc.Arbitrary<LineChart> = fc.record({
  id: fc.constant('any'),
  title: name,
  rounds,
  changes,
  scale: fc.constantFrom('whole', 'fitted'),
  series: fc.array(fc.record({ name, values: fc.array(score, { maxLength: 13 }), intervals: fc.array(range, { maxLength: 13 }) }), { maxLength: 7 }).map((series) => series.map((own, at) => ({ ...own, look: LOOKS[at]! }))),
}); // prettier-ignore
const anyRadar: fc.Arbitrary<RadarChart> = fc.record({
  id: fc.constant('any'),
  title: name,
  names: fc.record({ own: name, mean: name }),
  axes: fc.array(fc.record({ name, own: score, mean: score, range }), { maxLength: 5 }),
});
const parts = fc.record({ real: fc.option(points), ruler: fc.option(points), coverage: points, review: points, unseparated: points }); // prettier-ignore
const anyBars: fc.Arbitrary<BarChart> = fc.record({
  id: fc.constant('any'),
  title: name,
  bars: fc.array(
    fc.record({ name, points: fc.option(points), parts: fc.option(parts) }) as fc.Arbitrary<BarChart['bars'][number]>,
    { maxLength: 12 },
  ),
});
const anyGroups: fc.Arbitrary<GroupedBars> = fc.record({
  id: fc.constant('any'),
  title: name,
  rounds,
  changes,
  groups: fc.array(fc.record({ name, values: fc.array(score, { maxLength: 13 }) }), { maxLength: 7 }),
});
const anyDots: fc.Arbitrary<RankingDots> = fc.record({
  id: fc.constant('any'),
  title: name,
  rows: fc.array(fc.record({ name, rank: fc.option(fc.integer({ min: 1, max: 105 })), score, range, band: fc.integer({ min: 1, max: 3 }) }), { maxLength: 50 }),
}); // prettier-ignore

const CHARTS: readonly (readonly [name: string, draw: fc.Arbitrary<() => Markup>])[] = [
  [
    'lineChart',
    fc.tuple(voice, anyLines).map(
      ([own, input]) =>
        () =>
          lineChart(own, input),
    ),
  ],
  [
    'radarChart',
    fc.tuple(voice, anyRadar).map(
      ([own, input]) =>
        () =>
          radarChart(own, input),
    ),
  ],
  [
    'barChart',
    fc.tuple(voice, anyBars).map(
      ([own, input]) =>
        () =>
          barChart(own, input),
    ),
  ],
  [
    'groupedBars',
    fc.tuple(voice, anyGroups).map(
      ([own, input]) =>
        () =>
          groupedBars(own, input),
    ),
  ],
  [
    'rankingDots',
    fc.tuple(voice, anyDots).map(
      ([own, input]) =>
        () =>
          rankingDots(own, input),
    ),
  ],
];

describe.each(CHARTS)('%s, whatever it is given', (_, drawn) => {
  it('is well-formed, tells itself in words, has no id twice, no text over another or beyond the edge, and no number that is none', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        expect(faultsOf(draw())).toEqual([]);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  it('is the same every time', () => {
    fc.assert(
      fc.property(drawn, (draw) => {
        expect(draw().text).toBe(draw().text);
      }),
      { numRuns: 10 },
    );
  });
});

// ---------------------------------------------------------------- examples

const FIVE = ['اول', 'دوم', 'سوم', 'چهارم', 'پنجم'].map((one) => ({ name: `دور ${one}` }));
const aLine = (more: Partial<LineChart> = {}): LineChart => ({
  id: 'line', title: 'امتیاز کل', rounds: FIVE,
  series: [{ look: 'total', name: 'امتیاز کل', values: [42.1, 48.6, 58.2, 67.65, 64.65] }], ...more,
}); // prettier-ignore
const aRadar = (own: readonly (number | null)[], more: Partial<RadarChart['axes'][number]> = {}): RadarChart => ({
  id: 'radar', title: 'Stages', names: { own: 'Agency', mean: 'Mean of all' },
  axes: STAGES.map((stage, at) => ({ name: stage, own: own[at]!, mean: 60, ...(own[at] === null && more) })),
}); // prettier-ignore
const someDots = (count: number): RankingDots => ({
  id: 'dots', title: 'Ranking',
  rows: Array.from({ length: count }, (_, at) => ({ name: `Agency ${at + 1}`, rank: at + 1, score: 99 - at / 2, range: { low: 97 - at / 2, high: 100 - at / 2 }, band: 1 + Math.floor(at / 4) })),
}); // prettier-ignore

describe('time', () => {
  it.each([
    ['Persian', fa, [42.1, 64.65]],
    ['English', en, [64.65, 42.1]],
  ] as const)('%s: the oldest round stands where reading begins', (_, own, [right, left]) => {
    const series = [{ look: 'total' as const, name: 'x', values: [42.1, null, null, null, 64.65] }];
    for (const svg of drawingsOf(lineChart(own, aLine({ series })))) {
      const titles = all(svg, 'g').filter((node) => all(node).some(hasMark) && all(node).length === 2);
      const byPlace = titles.toSorted((a, b) => placeOf(all(a).find(hasMark)!) - placeOf(all(b).find(hasMark)!));
      expect(byPlace.map((node) => textOf(node).split(': ')[1])).toEqual([own.points(left), own.points(right)]);
    }
  });

  it('bars of growth begin at zero and go with the direction of reading, those of decline against it', () => {
    const bars = [
      { name: 'a', points: 20 },
      { name: 'b', points: -10 },
    ];
    for (const [own, grows] of [[fa, -1], [en, 1]] as const) {
      for (const svg of drawingsOf(barChart(own, { id: 'bars', title: 'x', bars }))) {
        const [up, down] = ['c-fill', 'c-faint'].map((kind) => all(svg, 'rect').find((node) => has(node, kind))!);
        const middle = (node: Node): number => number(node, 'x') + number(node, 'width') / 2;
        expect(Math.sign(middle(up!) - middle(down!))).toBe(grows);
        expect(number(up!, 'width') / number(down!, 'width')).toBeCloseTo(2, 1);
      }
    }
  }); // prettier-ignore
});

describe('what is not known', () => {
  it('is a gap in a line: no stroke passes a missing round, and a lonely score has its mark alone', () => {
    const series = [{ look: 'total' as const, name: 'x', values: [10, null, 30, 40, null] }];
    for (const svg of drawingsOf(lineChart(en, aLine({ series })))) {
      const [line] = all(svg, 'path').filter((node) => has(node, 'c-line'));
      expect(line!.attributes['d']).toMatch(/^M[\d.]+,[\d.]+ZM[\d.]+,[\d.]+L[\d.]+,[\d.]+$/);
      expect(all(svg, 'path').filter(hasMark).length).toBe(3);
    }
  });

  it('is said where nothing at all is known, and draws no axis for it', () => {
    const series = [{ look: 'total' as const, name: 'x', values: [null, null] }];
    for (const chart of [lineChart(fa, aLine({ series })), lineChart(fa, aLine({ rounds: [] })), barChart(fa, { id: 'b', title: 'x', bars: [] }), rankingDots(fa, someDots(0))]) {
      for (const svg of drawingsOf(chart)) expect(boxesOf(svg).map(({ text }) => text.replace('\u200f', ''))).toEqual(['داده‌ای برای نمایش نیست.']);
    }
  }); // prettier-ignore

  it('leaves a figure of stages open on both sides, with the range of what is withheld', () => {
    const sides = (chart: RadarChart): string => {
      const group = all(drawingsOf(radarChart(en, chart))[0]!, 'g').find((node) => has(node, 'c-total') && all(node).some(hasMark))!;
      return all(group, 'path').find((node) => has(node, 'c-line'))!.attributes['d']!;
    }; // prettier-ignore
    expect(
      sides(aRadar([50, 60, 70, 80, 90]))
        .match(/[MLZ]/g)!
        .join(''),
    ).toBe('MLLLLZ');
    expect(
      sides(aRadar([50, 60, null, 80, 90]))
        .match(/[MLZ]/g)!
        .join(''),
    ).toBe('MLMLML');
    const [svg] = drawingsOf(radarChart(en, aRadar([50, 60, null, 80, 90], { range: { low: 20, high: 61.2 } })));
    expect(boxesOf(svg!).map(({ text }) => text)).toEqual(expect.arrayContaining(['withheld', '20.0–61.2']));
  });

  it.each([-1, 1])('has zero on the axis of bars that all go one way (%d)', (sign) => {
    const bars = [{ name: 'Agency a', points: 4.89 * sign }, { name: 'Agency b', points: 3.24 * sign }];
    for (const svg of drawingsOf(barChart(en, { id: 'b', title: 'x', bars }))) expect(boxesOf(svg).map(({ text }) => text)).toContain('0');
  }); // prettier-ignore

  it('tells a stage of which nothing was measured from one that is withheld', () => {
    const [svg] = drawingsOf(radarChart(en, aRadar([50, 60, null, 80, 90])));
    const said = boxesOf(svg!).map(({ text }) => text);
    expect(said).toContain('not measured');
    expect(said.join()).not.toContain('withheld');
    expect(all(svg!, 'path').filter((node) => has(node, 'c-guess'))).toEqual([]);
  });

  it('has a dashed interval and no dot in a ranking', () => {
    const rows = [{ name: 'a', rank: null, score: null, range: { low: 20, high: 60 }, band: 1 }];
    for (const svg of drawingsOf(rankingDots(en, { id: 'dots', title: 'x', rows }))) {
      expect(all(svg, 'circle').length).toBe(0);
      expect(all(svg, 'path').filter((node) => has(node, 'c-guess')).length).toBe(1);
      expect(boxesOf(svg).map(({ text }) => text)).toContain('20.0–60.0');
    }
  });

  it('is not drawn as a bar', () => {
    const [svg] = drawingsOf(barChart(en, { id: 'b', title: 'x', bars: [{ name: 'a', points: null }] }));
    expect(all(svg!, 'rect').filter((node) => has(node, 'c-fill') || has(node, 'c-faint')).length).toBe(0);
    expect(boxesOf(svg!).map(({ text }) => text)).toContain('not known');
  });
});

describe('telling apart without colour', () => {
  it('every series has a mark and a dash of its own', () => {
    const series = LOOKS.map((look) => ({ look, name: look, values: [10, 20, 30, 40, 50] }));
    for (const svg of drawingsOf(lineChart(en, aLine({ series })))) {
      const signs = LOOKS.map((look) => {
        const group = all(svg, 'g').find((node) => has(node, `c-${look}`))!;
        const line = all(group, 'path').find((node) => has(node, 'c-line'))!.attributes;
        const mark = all(group, 'path').find((node) => hasMark(node) || has(node, 'c-hollow'))!;
        return [`${line['stroke-dasharray']} ${line['stroke-width']}`, `${mark.attributes['class']} ${mark.attributes['d']}`] as const;
      }); // prettier-ignore
      for (const of of [0, 1] as const) expect(new Set(signs.map((sign) => sign[of])).size).toBe(LOOKS.length);
    }
  });

  it('parts of growth have patterns, a key for each, their numbers below the bar, and the sum marked', () => {
    const bars = [{ name: 'a', points: 9, parts: { real: 12, ruler: -4, coverage: 2, review: -1, unseparated: 0 } }];
    for (const svg of drawingsOf(barChart(en, { id: 'b', title: 'x', bars }))) {
      const texts = boxesOf(svg).map(({ text }) => text.replaceAll('\u00a0', ' '));
      expect(texts).toEqual(expect.arrayContaining(['Real', 'Edition', 'Coverage', 'Review', '+9.00']));
      expect(texts).not.toContain('Unsplit');
      expect(texts.join(' ')).toContain('Real +12.00 · Edition −4.00 · Coverage +2.00 · Review −1.00');
      const hatches = all(svg, 'path').filter((node) => has(node, 'c-hatch'));
      expect(hatches.length).toBe(2 * 3); // three of the four are hatched, in the key and in the bar
      expect(all(svg, 'path').filter((node) => has(node, 'c-net')).length).toBe(2);
    }
  });

  it('colours stand out from the paper by 3 : 1 at least, in both themes and in print', () => {
    const themes = [...REPORT_STYLE.matchAll(/--paper:(#\w+)[^}]*--strong:(#\w+)[^}]*--accent:(#\w+)/g)].slice(0, 3).map(([, ...colours]) => colours as [string, string, string]);
    const series = [...CHART_STYLE.matchAll(/\.chart\{(--c-[^}]*)/g)].map(([, rules]) => [...rules!.matchAll(/--c-\w+:(#\w+)/g)].map(([, colour]) => colour!));
    expect(series.map(({ length }) => length)).toEqual([7, 7, 7]);
    expect(themes.length).toBe(3);
    themes.forEach(([paper, ...marks], theme) => {
      for (const colour of [...marks, ...series[theme]!]) expect(contrast(colour, paper), `${colour} on ${paper}`).toBeGreaterThanOrEqual(3);
    });
  }); // prettier-ignore
});

function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const hex = (colour.length === 4 ? colour.replace(/\w/g, '$&$&') : colour).slice(1).match(/../g)!;
    const [r, g, b] = hex.map((pair) => parseInt(pair, 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
} // prettier-ignore

describe('numbers', () => {
  it('are written in the digits of the language, with its decimal sign and signs before them', () => {
    const chart = barChart(fa, { id: 'b', title: 'رشد', bars: [{ name: 'پست', points: 36.25 }, { name: 'گمرک', points: -3.4 }, { name: 'بیمه', points: 0.001 }] }); // prettier-ignore
    const texts = boxesOf(drawingsOf(chart)[0]!).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['\u200e+۳۶٫۲۵', '\u200e−۳٫۴۰', '۰٫۰۰']));
    expect(texts.join('')).not.toMatch(/\d/);
    const spoken = all(parse(chart.text), 'desc').map(textOf);
    expect(spoken[0]).toBe('رشد به امتیاز. پست: \u200e+۳۶٫۲۵؛ گمرک: \u200e−۳٫۴۰؛ بیمه: ۰٫۰۰.');
  });

  it('are all in the tables that go beside the charts', () => {
    const lines = aLine({ series: [{ look: 'total', name: 'Total', values: [1, null] }], rounds: [{ name: 'R1', when: 'spring' }, { name: 'R2' }] }); // prettier-ignore
    expect(rowsOfLines(en, lines)).toEqual({ columns: ['Round', 'Total'], rows: [['R1, spring', '1.00'], ['R2', '–']] }); // prettier-ignore
    expect(rowsOfRadar(en, aRadar([50, 60, null, 80, 90], { range: { low: 20, high: 61 } })).rows[2]).toEqual(['transaction', '20.0–61.0', '60.00']); // prettier-ignore
    expect(rowsOfBars(en, { id: 'b', title: '', bars: [{ name: 'a', points: 1, parts: { real: 3, ruler: null, coverage: -2, review: 0, unseparated: 0 } }] }))
      .toEqual({ columns: ['Organization', 'Growth', 'Real', 'Coverage'], rows: [['a', '+1.00', '+3.00', '−2.00']] }); // prettier-ignore
    expect(rowsOfGroups(en, { id: 'g', title: '', rounds: [{ name: 'R1' }, { name: 'R2' }], groups: [{ name: 'Total', values: [4] }] }).rows).toEqual([['Total', '4.00', '–']]); // prettier-ignore
    expect(rowsOfDots(en, someDots(1)).rows).toEqual([['1', '1', 'Agency 1', '99.00', '97.0–100.0']]);
  });

  it('stand at every bar of five rounds, and at the chief ones where twelve have no room', () => {
    const values = [10, 20, 30, 40, 50, 60, 70, 80, 75, 65, 55, 45];
    const printed = (count: number): string[] => {
      const rounds = values.slice(0, count).map((_, at) => ({ name: `R${at + 1}` }));
      const [, narrow] = drawingsOf(groupedBars(en, { id: 'g', title: 'x', rounds, groups: [{ name: 'Total', values: values.slice(0, count) }] })); // prettier-ignore
      return boxesOf(narrow!).map(({ text }) => text).filter((text) => /^\d+\.\d\d$/.test(text)); // prettier-ignore
    };
    expect(printed(5).toSorted()).toEqual(['10.00', '20.00', '30.00', '40.00', '50.00']);
    expect(printed(12).toSorted()).toEqual(['10.00', '45.00', '80.00']);
  });
});

describe('labels', () => {
  it('of series that end together are moved apart in the order of their scores', () => {
    const values = { total: 60, presence: 60.2, interaction: 59.9, transaction: 60.1, integration: 100, participation: 0 };
    const series = Object.entries(values).map(([look, last]) => ({ look: look as Look, name: look, values: [50, 50, 50, 50, last] }));
    for (const svg of drawingsOf(lineChart(en, aLine({ series })))) {
      const labels = boxesOf(svg).filter(({ text }) => / \d+\.\d\d$/.test(text)).toSorted((a, b) => a.top - b.top);
      expect(labels.map(({ text }) => text.split(' ')[0])).toEqual(['integration', 'presence', 'transaction', 'total', 'interaction', 'participation']);
      for (const [at, label] of labels.slice(1).entries()) expect(label.top).toBeGreaterThanOrEqual(labels[at]!.bottom);
    }
  }); // prettier-ignore

  it('stay where they should be while there is room, and move as little as they can where there is none', () => {
    expect(spread([{ at: 50, height: 10 }, { at: 20, height: 10 }], 0, 100)).toEqual([50, 20]); // prettier-ignore
    expect(spread([{ at: 50, height: 10 }, { at: 50, height: 10 }, { at: 50, height: 10 }], 0, 100)).toEqual([40, 50, 60]); // prettier-ignore
    expect(spread([{ at: 0, height: 10 }, { at: 100, height: 10 }], 0, 100)).toEqual([5, 95]); // prettier-ignore
    expect(spread([], 0, 100)).toEqual([]);
  });

  it('never overlap and never leave the limits that have room for them', () => {
    const labels = fc.array(fc.record({ at: fc.double({ min: -50, max: 350, noNaN: true }), height: fc.integer({ min: 1, max: 40 }) }), { minLength: 1, maxLength: 7 }); // prettier-ignore
    fc.assert(
      fc.property(labels, (wanted) => {
        const middles = spread(wanted, 0, 300);
        const edges = wanted.map(({ height }, at) => [middles[at]! - height / 2, middles[at]! + height / 2] as const).toSorted((a, b) => a[0] - b[0]); // prettier-ignore
        expect(edges[0]![0]).toBeGreaterThanOrEqual(-1e-9);
        expect(edges.at(-1)![1]).toBeLessThanOrEqual(300 + 1e-9);
        for (const [at, [top]] of edges.slice(1).entries()) expect(top).toBeGreaterThanOrEqual(edges[at]![1] - 1e-9);
      }),
    );
  });

  it('of rounds are left out evenly where they have no room, never that of the last', () => {
    const twelve = Array.from({ length: 12 }, (_, at) => ({ name: `R-${at + 1}` }));
    const series = [{ look: 'total' as const, name: 'x', values: twelve.map((_, at) => at * 5) }];
    const [wide, narrow] = drawingsOf(lineChart(en, aLine({ rounds: twelve, series })));
    const named = (svg: Node): string[] => boxesOf(svg).map(({ text }) => text).filter((text) => text.startsWith('R-')); // prettier-ignore
    expect(named(wide!).length).toBe(12);
    expect(named(narrow!)).toEqual(['R-2', 'R-4', 'R-6', 'R-8', 'R-10', 'R-12']);
  });

  it('of editions stand at a rule between the two rounds', () => {
    const changes = [{ before: 4, label: 'edition r5' }, { before: 0, label: 'never drawn' }]; // prettier-ignore
    for (const svg of drawingsOf(lineChart(en, aLine({ changes })))) {
      const rules = all(svg, 'path').filter((node) => has(node, 'c-change'));
      const marks = all(svg, 'path').filter(hasMark).map(placeOf).toSorted((a, b) => a - b); // prettier-ignore
      const [, at, to] = /^M(\S+) \S+L(\S+) /.exec(rules[0]!.attributes['d']!)!;
      expect([rules.length, Number(at)]).toEqual([1, Number(to)]);
      expect(Number(at)).toBeCloseTo((marks[3]! + marks[4]!) / 2, 1);
      expect(boxesOf(svg).map(({ text }) => text)).toContain('edition r5');
      expect(textOf(svg)).not.toContain('never drawn');
    }
  });

  it('that are cut end with an ellipsis and are told in full by a title', () => {
    const long = 'سازمان سرمایه‌گذاری و کمک‌های اقتصادی و فنی '.repeat(5).trim();
    for (const svg of drawingsOf(barChart(fa, { id: 'b', title: 'x', bars: [{ name: long, points: 3 }] }))) {
      const lines = boxesOf(svg).filter(({ text }) => /سازمان|اقتصادی/.test(text));
      expect(lines.length).toBe(2);
      expect(lines[1]!.text).toMatch(/…$/);
      expect(all(svg, 'title').map(textOf)).toContain(long);
    }
  });
});

describe('breaking of text', () => {
  const wrapped = (text: string, width: number, lines = 2): ReturnType<typeof wrap> => wrap(text, { size: 10, width, lines }); // prettier-ignore

  it.each([
    ['one two', 100, ['one two'], false, false],
    ['one two', 25, ['one', 'two'], false, false],
    ['one two three', 25, ['one', 'two…'], true, false],
    ['unbreakable', 31, ['unbre', 'akable'], false, true],
    ['  spaces \n of   all kinds ', 100, ['spaces of all', 'kinds'], false, false],
    ['', 50, [], false, false],
  ] as const)('%j in %d: %j', (text, width, lines, isCut, isBroken) => {
    const own = text.includes('spaces') ? wrapped(text, 70) : wrapped(text, width);
    expect(own).toMatchObject({ lines, isCut, isBroken });
  });

  it('keeps a mark with its letter and loses nothing but spaces where nothing is cut', () => {
    expect(wrapped('a\u0301'.repeat(6), 14, 9).lines.every((line) => !line.startsWith('\u0301'))).toBe(true);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 10 }), fc.integer({ min: 20, max: 200 }), (words, width) => {
        const { lines, isCut } = wrapped(words.join(' '), width, 99);
        expect(isCut).toBe(false);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      }),
    );
  });
});

describe('hostile text', () => {
  it('never becomes an element or an attribute, and an id never more than one word', () => {
    const rows = [{ name: HOSTILE, rank: 1, score: 50, range: null, band: 1 }];
    const rounds = [{ name: HOSTILE, when: HOSTILE }, { name: HOSTILE }];
    const changes = [{ before: 1, label: HOSTILE }];
    const head = { id: HOSTILE, title: HOSTILE };
    const charts = [
      lineChart(fa, { ...head, rounds, changes, series: [{ look: 'total', name: HOSTILE, values: [1, 2] }, { look: 'mean', name: HOSTILE, values: [1, 2] }] }),
      radarChart(fa, { ...head, names: { own: HOSTILE, mean: HOSTILE }, axes: STAGES.map(() => ({ name: HOSTILE, own: 5, mean: 6 })) }),
      barChart(fa, { ...head, bars: [{ name: HOSTILE, points: 1 }] }),
      groupedBars(fa, { ...head, rounds, changes, groups: [{ name: HOSTILE, values: [1, 2] }] }),
      rankingDots(fa, { ...head, rows }),
    ]; // prettier-ignore
    for (const chart of charts) {
      expect(faultsOf(chart)).toEqual([]);
      const nodes = all(parse(chart.text));
      expect(nodes.filter(({ name: own }) => !['div', 'svg', 'g', 'path', 'rect', 'circle', 'text', 'tspan', 'title', 'desc'].includes(own))).toEqual([]); // prettier-ignore
      expect(nodes.flatMap(({ attributes }) => Object.keys(attributes)).filter((own) => /^on|href|style/.test(own))).toEqual([]); // prettier-ignore
      expect(chart.text).not.toContain('\u202e');
      expect(chart.text).not.toMatch(/url\(|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
      for (const id of nodes.flatMap(({ attributes }) => attributes['id'] ?? [])) expect(id).toMatch(/^[\w-]+$/);
      expect(nodes.filter(({ name: own }) => own === 'title').map(textOf).join('')).toContain('<script>alert(1)</script>'); // prettier-ignore
    }
  });
});

describe('a ranking of 105', () => {
  it('comes in parts that fit two to a printed page, each with its axis, and every organization once', () => {
    const chart = rankingDots(fa, someDots(105));
    expect(faultsOf(chart)).toEqual([]);
    const wide = drawingsOf(chart).filter((svg) => svg.attributes['class'] === 'at-wide');
    expect(wide.length).toBe(5);
    // 297 mm less the margins, in units of a drawing that is printed 172 mm wide
    const page = ((297 - 32) / 172) * 720;
    for (const svg of wide) expect(Number(svg.attributes['viewBox']!.split(' ')[3])).toBeLessThan(page / 2);
    expect(wide.reduce((sum, svg) => sum + all(svg, 'circle').length, 0)).toBe(105);
    expect(chart.text.length).toBeLessThan(250_000);
  });
});

// ---------------------------------------------------------------- in a browser

const executablePath = await findChromium(process.env);
const why = executablePath ? '' : ' (skipped: no Chromium on this machine)';

describe.skipIf(!executablePath)(`the charts in a browser${why}`, () => {
  it('take the room that was estimated for them: no text is wider, none overlaps, every drawing is XML', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rasad-charts-'));
    const browser = await chromium.launch({ executablePath: executablePath! });
    try {
      const fonts = pathToFileURL(join(import.meta.dirname, '../../node_modules/vazirmatn/fonts/webfonts/')).href;
      const style = Markup.literal(`${REPORT_STYLE.replaceAll('url(Vazirmatn', `url(${fonts}Vazirmatn`)}${CHART_STYLE}`);
      for (const own of [fa, en]) {
        const file = join(folder, `${own.lang}.html`);
        await writeFile(file, markup`<!doctype html><html lang="${own.lang}" dir="${own.dir}"><meta charset="utf-8"><style>${style}</style><main class="wide">${samples(own)}</main></html>`.text);
        for (const width of [320, 390, 1200]) {
          const page = await browser.newPage({ viewport: { width, height: 800 } });
          await page.goto(pathToFileURL(file).href);
          await page.evaluate('document.fonts.ready.then(() => undefined)');
          const found = await page.evaluate<Found>(`(${MEASURE})()`);
          expect([own.lang, width, found.faults]).toEqual([own.lang, width, []]);
          expect(found.drawings).toBeGreaterThan(8);
          for (const { text, size, bold, wide } of found.texts) {
            // the words after a tail are counted as bold
            expect(wide, text).toBeLessThanOrEqual(textWidth(text, size, bold) * 1.01 + 0.5);
          }
          await page.close();
        }
      }
    } finally {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000); // prettier-ignore
});

interface Found {
  readonly faults: readonly string[];
  readonly drawings: number;
  readonly texts: readonly { readonly text: string; readonly size: number; readonly bold: boolean; readonly wide: number }[];
} // prettier-ignore

/** Runs in the page: what is seen, and what of it is wrong. */
const MEASURE = `() => {
  const faults = [];
  const texts = [];
  let drawings = 0;
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('the page is wider than the screen');
  if (![...document.fonts].every(({ status }) => status === 'loaded')) faults.push('the fonts are not there');
  for (const svg of document.querySelectorAll('.chart svg')) {
    if (getComputedStyle(svg).display === 'none') continue;
    drawings++;
    const read = new DOMParser().parseFromString(new XMLSerializer().serializeToString(svg), 'image/svg+xml');
    if (read.querySelector('parsererror')) faults.push('not XML: ' + svg.id);
    const frame = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].map((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const size = Number(node.getAttribute('font-size') ?? svg.getAttribute('font-size'));
      const middle = (top + bottom) / 2;
      const half = (size * frame.width) / svg.viewBox.baseVal.width / 2;
      texts.push({ text: node.textContent, size, bold: node.querySelector('tspan') !== null || node.classList.contains('c-bold'), wide: node.getComputedTextLength() });
      return { text: node.textContent, left, right, top: middle - half, bottom: middle + half };
    });
    boxes.forEach((a, at) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1) faults.push('beyond the edge: ' + a.text);
      for (const b of boxes.slice(at + 1)) if (a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5) faults.push(a.text + ' | ' + b.text);
    });
  }
  return { faults, drawings, texts };
}`;

function samples(own: Voice): Markup[] {
  const { say } = own;
  const agency = say('سازمان سرمایه‌گذاری و کمک‌های اقتصادی و فنی ایران', 'Organization for Investment, Economic and Technical Assistance');
  const rounds = Array.from({ length: 7 }, (_, at) => ({ name: say(`دور ${own.count(at + 1)}`, `Round ${at + 1}`), when: say('زمستان ۹۷', 'winter 2018') }));
  const values = [41.5, 48.25, null, 58.2, 67.65, 64.66, 73.99];
  const changes = [{ before: 2, label: say('ویرایش r4', 'edition r4') }, { before: 3, label: say('ویرایش r5: وزن‌های تازه', 'edition r5: new weights') }];
  const series = LOOKS.map((look, at) => ({ look, name: look === 'mean' ? agency : say('حضور در وب', 'Participation'), values: values.map((value) => value && value - at * 2) }));
  const bars = [12.25, -7.5, 0, 30.1].map((points, at) => ({ name: `${agency} ${own.count(at)}`, points, parts: at === 2 ? null : { real: points + 3, ruler: -4, coverage: 2, review: -1, unseparated: 0 } }));
  return [
    lineChart(own, { id: 'a', title: agency, rounds, changes, series }),
    lineChart(own, { id: 'b', title: agency, rounds, changes, scale: 'fitted', series: [{ ...series[0]!, intervals: values.map((value) => value && { low: value - 4, high: value + 3 }).map((range) => range || null) }] }),
    radarChart(own, { id: 'c', title: agency, names: { own: agency, mean: say('میانگین همه', 'Mean of all') }, axes: STAGES.map((_, at) => ({ name: say('یکپارچگی', 'Participation'), own: at === 2 ? null : 20 * at, range: { low: 12, high: 70 }, mean: 55 })) }),
    barChart(own, { id: 'd', title: agency, bars }),
    groupedBars(own, { id: 'e', title: agency, rounds, changes, groups: series.slice(0, 6) }),
    rankingDots(own, { ...someDots(70), rows: someDots(70).rows.map((row, at) => ({ ...row, name: at % 3 ? agency : row.name, ...(at % 9 === 4 && { rank: null, score: null }) })) }),
  ];
} // prettier-ignore
