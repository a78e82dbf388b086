/** What the pages of an imported round's site have in common: what they know, their frame, and pieces that several show. */
import { COUNTING, meanOf, tookPart, weightedTotal, type CheckResult, type Deviation, type HistoricRound } from '../core/history.ts'; // prettier-ignore
import { STAGES, type Cooperation, type Registry, type Stage, type Text } from '../core/model.ts';
import { signedPoints } from './charts/chart.ts';
import { historyData, spoken, type HistoryInput, type SpokenHistory } from './history-data.ts';
import type { Notes } from './history-sections.ts';
import { bdi, code, named, organizationPath, type Frame } from './layout.ts';
import { markup, type Markup, type Part } from './markup.ts';
import { columnName, growthText, inText } from './rounds.ts';
import { listed, plural, type Voice } from './voice.ts';
import { CHECK_NAMES } from './words.ts';

/** What all pages of a site know. */
export interface Site extends SpokenHistory {
  readonly frame: Frame;
  /** Organizations that have a page: with a number in this round or an earlier one. */
  readonly pages: ReadonlySet<string>;
}

/** Throws a UserError when the history has no such round. */
export function siteOf(input: HistoryInput, voice: Voice): Site {
  const data = historyData(input);
  return {
    ...spoken(data, voice),
    frame: frameOf(data.registry, voice),
    pages: new Set(data.rounds.flatMap(({ results }) => results.filter(tookPart).map(({ organization }) => organization))), // prettier-ignore
  };
}

function frameOf(registry: Registry, voice: Voice): Frame {
  const { say } = voice;
  return {
    voice,
    motto: say('نوبت‌های منتشرشده پیشین', 'Rounds published before'),
    nav: [
      ['index.html', say('خلاصه', 'Summary')],
      ['index.html#ranking', say('رتبه‌بندی', 'Ranking')],
      ['method.html', say('روش و اصلاح‌ها', 'Method and corrections')],
    ],
    foot: () =>
      markup`<p>${say('این عددها را رصد نسنجیده است: همان است که پیش از آن منتشر شده، با نشانی بر هر عدد که در چاپ نادرست یا نامطمئن است.', 'Rasad did not measure these numbers: they are what was published before it, with a mark on each that is wrong or doubtful in print.')}</p>
<p>${say('دفتر ثبت', 'Registry')} ${code(registry.id)} ${code(registry.digest.slice(0, 12))} · ${say('کشور', 'Country')} ${named(voice, registry.country)}</p>`,
    hasSigns: false,
  };
}

// ---------------------------------------------------------------- pieces

export const section = (id: string, name: string, ...content: readonly Part[]): Markup =>
  markup`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${content}</section>`;

export const contents = (voice: Voice, sections: readonly (readonly [id: string, name: string])[]): Markup =>
  markup`<nav class="contents" aria-label="${voice.say('بخش‌های این صفحه', 'On this page')}"><ul>${sections.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;

/** The name of an organization, linked where it has a page. */
export function linked({ voice, organizations, pages }: Site, id: string, root = ''): Markup {
  const organization = organizations.get(id);
  if (!organization) return bdi(id);
  const name = named(voice, organization.names, id);
  return pages.has(id) ? markup`<a href="${root}${organizationPath(id)}">${name}</a>` : name;
}

export const nameOf = ({ voice, organizations }: SpokenHistory, id: string): string => {
  const organization = organizations.get(id);
  return (organization && voice.text(organization.names)) || id;
};

export const ABSENCE_SENTENCES: Readonly<Record<Cooperation, Text>> = {
  cooperative: { fa: 'مانند دیگران سنجیده شد.', en: 'Evaluated like the others.' },
  'visible-only': { fa: 'اطلاعات لازم را نداد؛ تنها بر پایه آنچه در درگاهش دیده می‌شود سنجیده شد.', en: 'Gave no information; evaluated by what its portal shows.' },
  'excluded-no-list': { fa: 'فهرست خدمات نداد و سنجیده نشد.', en: 'Gave no list of services and was not evaluated.' },
  withdrawn: { fa: 'خواست که در این نوبت نباشد.', en: 'Asked to be left out of this round.' },
  unreachable: { fa: 'دسترس‌پذیر نبود.', en: 'Could not be reached.' },
}; // prettier-ignore

/** The difference of the totals; when one of them cannot be trusted, with that one's reason. */
export function growthCell(site: Site, id: string, notes: Notes): Part {
  const growth = site.growths.get(id);
  if (!growth) return markup`<span class="none">–</span>`;
  return notes.remark(
    growthText(site.voice, growth.growth),
    growth.doubtful.flatMap(({ reason }) => reason ?? []),
  );
}

// ---------------------------------------------------------------- what is known of a round

/** How the method changed from one round to another; empty where an edition is not known or both are one. */
export function differenceOf(history: SpokenHistory, before: HistoricRound, round: HistoricRound): string {
  const { voice, editions } = history;
  const { say, count, percent } = voice;
  const [from, to] = [editions.get(before.edition ?? ''), editions.get(round.edition ?? '')];
  if (!from || !to || from.id === to.id) return '';
  const weights = STAGES.filter((stage) => from.stageWeights[stage] !== to.stageWeights[stage]).map((stage) => {
    const [old, now] = [percent(from.stageWeights[stage] / 100), percent(to.stageWeights[stage] / 100)];
    return say(`${columnName(voice, stage)} از ${old} به ${now}`, `${columnName(voice, stage)} from ${old} to ${now}`);
  });
  const shifts = before.results.flatMap(({ stages }) => {
    const values = Object.fromEntries(STAGES.map((stage) => [stage, stages[stage].value])) as Record<Stage, number | null>;
    const [old, now] = [weightedTotal(values, from.stageWeights), weightedTotal(values, to.stageWeights)];
    return old === null || now === null ? [] : [now - old];
  });
  const shift = meanOf(shifts)!;
  const other = [...new Set([...Object.keys(from.minEvidence), ...Object.keys(to.minEvidence), ...Object.keys(from.options), ...Object.keys(to.options)])]
    .filter((id) => from.minEvidence[id] !== to.minEvidence[id] || JSON.stringify(from.options[id]) !== JSON.stringify(to.options[id]));
  const touched = STAGES.filter((stage) => other.some((id) => id.startsWith(`${stage}/`))).map((stage) => columnName(voice, stage));
  const [then, now] = [inText(history, before), inText(history, round)];
  return [
    weights.length > 0 ? say(`از ${then} به ${now} وزن مرحله‌ها تغییر کرد: ${weights.join('، ')}.`, `From ${then} to ${now} the weights of stages changed: ${weights.join(', ')}.`) : '',
    shifts.length > 0 && weights.length > 0 ? say(`خود این تغییر، امتیاز کل ${count(shifts.length)} دستگاهی را که پنج مرحله‌شان در ${then} معلوم است به طور میانگین ${signedPoints(voice, shift)} امتیاز جابه‌جا می‌کند.`, `By itself that moves the totals of ${count(shifts.length)} ${plural(shifts.length, 'organization', 'organizations')} whose five stages are known in ${then} by ${signedPoints(voice, shift)} points on average.`) : '',
    touched.length > 0 ? say(`به بازسازی رصد، ${count(other.length)} شاخص در ${touched.length === 1 ? 'مرحله' : 'مرحله‌های'} ${listed(voice, touched).join('')} نیز از این نوبت به گونه‌ای دیگر سنجیده می‌شود.`, `By Rasad’s reconstruction of the method, ${count(other.length)} ${plural(other.length, 'indicator', 'indicators')} of ${listed(voice, touched).join('')} ${plural(other.length, 'is', 'are')} measured in another way from this round on, too.`) : '',
  ].filter(Boolean).join(' ');
} // prettier-ignore

/** A check in words, with the weights that it holds a round to. */
export function checkName({ voice, rounds, editions }: SpokenHistory, { check, round }: CheckResult): string {
  const edition = editions.get(rounds.find(({ id }) => id === round)?.edition ?? '');
  if (check !== 'stages-give-total' || !edition) return voice.text(CHECK_NAMES[check]);
  const weights = STAGES.map((stage) => voice.count(edition.stageWeights[stage])).join(voice.say('، ', ', '));
  return `${voice.text(CHECK_NAMES[check])} (${weights})`;
}

export function deviationNumbers({ voice }: Site, { check }: CheckResult, { published, computed, mended }: Deviation): Markup {
  const { say } = voice;
  const number = COUNTING.has(check) ? voice.count : voice.points;
  const difference = COUNTING.has(check) ? voice.count(Math.abs(published - computed)) : null;
  return markup`${bdi(number(published))} ${say('به جای', 'for')} ${bdi(number(computed))} (${difference === null ? growthText(voice, published - computed) : difference})${mended && say('، اصلاح شده یا کنار رفته', ', corrected or left out')}`;
} // prettier-ignore
