/** Published rounds of three agencies, changed in what a test is about. */
import type { Edition } from '../../src/core/edition.ts';
import { weightedTotal, type HistoricResult, type HistoricRound, type HistoricScore, type History } from '../../src/core/history.ts'; // prettier-ignore
import { NO_HOSTS, STAGES, type Registry, type Stage } from '../../src/core/model.ts';
import type { HistoryInput } from '../../src/report/history-data.ts';
import { renderHistorySite } from '../../src/report/history-site.ts';
import type { Lang } from '../../src/report/voice.ts';
import { anOrganization, aService, EDITION, hash } from './sample.ts';

export const OLD: Edition = { ...EDITION, id: 'e1', stageWeights: { presence: 25, interaction: 25, transaction: 15, integration: 25, participation: 10 } }; // prettier-ignore
export const NEW: Edition = { ...EDITION, id: 'e2', stageWeights: { presence: 25, interaction: 20, transaction: 20, integration: 25, participation: 10 }, minEvidence: {} }; // prettier-ignore

export const aScore = (value: number | null, change: Partial<HistoricScore> = {}): HistoricScore => ({
  value,
  printed: null,
  status: value === null ? 'missing' : 'printed',
  reason: null,
  ...change,
});

/** The stages and the total that the edition's weights give. */
export function aResult(organization: string, scores: readonly number[], edition: Edition, change: Partial<HistoricResult> = {}): HistoricResult {
  const values = Object.fromEntries(STAGES.map((stage, at) => [stage, scores[at]!])) as Record<Stage, number>;
  const stages = Object.fromEntries(STAGES.map((stage) => [stage, aScore(values[stage])])) as Record<Stage, HistoricScore>; // prettier-ignore
  const total = aScore(weightedTotal(values, edition.stageWeights)!);
  return { organization, stages, total, ranking: null, services: [], ...change };
} // prettier-ignore

export const aRound = (change: Partial<HistoricRound> = {}): HistoricRound => ({
  id: 'h1',
  number: 1,
  names: { fa: 'بهار ۱۴۰۰', en: 'Spring 2021' },
  edition: 'e1',
  editionBasis: 'proven',
  origin: 'imported',
  tolerance: 0.012,
  counts: { organizations: 2, services: 9 },
  results: [aResult('tax', [40, 40, 40, 40, 40], OLD), aResult('post', [60, 60, 60, 60, 60], OLD)],
  newcomers: [],
  growths: [],
  absences: [],
  ...change,
});

const MISPRINT = { fa: 'صفحه دستگاه عدد دیگری دارد.', en: 'The page of the agency has another number.' };
const SWAPPED = { fa: 'دو خانه جابه‌جا شده‌اند.', en: 'Two cells are swapped.' };
const CHART_ONLY = { fa: 'فقط نمودارش آمده است.', en: 'There is only its chart.' };

/** Three agencies: one has a misprinted total and a doubtful stage, one only a total, one did not take part before. */
export const ROUNDS: readonly HistoricRound[] = [
  aRound(),
  aRound({
    id: 'h2',
    number: 2,
    names: { fa: 'بهار ۱۴۰۱', en: 'Spring 2022' },
    edition: 'e2',
    counts: { organizations: 3, services: 12 },
    results: [
      aResult('tax', [70, 80, 60, 50, 40], NEW, {
        stages: { ...aResult('tax', [70, 80, 60, 50, 40], NEW).stages, integration: aScore(50, { status: 'unreliable', reason: SWAPPED }) },
        ranking: { rank: 1, total: aScore(62, { printed: '26', status: 'corrected', reason: MISPRINT }) },
        services: [
          { service: 's1', score: aScore(64), pairing: 'printed' },
          { service: 's2', score: aScore(60, { reason: { fa: 'به ترتیب وصل شده است.', en: 'Joined by order.' } }), pairing: 'inferred' },
        ],
      }),
      aResult('post', [50, 50, 50, 50, 50], NEW, { ranking: { rank: 2, total: aScore(50) } }),
      {
        organization: 'army',
        stages: Object.fromEntries(STAGES.map((stage) => [stage, aScore(null, { reason: CHART_ONLY })])) as Record<Stage, HistoricScore>,
        total: aScore(null, { reason: CHART_ONLY }),
        ranking: { rank: 3, total: aScore(30) },
        services: [],
      },
    ],
    newcomers: ['army'],
    growths: [{ organization: 'tax', growth: 21 }],
    absences: [
      { organization: 'post', names: { fa: 'پست', en: 'Post' }, cooperation: 'visible-only', note: null },
      { organization: null, names: { fa: 'نیرو', en: 'Energy' }, cooperation: 'withdrawn', note: SWAPPED },
    ],
  }),
]; // prettier-ignore

export const HISTORY: History = { rounds: ROUNDS, explanations: [] };

export const REGISTRY: Registry = {
  id: 'demo', country: { fa: 'نمونه', en: 'Demo' }, hosts: NO_HOSTS, serve: null, languages: ['fa'], calendar: 'jalali', privateHosts: [], mapHosts: {},
  organizations: [anOrganization('tax'), anOrganization('post', { parentId: 'tax', cooperation: 'visible-only' }), anOrganization('army')],
  services: [aService('s1', 'tax'), aService('s2', 'tax')],
  digest: hash('1'),
}; // prettier-ignore

/** All pages of the site of a round by their paths. */
export async function historySite(change: Partial<HistoryInput> = {}, lang: Lang = 'en'): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const input = { registry: REGISTRY, history: HISTORY, roundId: 'h2', editions: [OLD, NEW], ...change };
  for await (const { path, content } of renderHistorySite(input, { lang }))
    if (typeof content === 'string') files.set(path, content);
  return files;
}
