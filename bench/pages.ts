/** Pages to crawl, made from a seed: Persian and English, 30–60 KB, about 63 links each, as real portals have them. */
import { gzipSync } from 'node:zlib';

export interface BenchPage {
  readonly path: string;
  readonly gzip: Buffer;
  readonly size: number;
}

/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same pages. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const FA =
  'سازمان خدمت شهروند درخواست مدارک اداره پرونده صدور تمدید گواهی استان شهر مدیر اطلاعیه برنامه طرح اجرای توسعه کشور مردم زمان هزینه مراجعه سامانه ثبت پیگیری نتیجه بررسی کارشناس معاونت دفتر ارائه متقاضی شرایط قانون ماده تبصره آیین‌نامه جلسه نشست گزارش عملکرد سالانه'.split(
    ' ',
  );
const EN =
  'service citizen request document office permit renewal certificate county city manager notice program project development public time cost visit system register follow result review expert department applicant condition law section council meeting report annual performance budget road water school health'.split(
    ' ',
  );
const LINKS_FA = [
  'اخبار',
  'میز خدمت',
  'پرسش‌های متداول',
  'تماس با ما',
  'درباره ما',
  'نقشه سایت',
  'نظرسنجی',
  'ثبت شکایت',
  'قوانین و مقررات',
  'مناقصات',
  'گالری تصاویر',
  'ورود',
  'خبرنامه',
  'پیوندها',
];
const LINKS_EN = [
  'News',
  'Services',
  'FAQ',
  'Contact us',
  'About',
  'Site map',
  'Survey',
  'Complaints',
  'Regulations',
  'Tenders',
  'Gallery',
  'Sign in',
  'Newsletter',
  'Links',
];

export function makePage(number: number, total: number): BenchPage {
  const random = randomFrom(number * 7919 + 17);
  const persian = number % 2 === 0;
  const words = persian ? FA : EN;
  const names = persian ? LINKS_FA : LINKS_EN;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const sentence = (length: number): string => Array.from({ length }, () => pick(words)).join(' ');
  const link = (i: number): string => `/p/${Math.floor(random() * total)}${i % 9 === 0 ? '?view=full' : ''}`;
  const menu = names
    .map(
      (name, i) =>
        `<li class="nav-item dropdown"><a class="nav-link" href="${link(i)}" title="${name}">${name}</a><ul class="dropdown-menu">${Array.from({ length: 2 }, (_, k) => `<li><a class="dropdown-item" href="${link(k)}">${sentence(3)}</a></li>`).join('')}</ul></li>`,
    )
    .join('\n');
  const card = (label: string, value: string): string =>
    `<tr><th scope="row" class="col-3">${label}</th><td>${value}</td></tr>`;
  const table = persian
    ? card('شرح خدمت', sentence(40)) +
      card('مدارک لازم', `تصویر کارت ملی، ${sentence(6)}`) +
      card('هزینه خدمت', `${Math.floor(random() * 900) + 100},000 ریال`) +
      card('متوسط مدت زمان ارائه خدمت', `${Math.floor(random() * 20) + 1} روز کاری`)
    : card('Description', sentence(40)) +
      card('Required documents', `copy of the card, ${sentence(6)}`) +
      card('Fee', `$${Math.floor(random() * 90) + 10}.00`) +
      card('Processing time', `${Math.floor(random() * 20) + 1} business days`);
  const news = Array.from(
    { length: 14 },
    (_, i) =>
      `<article class="card news-item mb-3" data-id="${number}-${i}"><div class="row g-0"><div class="col-md-4"><img src="/img/${i}.jpg" class="img-fluid" alt="${sentence(4)}"></div><div class="col-md-8"><div class="card-body"><h3 class="card-title h5"><a href="${link(i)}">${sentence(8)}</a></h3><p class="card-text">${sentence(70)}</p><p class="card-text"><small class="text-muted">${persian ? '۱۴۰۵/۰۸/' : '2026-11-'}${(i % 27) + 1}</small></p></div></div></div></article>`,
  ).join('\n');
  const html = `<!DOCTYPE html>
<html lang="${persian ? 'fa' : 'en'}"${persian ? ' dir="rtl"' : ''}><head><meta charset="utf-8"><title>${sentence(5)} | ${persian ? 'سازمان نمونه' : 'Sample agency'}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/css/site.css"><script src="/js/jquery.min.js"></script></head>
<body class="page-${number}"><a class="visually-hidden-focusable" href="#content">${persian ? 'رفتن به محتوا' : 'Skip to main content'}</a>
<header class="site-header"><div class="container"><a class="navbar-brand" href="/">${persian ? 'سازمان نمونه' : 'Sample agency'}</a><form role="search" action="/search" class="d-flex"><input type="search" name="q" class="form-control" placeholder="${persian ? 'جستجو' : 'Search'}"><button type="submit" class="btn btn-outline-primary">${persian ? 'بگرد' : 'Go'}</button></form></div>
<nav class="navbar"><ul class="navbar-nav">${menu}</ul></nav></header>
<main id="content" class="container"><h1>${sentence(6)}</h1><p class="lead">${sentence(60)}</p><table class="table table-striped">${table}</table>
<section class="news"><h2>${persian ? 'آخرین اخبار' : 'Latest news'}</h2>${news}</section>
${Array.from({ length: persian ? 6 : 9 }, (_, i) => `<section class="block block-${i}"><h2>${sentence(4)}</h2><div class="inner"><p>${sentence(110)}</p><ul class="list-unstyled">${Array.from({ length: 3 }, () => `<li>${sentence(9)}</li>`).join('')}</ul></div></section>`).join('\n')}
</main><footer class="site-footer"><div class="row"><p>${persian ? 'نشانی: تهران، خیابان نمونه، پلاک ۱۲ تلفن: ۰۲۱-۸۸۷۷۶۶۵۵' : 'Address: 12 Main Street, Springfield, IN 46304 Phone: 219-555-0133'}</p><p>© ${persian ? 'کلیه حقوق محفوظ است' : 'All rights reserved'}</p></div></footer>
<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} ${'/* settings */ '.repeat(60)}</script></body></html>`;
  const bytes = Buffer.from(html);
  return { path: `/p/${number}`, gzip: gzipSync(bytes), size: bytes.length };
}
