import { fold } from '../../src/core/fold.ts';
import { isName, spotOfLink, spotOfRun } from '../../src/core/look.ts';
import { findEmail, findPhone, isPlaceholder } from '../lexicon/values.ts';
import { defineSignal, fieldsOf, type Page } from './define.ts';
import { SERVICE_PAGE, serviceHints } from './service-hints.ts';

/** A unit is named by a word for units at the beginning of the name ("اداره …", "Ufficio …"), in English at its end too. */
function nameOfUnit(
  folded: string,
  hit: { readonly start: number; readonly end: number; readonly language: string },
): boolean {
  if (folded.length > 70 || folded.split(' ').length > 7) return false;
  return hit.start <= 1
    ? hit.language !== 'en' || /^(?:office|department|division|bureau|board|clerk) (?:of|for)\b/.test(folded)
    : hit.language === 'en' && hit.end >= folded.length - 1;
}

/** The folder of which this address is the first page; null for that of any other page. */
function folderOfFirstPage(url: string | null): string | null {
  const [, folder = null] = /^([^?#]*\/)(?:index\.\w+)?(?:[?#].*)?$/.exec(url ?? '') ?? [];
  return folder;
}

/**
 * The name of the body at the head of the page leads home: to the first page of its host or, where nothing before it
 * leads elsewhere, to that of a folder in which the page lies, as on a site below the path of another and on a copy of one.
 */
function isBanner({ links, url }: Page, link: number): boolean {
  const home = folderOfFirstPage(links[link]?.url ?? null);
  if (home === null) return false;
  if (home === new URL('/', url).href) return true;
  const { region } = links[link]!;
  return (
    (region === 'body' || region === 'header') &&
    url.startsWith(home) &&
    links.slice(0, link).every((before) => before.url === null || folderOfFirstPage(before.url) === home)
  );
}

/** Lines below a name in which its telephone or mailbox stands. */
const CONTACT_REACH = 3;
function isBeforeContact(page: Page, index: number): boolean {
  for (let next = index + 1; next <= index + CONTACT_REACH && next < page.runs.length; next++) {
    const { folded } = page.runs[next]!;
    if (findPhone(folded) ?? findEmail(folded)) return true;
  }
  return false;
}

const UNIT_WORD = /Department|Office|Division|Bureau|Commission|Authority|Agency|Clerk/;

export default defineSignal('responsible_unit', 'واحد مسئول', 'Unit in charge', (page) => {
  const labels = fieldsOf(page, 'unit-label');
  for (const field of labels) {
    // what leads home is the name of the body in its banner, and what stands at the foot is the body's own
    if (field.label.region === 'footer' || isBanner(page, field.label.link)) continue;
    const value = fold(field.value);
    if (value !== '' && !isPlaceholder(value))
      return spotOfRun(page, field.from < field.to ? field.from : field.labelIndex);
  }
  if (serviceHints(page) < SERVICE_PAGE) return null;
  // on the page of a service the name of a unit, as a heading or a link beside the content, is the one in charge
  for (const hit of page.hits.get('unit') ?? []) {
    if (hit.strength === 'weak') continue;
    if (hit.source === 'link') {
      const link = page.links[hit.index]!;
      if (
        (link.region === 'main' || link.region === 'aside' || link.region === 'breadcrumb' || link.region === 'body') &&
        !hit.whole &&
        !isBanner(page, hit.index) &&
        isName(link.folded, hit) &&
        nameOfUnit(link.folded, hit)
      )
        return spotOfLink(page, hit.index, hit.language);
    } else if (hit.source === 'run') {
      const run = page.runs[hit.index]!;
      // "unit in charge: ----" is the label of a value that nobody entered
      if (
        (run.region === 'main' || run.region === 'body') &&
        !labels.some(({ labelIndex }) => labelIndex === hit.index) &&
        run.link < 0 &&
        !hit.whole &&
        (run.heading > 0 || run.bold || isBeforeContact(page, hit.index)) &&
        nameOfUnit(run.folded, hit)
      )
        return spotOfRun(page, hit.index, hit);
    }
  }
  // or a sentence says what a named unit does: "The Building Inspection Department accepts …"
  for (let index = 0; index < page.runs.length; index++) {
    const { text, region, link } = page.runs[index]!;
    if ((region !== 'main' && region !== 'body') || link >= 0) continue;
    if (!UNIT_WORD.test(text)) continue;
    const named =
      /\b[Tt]he ((?:[A-Z][\w'&-]+ ){1,5}(?:Department|Office|Division|Bureau|Commission|Authority|Agency|Clerk))\b/.exec(
        text,
      );
    if (named) return spotOfRun(page, index);
  }
  return null;
});
