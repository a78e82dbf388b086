/** Cards: the queue, one card after the other, what is said of it, and what is exported of that. */
import type { Context } from 'hono';
import { STAGES, type Finding, type Text } from '../core/model.ts';
import { seenOf, type Review } from '../core/round.ts';
import type { Person } from '../core/person.ts';
import type { CardFilter, CardReason, Served } from '../core/queue.ts';
import { ANSWERS, type Answer, type Purpose } from '../core/rating.ts';
import { markup } from '../report/markup.ts';
import type { StageScore } from '../core/score.ts';
import { voiceOf, type Lang } from '../report/voice.ts';
import { agreementPage } from './agreement-page.ts';
import type { DecisionResult, RoundBoard } from './board.ts';
import { anchorOfKey, cardPage, keyQuery, undoButton, undoingField } from './card-page.ts';
import { decisionsCsv } from './decisions.ts';
import { keyIn, NOT_FOUND, READERS, Refused, STAFF, type Desk, type Request } from './desk.ts';
import { deskPage, post } from './frame.ts';
import { queuePage } from './queue-page.ts';
import { cropOfFinding, lookOf } from './stored.ts';
import { STORED_POLICY } from './stored-page.ts';

export function cardRoutes(desk: Desk): void {
  const { tools } = desk;
  desk.get('/rounds/:round/queue', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    const filter = filterOf(request.context);
    const from = Math.max(0, Math.trunc(Number(request.context.req.query('from') ?? 0)) || 0);
    return queuePage(request.visit, tools, round, { filter, query: queryOf(filter), from, flash: request.flash });
  });
  const postponed = new Map<string, Set<string>>();
  desk.get('/rounds/:round/cards/next', READERS, async (request) => {
    const { context, person } = request;
    const round = await desk.roundOf(request);
    const filter = filterOf(context);
    const mine = `${person.id} ${round.round.id}`;
    const later = postponed.get(mine) ?? new Set();
    const skip = context.req.query('skip');
    if (skip !== undefined && /^[\w-]{1,64}$/.test(skip)) postponed.set(mine, new Set([...later, skip].slice(-200)));
    const held = new Set([...round.heldByOthers(person.id), ...(postponed.get(mine) ?? [])]);
    if (!mayAnswer(round)) return context.redirect(`/rounds/${encodeURIComponent(round.round.id)}/queue`, 303);
    let served = round.queue.next(person, filter, held);
    if (!served && later.size > 0) {
      postponed.delete(mine);
      served = round.queue.next(person, filter, round.heldByOthers(person.id));
    }
    if (!served) return nothingLeft(request, round, filter);
    round.hold(served.card.id, person.id);
    return showCard(request, round, served, filter);
  });
  desk.get('/rounds/:round/cards/:card', STAFF, async (request) => {
    const { context, person } = request;
    const round = await desk.roundOf(request);
    const id = context.req.param('card') ?? '';
    const served = mayAnswer(round) ? round.queue.serve(id, person) : null;
    if (served && READERS.includes(person.role)) {
      round.hold(id, person.id);
      return showCard(request, round, served, filterOf(context));
    }
    const card = round.queue.card(id);
    if (!card) throw new Refused(404, { fa: 'چنین کارتی نیست؛ شاید شاهدش در سنجش دوباره عوض شده است.', en: 'There is no such card; perhaps its evidence changed in a re-audit.' });
    const [first] = card.findings;
    return context.redirect(`/rounds/${encodeURIComponent(round.round.id)}/organizations/${encodeURIComponent(first!.organization)}#${anchorOfKey(tools, first!)}`, 303);
  });
  desk.post('/rounds/:round/cards/:card', READERS, async (request) => {
    const { context, person, form } = request;
    const round = await desk.roundOf(request);
    const said = ANSWERS.find((one) => one === form['answer']);
    const purpose = (['reading', 'adjudication', 'known'] as const satisfies readonly Purpose[]).find((one) => one === form['purpose']);
    const note = (form['note'] ?? '').trim().slice(0, 1000);
    if (!said || !purpose || !/^[\w-]{8,64}$/.test(form['decision'] ?? '')) throw new Refused(400, { fa: 'این فرم از میز رصد نیست.', en: 'This form is not one of the desk.' });
    const here = `/rounds/${encodeURIComponent(round.round.id)}/cards`;
    const query = queryOf(filterOf(context));
    if (!mayAnswer(round)) throw new Refused(409, { fa: 'رأی دادن تنها در گام بازبینی و پیش‌نمایش ممکن است.', en: 'Cards are answered while a round is in review or preview.' });
    if (purpose === 'adjudication' && note === '')
      return desk.go(context, `${here}/${context.req.param('card')}${query}`, { text: { fa: 'برای داوری پایانی باید دلیل بنویسید.', en: 'Write down why: this answer settles what the readers differ on.' }, isWrong: true });
    const result = await round.decide({ person, card: context.req.param('card') ?? '', answer: said, purpose, note, decision: form['decision']! });
    return desk.go(context, `${here}/next${query}`, saidOf(round, said, result));
  });
  desk.post('/rounds/:round/undo', READERS, async (request) => {
    const round = await desk.roundOf(request);
    const query = queryOf(filterOf(request.context));
    const here = `/rounds/${encodeURIComponent(round.round.id)}/cards`;
    if (!mayAnswer(round)) throw new Refused(409, { fa: 'این دور دیگر رأی نمی‌پذیرد.', en: 'This round takes no answers any more.' });
    const id = request.form['undoing'] ?? '';
    const result = await round.undo(request.person, /^[\w-]{8,64}$/.test(id) ? id : tools.newId());
    if (result?.kind === 'known') return desk.go(request.context, `${here}/next${query}`, TAKEN_BACK);
    if (result?.kind !== 'done') return desk.go(request.context, `${here}/next${query}`, { text: { fa: 'رأیی نیست که پس گرفته شود.', en: 'There is no answer to take back.' }, isWrong: true });
    if (!round.queue.serve(result.card.id, request.person)) return desk.go(request.context, `${here}/next${query}`, TAKEN_BACK);
    return desk.go(request.context, `${here}/${result.card.id}${query}`, { text: { fa: 'رأی پیشین پس گرفته شد؛ کارت دوباره پیش روی شماست.', en: 'Your last answer was taken back; the card is before you again.' } });
  });

  const showCard = async ({ visit, person, flash }: Request, round: RoundBoard, served: Served, filter: CardFilter): Promise<string> => {
    const [first] = served.card.findings;
    const finding = await round.finding(first!);
    if (!finding) throw new Error(`expected the finding of card ${served.card.id}, found none`);
    const before = served.blind ? null : await round.before(first!);
    return cardPage(visit, tools, {
      board: round, served, finding, flash, picture: await cropOfFinding(tools, visit.voice, round, finding, `/rounds/${encodeURIComponent(round.round.id)}/picture?${keyQuery(finding)}`),
      outdated: served.blind ? null : outdatedIn(round, finding),
      before: before && { round: visit.voice.text(before.round.names), finding: before.finding },
      decision: tools.newId(), filter: queryOf(filter),
      canUndo: hasAnswered(round, person),
    });
  };
  const nothingLeft = ({ visit, person, flash }: Request, round: RoundBoard, filter: CardFilter): string => {
    const { say } = visit.voice;
    const base = `/rounds/${encodeURIComponent(round.round.id)}`;
    const isFiltered = Object.keys(filter).length > 0;
    return deskPage(visit, {
      title: say('کارتی نمانده', 'No card is left'), flash, trail: [{ href: base, name: visit.voice.text(round.round.names) }],
      main: markup`<h1>${say('برای شما کارتی نمانده است', 'No card is left for you')}</h1><p class="lead">${isFiltered ? say('با این گزینش کارتی باز نیست.', 'No card is open with this choice.') : say('آنچه باز است یا پیش روی دیگران است، یا خواننده‌ای دیگر می‌خواهد، یا از دستگاهی است که با آن نسبت دارید.', 'What is open lies before others, needs another reader, or is of an organization to which you have a tie.')}</p><p class="buttons">${isFiltered && markup`<a class="button main" href="${base}/cards/next">${say('همه کارت‌ها', 'All cards')}</a>`}<a class="button" href="${base}/queue">${say('صف', 'Queue')}</a><a class="button" href="${base}">${say('صفحه دور', 'The round')}</a></p>${hasAnswered(round, person) && post(`${base}/undo${queryOf(filter)}`, visit.token, markup`${undoingField(tools.newId())}${undoButton(visit.voice)}`)}`,
      help: [say('هنگامی که کسی کارتی را رها کند، خواننده دوم لازم شود یا سنجش دوباره‌ای پذیرفته شود، باز کارت می‌آید.', 'Cards come again when somebody lets one go, when a second reader is needed, or when a re-audit is accepted.')],
    });
  };

  desk.get('/rounds/:round/stored', STAFF, async (request) => {
    const { context, visit } = request;
    const round = await desk.roundOf(request);
    const page = await desk.stored(visit.voice, round, keyIn(context), context.req.query('n') ?? '');
    if (page === null) throw new Refused(404, { fa: 'برای این حکم چنین صفحه‌ای ذخیره نشده است.', en: 'No such page is stored for this verdict.' });
    context.header('content-security-policy', STORED_POLICY);
    return context.html(page);
  });
  desk.get('/rounds/:round/picture', STAFF, async (request) => {
    const { context } = request;
    const round = await desk.roundOf(request);
    const finding = await round.finding(keyIn(context));
    const found = finding && (await lookOf(tools, round.auditsBehind(finding.organization), finding, '0'));
    const bytes = found?.snapshot?.screenshot ? await tools.evidence.picture(found.snapshot) : null;
    if (!bytes) throw new Refused(404, NOT_FOUND);
    context.header('content-type', bytes[0] === 0xff ? 'image/jpeg' : bytes[0] === 0x52 ? 'image/webp' : 'image/png');
    context.header('content-security-policy', "default-src 'none'; sandbox");
    context.header('cache-control', 'private, max-age=3600');
    return context.body(new Uint8Array(bytes));
  });

  desk.get('/rounds/:round/agreement', STAFF, async (request) => {
    const names = new Map((await tools.desk.listPeople()).map(({ id, name }) => [id, name]));
    return agreementPage(request.visit, tools, await desk.roundOf(request), names);
  });
  desk.get('/rounds/:round/decisions.csv', STAFF, async (request) => {
    const round = await desk.roundOf(request);
    request.context.header('content-type', 'text/csv; charset=utf-8');
    request.context.header('content-disposition', `attachment; filename="decisions-${round.round.id.replace(/[^\w.-]/g, '_')}.csv"`);
    return request.context.body(await decisionsCsv(round));
  });
} // prettier-ignore

const TAKEN_BACK = { text: { fa: 'رأی پیشین پس گرفته شد.', en: 'Your last answer was taken back.' } };

/** The decision on a finding that has changed since: the card is back because of that. */
function outdatedIn({ reviewOf }: RoundBoard, finding: Finding): Review | null {
  const review = reviewOf(finding);
  return review && review.verdict !== null && review.seen !== seenOf(finding) ? review : null;
}

/** Cards are answered while a round is in review or preview. */
const mayAnswer = ({ round }: RoundBoard): boolean => round.state === 'reviewing' || round.state === 'preview';

const hasAnswered = (round: RoundBoard, { id }: Person): boolean =>
  round.ratings().some(({ by, answer }) => by === id && answer !== null);

const REASONS: readonly CardReason[] = ['open', 'unmeasured', 'unsure', 'sample', 'disputed', 'second'];

function filterOf({ req }: Context): CardFilter {
  const [organization, stage, rule, reason] = ['organization', 'stage', 'rule', 'reason'].map((name) => req.query(name) ?? '');
  return {
    ...(organization && { organization }),
    ...(STAGES.some((one) => one === stage) && { stage: stage as (typeof STAGES)[number] }),
    ...(rule && { rule }),
    ...(REASONS.some((one) => one === reason) && { reason: reason as CardReason }),
  };
} // prettier-ignore

const queryOf = (filter: CardFilter): string => {
  const text = new URLSearchParams(filter as Record<string, string>).toString();
  return text === '' ? '' : `?${text}`;
};

/** What was just said, and what follows from it. */
function saidOf(round: RoundBoard, answer: Answer, result: DecisionResult): { text: Text; isWrong?: boolean } {
  if (result.kind === 'known') return { text: { fa: 'این رأی پیش‌تر ثبت شده بود.', en: 'This answer was kept before.' } };
  if (result.kind === 'gone')
    return { text: { fa: 'این کارت در این میان روشن یا عوض شده است؛ رأی شما ثبت نشد.', en: 'This card was settled or changed in the meantime; your answer was not kept.' }, isWrong: true };
  const { settled, moved, card } = result;
  if (settled === 0) {
    return answer === 'unclear' || card.state === 'disputed'
      ? { text: { fa: 'رأی شما ثبت شد؛ کارت به ارزیاب ارشد می‌رسد. امتیازها هنوز همان است.', en: 'Kept. The card goes to a senior; scores stay as they are until then.' } }
      : { text: { fa: 'رأی شما ثبت شد؛ پس از رأی خواننده‌ای دیگر به شمار می‌آید. امتیازها هنوز همان است.', en: 'Kept. It counts when another reader says the same; scores stay as they are until then.' } };
  }
  // a withheld score is its range
  const told = (lang: Lang, { score, low, high }: StageScore): string => {
    const voice = voiceOf(lang, 'gregorian');
    return score === null ? `(${voice.bounds(low, high)})` : voice.points(score);
  };
  const line = (lang: Lang): string =>
    moved.slice(0, 3).map(({ organization, from, to }) => {
      const name = round.organization(organization)?.names[lang] || organization;
      return lang === 'fa' ? `${name}: از ${told(lang, from)} به ${told(lang, to)}` : `${name}: ${told(lang, from)} to ${told(lang, to)}`;
    }).join(lang === 'fa' ? '؛ ' : '; '); // prettier-ignore
  const count = (lang: Lang): string => voiceOf(lang, 'gregorian').count(settled);
  return {
    text: {
      fa: `ثبت شد و ${count('fa')} حکم روشن شد. امتیازها از نو حساب شد؛ ${line('fa')}`,
      en: `Kept; ${count('en')} verdict${settled === 1 ? '' : 's'} settled. Scores follow: ${line('en')}`,
    },
  };
} // prettier-ignore
