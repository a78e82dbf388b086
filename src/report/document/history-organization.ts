/** The section of one organization over published rounds. */
import { publishedTotal, type HistoricResult, type HistoricRound, type HistoricScore } from '../../core/history.ts';
import { STAGES, type Organization } from '../../core/model.ts';
import { radarChart } from '../charts/radar.ts';
import { bdi, named } from '../layout.ts';
import { markup, NONE, type Markup, type Part } from '../markup.ts';
import { growthText, hasShape, radarTitle, resultsOf, scoreIn, stageAxes, type Column as Scored } from '../rounds.ts';
import { COOPERATION_NAMES, SCORE_STATUS_NAMES, STAGE_NAMES } from '../words.ts';
import type { Section } from './frame.ts';
import { organizationLink, roundName, scoreText, type HistoryContext } from './history-context.ts';
import { facts, notesOf, NOTHING, sectionId, tableOf, type Column, type Notes } from './pieces.ts';
import { lineOf } from './trends.ts';

export function organizationSection(context: HistoryContext, organization: Organization): Section {
  const { voice, over } = context;
  const { id, names } = organization;
  const other = names[voice.lang === 'fa' ? 'en' : 'fa'].trim();
  const own = resultsOf(over, id);
  return {
    id: sectionId(id),
    names,
    fallback: id,
    body: [
      other !== '' && other !== voice.text(names) && markup`<p class="under"><bdi lang="${voice.lang === 'fa' ? 'en' : 'fa'}">${other}</bdi></p>`,
      head(context, organization, own.at(-1) ?? null),
      stageScores(context, own),
      charts(context, organization, own),
      services(context, organization, own),
    ],
  }; // prettier-ignore
}

function head(context: HistoryContext, organization: Organization, result: HistoricResult | null): Markup {
  const { voice, last, previous, growth, organizations } = context;
  const { say, count, text, points } = voice;
  const { id, parentId, extra } = organization;
  const total = result && publishedTotal(result);
  const own = growth.get(id);
  const ranked = last.results.filter(({ ranking }) => ranking !== null).length;
  const official = extra['name_official_fa']?.trim();
  const absence = last.absences.find(({ organization: absent }) => absent === id);
  const unreliable = markup` <span class="aside">(${text(SCORE_STATUS_NAMES.unreliable)})</span>`;
  return facts([
    { term: say('رتبه', 'Rank'), value: result?.ranking && say(`${count(result.ranking.rank)} از ${count(ranked)}`, `${count(result.ranking.rank)} of ${count(ranked)}`) },
    { term: say(`امتیاز کل ${roundName(voice, last)}`, `Total in ${roundName(voice, last)}`), value: total === null || total.value === null ? NOTHING : [points(total.value), total.status === 'unreliable' && unreliable] },
    { term: previous ? say(`رشد از ${roundName(voice, previous)}`, `Growth since ${roundName(voice, previous)}`) : '', value: own && [growthText(voice, own.growth), own.doubtful.length > 0 && unreliable] },
    { term: say('خدمت‌های فهرست‌شده', 'Services listed'), value: result && result.services.length > 0 && count(result.services.length) },
    { term: say('همکاری', 'Cooperation'), value: absence && text(COOPERATION_NAMES[absence.cooperation]) },
    { term: say('نخستین حضور', 'First took part'), value: last.newcomers.includes(id) && roundName(voice, last) },
    { term: say('دستگاه بالادست', 'Parent'), value: parentId !== null && organizations.has(parentId) && organizationLink(context, parentId), long: true },
    { term: say('نام رسمی', 'Official name'), value: official && official !== organization.names.fa && bdi(official), long: true },
  ]); // prettier-ignore
}

// ---------------------------------------------------------------- scores of the stages

function stageScores({ voice, history }: HistoryContext, own: readonly (HistoricResult | null)[]): Markup {
  const { say, text } = voice;
  const scores = own.flatMap((result) => (result ? STAGES.map((stage) => result.stages[stage]) : []));
  if (!scores.some(({ value, printed }) => value !== null || printed !== null)) {
    // no table of dashes: one sentence says why
    const reason = scores.find((score) => score.reason !== null)?.reason;
    return reason ? markup`<p class="note">${voice.prose(reason)}</p>` : NONE;
  }
  const notes = notesOf(voice);
  const columns = history.rounds.map((round, at): Column & { readonly result: HistoricResult | null; readonly shared: string | null } => {
    const result = own[at] ?? null;
    const shared = result && sharedReason(result);
    return { kind: 'number', name: [roundName(voice, round), shared && notes.markOf(shared)], result, shared: shared?.en ?? null, width: 14 };
  }); // prettier-ignore
  const cells = (kind: Scored): Part[] =>
    columns.map(({ result, shared }) =>
      result === null ? NOTHING : scoreText(voice, scoreIn(result, kind), ({ reason }) => reason && reason.en !== shared && notes.markOf(reason)),
    ); // prettier-ignore
  const head: Column = { name: say('مرحله', 'Stage'), kind: 'head' };
  const content = tableOf(
    [head, ...columns],
    [...STAGES.map((stage) => [text(STAGE_NAMES[stage]), ...cells(stage)]), { strong: [say('امتیاز کل', 'Total'), ...cells('total')] }], // prettier-ignore
  );
  return markup`<h4>${say('امتیاز مراحل در نوبت‌ها', 'Scores of the stages over the rounds')}</h4>${content}${notes.list()}`;
}

/** The one reason why nothing of the stages is known in a round. */
function sharedReason(result: HistoricResult): HistoricScore['reason'] {
  const scores = STAGES.map((stage) => result.stages[stage]);
  const reason = scores[0]!.reason;
  return scores.every((score) => score.value === null && score.printed === scores[0]!.printed && score.reason?.en === reason?.en) ? reason : null; // prettier-ignore
}

// ---------------------------------------------------------------- charts

function charts(context: HistoryContext, { id, names }: Organization, own: readonly (HistoricResult | null)[]): Markup {
  const { voice, over, last, means } = context;
  const { say, text } = voice;
  const { rounds } = over;
  const name = text(names) || id;
  const line = lineOf(over, `${sectionId(id)}-line`, name, own);
  const shown = radarRound(rounds, own, last);
  const { axes, left } = shown ? stageAxes(voice, shown.result, means.get(shown.round)!) : { axes: [], left: '' };
  const radar = shown && markup`${radarChart(voice, {
    id: `${sectionId(id)}-radar`,
    title: `${radarTitle(voice, name, axes)}${say('، ', ', ')}${roundName(voice, shown.round)}`,
    axes,
    names: { own: say('این دستگاه', 'this organization'), mean: say(`میانگین ${roundName(voice, shown.round)}`, `mean of ${roundName(voice, shown.round)}`) },
  })}${left && markup`<p class="note">${left}</p>`}`; // prettier-ignore
  const hasMean = axes.some(({ mean }) => mean !== null);
  if (!line && !radar) return NONE;
  const block = (title: string, drawing: Markup): Markup =>
    markup`<div><p class="caption">${title}</p>${drawing}</div>`;
  return markup`<div class="pair">${line && block(say('روند در نوبت‌ها', 'Development over the rounds'), line)}${radar && shown && block(say(`مراحل در ${roundName(voice, shown.round)}${hasMean ? ' و میانگین همه' : ''}`, `Stages in ${roundName(voice, shown.round)}${hasMean ? ', and the mean of all' : ''}`), radar)}</div>`; // prettier-ignore
}

/** The last round, or the one before it in which enough stages have a number. */
function radarRound(rounds: readonly HistoricRound[], own: readonly (HistoricResult | null)[], last: HistoricRound): { readonly round: HistoricRound; readonly result: HistoricResult } | null {
  for (let at = rounds.indexOf(last); at >= 0; at--) {
    const result = own[at];
    if (result && hasShape(result)) return { round: rounds[at]!, result };
  }
  return null;
} // prettier-ignore

// ---------------------------------------------------------------- services

/** With more services the list is set in two columns, so that most organizations have one page. */
const ONE_COLUMN = 3;

function services({ voice, history, registry }: HistoryContext, { id }: Organization, own: readonly (HistoricResult | null)[]): Markup {
  const { say } = voice;
  const titles = new Map(registry.services.filter(({ organizationId }) => organizationId === id).map((service) => [service.id, service.titles]));
  const parts = history.rounds.flatMap((round, at): Markup[] => {
    const all = own[at]?.services ?? [];
    if (all.length === 0) return [];
    const notes = notesOf(voice);
    return [markup`<h4>${say(`خدمت‌های ارزیابی‌شده در ${roundName(voice, round)}`, `Services evaluated in ${roundName(voice, round)}`)}</h4>${serviceTable(all, notes)}${notes.list()}`];
  });
  return markup`${parts}`;

  function serviceTable(all: HistoricResult['services'], notes: Notes): Markup {
    const isLong = all.length > ONE_COLUMN;
    const content = tableOf(
      [{ name: say('ردیف', 'No.'), kind: 'number', width: isLong ? 9 : 6 }, { name: say('خدمت', 'Service'), kind: 'head' }, { name: say('امتیاز', 'Score'), kind: 'number', width: isLong ? 17 : 14 }],
      all.map(({ service, score }, at) => [
        voice.count(at + 1),
        named(voice, titles.get(service) ?? { fa: '', en: '' }, service),
        scoreText(voice, score, ({ reason }) => reason && notes.markOf(reason)),
      ]),
    );
    return isLong ? markup`<div class="two">${content}</div>` : content;
  }
} // prettier-ignore
