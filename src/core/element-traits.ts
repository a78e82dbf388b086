/** What an element is by its class names, id and role, and the part of the page that follows from it. */

import { remember } from './remember.ts';

export type Region = 'header' | 'nav' | 'main' | 'aside' | 'footer' | 'breadcrumb' | 'body';

/** Regions that hold what a page itself says, not the frame around every page. */
export const isContent = (region: string): boolean => region === 'main' || region === 'body' || region === 'aside';

const MARK =
  /crumb|rating|\bstars?\b|rate\b|captcha|recaptcha|hcaptcha|cookie|chat|accordion|faq|share|print|font|contrast|counter|visitor|poll|survey|search|skip|slider|step|wizard|calendar|feedback|like|vote/;
const RECOVERABLE =
  /tab|panel|modal|dialog|collaps|accordion|dropdown|menu|nav|flyout|offcanvas|drawer|toggle|submenu|popup|popover|overlay|search|lang|content|answer|cookie|consent/;
const CAROUSEL = /carousel|slider|slideshow|swiper|slick|owl/;

// what class names, id and role tell of an element, as bits
const CRUMBS = 1;
const FOOTS = 2;
const LEADS = 4;
const HEADS = 8;
export const MOVES = 16;
export const MARKED = 32;
export const HIDES = 64;
export const REVEALS = 128;
export const UNSEEN = 256;

const TRAITS: readonly (readonly [number, RegExp])[] = [
  [CRUMBS, /crumb/],
  [FOOTS, /(^|[\s_-])(site-?|main-?|page-?)?footer([\s_-]|\d*$|$)/],
  [LEADS, /(^|[\s_-])(nav(bar|igation)?|main-?menu|top-?menu|mega-?menu|menu)([\s_-]|$)/],
  [HEADS, /(^|\s)(site-?|page-?|main-?|top-?)?header(\s|$)/],
  [MOVES, CAROUSEL],
  [MARKED, MARK],
  [HIDES, /^(?!.*(?:^|\s)(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl|xxl)-)).*(?:^|\s)(?:hidden|d-none|hide)(?:\s|$)/s],
  [REVEALS, RECOVERABLE],
  [UNSEEN, /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|element-invisible)(?:\s|$)/],
];

/** What the tokens tell, as bits; the empty text tells nothing. */
export const traitsOf: (tokens: string) => number = remember(20_000, 500, (tokens) => {
  let traits = 0;
  if (tokens !== '') for (const [trait, pattern] of TRAITS) if (pattern.test(tokens)) traits |= trait;
  return traits;
});

/** The part of the page that an element belongs to, by its own kind and by what it stands in. */
export function regionOf(
  tag: string,
  role: string,
  traits: number,
  parent: { readonly region: Region; readonly tag: string },
): Region {
  const outer = parent.region;
  if (outer === 'breadcrumb') return outer;
  if (traits & CRUMBS) return 'breadcrumb';
  if (tag === 'main' || role === 'main') return 'main';
  if (outer === 'footer') return outer;
  if (tag === 'footer' || role === 'contentinfo')
    return parent.region === 'main' && parent.tag === 'article' ? outer : 'footer';
  if (traits & FOOTS && tag !== 'body' && tag !== 'tfoot' && outer !== 'main') return 'footer';
  if (tag === 'nav' || role === 'navigation')
    return outer === 'header' || outer === 'body' || outer === 'main' || outer === 'aside' ? 'nav' : outer;
  if (outer === 'main') return outer;
  if (tag === 'aside' || role === 'complementary') return outer === 'body' ? 'aside' : outer;
  if (outer === 'nav') return outer;
  if (tag === 'header' || role === 'banner')
    return outer === 'body' && parent.tag !== 'article' && parent.tag !== 'section' ? 'header' : outer;
  if (outer === 'body' && tag !== 'body' && tag !== 'html') {
    if (traits & LEADS) return 'nav';
    if (traits & HEADS) return 'header';
  }
  return outer;
}
