/** The page of an organization on the site of an imported round. */
import { publishedTotal } from '../core/history.ts';
import type { Organization, Text } from '../core/model.ts';
import { ABSENCE_SENTENCES, checkName, contents, deviationNumbers, growthCell, linked, nameOf, section, type Site } from './history-context.ts'; // prettier-ignore
import { notesOf, overRounds, plainBar, stageRadar, type Notes } from './history-sections.ts';
import { address, bdi, entry, framed, longEntry, named, organizationPath, outward, sentence, type ReportFile } from './layout.ts'; // prettier-ignore
import { markup, NONE, type Markup, type Part } from './markup.ts';
import { growthText, inText, lastOf, previousOf, resultsOf, roundName } from './rounds.ts';
import { COOPERATION_NAMES } from './words.ts';

export function organizationPage(site: Site, organization: Organization): ReportFile {
  const { voice } = site;
  const { say } = voice;
  const { id } = organization;
  const name = nameOf(site, id);
  const other = organization.names[voice.lang === 'fa' ? 'en' : 'fa'].trim();
  const notes = notesOf(voice, 'note');
  const subject = { organization: id, name };
  const over = overRounds(site, subject, notes);
  const head = organizationHead(site, organization, notes);
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['rounds', say('در گذر نوبت‌ها', 'Over the rounds'), over === NONE ? onlyTotal(site, id) : over],
    ['stages', say('مرحله‌ها در برابر میانگین', 'Stages against the mean'), stageRadar(site, subject)],
    ['services', say('خدمت‌ها', 'Services'), servicesTable(site, id, notes)],
    ['misfits', say('آنچه با عددهای دیگر نمی‌خواند', 'What does not fit the other numbers'), misfits(site, id)],
  ];
  const reasons = notes.list();
  const shown = [...sections, ['notes', say('یادداشت‌ها', 'Notes'), reasons] as const].filter(([, , content]) => content !== NONE);
  return framed(site.frame, {
    path: organizationPath(id),
    title: name,
    trail: [{ href: '../index.html#ranking', name: say('رتبه‌بندی', 'Ranking') }],
    main: markup`<h1>${named(voice, organization.names, id)}</h1>
${other && other !== name && markup`<p class="under"><bdi lang="${voice.lang === 'fa' ? 'en' : 'fa'}">${other}</bdi></p>`}
${head}
${contents(voice, shown.map(([key, title]) => [key, title]))}
${shown.map(([key, title, content]) => section(key, title, content))}`,
  });
} // prettier-ignore

const PARENT_BASES: Readonly<Record<string, Text>> = {
  inferred: { fa: 'به استنباط', en: 'inferred' },
  grouping: { fa: 'در فهرست کنار آن آمده است', en: 'it is listed beside it' },
};

function organizationHead(site: Site, organization: Organization, notes: Notes): Markup {
  const { voice, order, places } = site;
  const { say, count } = voice;
  const { id, names, parentId, portalUrl, extra } = organization;
  const result = order.find((own) => own.organization === id);
  const place = places.get(id);
  const round = lastOf(site);
  const before = previousOf(site);
  const published = round.growths.find((own) => own.organization === id)?.growth;
  const growth = site.growths.get(id);
  const parentBasis = PARENT_BASES[extra['parent_basis'] ?? ''];
  const parent = parentId !== null && site.organizations.has(parentId) ? linked(site, parentId, '../') : extra['parent_name_fa'] ? named(voice, { fa: extra['parent_name_fa'], en: '' }) : null;
  const absence = round.absences.find((own) => own.organization === id);
  const official = extra['name_official_fa'];
  const own = result?.total ?? null;
  const cut = result?.ranking && own && own.value !== null && own.status !== 'unreliable' && voice.points(own.value) !== voice.points(result.ranking.total.value ?? NaN) ? own.value : null;
  return markup`<dl class="facts head">
${entry(say('رتبه', 'Rank'), place !== undefined && say(`${count(place)} از ${count(places.size)}`, `${count(place)} of ${count(places.size)}`))}
${entry(say(`امتیاز کل، ${roundName(site, round)}`, `Total, ${inText(site, round)}`), result && notes.score(publishedTotal(result), { isStrong: true }), cut !== null && say(` (صفحه دستگاه: ${voice.points(cut)}؛ رقم‌های بعدی آنجا بریده شده و اینجا گرد)`, ` (page of the organization: ${voice.points(cut)}; further digits are cut off there and rounded here)`))}
${entry(before ? say(`رشد از ${inText(site, before)}`, `Growth since ${inText(site, before)}`) : '', growth && growthCell(site, id, notes), published !== undefined && markup`${growth && say('؛ ', '; ')}${say('منتشرشده: ', 'published: ')}${growthText(voice, published)}`)}
${entry(say('خدمت‌های فهرست‌شده', 'Services listed'), result && result.services.length > 0 && count(result.services.length))}
${entry(say('زیرمجموعه', 'Part of'), parent, parent && parentBasis && markup` <span class="aside">(${voice.text(parentBasis)})</span>`)}
${entry(say('نام رسمی', 'Official name'), official && official !== names.fa ? named(voice, { fa: official, en: '' }) : null)}
${entry(say('همکاری', 'Cooperation'), absence ? voice.text(ABSENCE_SENTENCES[absence.cooperation]) : round.absences.length > 0 && voice.text(COOPERATION_NAMES.cooperative))}
${entry(say('درگاه', 'Portal'), portalUrl ? outward(portalUrl) : extra['portal_candidate'] ? [address(extra['portal_candidate']), ' ', markup`<span class="aside">(${say('تأییدنشده', 'not confirmed')})</span>`] : say('نشانی شناخته‌ای ندارد', 'no address is known'))}
${longEntry(say('پیش و پس از آن', 'Above and below'), neighbours(site, id, notes))}
</dl>`;
} // prettier-ignore

function neighbours(site: Site, id: string, notes: Notes): Part {
  const { order, places, voice } = site;
  const at = order.findIndex(({ organization }) => organization === id);
  if (at < 0 || !places.has(id)) return null;
  const near = [order[at - 1], order[at + 1]].flatMap((result) => (result && places.has(result.organization) ? [result] : [])); // prettier-ignore
  if (near.length === 0) return null;
  return markup`<ul class="near">${near.map((result) => markup`<li>${bdi(voice.count(places.get(result.organization)!))}${voice.say('. ', '. ')}${linked(site, result.organization, '../')} ${notes.score(publishedTotal(result))}</li>`)}</ul>`;
}

/** Why there is neither a line nor a table of stages. */
function onlyTotal(site: Site, id: string): Markup {
  const { voice } = site;
  const { say } = voice;
  const result = resultsOf(site, id).at(-1);
  const reason = result?.stages.presence.reason;
  const known = result && publishedTotal(result).value !== null;
  return markup`<p class="text">${known && say(`از این دستگاه تنها امتیاز کل ${roundName(site, lastOf(site))} در دست است.`, `Of this organization only the total of ${inText(site, lastOf(site))} is known.`)} ${reason && sentence(voice, reason)}</p>`;
} // prettier-ignore

const TITLE_STATUSES: Readonly<Record<string, Text>> = {
  corrected: { fa: 'واژه‌ای آسیب‌دیده در عنوان درست شده است', en: 'a damaged word of the title is put right' },
  doubtful: { fa: 'واژه‌ای از عنوان آسیب دیده است', en: 'a word of the title is damaged' },
};

function servicesTable(site: Site, id: string, notes: Notes): Markup {
  const { voice } = site;
  const { say, count, points } = voice;
  const result = resultsOf(site, id).at(-1);
  if (!result || result.services.length === 0) return NONE;
  const services = new Map((site.services.get(id) ?? []).map((service) => [service.id, service]));
  const values = result.services.flatMap(({ score }) => score.value ?? []);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const row = ({ service: key, score, pairing }: (typeof result.services)[number], at: number): Markup => {
    const service = services.get(key);
    const status = TITLE_STATUSES[service?.extra['title_status'] ?? ''];
    return markup`<tr><td class="n">${bdi(count(at + 1))}</td><th scope="row" class="name">${service ? named(voice, service.titles, key) : bdi(key)}${status && markup`<span class="flag">${voice.text(status)}</span>`}</th><td class="graph">${plainBar(voice, score.value)}</td><td class="n">${notes.score(score, { isInferred: pairing === 'inferred' })}</td></tr>`;
  };
  return markup`<table class="listed"><caption>${say(`امتیاز هر خدمت در ${roundName(site, lastOf(site))}`, `Score of each service in ${inText(site, lastOf(site))}`)}</caption>
<thead><tr><th scope="col" class="n">${say('شماره', 'No.')}</th><th scope="col">${say('خدمت', 'Service')}</th><td></td><th scope="col" class="n">${say('امتیاز', 'Score')}</th></tr></thead>
<tbody>${result.services.map(row)}</tbody>${values.length > 1 && markup`<tfoot><tr><td></td><th scope="row">${say('میانگین ساده', 'Plain mean')}</th><td></td><td class="n">${bdi(points(mean))}</td></tr></tfoot>`}</table>`;
} // prettier-ignore

function misfits(site: Site, id: string): Markup {
  const items = site.checks.flatMap((result) =>
    result.deviations
      .filter(({ organization }) => organization === id)
      .map((deviation) => markup`<li><b>${roundName(site, site.rounds.find(({ id: own }) => own === result.round)!)}</b>${site.voice.say('، ', ', ')}${checkName(site, result)}: ${deviationNumbers(site, result, deviation)}${deviation.reasons.map((reason) => markup` <span class="aside">${sentence(site.voice, reason)}</span>`)}</li>`),
  ); // prettier-ignore
  return items.length === 0 ? NONE : markup`<ul class="plain spaced">${items}</ul>`;
}
