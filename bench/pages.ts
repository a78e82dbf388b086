/**
 * Pages to crawl, made from a seed: Persian and English, 40–50 KB, some 65 links, 500 elements and 900 words each, in the
 * proportions that real portals have. The pages of a site have one menu and one footer, which hold four in five of their
 * links and a third of their lines; on the real site of which most pages are known these are 81 % and 60 %. The same
 * number gives the same page.
 */
import { gzipSync } from 'node:zlib';

export interface BenchPage {
  readonly path: string;
  readonly gzip: Buffer;
  readonly size: number;
}

/** A small generator of pseudo-random numbers (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Tongue {
  readonly words: readonly string[];
  /** Words that a lexicon knows; one in so many is such a one. */
  readonly telling: readonly string[];
  readonly menu: readonly string[];
}
const TELLING_SHARE = 0.18;

const vocabulary = (syllables: string, seed: number): string[] => {
  const random = randomFrom(seed);
  const parts = syllables.split(' ');
  return Array.from({ length: 400 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => parts[Math.floor(random() * parts.length)]!).join(''),
  );
};
const FA: Tongue = {
  words: vocabulary('با دا را سا ما نا کار بان دست مان گر ور زار ستان نگ رو شن مه پو لی تو چین سو گل باغ سنگ', 1),
  telling: 'خدمت درخواست مدارک اداره پیگیری سامانه ثبت هزینه قانون گزارش اطلاعیه مدیر'.split(' '),
  menu: ['اخبار', 'میز خدمت', 'پرسش‌های متداول', 'تماس با ما', 'درباره ما', 'نقشه سایت', 'نظرسنجی', 'ثبت شکایت', 'قوانین و مقررات', 'مناقصات', 'گالری تصاویر', 'ورود', 'خبرنامه', 'پیوندها'],
}; // prettier-ignore
const EN: Tongue = {
  words: vocabulary('ba do ra si men tal ver con lin per mor and est ing ter all ure pla sto gre win del nor', 2),
  telling: 'service request documents office track system register cost law report notice manager'.split(' '),
  menu: ['News', 'Services', 'FAQ', 'Contact us', 'About', 'Site map', 'Survey', 'Complaints', 'Regulations', 'Tenders', 'Gallery', 'Sign in', 'Newsletter', 'Links'],
}; // prettier-ignore

const ICON =
  '<svg class="icon icon-sm" width="24" height="24" viewBox="0 0 24 24" fill="none" xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false"><path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2v6zm0-8h-2V7h2v2z" fill="currentColor"></path></svg>';
/** Inline settings of the kind that content management systems write into every page. */
const SCRIPT = Array.from(
  { length: 70 },
  (_, i) =>
    `window.siteSettings["module${i}"] = { enabled: ${i % 3 !== 0}, endpoint: "/api/v1/module/${i}", timeout: ${i * 25} };`,
).join(' ');

/** Pages of one site, as the budget of an organization bounds them: more pages are more organizations. */
export const PAGES_OF_A_SITE = 100;

export function makePage(number: number, total: number): BenchPage {
  const ownRandom = randomFrom(number * 7919 + 17);
  const site = Math.floor(number / PAGES_OF_A_SITE);
  const persian = number % 2 === 0;
  // every page of a site, in each of its two languages, draws the same frame
  const frameRandom = randomFrom(site * 104_729 + (persian ? 5 : 11));
  let random = ownRandom;
  const tongue = persian ? FA : EN;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const say = (length: number): string =>
    Array.from({ length }, () => pick(random() < TELLING_SHARE ? tongue.telling : tongue.words)).join(' ');
  const repeat = (length: number, make: (i: number) => string): string =>
    Array.from({ length }, (_, i) => make(i)).join('\n');
  const link = (i: number): string => `/p/${Math.floor(random() * total)}${i % 9 === 0 ? '?view=full' : ''}`;

  random = frameRandom;
  const menu = tongue.menu
    .map(
      (name, i) =>
        `<li class="nav-item dropdown megamenu" id="menu-${i}"><a class="nav-link dropdown-toggle" href="${link(i)}" title="${name}" data-bs-toggle="dropdown" aria-expanded="false"><span class="nav-text">${name}</span>${ICON}</a><div class="dropdown-menu"><div class="link-list-wrapper"><ul class="link-list">${repeat(2, (k) => `<li class="list-entry"><a class="dropdown-item list-item" href="${link(k)}"><span>${say(3)}</span></a></li>`)}</ul></div></div></li>`,
    )
    .join('\n');
  const footer = repeat(
    8,
    (i) => `<li class="footer-item"><a href="${link(i)}" class="footer-link">${say(3)}</a></li>`,
  );
  random = ownRandom;
  const row = (label: string, value: string): string =>
    `<tr><th scope="row" class="col-3">${label}</th><td class="col-9">${value}</td></tr>`;
  const sum = Math.floor(random() * 900) + 100;
  const days = Math.floor(random() * 20) + 1;
  const table = persian
    ? row('شرح خدمت', say(30)) +
      row('مدارک لازم', `تصویر کارت ملی، ${say(6)}`) +
      row('هزینه خدمت', `${sum},000 ریال`) +
      row('متوسط مدت زمان ارائه خدمت', `${days} روز کاری`)
    : row('Description', say(30)) +
      row('Required documents', `copy of the card, ${say(6)}`) +
      row('Fee', `$${sum}.00`) +
      row('Processing time', `${days} business days`);
  const news = repeat(
    11,
    (i) =>
      `<div class="col-12 col-md-6 col-lg-4"><article class="card-wrapper card-space news-item" data-id="${number}-${i}" data-category="general"><div class="card card-bg card-big no-after"><div class="img-responsive-wrapper"><figure class="img-wrapper"><img src="/img/${number}/${i}.jpg" class="img-fluid lazyload" loading="lazy" width="320" height="180" alt="${say(4)}"></figure></div><div class="card-body"><div class="category-top">${ICON}<span class="category">${say(2)}</span><span class="data">${persian ? '۱۴۰۵/۰۸/' : '2026-11-'}${(i % 27) + 1}</span></div><h3 class="card-title h5"><a class="text-decoration-none" href="${link(i)}">${say(8)}</a></h3><p class="card-text text-secondary">${say(22)}</p><div class="it-card-footer"><span class="card-signature">${say(2)}</span></div></div></div></article></div>`,
  );
  const blocks = repeat(
    6,
    (i) =>
      `<section class="section section-muted block-${i}" id="block-${number}-${i}"><div class="section-content"><div class="container"><div class="row"><div class="col-md-8"><h2 class="title-xxlarge">${say(4)}</h2><div class="richtext-wrapper lora"><p>${say(40)}</p><ul class="list-unstyled">${repeat(3, () => `<li class="d-flex align-items-center"><span class="bullet">•</span><span class="text">${say(6)}</span></li>`)}</ul></div></div><div class="col-md-4"><div class="callout note"><div class="callout-title">${ICON}<span class="text">${say(2)}</span></div><p>${say(9)}</p></div></div></div></div></div></section>`,
  );
  const html = `<!DOCTYPE html>
<html lang="${persian ? 'fa' : 'en'}"${persian ? ' dir="rtl"' : ''}><head><meta charset="utf-8"><title>${say(5)} | ${persian ? 'سازمان نمونه' : 'Sample agency'}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/css/site.css"><script src="/js/vendor.min.js"></script></head>
<body class="page-${number}"><a class="visually-hidden-focusable" href="#content">${persian ? 'رفتن به محتوا' : 'Skip to main content'}</a>
<header class="site-header"><div class="container"><a class="navbar-brand" href="/">${persian ? 'سازمان نمونه' : 'Sample agency'}</a><form role="search" action="/search" class="d-flex"><input type="search" name="q" class="form-control" placeholder="${persian ? 'جستجو' : 'Search'}"><button type="submit" class="btn btn-outline-primary">${persian ? 'بگرد' : 'Go'}</button></form></div>
<nav class="navbar"><ul class="navbar-nav">${menu}</ul></nav></header>
<main id="content" class="container"><h1>${say(6)}</h1><p class="lead">${say(40)}</p><table class="table table-striped">${table}</table>
<section class="news"><h2>${persian ? 'آخرین اخبار' : 'Latest news'}</h2><div class="row">${news}</div></section>
${blocks}</main><footer class="site-footer"><div class="row"><p>${persian ? 'نشانی: تهران، خیابان نمونه، پلاک ۱۲ تلفن: ۰۲۱-۸۸۷۷۶۶۵۵' : 'Address: 12 Main Street, Springfield, IN 46304 Phone: 219-555-0133'}</p><ul>${footer}</ul><p>© ${persian ? 'کلیه حقوق محفوظ است' : 'All rights reserved'}</p></div></footer>
<script>window.siteSettings = {}; ${SCRIPT}</script></body></html>`;
  const bytes = Buffer.from(html);
  return { path: `/p/${number}`, gzip: gzipSync(bytes), size: bytes.length };
}
