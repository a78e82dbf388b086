/** Papers that an applicant brings, told by what they are: no label is needed to know a copy of an identity card. */
import type { Run } from '../src/core/page-view.ts';
import { runProof } from './define.ts';
import type { Seen, ServiceSubject, Shown } from './define.ts';
import { namesPaper } from './lexicon/values.ts';
import { sectionOf } from './sheet.ts';

/** A sentence that says that there are none. */
export const NONE_NEEDED =
  /^(?:مدارک لازم ندارد|(?:نیازی? به |به )?(?:ارایه |ارسال |همراه داشتن )?(?:هیچ )?(?:گونه )?(?:مدرک|مدارک|سند|برگه|کاغذ)(?: ?ای|ی)?(?: خاصی?)?(?: از شما)?(?: لازم| نیاز| نیازی| مورد نیاز)? (?:خواسته نمی ?شود|نیست|ندارد|ندارید|ندارند|نمی ?باشد|نمی ?خواهد|نمی ?خواهیم|گرفته نمی ?شود)|(?:هیچ )?چیزی (?:لازم|نیاز) (?:نیست|ندارید|ندارد)|nothing(?: is needed| to bring)?$|no (?:documents?|papers?|paperwork) (?:is |are )?(?:needed|required|necessary)|you do not need any (?:documents?|papers?|paperwork)|nessun documento)(?=$|[\s.,;:])/;

/** "This service needs no papers", said in a sentence. */
export function noneNeededOn(view: ServiceSubject, seen: Seen): Shown | null {
  const lines = sectionOf(view, seen);
  let line = known.get(lines);
  if (line === undefined) known.set(lines, (line = lines.find(saysNoneNeeded) ?? null));
  return line ? runProof(seen, line) : null;
}

/** Several rules ask about the same part of a page. */
const known = new WeakMap<readonly Run[], Run | null>();

const saysNoneNeeded = ({ folded, link }: Run): boolean =>
  link < 0 && folded.split(/[.;؛!?؟،,]\s?| و |\band\b/).some((part) => NONE_NEEDED.test(part.trim()));

/** Documents in a list that nothing calls so: two lines, or one in a list of its own, that name papers. */
export function papersOn(view: ServiceSubject, seen: Seen): { readonly proof: Shown; readonly text: string } | null {
  const items = sectionOf(view, seen).filter(
    (run) => run.link < 0 && namesPaper(run.folded) && (run.item >= 0 || run.cell >= 0),
  );
  const first = items[0];
  if (!first || items.length < 2) return null;
  return {
    proof: runProof(seen, first),
    text: items.map(({ text }) => text).join('، '),
  };
}
