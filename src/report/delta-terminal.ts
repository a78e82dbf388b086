/** What an audit on demand found otherwise than the round: verdict by verdict, with the evidence before and after. */
import type { FindingsDelta, VerdictChange } from '../core/compare.ts';
import type { Finding, Service } from '../core/model.ts';
import type { IndicatorInfo } from './data.ts';
import { plainText } from './markup.ts';
import { LRM } from './table-text.ts';
import { voiceOf, type Lang, type Voice } from './voice.ts';
import { VERDICT_NAMES } from './words.ts';

export interface DeltaOptions {
  readonly lang: Lang;
  readonly calendar: 'jalali' | 'gregorian';
  readonly indicators: readonly IndicatorInfo[];
  readonly services: readonly Service[];
}

/** Characters of a quotation that are shown. */
const QUOTE = 80;

export function deltaText(delta: FindingsDelta, options: DeltaOptions): string {
  const voice = voiceOf(options.lang, options.calendar);
  const { say, count } = voice;
  const before = delta.before.total.score;
  const after = delta.after.total.score;
  const total = (score: number | null): string =>
    score === null ? say('اعلام‌نشده', 'withheld') : voice.points(score);
  const lines = [
    say(
      `امتیاز کل: ${total(before)} در دور، ${total(after)} در ممیزی مجدد${before !== null && after !== null ? ` (${signed(after - before, voice)})` : ''}`,
      `Total: ${total(before)} in the round, ${total(after)} in the re-audit${before !== null && after !== null ? ` (${signed(after - before, voice)})` : ''}`,
    ),
    say(
      `${count(delta.changes.length)} داوری تغییر کرد، ${count(delta.restated.length)} داوری با شواهد دیگر همان ماند، ${count(delta.same)} داوری با همان شواهد`,
      `${count(delta.changes.length)} verdicts changed, ${count(delta.restated.length)} are the same on other evidence, ${count(delta.same)} on the same`,
    ),
    ...delta.changes.flatMap((change) => changeLines(change, options, voice)),
  ];
  return `${lines.join('\n')}\n`;
}

function changeLines({ before, after, points }: VerdictChange, options: DeltaOptions, voice: Voice): string[] {
  const finding = (after ?? before)!;
  const title = options.indicators.find(({ id }) => id === finding.rule)?.title;
  const service = options.services.find(({ id }) => id === finding.service);
  const name = (own: Finding | null): string =>
    own ? voice.text(VERDICT_NAMES[own.verdict]) : voice.say('نبود', 'none');
  const where = service ? voice.text(service.titles) : voice.say('درگاه', 'portal');
  const worth = points === null ? '' : `  ${signed(points, voice)}`;
  return [
    '',
    `${title ? voice.text(title) : finding.rule} · ${plainText(where)}`,
    `  ${name(before)} ${voice.say('←', '→')} ${name(after)}${worth}  [${finding.rule}${finding.service ? ` ${finding.service}` : ''}]`,
    `  ${voice.say('پیش', 'before')}: ${evidenceText(before, voice)}`,
    `  ${voice.say('پس', 'after')}: ${evidenceText(after, voice)}`,
  ];
}

function evidenceText(finding: Finding | null, voice: Voice): string {
  if (!finding) return '–';
  const [first] = finding.evidence;
  const proof = first ? `  «${shortened(first.quote)}» ${plainText(first.url)}` : '';
  return `${plainText(voice.prose(finding.message))}${proof}`;
}

/** The beginning of a quotation on one line. */
function shortened(quote: string): string {
  const letters = [...plainText(quote).replaceAll(/\s+/g, ' ')];
  return letters.length <= QUOTE ? letters.join('') : `${letters.slice(0, QUOTE - 1).join('')}…`;
}

/** In a line from right to left the mark keeps the sign on the side on which it is written. */
function signed(points: number, { points: write, say }: Voice): string {
  const sign = Math.abs(points) < 0.005 ? '±' : points > 0 ? '+' : '−';
  return `${say(LRM, '')}${sign}${write(sign === '±' ? 0 : Math.abs(points))}`;
}
