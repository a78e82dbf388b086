import { countWords, named, spotOfLink } from '../../src/core/look.ts';
import type { Link } from '../../src/core/page-view.ts';
import { defineSignal, type Page } from './define.ts';

const FILE = /\.(?:pdf|docx?|xlsx?|rtf|odt|zip|rar)(?:$|[?#])/i;
const STORE =
  /\/(?:documentcenter|download|downloads|attachment|files?|media|documents?|getfile|uploads?)(?:\/|$|\?|\.)/i;

export default defineSignal('downloadable_form', 'فرم قابل دریافت', 'Form to download', (page) => {
  const forms = new Set<number>();
  for (const hit of page.hits.get('form') ?? []) {
    if (hit.source === 'link' || hit.source === 'title') forms.add(hit.index);
  }
  for (const index of forms) {
    const link = page.links[index]!;
    if (isFile(link) && !isReport(link)) return spotOfLink(page, index);
  }
  // "Form AB12, change of address"
  const numbered = page.links.findIndex(
    ({ url, folded }) => url !== null && /^(?:form|mod(?:ulo|ello)?\.?) [a-z]{0,5}[-.]?\d/.test(folded),
  );
  if (numbered >= 0) return spotOfLink(page, numbered);
  // a page of forms; an application to fill in online is another thing
  return named(page, 'form', {
    kinds: ['link'],
    accept: (link) =>
      countWords(link.folded) <= 8 && !/online|انلاین|برخط|الکترونیک/.test(link.folded) && !isFilledIn(page, link),
  });
});

/** "For help fill in the form": a sentence that sends to a form of the web. */
const isFilledIn = ({ runs }: Page, link: Link): boolean => {
  const { folded, link: whole } = runs[link.at]!;
  return (
    whole < 0 &&
    !isFile(link) &&
    /\b(?:compil\w+|fill (?:in|out)|complete|use)\b[^.]{0,30}$|(?:از طریق|تکمیل) (?:این )?$/.test(
      folded.slice(0, Math.max(0, folded.indexOf(link.folded))),
    )
  );
};

const isFile = (link: Link): boolean =>
  link.url !== null && (FILE.test(link.url) || STORE.test(link.url) || /\bpdf\b|\bdoc\b|\bword\b/.test(link.folded));
const isReport = (link: Link): boolean =>
  /گزارش|بخشنامه|دستورالعمل|\breport\b|\bnewsletter\b/.test(link.folded) && !/فرم|form/.test(link.folded);
