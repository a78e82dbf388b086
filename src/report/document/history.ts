/**
 * Published rounds as a document, in the order in which such a report is read: summary, method and editions, results,
 * ranking, one section for each organization, what was corrected and why, and how to cite it. Every number is one of
 * the history's or computed from them.
 */
import { medianOf, publishedTotal, scoresOf, type HistoricRound } from '../../core/history.ts';
import { STAGES, type Stage } from '../../core/model.ts';
import { code } from '../layout.ts';
import { markup, type Part } from '../markup.ts';
import { countsOf, growthText, pairOf, type Pair } from '../rounds.ts';
import { listed, plural, type Voice } from '../voice.ts';
import { EDITION_BASIS_NAMES, STAGE_NAMES, STAGE_SENTENCES } from '../words.ts';
import { correctionsChapter } from './corrections.ts';
import { pageLink, table, type Chapter, type Matter, type Plate } from './frame.ts';
import { contextOf, organizationLink, roundName, roundWithTime, scoreText, type HistoryContext, type HistoryMatter } from './history-context.ts'; // prettier-ignore
import { organizationSection } from './history-organization.ts';
import { keyNumbers, notesOf, NOTHING, roundsInWords, sectionId, tableOf, type Column } from './pieces.ts'; // prettier-ignore
import { resultsChapter } from './history-results.ts';

export function historyMatter(voice: Voice, input: HistoryMatter): Matter {
  const context = contextOf(voice, input);
  const { say, text, count } = voice;
  const { history, registry, last } = context;
  const first = history.rounds[0]!;
  const rounds = roundsInWords(voice, history.rounds.length);
  return {
    madeAt: input.madeAt,
    running: say(`نتایج ${rounds} ارزیابی خدمات الکترونیکی`, `Electronic services: ${rounds}`),
    cover: {
      publisher: text(registry.country),
      title: say(`نتایج ${rounds} ارزیابی خدمات الکترونیکی دستگاه‌ها`, `Electronic services of public bodies: results of ${rounds} of evaluation`),
      subtitle: first === last ? text(last.names) : say(`از ${text(first.names)} تا ${text(last.names)}`, `${text(first.names)} to ${text(last.names)}`),
      state: null,
      imprint: [
        [say('نوبت‌ها', 'Rounds'), history.rounds.map((round, at) => [at > 0 && say('، ', ', '), text(round.names)])],
        [say('دستگاه‌ها', 'Organizations'), count(context.shown.size)],
        [say('تاریخ این سند', 'Date of this document'), voice.day(input.madeAt)],
        [say('عددها', 'Numbers'), say('همان که منتشر شده است؛ اصلاح‌ها با دلیل در پایان سند', 'as published; corrections, with their reasons, at the end')],
        [say('ساخته', 'Made by'), say('رصد، از داده‌های بازنشر این نوبت‌ها', 'Rasad, from the data of these rounds')],
      ],
    },
    chapters: [
      summary(context),
      method(context),
      resultsChapter(context),
      organizations(context),
      correctionsChapter(context),
      citation(context),
    ],
  };
} // prettier-ignore

// ---------------------------------------------------------------- summary

function summary(context: HistoryContext): Chapter {
  const { voice, history, registry, last, previous, means } = context;
  const { say, count, points, text } = voice;
  const first = history.rounds[0]!;
  const name = roundName(voice, last);
  const own = means.get(last)!;
  const totals = last.results.flatMap((result) => {
    const { value } = publishedTotal(result);
    return value === null ? [] : [{ organization: result.organization, value }];
  });
  const order = totals.toSorted((a, b) => b.value - a.value);
  const { counts } = last;
  const pair = pairOf(context.over);
  const over = (stage: Stage): string =>
    say(`${points(own[stage].mean!)} (${count(own[stage].count)} دستگاه)`, `${points(own[stage].mean!)} (${count(own[stage].count)} ${plural(own[stage].count, 'organization', 'organizations')})`); // prettier-ignore
  const stages = STAGES.filter((stage) => own[stage].mean !== null).toSorted((a, b) => own[b].mean! - own[a].mean!);
  const withScore = ({ organization, value }: { organization: string; value: number }): Part => [
    organizationLink(context, organization),
    ` (${points(value)})`,
  ];
  const paragraphs: (Part | false)[] = [
    say(
      `این سند نتیجه‌های منتشرشده ${roundsInWords(voice, history.rounds.length)} ارزیابی خدمات الکترونیکی دستگاه‌های ${text(registry.country)} را یک‌جا می‌آورد${first === last ? `: ${text(last.names)}` : `، از ${text(first.names)} تا ${text(last.names)}`}. ${counts ? `در ${name} ${count(counts.organizations)} دستگاه با ${count(counts.services)} خدمت و زیرخدمت ارزیابی شده است. ` : ''}هر عدد همان است که منتشر شده؛ هیچ امتیازی از نو داده نشده است.`,
      `This document brings together the published results of ${roundsInWords(voice, history.rounds.length)} in which the electronic services of public bodies (${text(registry.country)}) were evaluated${first === last ? `: ${text(last.names)}` : `, from ${text(first.names)} to ${text(last.names)}`}. ${counts ? `${name} covered ${count(counts.organizations)} ${plural(counts.organizations, 'organization', 'organizations')} with ${count(counts.services)} ${plural(counts.services, 'service or sub-service', 'services and sub-services')}. ` : ''}Every number is the published one; nothing was scored anew.`,
    ),
    order.length >= 3 && [
      say(`میانگین امتیاز کل ${count(order.length)} دستگاه در ${name}، ${points(own.total.mean!)} از ۱۰۰ و میانه آن ${points(medianOf(order.map(({ value }) => value))!)} است. بالاترین امتیازها از آنِ `, `The mean total of ${count(order.length)} organizations in ${name} is ${points(own.total.mean!)} of 100, the median ${points(medianOf(order.map(({ value }) => value))!)}. The highest totals are those of `),
      listed(voice, order.slice(0, 3).map(withScore)),
      say(' است و پایین‌ترین امتیاز، ', '; the lowest is that of '),
      withScore(order.at(-1)!),
      '.',
    ],
    stages.length >= 2 && say(
      `از پنج مرحله، «${text(STAGE_NAMES[stages[0]!])}» با میانگین ${over(stages[0]!)} بالاتر از همه و «${text(STAGE_NAMES[stages.at(-1)!])}» با میانگین ${over(stages.at(-1)!)} پایین‌تر از همه است.`,
      `Of the five stages “${text(STAGE_NAMES[stages[0]!])}” has the highest mean, ${over(stages[0]!)}, and “${text(STAGE_NAMES[stages.at(-1)!])}” the lowest, ${over(stages.at(-1)!)}.`,
    ),
    previous && pair && growthSentence(context, previous, pair),
    newcomersSentence(context),
    dataSentence(context),
  ]; // prettier-ignore
  return {
    id: 'summary',
    title: say('خلاصه', 'Summary'),
    isNumbered: false,
    blocks: [
      keyNumbers([
        counts && [count(counts.organizations), say(`دستگاه در ${name}`, `organizations in ${name}`)],
        counts && [count(counts.services), say('خدمت و زیرخدمت', 'services and sub-services')],
        own.total.mean === null ? null : [points(own.total.mean), say('میانگین امتیاز کل از ۱۰۰', 'mean total of 100')],
        previous && pair ? [growthText(voice, pair.to - pair.from), say(`میانگین رشد از ${roundName(voice, previous)}، ${count(pair.growths.length)} دستگاه`, `mean growth since ${roundName(voice, previous)}, ${count(pair.growths.length)} ${plural(pair.growths.length, 'organization', 'organizations')}`)] : null,
      ]),
      ...paragraphs.map((paragraph) => paragraph && markup`<p>${paragraph}</p>`),
    ],
  }; // prettier-ignore
}

function growthSentence(context: HistoryContext, previous: HistoricRound, { growths, doubtful, from, to, rose, fell }: Pair): Part {
  const { voice, last } = context;
  const { say, count, points } = voice;
  const [then, now, number] = [roundName(voice, previous), roundName(voice, last), count(growths.length)];
  return [
    say(`از ${then} تا ${now}، امتیاز کل ${number} دستگاهی که در هر دو نوبت عدد دارند به طور میانگین ${points(Math.abs(to - from))} امتیاز ${to < from ? 'پایین آمده' : 'بالا رفته'} است: ${count(rose)} دستگاه رشد کرده و ${count(fell)} دستگاه افت.`, `From ${then} to ${now} the totals of the ${number} ${plural(growths.length, 'organization', 'organizations')} with a number in both ${to < from ? 'fell' : 'rose'} by ${points(Math.abs(to - from))} points on average: ${count(rose)} rose and ${count(fell)} fell.`),
    doubtful > 0 && say(` ${count(doubtful)} تفاوت بر عددی نامطمئن استوار است.`, ` ${count(doubtful)} of the differences ${plural(doubtful, 'rests', 'rest')} on a number that is not reliable.`),
    weightChanges(context, previous, last).length > 0 && say(' وزن مراحل میان این دو نوبت تغییر کرده است و بخشی از این تفاوت از آن است.', ' The weights of the stages changed between the two, which is a part of the difference.'),
  ];
} // prettier-ignore

function newcomersSentence(context: HistoryContext): Part {
  const { voice, last, results: all } = context;
  const { say, count, points } = voice;
  if (last.newcomers.length === 0) return null;
  const best = last.newcomers
    .flatMap((organization) => {
      const result = all.get(last)!.get(organization);
      const value = result ? publishedTotal(result).value : null;
      return value === null ? [] : [{ organization, value }];
    })
    .toSorted((a, b) => b.value - a.value)
    .slice(0, 3);
  const number = count(last.newcomers.length);
  return [
    say(`${number} دستگاه برای نخستین بار ارزیابی شده است`, `${number} ${plural(last.newcomers.length, 'organization was', 'organizations were')} evaluated for the first time`),
    best.length > 0 && [
      say('؛ در میان آن‌ها ', '; among them '),
      listed(voice, best.map(({ organization, value }) => [organizationLink(context, organization), ` (${points(value)})`])),
      say(' امتیاز بالاتری گرفته‌اند', ' did best'),
    ],
    '.',
  ]; // prettier-ignore
}

function dataSentence({ voice, history }: HistoryContext): Part {
  const { say, count } = voice;
  const counts = countsOf(history.rounds.flatMap(({ results }) => results.flatMap(scoresOf)));
  const known = counts.printed + counts.corrected + counts.unreliable;
  return [
    say(
      `از ${count(known)} عدد این نوبت‌ها ${count(counts.printed)} عدد همان است که چاپ شده، ${count(counts.corrected)} عدد اصلاح شده و ${count(counts.unreliable)} عدد نامطمئن است؛ ${count(counts.missing)} خانه از جدول‌ها عدد ندارد. دلیل هر یک در صفحه `,
      `Of the ${count(known)} numbers of these rounds ${count(counts.printed)} stand as printed, ${count(counts.corrected)} are corrected and ${count(counts.unreliable)} cannot be trusted; ${count(counts.missing)} cells have no number. The reasons begin on page `,
    ),
    pageLink('corrections'),
    say(' و پس از آن آمده است.', '.'),
  ];
}

// ---------------------------------------------------------------- method

/** The stages whose weights differ between two rounds, as far as both are known. */
function weightChanges({ voice, weightsOf }: HistoryContext, before: HistoricRound, round: HistoricRound): string[] {
  const { say, text, percent } = voice;
  const [from, to] = [before, round].map(({ edition }) => (edition === null ? null : weightsOf(edition)));
  if (!from || !to) return [];
  return STAGES.filter((stage) => from[stage] !== to[stage]).map((stage) => say(`«${text(STAGE_NAMES[stage])}» از ${percent(from[stage] / 100)} به ${percent(to[stage] / 100)}`, `“${text(STAGE_NAMES[stage])}” from ${percent(from[stage] / 100)} to ${percent(to[stage] / 100)}`)); // prettier-ignore
}

function method(context: HistoryContext): Chapter {
  const { voice, history, weightsOf } = context;
  const { say, text, percent } = voice;
  const rows = history.rounds.map((round) => {
    const weights = round.edition === null ? null : weightsOf(round.edition);
    return [
      roundWithTime(voice, round),
      round.edition === null ? NOTHING : code(round.edition),
      text(EDITION_BASIS_NAMES[round.editionBasis]),
      ...STAGES.map((stage) => (weights ? percent(weights[stage] / 100) : NOTHING)),
    ];
  });
  const changes = history.rounds.flatMap((round, at): Part[] => {
    const before = history.rounds[at - 1];
    const parts = before ? weightChanges(context, before, round) : [];
    return !before || parts.length === 0 ? [] : [markup`<p>${say(`از ${roundName(voice, before)} به ${roundName(voice, round)} وزن `, `From ${roundName(voice, before)} to ${roundName(voice, round)} the weight of `)}${listed(voice, parts)}${say(' رفته است؛ رشد میان این دو نوبت را باید با این تغییر خواند.', ' changed; growth between the two has to be read with that in mind.')}</p>`]; // prettier-ignore
  });
  return {
    id: 'method',
    title: say('روش و ویرایش‌ها', 'Method and editions'),
    isNumbered: false,
    blocks: [
      markup`<p>${say('هر خدمت در پنج مرحله سنجیده می‌شود. این مرحله‌ها پله‌های یک نردبان نیستند: هر یک جنبه‌ای از ارائه خدمت را می‌سنجد و یک خدمت می‌تواند در یکی پیشرفته و در دیگری ضعیف باشد.', 'Each service is measured in five stages. They are no rungs of a ladder: each looks at one aspect of how the service is delivered, and a service may be far ahead in one and poor in another.')}</p>`,
      markup`<ul>${STAGES.map((stage) => markup`<li><b>${text(STAGE_NAMES[stage])}</b>: ${text(STAGE_SENTENCES[stage])}</li>`)}</ul>`,
      markup`<p>${say('امتیاز هر دستگاه در هر مرحله، میانگین ساده خدمت‌های آن است و امتیاز کل، میانگین وزن‌دار مرحله‌ها. وزن‌ها را ویرایش روش تعیین می‌کند.', 'An organization’s score in a stage is the plain mean over its services, and its total the weighted mean of the stages. The edition of the method sets the weights.')}</p>`,
      markup`<h3>${say('ویرایش هر نوبت و وزن مراحل', 'Edition of each round, and the weights of the stages')}</h3>`,
      tableOf(
        [{ name: say('نوبت', 'Round'), kind: 'head', width: 26 }, { name: say('ویرایش', 'Edition'), kind: 'text' }, { name: say('از کجا دانسته است', 'How it is known'), kind: 'text', width: 22 }, ...STAGES.map((stage): Column => ({ name: text(STAGE_NAMES[stage]), kind: 'number' }))],
        rows,
      ),
      ...changes,
      markup`<h3>${say('عددها چگونه آمده است', 'How the numbers are given')}</h3>`,
      markup`<p>${say(`عددها با دو رقم اعشار آمده است، هرچند برخی از نوبت‌ها آن‌ها را گردتر چاپ کرده‌اند. امتیاز کل هر دستگاه همان عدد جدول رتبه‌بندی است؛ جایی که نوبت جدول رتبه‌بندی ندارد، عدد صفحه خود دستگاه. خط تیره یعنی عددی در دست نیست. شماره کوچک کنار یک عدد به یادداشت زیر همان جدول راه می‌برد: عدد اصلاح شده، نامطمئن است یا نیست، و چرا.`, 'Numbers have two decimals, though some rounds print fewer. An organization’s total is that of the ranking; where a round has no ranking, that of the organization’s own page. A dash stands where there is no number. A small figure beside a number leads to a remark below the table: the number is corrected, cannot be trusted or is missing, and why.')}</p>`,
      markup`<p>${say(`میانگین‌ها ساده‌اند و بر دستگاه‌هایی که در آن نوبت عددی دارند. چون این دستگاه‌ها در هر نوبت یکی نیستند، دو میانگین را تنها با احتیاط می‌توان کنار هم گذاشت؛ رشد را از دستگاه‌هایی باید خواند که در هر دو نوبت عدد دارند. شمار آن‌ها همه‌جا آمده است. رواداری حساب در هر نوبت به رقم‌های چاپ‌شده بستگی دارد (${history.rounds.map((round) => voice.exact(round.tolerance)).join('، ')} امتیاز).`, `Means are plain, over the organizations that have a number in that round. They are not the same organizations in each round, so that two means can be compared with care only; growth is to be read from those with a number in both. Their count is given everywhere. How far a total may be off its stages depends on the digits that a round prints (${history.rounds.map((round) => voice.exact(round.tolerance)).join(', ')} points).`)}</p>`,
    ],
  }; // prettier-ignore
}

// ---------------------------------------------------------------- organizations

function organizations(context: HistoryContext): Chapter {
  const { voice, registry, shown, history, last } = context;
  const { say } = voice;
  const rounds = roundsInWords(voice, history.rounds.length);
  const isRanked = last.results.some(({ ranking }) => ranking !== null);
  const hasServices = history.rounds.some(({ results }) => results.some(({ services }) => services.length > 0));
  const parts = [
    isRanked ? say('رتبه و امتیاز کل', 'its rank and total') : say('امتیاز کل', 'its total'),
    say(`امتیاز مراحل در ${rounds}`, `the scores of the stages in ${rounds}`),
    ...(history.rounds.length > 1 ? [say('روند آن‌ها', 'how they developed')] : []),
    say('جایگاه دستگاه در برابر میانگین همه', 'how they compare with the mean of all'),
    ...(hasServices ? [say('امتیاز خدمت‌ها', 'the scores of its services')] : []),
  ];
  return {
    id: 'organizations',
    title: say('دستگاه‌ها', 'Organizations'),
    isNumbered: true,
    blocks: [
      markup`<p>${say(`در این فصل هر دستگاه یک بخش دارد: ${listed(voice, parts).join('')}. دستگاه‌ها به ترتیب دفتر ثبت آمده‌اند؛ ترتیب رتبه‌ها در جدول رتبه‌بندی است.`, `In this chapter each organization has a section: ${listed(voice, parts).join('')}. They stand in the order of the registry; the order of ranks is that of the ranking.`)}</p>`,
      markup`<p>${history.rounds.length > 1 && say('در نمودار روند، هر مرحله نشانه و خط‌چین خود را دارد و نامش در پایان خط آمده است. ', 'In the line chart each stage has its own mark and dashes, and its name at the end of its line. ')}${say('در نمودار مراحل، خط پُر امتیاز دستگاه است و خط‌چین میانگین همه دستگاه‌هایی که عددی دارند.', 'In the chart of the stages the full line is the organization’s own score, the dashed one the mean of all organizations with a number.')}</p>`,
      history.rounds.length > 1 && totals(context),
    ],
    sections: registry.organizations.filter(({ id }) => shown.has(id)).map((organization) => organizationSection(context, organization)),
  }; // prettier-ignore
}

/** All totals of all rounds: the one table in which every organization can be followed. */
function totals(context: HistoryContext): Plate {
  const { voice, registry, history, shown, results: all } = context;
  const { say } = voice;
  const notes = notesOf(voice);
  const rows = registry.organizations
    .filter(({ id }) => shown.has(id))
    .map(({ id }) => [
      organizationLink(context, id),
      ...history.rounds.map((round) => {
        const result = all.get(round)!.get(id);
        const score = result && publishedTotal(result);
        return score ? scoreText(voice, score, ({ status, reason }) => status !== 'missing' && reason && notes.markOf(reason)) : NOTHING;
      }),
      pageLink(sectionId(id)),
    ]);
  const rounds = history.rounds.map((round): Column => ({ name: roundName(voice, round), kind: 'number', width: 11 }));
  return table(say('امتیاز کل دستگاه‌ها در همه نوبت‌ها', 'Totals of the organizations in all rounds'), [
    tableOf([{ name: say('دستگاه', 'Organization'), kind: 'head' }, ...rounds, { name: say('صفحه', 'Page'), kind: 'number', width: 8 }], rows),
    notes.list(),
  ]);
} // prettier-ignore

// ---------------------------------------------------------------- citing

function citation({ voice, registry, history, madeAt }: HistoryContext): Chapter {
  const { say, text } = voice;
  const names = history.rounds.map(({ names: own }) => text(own));
  return {
    id: 'citing',
    title: say('چگونه به این سند ارجاع دهیم', 'How to cite this document'),
    isNumbered: false,
    blocks: [
      markup`<p class="quoted">${say(`${text(registry.country)}. نتایج ارزیابی خدمات الکترونیکی دستگاه‌ها، ${names.join('، ')}. گردآوری‌شده با رصد، ${voice.day(madeAt)}. دفتر ثبت `, `${text(registry.country)}. Results of the evaluation of electronic services of public bodies: ${names.join(', ')}. Compiled with Rasad, ${voice.day(madeAt)}. Registry `)}${code(registry.id)}.</p>`,
      markup`<p>${say('ارجاع به یک عدد، نام دستگاه، شماره نوبت و شماره صفحه این سند را بیاورد. عددی که در این سند اصلاح شده است، باید با عدد چاپ‌شده و دلیل اصلاح نقل شود.', 'A reference to a number gives the organization, the round and the page of this document. A number that is corrected here is to be quoted together with the printed one and the reason.')}</p>`,
      markup`<p>${say('اثر انگشت دفتر ثبت (SHA-256)، تا روشن باشد این سند از کدام داده ساخته شده است:', 'Fingerprint of the registry (SHA-256), so that it is clear which data this document was made from:')} ${code(registry.digest)}</p>`,
    ],
  }; // prettier-ignore
}
