/** One verdict with everything that it rests on. */
import type { Decision, Evidence, Finding, SearchedPlace, Verdict } from '../core/model.ts';
import { reviewReason } from '../core/review.ts';
import { bdi, code, entry, rootOf, address, type PageContext, sentence } from './layout.ts';
import type { EvidencePages } from './evidence-pages.ts';
import { verdictMark } from './figures.ts';
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { BASIS_NAMES, detailName, LEVEL_NAMES, placeName, REVIEW_NAMES } from './words.ts';

export interface FindingContext extends PageContext {
  readonly evidence: EvidencePages;
  /** Path of the page on which the finding stands. */
  readonly path: string;
}

/**
 * A finding that opens: verdict, `label` and sentence are always in sight, what proves them is one click away and
 * needs no script.
 */
export function findingDetails(context: FindingContext, finding: Finding, id: string, label: Part): Markup {
  const { voice } = context;
  return markup`<details class="finding" id="${id}"><summary>${verdictMark(voice, finding.verdict)} ${label} <span class="sentence">${sentence(voice, finding.message)}</span></summary>
${findingBody(context, finding)}</details>`;
}

function findingBody(context: FindingContext, finding: Finding): Markup {
  const { voice, data } = context;
  const { say } = voice;
  const review = reviewReason(finding);
  const ending = data.rules.get(finding.rule)?.outcomes[finding.outcome];
  return markup`<dl class="facts">
${entry(say('پایان قاعده', 'Outcome'), code(finding.outcome), ending && ending.verdict !== finding.verdict && markup` <span class="aside">(${say('حکم خود قاعده', 'the rule itself said')}: ${verdictMark(voice, ending.verdict)})</span>`)}
${entry(say('قاعده', 'Rule'), code(finding.rule), ` ${say('نسخه', 'version')} ${voice.count(finding.version)}`)}
${HAS_LEVEL.has(finding.verdict) && entry(say('سطح شاهد', 'Evidence level'), bdi(`E${finding.level}`), say('، ', ', '), voice.text(LEVEL_NAMES[finding.level]))}
${entry(say('اطمینان', 'Confidence'), finding.confidence > 0 ? [voice.percent(finding.confidence), ` (${voice.text(BASIS_NAMES[finding.confidenceBasis])}`, finding.confidenceCases > 0 ? [say('، ', ', '), voice.count(finding.confidenceCases), ' ', say('مورد', 'cases')] : '', ')'] : say('گفته نشده', 'none claimed'))}
${finding.decided && entry(say('تصمیم', 'Decision'), decisionText(context, finding.decided))}
${review !== null && entry(say('بازبینی', 'Review'), voice.text(REVIEW_NAMES[review]))}
</dl>
${evidenceList(context, finding)}${searchedList(context, finding.searched)}`;
}

/** Who settled it and when, what the machine had said, and why. */
function decisionText({ voice }: FindingContext, { by, at, basis, note, machine }: Decision): Part {
  const { say } = voice;
  const who =
    basis === 'attestation'
      ? say('بر پایه گواهی دستگاه، پذیرفته ', 'on an attestation, accepted by ')
      : say('داوری انسانی: ', 'a person’s: ');
  return [who, bdi(by), say('، ', ', '), markup`<time datetime="${at}">${voice.day(at)}</time>`, say('؛ داوری ماشین: ', '; the machine said: '), verdictMark(voice, machine), note && [' «', bdi(note), '»']]; // prettier-ignore
}

/** Of what is absent or open there is no evidence that could have a level. */
const HAS_LEVEL: ReadonlySet<Verdict> = new Set(['pass', 'partial', 'not-applicable']);

function evidenceList({ voice, evidence, path }: FindingContext, finding: Finding): Markup {
  const { say } = voice;
  if (finding.evidence.length === 0) {
    return finding.verdict === 'pass' || finding.verdict === 'partial'
      ? markup`<p class="note">${say('برای این حکم عنصری از صفحه نام برده نشده است.', 'No element of a page is named for this verdict.')}</p>`
      : NONE;
  }
  const root = rootOf(path);
  const item = (one: Evidence): Markup => {
    const target = evidence.cite(one, finding.rule);
    const link = target
      ? markup`<a href="${root}${target}">${one.selector === null ? say('صفحه ذخیره‌شده', 'stored page') : say('همین جا در صفحه ذخیره‌شده', 'this place on the stored page')}</a>`
      : markup`<span class="none">${say('صفحه‌ای ذخیره نشده', 'no page was stored')}</span>`;
    return markup`<li>${one.quote && markup`<q${languageOf(one.language)}>${bdi(one.quote)}</q> `}<span class="source">${address(one.url)} · ${link}</span></li>`;
  };
  return markup`<p class="label">${say('شواهد', 'Evidence')}</p><ul class="evidence">${finding.evidence.map(item)}</ul>`;
}

/** `und` for words in a language that nobody determined would be noise; the tag is checked because it comes from a page. */
const languageOf = (language: string | null): Part =>
  language !== null && /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) && markup` lang="${language}"`;

function searchedList({ voice }: FindingContext, searched: readonly SearchedPlace[]): Markup {
  if (searched.length === 0) return NONE;
  const { say } = voice;
  const item = ({ place, url, read, detail }: SearchedPlace): Markup =>
    markup`<li>${placeName(voice, place)}: ${!read ? say('خوانده نشد', 'not read') : detail === 'none' ? say('چیزی برای دیدن نبود', 'nothing to look at') : say('نگاه شد', 'looked at')}${detail !== 'read' && markup` <span class="aside">(${bdi(detailName(voice, detail))})</span>`}${url !== null && markup` <span class="source">${address(url)}</span>`}</li>`;
  return markup`<p class="label">${say('جاهایی که جست‌وجو شد', 'Places that were searched')}</p><ul class="searched">${searched.map(item)}</ul>`;
}
