/** The frame of every page of the report, and small pieces that several pages share. */
import { createHash } from 'node:crypto';
import { STAGES, type Text } from '../core/model.ts';
import type { OrganizationScore, ServiceScore, StageScore } from '../core/score.ts';
import type { ReportData } from './data.ts';
import { isExact, scoreBar, signSheet } from './figures.ts';
import { Markup, markup, NONE, webAddress, type Part } from './markup.ts';
import type { Lang, Voice } from './voice.ts';
import { STAGE_NAMES } from './words.ts';

/** A file of the report; the path is relative, with slashes. */
export interface ReportFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What a page needs to know beside its own subject. */
export interface PageContext {
  readonly data: ReportData;
  readonly voice: Voice;
}

/**
 * Nothing may be loaded but what lies beside the page. `file:` is named because browsers disagree on whether 'self'
 * covers pages opened from disk; from a server it has no effect.
 */
const POLICY =
  "default-src 'none'; style-src 'self' file:; font-src 'self' file:; script-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'";

export interface PageParts {
  /** Path of this page, for relative links. */
  readonly path: string;
  readonly title: string;
  readonly main: Part;
  /** Where the reader is below the front page. */
  readonly trail?: readonly { readonly href: string; readonly name: string }[];
  readonly script?: boolean;
}

/** What is around every page of a site. */
export interface Frame {
  readonly voice: Voice;
  /** What the site is, beside the name of Rasad. */
  readonly motto: string;
  /** Its chief pages, from the root. */
  readonly nav: readonly (readonly [href: string, name: string])[];
  /** Paragraphs at the end of a page; the root is what links begin with. */
  readonly foot: (root: string) => Part;
  /** Pages show verdicts. */
  readonly hasSigns: boolean;
}

/** A page of the report of an audit. */
export const page = (context: PageContext, parts: PageParts): ReportFile => framed(frameOf(context), parts);

function frameOf({ data, voice }: PageContext): Frame {
  const { say } = voice;
  return {
    voice,
    motto: say('سنجش خدمات الکترونیکی دولت از روی شواهد', 'Government e-services, judged from evidence'),
    nav: [
      ['index.html', say('رتبه‌بندی', 'Ranking')],
      ...(hasEarlierRounds(data) ? [['index.html#rounds', say('در گذر دورها', 'Over the rounds')] as const] : []),
      ['indicators.html', say('شاخص‌ها', 'Indicators')],
      ['method.html', say('روش', 'Method')],
    ],
    foot: (root) =>
      markup`<p>${say('سنجش', 'Audit')} ${code(data.audit.id)} · ${say('ویرایش روش', 'Edition')} ${code(data.edition.id)} · ${say('کشور', 'Country')} ${named(voice, data.registry.country)} · ${momentOf(voice, data.audit.startedAt)}</p>
<p>${say('همه داوری‌ها از روی صفحه‌های ذخیره‌شده است و از همان‌ها بازساختنی.', 'Every verdict was made from stored pages and can be made again from them.')} <a href="${root}evidence/index.html">${say('صفحه‌های ذخیره‌شده', 'Stored pages')}</a></p>`,
    hasSigns: true,
  };
}

export const hasEarlierRounds = ({ history }: ReportData): boolean => history !== null && history.rounds.length > 0;

export function framed({ voice, motto, nav, foot, hasSigns }: Frame, { path, title, main, trail, script }: PageParts): ReportFile {
  const root = rootOf(path);
  const { say } = voice;
  const content = markup`<!doctype html>
<html lang="${voice.lang}" dir="${voice.dir}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title} – ${say('رصد', 'Rasad')}</title>
<link rel="stylesheet" href="${root}assets/report.css">${script && markup`\n<script src="${root}assets/ranking.js" defer></script>`}
</head>
<body>
<a class="skip" href="#main">${say('رفتن به متن', 'Skip to content')}</a>
${hasSigns && signSheet()}
<header class="top"><div class="wide">
<p class="brand"><a href="${root}index.html"><b>${say('رصد', 'Rasad')}</b> <span>${motto}</span></a></p>
<nav aria-label="${say('بخش‌های گزارش', 'Parts of the report')}"><ul>${nav.map(([href, name]) => markup`<li><a href="${root}${href}"${href === path && markup` aria-current="page"`}>${name}</a></li>`)}</ul></nav>
</div></header>
<main id="main" class="wide" tabindex="-1">
${trail && trailOf(voice, trail, title)}
${main}
</main>
<footer class="end"><div class="wide">
${foot(root)}
</div></footer>
</body>
</html>
`;
  return { path, content: content.text };
} // prettier-ignore

/** `../` for each folder that the path lies in. */
export const rootOf = (path: string): string => '../'.repeat(path.split('/').length - 1);

function trailOf(voice: Voice, trail: NonNullable<PageParts['trail']>, title: string): Markup {
  const label = voice.say('جای این صفحه', 'Where this page is');
  return markup`<nav class="trail" aria-label="${label}"><ol>${trail.map(({ href, name }) => markup`<li><a href="${href}">${bdi(name)}</a></li>`)}<li aria-current="page">${bdi(title)}</li></ol></nav>`;
}

// ---------------------------------------------------------------- pieces of text

/** Text of foreign origin or direction, kept from turning its surroundings around. */
export const bdi = (text: string): Markup => markup`<bdi>${text}</bdi>`;

/** An identifier: Latin, left to right. */
export const code = (text: string): Markup => markup`<code dir="ltr">${text}</code>`;

/** An address as text; long ones may break anywhere. */
export const address = (url: string): Markup => markup`<bdi class="url" dir="ltr">${readable(url)}</bdi>`;

/** A name of the registry in the voice's language, else in the other, which is then said; without any the id. */
export function named(voice: Voice, text: Text, id = ''): Markup {
  const foreign = voice.foreign(text);
  return markup`<bdi${foreign && markup` lang="${foreign}"`} dir="${directionOf(foreign ?? voice.lang)}">${voice.text(text) || id}</bdi>`;
}

/**
 * A sentence of the data. Its direction is said and not guessed: one that begins with a Latin word would be taken for
 * a Latin sentence.
 */
export function sentence(voice: Voice, text: Text): Markup {
  const foreign = voice.foreign(text);
  return markup`<bdi${foreign && markup` lang="${foreign}"`} dir="${directionOf(foreign ?? voice.lang)}">${voice.prose(text)}</bdi>`;
}

const directionOf = (lang: Lang): 'rtl' | 'ltr' => (lang === 'fa' ? 'rtl' : 'ltr');

export const momentOf = (voice: Voice, iso: string): Markup =>
  markup`<time datetime="${iso}">${voice.moment(iso)}</time>`;

/** A link out of the report, only to addresses of the web; anything else stays text. */
export function outward(url: string): Markup {
  const href = webAddress(url);
  return href ? markup`<a href="${href}" rel="external noopener noreferrer">${address(url)}</a>` : address(url);
}

/** Percent-encoded letters as letters, where that is possible: Persian addresses are unreadable otherwise. */
export function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

/** Name of a file for an id, safe on every file system; two ids never share one. */
export function fileName(id: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,79}$/.test(id) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(id)) return id;
  const plain = id.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-|-$/g, ''); // prettier-ignore
  return `${plain || 'id'}.${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}

/** Fragment of an indicator on a page. */
export const anchorOf = (indicator: string): string => indicator.replace(/[^A-Za-z0-9_-]+/g, '-');

export const organizationPath = (id: string): string => `organizations/${fileName(id)}.html`;
export const servicePath = (id: string): string => `services/${fileName(id)}.html`;

// ---------------------------------------------------------------- scores

/** A score for a table cell: the number with its range below, or the range alone when the score is withheld. */
export function scoreCell(voice: Voice, score: StageScore | null): Markup {
  if (score === null || score.measured === 0) return markup`<span class="none">–</span>`;
  const range = bdi(voice.bounds(score.low, score.high));
  if (score.score === null) {
    return markup`<span class="withheld"><span class="hidden">${voice.say('داده نشد؛ بازه', 'withheld; range')} </span>${range}</span>`;
  }
  return markup`<b>${bdi(voice.points(score.score))}</b>${!isExact(score) && markup` <span class="range">${range}</span>`}`;
}

/** The five stages and the total of one subject, with their bars. */
export function stageTable(
  { data, voice }: PageContext,
  scores: Pick<OrganizationScore | ServiceScore, 'stages' | 'total'>,
  caption: string,
): Markup {
  const { say } = voice;
  const row = (name: string, score: StageScore, weight: number): Markup => markup`<tr>
<th scope="row">${name}</th>
<td class="n" data-label="${say('وزن', 'Weight')}">${voice.percent(weight / 100)}</td>
<td class="graph">${scoreBar(voice, name, score)}</td>
<td class="n score" data-label="${say('امتیاز', 'Score')}">${scoreCell(voice, score)}</td>
<td class="n" data-label="${say('تعیین‌شده', 'Settled')}">${score.measured > 0 ? voice.percent(score.resolved) : '–'}</td>
<td class="n" data-label="${say('سنجیده', 'Measured')}">${voice.percent(score.measured)}${score.thin && markup`<sup>†</sup>`}</td>
</tr>`;
  return markup`<table class="stages"><caption>${caption}</caption>
<thead><tr><th scope="col">${say('مرحله', 'Stage')}</th><th scope="col" class="n">${say('وزن', 'Weight')}</th><td></td><th scope="col" class="n">${say('امتیاز از ۱۰۰', 'Score of 100')}</th><th scope="col" class="n">${say('تعیین‌شده', 'Settled')}</th><th scope="col" class="n">${say('سنجیده', 'Measured')}</th></tr></thead>
<tbody>${STAGES.map((stage) => row(voice.text(STAGE_NAMES[stage]), scores.stages[stage], data.edition.stageWeights[stage]))}</tbody>
<tfoot>${row(say('جمع', 'Total'), scores.total, 100)}</tfoot></table>
<p class="legend">${barLegend(voice)}</p>${anyThin(scores) && markup`<p class="legend">${say('† یکی از دو بخش مرحله شاخصی ندارد که برای اینجا معنا داشته باشد؛ بخش دیگر جای آن را گرفته است.', '† One block of the stage has nothing that applies here; the other stands for all of it.')}</p>`}`;
}

const anyThin = ({ stages, total }: Pick<ServiceScore, 'stages' | 'total'>): boolean =>
  total.thin || STAGES.some((stage) => stages[stage].thin);

const barLegend = ({ say }: Voice): Markup =>
  markup`<span class="keyed"><span class="key sure"></span> ${say('قطعی', 'certain')}</span> <span class="keyed"><span class="key open"></span> ${say('هنوز باز: میان بدترین و بهترین حالت', 'still open: between the worst and the best case')}</span> <span class="keyed"><span class="key point"></span> ${say('امتیاز', 'score')}</span>`;

/** A term with what it says; nothing when there is nothing to say. */
export const entry = (term: string, ...value: readonly Part[]): Markup =>
  value.every((part) => part === null || part === undefined || part === false || part === '' || part === NONE)
    ? NONE
    : markup`<div><dt>${term}</dt><dd>${value}</dd></div>`;

/** The same on a line of its own, for what is long. */
export const longEntry = (term: string, ...value: readonly Part[]): Markup => {
  const { text } = entry(term, ...value);
  return text === '' ? NONE : Markup.literal(text.replace('<div>', '<div class="long">'));
};
