/** What can be said of one indicator: its rule with every ending, its weights, how well it was judged, its history. */
import { RULES } from '../../rules/index.ts';
import type { Indicator } from '../../rules/catalogue.ts';
import type { RuleAccuracy, Said } from '../core/accuracy.ts';
import { ENGINE_ENDINGS } from '../core/run-rules.ts';
import type { EvidenceLevel, Profile, Text, Verdict } from '../core/model.ts';
import { isolate } from '../report/table-text.ts';
import { voiceOf, type Lang } from '../report/voice.ts';
import { GOAL_NAMES, placeName, PROFILE_NAMES, SCOPE_NAMES, VERDICT_NAMES } from '../report/words.ts';
import { editions } from './compose.ts';

export interface RuleDescription extends Pick<Indicator, 'id' | 'scope' | 'stage' | 'goal' | 'title'> {
  /** By edition: percent of the stage, least evidence of a `pass`, thresholds that differ from the rule's own. */
  readonly editions: Readonly<
    Record<
      string,
      {
        readonly weight: number;
        readonly minEvidence: EvidenceLevel;
        readonly options: Readonly<Record<string, unknown>>;
      }
    >
  >;
  /** null when no rule measures the indicator. */
  readonly rule: {
    readonly version: number;
    readonly history: Readonly<Record<number, string>>;
    readonly why: Text;
    readonly source: string;
    readonly evidence: EvidenceLevel;
    readonly searched: readonly string[];
    readonly follows: readonly string[];
    readonly exempt: readonly Profile[];
    readonly options: Readonly<Record<string, unknown>>;
    readonly endings: readonly { readonly code: string; readonly verdict: Verdict; readonly text: Text }[];
    /** null when nothing was measured yet; then the estimates of the design stand in. */
    readonly measured: RuleAccuracy | null;
    readonly estimated: { readonly presentRight: number; readonly absentRight: number };
  } | null;
}

export function describeRule({ id, scope, stage, goal, title }: Indicator): RuleDescription {
  const rule = RULES.find((candidate) => candidate.id === id);
  return {
    id, scope, stage, goal, title,
    editions: Object.fromEntries(editions.map((edition) => [edition.id, { weight: edition.weights[id]!, minEvidence: edition.minEvidence[id]!, options: edition.options[id] ?? {} }])),
    rule: rule
      ? {
          version: rule.version, history: rule.history, why: rule.why, source: rule.source, evidence: rule.level, searched: rule.needs, follows: rule.seeks, exempt: rule.exempt, options: rule.options,
          endings: Object.entries(rule.outcomes).map(([code, { verdict, text }]) => ({ code, verdict, text })),
          measured: rule.measured,
          estimated: { presentRight: rule.prior[0], absentRight: rule.prior[1] },
        }
      : null,
  }; // prettier-ignore
}

const WORDS = {
  unmeasured: {
    fa: 'هنوز قاعده‌ای آن را نمی‌سنجد: سنجیده‌نشده گزارش می‌شود و بیرون از امتیاز می‌ماند.',
    en: 'No rule measures it yet: it is reported as not measured and stays out of the score.',
  },
  why: { fa: 'چه می‌سنجد و چرا', en: 'What it measures, and why' },
  endings: { fa: 'چگونه پایان می‌گیرد', en: 'How it can end' },
  engine: { fa: 'و پایان‌هایی که هر قاعده دارد', en: 'and the endings that every rule has' },
  where: { fa: 'کجا جست‌وجو می‌شود', en: 'Where it looks' },
  places: { fa: 'پیش از «برآورده نشده» خوانده می‌شود', en: 'read before a fail' },
  follows: { fa: 'پیوندهایی که دنبال می‌شود', en: 'links that are followed' },
  exempt: { fa: 'برای نمایه‌های زیر موضوعیت ندارد', en: 'not applicable to the profiles' },
  editions: { fa: 'در هر ویرایش', en: 'In each edition' },
  weight: { fa: 'وزن', en: 'weight' },
  least: { fa: 'کمترین شاهد', en: 'least evidence' },
  proves: { fa: 'شاهدی که این قاعده نشان می‌دهد', en: 'evidence that the rule shows' },
  options: { fa: 'آستانه‌ها', en: 'thresholds' },
  figures: { fa: 'چه اندازه درست می‌گوید', en: 'How often it is right' },
  notMeasured: { fa: 'هنوز سنجیده نشده است؛ برآورد طراحی', en: 'not measured yet; the estimate of the design' },
  present: { fa: '«هست» درست بود', en: '"present" was right' },
  absent: { fa: '«نیست» درست بود', en: '"absent" was right' },
  history: { fa: 'تاریخچه', en: 'History' },
  first: { fa: 'نسخه نخست', en: 'first version' },
  version: { fa: 'نسخه', en: 'version' },
  source: { fa: 'منبع', en: 'source' },
} satisfies Record<string, Text>;

/** The description as lines for a terminal; codes keep their letters and digits. */
export function ruleText({ id, scope, goal, title, editions: inEditions, rule }: RuleDescription, lang: Lang): string {
  const voice = voiceOf(lang, 'gregorian'); // nothing here has a date
  const { say, text, count } = voice;
  const word = (name: keyof typeof WORDS): string => text(WORDS[name]);
  const code = (id: string): string => say(isolate(id), id);
  const list = (items: readonly string[]): string => items.join(say('، ', ', '));
  const share = (part: number): string => { const percent = (part * 100).toFixed(1); return say(`${voice.digits(percent.replace('.', '٫'))}\u200f٪`, `${percent} %`); };
  const options = (set: Readonly<Record<string, unknown>>): string => list(Object.entries(set).map(([name, value]) => code(`${name} = ${String(value)}`)));

  const lines = [id, text(title), `${text(SCOPE_NAMES[scope])} · ${text(GOAL_NAMES[goal])}`];
  const ofEditions = Object.entries(inEditions).map(([edition, { weight, minEvidence, options: own }]) => `  ${code(edition)}: ${list([`${word('weight')} ${count(weight)}`, `${word('least')} ${code(`E${minEvidence}`)}`, ...(Object.keys(own).length > 0 ? [options(own)] : [])])}`);
  if (!rule) return `${[...lines, '', word('unmeasured'), '', word('editions'), ...ofEditions].join('\n')}\n`;
  const { measured, estimated } = rule;
  lines.push('', word('why'), `  ${text(rule.why)}`, `  ${word('source')}: ${code(rule.source)}`);
  lines.push('', word('endings'), ...rule.endings.flatMap(({ code: ending, verdict, text: said }) => [`  ${say(VERDICT_NAMES[verdict].fa, verdict)} · ${code(ending)}`, `    ${text(said)}`]), `  ${word('engine')}: ${list(ENGINE_ENDINGS.map(code))}`);
  lines.push('', word('where'), `  ${word('places')}: ${list(rule.searched.map((place) => say(placeName(voice, place), place))) || '–'}`);
  if (rule.follows.length > 0) lines.push(`  ${word('follows')}: ${list(rule.follows.map(code))}`);
  if (rule.exempt.length > 0) lines.push(`  ${word('exempt')}: ${list(rule.exempt.map((profile) => say(`${PROFILE_NAMES[profile].fa} (${code(profile)})`, profile)))}`);
  lines.push('', word('editions'), ...ofEditions, `  ${word('proves')}: ${code(`E${rule.evidence}`)}`);
  if (Object.keys(rule.options).length > 0) lines.push(`  ${word('options')}: ${options(rule.options)}`);
  lines.push('', word('figures'));
  const part = ({ said, right }: Said): string => (said === 0 ? '–' : `${say(`${count(right)} از ${count(said)}`, `${right} of ${said}`)} (${share(right / said)})`);
  if (measured) {
    const { cases, agree, open } = measured;
    const agreed = share(agree / Math.max(1, cases));
    lines.push(
      `  ${say(`${count(cases)} مورد داوری‌شده، در ${count(agree)} مورد هم‌رأی با برچسب (${agreed})؛ ${count(open)} مورد دیگر باز ماند`, `${cases} labelled cases, agreeing with the label on ${agree} (${agreed}); ${open} more were left open`)}`,
      `  ${word('present')}: ${part(measured.positives)}`,
      `  ${word('absent')}: ${part(measured.absents)}`,
    );
  } else lines.push(`  ${word('notMeasured')}: ${list([`${word('present')} ${share(estimated.presentRight)}`, `${word('absent')} ${share(estimated.absentRight)}`])}`);
  lines.push('', word('history'), ...Array.from({ length: rule.version }, (_, i) => { const change = rule.history[i + 1]; return `  ${word('version')} ${count(i + 1)}: ${change === undefined ? word('first') : code(change)}`; }));
  return `${lines.join('\n')}\n`;
} // prettier-ignore
