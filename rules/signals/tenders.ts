import { headed, named, spotOfLink } from '../../src/core/look.ts';
import { defineSignal, type Page } from './define.ts';

export default defineSignal(
  'tenders',
  'مناقصه و مزایده',
  'Tenders',
  (page) => named(page, 'tenders') ?? headed(page, 'tenders') ?? notice(page),
);

/** One call for tenders among the notices: its title begins with what it is. */
function notice(page: Page): ReturnType<typeof spotOfLink> | null {
  const link = page.links.findIndex(({ folded }) =>
    /^(?:(?:اگهی|فراخوان|تجدید|تمدید|اسناد)\s){1,3}(?:مناقصه|مزایده)\s|^(?:invitation to (?:bid|tender)|request for (?:proposals?|tenders?|quotations?)|bando di gara)\b/.test(folded),
  ); // prettier-ignore
  return link >= 0 ? spotOfLink(page, link) : null;
}
