/** What is around every page of the desk. */
import type { Person } from '../core/person.ts';
import { bdi } from '../report/layout.ts';
import { markup, NONE, type Markup, type Part } from '../report/markup.ts';
import { signSheet } from '../report/figures.ts';
import type { Voice } from '../report/voice.ts';
import { ROLE_TITLES } from './words.ts';

/** Who looks at a page, and how. */
export interface Visit {
  readonly voice: Voice;
  readonly person: Person | null;
  /** Sent back by every form; empty where nobody has signed in. */
  readonly token: string;
  /** The address that was asked for, path and query. */
  readonly here: string;
}

/** What was just done, or why it was not; null when there is nothing to say. */
export type Flash = { readonly text: Part; readonly isWrong: boolean } | null;

export interface DeskPage {
  readonly title: string;
  readonly main: Part;
  readonly trail?: readonly { readonly href: string; readonly name: string }[];
  /** What one can do here, and how. */
  readonly help?: readonly Part[];
  /** Said above everything. */
  readonly flash?: Flash;
  /** Seconds after which the page is asked for again, for what goes on; with script, only its parts with `data-live` are. */
  readonly again?: number;
}

/** Nothing is loaded but from here, nothing is sent elsewhere, nobody frames a page. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function deskPage({ voice, person, token, here }: Visit, page: DeskPage): string {
  const { say, lang } = voice;
  const { title, main, trail, help, flash, again } = page;
  const other = lang === 'fa' ? 'en' : 'fa';
  return markup`<!doctype html>
<html lang="${lang}" dir="${voice.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">${again !== undefined && markup`\n<noscript><meta http-equiv="refresh" content="${again}"></noscript>`}
<title>${title} – ${say('میز رصد', 'Rasad desk')}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/desk.css">
<script src="/assets/desk.js" defer></script>
</head>
<body>
<a class="skip" href="#main">${say('رفتن به متن', 'Skip to content')}</a>
${signSheet()}
<header class="top"><div class="wide">
<p class="brand"><a href="/"><b>${say('رصد', 'Rasad')}</b> <span>${say('میز ارزیابان', 'the evaluators’ desk')}</span></a></p>
${person && navOf(voice, person, here)}
<div class="who">${person && markup`<span>${bdi(person.name)} <span class="aside">(${voice.text(ROLE_TITLES[person.role])})</span></span>${post('/sign-out', token, markup`<button class="link">${say('خروج', 'Sign out')}</button>`)}`}
<a href="/language/${other}?back=${encodeURIComponent(here)}" lang="${other}" hreflang="${other}">${other === 'fa' ? 'فارسی' : 'English'}</a></div>
</div></header>
<main id="main" class="wide" tabindex="-1">
${trail && markup`<nav class="trail" aria-label="${say('جای این صفحه', 'Where this page is')}"><ol>${trail.map(({ href, name }) => markup`<li><a href="${href}">${bdi(name)}</a></li>`)}<li aria-current="page">${bdi(title)}</li></ol></nav>`}
${flash && markup`<p class="flash${flash.isWrong && ' wrong'}" role="status">${flash.text}</p>`}
${main}
${help && help.length > 0 && markup`<details class="help"><summary data-key="?">${say('راهنمای این صفحه', 'Help for this page')} <kbd>?</kbd></summary><ul>${help.map((line) => markup`<li>${line}</li>`)}</ul></details>`}
</main>
</body>
</html>
`.text;
} // prettier-ignore

function navOf({ say }: Voice, { role }: Person, here: string): Markup {
  if (role === 'organization') return NONE;
  const links: readonly (readonly [string, string])[] = [
    ['/', say('دورها', 'Rounds')],
    ...(role === 'operator'
      ? ([
          ['/people', say('افراد', 'People')],
          ['/journal', say('رویدادها', 'Journal')],
        ] as const)
      : []),
    ['/account', say('حساب من', 'My account')],
  ];
  const current = here.split('?')[0];
  return markup`<nav aria-label="${say('بخش‌های میز', 'Parts of the desk')}"><ul>${links.map(([href, name]) => markup`<li><a href="${href}"${href === current && markup` aria-current="page"`}>${name}</a></li>`)}</ul></nav>`;
}

/** A form that changes something. */
export const post = (action: string, token: string, content: Part, name = ''): Markup =>
  markup`<form method="post" action="${action}" class="${name || 'inline'}"><input type="hidden" name="token" value="${token}">${content}</form>`;

/** What somebody wrote, in the quotation marks of the page. */
export const quoted = ({ say }: Voice, text: string): Markup => markup`${say('«', '“')}${bdi(text)}${say('»', '”')}`;

/** A labelled field; `hint` is read with it. */
export const field = (id: string, label: string, control: Part, hint?: string): Markup =>
  markup`<div class="field"><label for="${id}">${label}</label>${control}${hint && markup`<span class="hint" id="${id}-hint">${hint}</span>`}</div>`;

/** A page that says that nothing can be shown, and why. */
export const refusal = (visit: Visit, title: string, text: Part, back = '/'): string =>
  deskPage(visit, {
    title,
    main: markup`<h1>${title}</h1><p class="lead">${text}</p><p class="buttons"><a class="button" href="${back}">${visit.voice.say('بازگشت', 'Back')}</a></p>`,
    help: [
      visit.voice.say(
        'چیزی تغییر نکرد. اگر از پیوندی به اینجا آمده‌اید که باید کار کند، نشانی آن را به راهبر بدهید.',
        'Nothing was changed. If a link that should work led you here, give its address to the operator.',
      ),
    ],
  });
