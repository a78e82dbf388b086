/** The pages of one organization: its own, and one for each of its services when they are too many for one page. */
import { STAGES, UNRESOLVED, VERDICTS, type Finding, type Service, type Stage, type Verdict } from '../core/model.ts';
import { separated, standing, type Contender } from '../core/rank.ts';
import { leavesOf, type ServiceScore } from '../core/score.ts';
import { CERTAINTY } from '../core/uncertainty.ts';
import { countVerdicts, groupBy, sumOf, type IndicatorInfo, type OrganizationDetails, type OrganizationReport, type ReportData } from './data.ts'; // prettier-ignore
import type { EvidencePages } from './evidence-pages.ts';
import { verdictBar, verdictMark } from './figures.ts';
import { findingDetails, type FindingContext } from './finding.ts';
import { gainsOf } from './gains.ts';
import { roundsOnOrganizationPage } from './history-sections.ts';
import { anchorOf, bdi, code, entry, fileName, longEntry, named, organizationPath, outward, page, scoreCell, servicePath, stageTable, type PageContext, type ReportFile } from './layout.ts'; // prettier-ignore
import { looksSection, skippedSection } from './looks.ts';
import { markup, NONE, type Markup, type Part } from './markup.ts';
import type { Voice } from './voice.ts';
import { BAND_SENTENCE, COOPERATION_NAMES, GAIN_SENTENCE, INTERVAL_SENTENCE, PROFILE_NAMES, resamplingSentence, STAGE_NAMES, STANDING_NAMES, UNRANKED_SENTENCES } from './words.ts'; // prettier-ignore

/** With more services the verdicts of each go to a page of their own; a page stays below 1.5 MB by a wide margin. */
const INLINE_SERVICES = 6;
/** Indicators named under "what would raise the score most". */
const GAINS = 10;
/** With more services only the verdicts that cost points, or are open, link to each service. */
const LINKED_SERVICES = 120;

interface Subject extends FindingContext {
  readonly report: OrganizationReport;
  readonly details: OrganizationDetails;
  readonly leaves: readonly Service[];
  /** Position in the table of services, from 1, by service. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Findings by indicator, the portal's or each service's in their order. */
  readonly byRule: ReadonlyMap<string, readonly Finding[]>;
  /** The services have pages of their own. */
  readonly separate: boolean;
}

/** Organization first, then its services in the order of the registry. */
export function* organizationPages(
  context: PageContext & { readonly evidence: EvidencePages },
  report: OrganizationReport,
  details: OrganizationDetails,
): Generator<ReportFile> {
  const leaves = leavesOf(report.services);
  const subject: Subject = {
    ...context,
    path: organizationPath(report.organization.id),
    report,
    details,
    leaves,
    numbers: new Map(leaves.map(({ id }, position) => [id, position + 1])),
    byRule: groupBy(details.findings, ({ rule }) => rule),
    separate: leaves.length > INLINE_SERVICES,
  };
  yield organizationPage(subject);
  if (!subject.separate) return;
  const byService = groupBy(details.findings, ({ service }) => service);
  const scores = new Map(report.score?.services.map((score) => [score.service, score]));
  for (const service of leaves) {
    yield servicePage(subject, service, scores.get(service.id) ?? null, byService.get(service.id) ?? []);
  }
}

function organizationPage(subject: Subject): ReportFile {
  const { voice, report } = subject;
  const { say } = voice;
  const { organization, score } = report;
  const title = voice.text(organization.names) || organization.id;
  const other = organization.names[voice.lang === 'fa' ? 'en' : 'fa'].trim();
  const sections: readonly (readonly [id: string, name: string, content: Markup])[] = [
    ['stages', say('امتیاز مرحله‌ها', 'Scores of the stages'), score ? stageTable(subject, score, say('امتیاز هر مرحله، میانگین ساده خدمت‌ها', 'Score of each stage, plain mean over the services')) : NONE],
    ['rounds', say('در گذر دورها', 'Over the rounds'), roundsOnOrganizationPage(subject.data, voice, report)],
    ['gains', say('چه چیزی امتیاز را بیش از همه بالا می‌برد', 'What would raise the score most'), gainsList(subject)],
    ['services', say('خدمت‌ها', 'Services'), servicesTable(subject)],
    ['verdicts', say('داوری‌ها به تفکیک شاخص', 'Verdicts by indicator'), verdictsByIndicator(subject)],
    ['looks', say('صفحه‌هایی که دیده شد', 'Pages that were looked at'), looksSection(subject, subject.details.snapshots)],
    ['skipped', say('نشانی‌هایی که درخواست نشد', 'Addresses that were not asked for'), skippedSection(subject, subject.details.skipped)],
  ]; // prettier-ignore
  const shown = sections.filter(([, , content]) => content !== NONE);
  return page(subject, {
    path: subject.path,
    title,
    trail: [{ href: '../index.html', name: say('رتبه‌بندی', 'Ranking') }],
    main: markup`<h1>${named(voice, organization.names, organization.id)}</h1>
${other && other !== title && markup`<p class="under"><bdi lang="${voice.lang === 'fa' ? 'en' : 'fa'}">${other}</bdi></p>`}
${head(subject)}
<nav class="contents" aria-label="${say('بخش‌های این صفحه', 'On this page')}"><ul>${shown.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${shown.map(([id, name, content]) => markup`<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${content}</section>`)}`,
  });
}

function head({ voice, data, report, leaves }: Subject): Markup {
  const { say, count, percent } = voice;
  const { organization, score, interval, ranked, unranked, verdicts, failure } = report;
  const open = sumOf(verdicts, UNRESOLVED);
  const total = sumOf(verdicts);
  const places = ranked && (ranked.best === ranked.worst ? count(ranked.best) : voice.range(count(ranked.best), count(ranked.worst))); // prettier-ignore
  const band = ranked?.band ?? null;
  const others = band === null ? 0 : data.organizations.filter((other) => other.ranked?.band === band).length - 1;
  const certainty = percent(CERTAINTY);
  return markup`<dl class="facts head">
${entry(say('رتبه', 'Rank'), ranked ? (ranked.rank === null ? say('داده نشد', 'withheld') : bdi(count(ranked.rank))) : voice.text(UNRANKED_SENTENCES[unranked!]))}
${entry(say('بازه رتبه', 'Interval of the rank'), places && bdi(places))}
${entry(say('گروه', 'Group'), band !== null && bdi(count(band)), others > 0 && say(`، با ${count(others)} دستگاه دیگر؛ ${BAND_SENTENCE.fa}`, `, with ${count(others)} ${others === 1 ? 'other' : 'others'}; ${BAND_SENTENCE.en}`))}
${entry(say(`امتیاز کل، با اطمینان ${certainty}`, `Total, with ${certainty} certainty`), interval && bdi(voice.bounds(...interval)))}
${entry(say('خدمت‌ها', 'Services'), count(leaves.length))}
${entry(say('داوری‌ها', 'Verdicts'), total > 0 && say(`${count(total)}، که ${count(open)} داوری آن (${percent(open / total)}) باز است`, `${count(total)}, of which ${count(open)} (${percent(open / total)}) are open`))}
${entry(say('امتیاز خود درگاه', 'Portal’s own score'), score && scoreCell(voice, score.portal))}
${entry(say('همکاری', 'Cooperation'), voice.text(COOPERATION_NAMES[organization.cooperation]), approvalOf(voice, organization.extra))}
${entry(say('درگاه', 'Portal'), organization.portalUrl ? outward(organization.portalUrl) : say('نشانی شناخته‌ای ندارد', 'no address is known'))}
${entry(say('گزارش خطا', 'Fault'), failure && bdi(failure))}
${longEntry(say('دستگاه پیشین در رتبه‌بندی', 'Next above'), nextAbove(voice, data, report))}
</dl>${interval && markup`<p class="legend">${certainty}: ${voice.text(INTERVAL_SENTENCE)} ${resamplingSentence(voice)}</p>`}`;
}

/** By whom and when a status or a profile was approved, where the registry says it. */
function approvalOf(voice: Voice, { approved_by: by, approved_at: at }: Readonly<Record<string, string>>): Part {
  if (!by) return NONE;
  return markup` <span class="aside">(${voice.say('به تشخیص ', 'by ')}${bdi(by)}${at && [voice.say('، ', ', '), voice.day(at)]})</span>`;
}

/** The organization before it in the ranking, and whether that says anything. */
function nextAbove(voice: Voice, { organizations }: ReportData, own: OrganizationReport): Markup | null {
  const next = organizations[organizations.indexOf(own) - 1];
  const [mine, its] = [contender(own), next && contender(next)];
  if (!next || !mine || !its) return null;
  const share = voice.percent(separated(its.totals, mine.totals));
  const often = voice.say(`بالاتر در ${share} بازمحاسبه‌ها`, `above in ${share} of the computations`);
  const { organization } = next;
  return markup`<a href="../${organizationPath(organization.id)}">${named(voice, organization.names, organization.id)}</a>${voice.say('؛ ', ': ')}${voice.text(STANDING_NAMES[standing(mine, its)])} (${often})`;
}

/** null for one without a rank: it stands nowhere. */
const contender = ({ organization, score, totals, ranked }: OrganizationReport): Contender | null =>
  score && totals && ranked?.rank != null ? { organization: organization.id, total: score.total, totals } : null;

function gainsList(subject: Subject): Markup {
  const { voice, data, report, details } = subject;
  const { say, count, points } = voice;
  const gains = gainsOf(report, details.findings, data);
  if (gains.length === 0) return NONE;
  const titles = new Map(data.indicators.map((indicator) => [indicator.id, indicator]));
  return markup`<p class="note">${voice.text(GAIN_SENTENCE)}</p>
<ol class="gains">${gains.slice(0, GAINS).map(({ indicator, points: gain, fails, partials }) => {
    const info = titles.get(indicator);
    const counted = [fails > 0 && say(`${count(fails)} برآورده نشده`, `${count(fails)} fail`), partials > 0 && say(`${count(partials)} تا حدی`, `${count(partials)} partial`)].filter(Boolean).join(say('، ', ', ')); // prettier-ignore
    return markup`<li><b><bdi dir="ltr">+${points(gain)}</bdi></b> <a href="#${anchorOf(indicator)}">${info ? voice.text(info.title) : indicator}</a> <span class="aside">${info && [voice.text(STAGE_NAMES[info.stage]), say('؛ ', '; ')]}${info?.scope === 'portal' ? say('درگاه', 'portal') : counted}</span></li>`;
  })}</ol>`;
}

// ---------------------------------------------------------------- services

function servicesTable(subject: Subject): Markup {
  const { voice, report, leaves, numbers, separate } = subject;
  const { say, count } = voice;
  if (leaves.length === 0) return markup`<p>${say('این دستگاه در دفتر ثبت خدمتی ندارد؛ تنها درگاه آن داوری شده است.', 'The registry has no services of this organization; only its portal was judged.')}</p>`; // prettier-ignore
  const scores = new Map(report.score?.services.map((score) => [score.service, score]));
  const row = (service: Service): Markup => {
    const number = numbers.get(service.id);
    if (number === undefined) return markup`<tr class="band"><th colspan="${4 + STAGES.length}" scope="rowgroup">${named(voice, service.titles, service.id)}</th></tr>`;
    const score = scores.get(service.id);
    const title = named(voice, service.titles, service.id);
    return markup`<tr><td class="n" data-label="${say('شماره', 'No.')}">${bdi(count(number))}</td><th scope="row" class="name">${separate ? markup`<a href="../${servicePath(service.id)}">${title}</a>` : title}${serviceFlags(subject, service)}</th><td class="n total late" data-label="${say('امتیاز کل', 'Total')}">${scoreCell(voice, score?.total ?? null)}</td>${STAGES.map((stage) => markup`<td class="n late" data-label="${voice.text(STAGE_NAMES[stage])}">${scoreCell(voice, score?.stages[stage] ?? null)}</td>`)}<td class="n" data-label="${say('تعیین‌شده', 'Settled')}">${score ? voice.percent(score.total.resolved) : '–'}</td></tr>`;
  }; // prettier-ignore
  return markup`<div class="scroll"><table class="ranking cards services"><caption>${say('امتیاز هر خدمت از ۱۰۰. داوری‌های درگاه در امتیاز همه خدمت‌ها سهم دارد.', 'Score of each service, of 100. The portal’s verdicts have their part in all of them.')}</caption>
<thead><tr><th scope="col" class="n">${say('شماره', 'No.')}</th><th scope="col">${say('خدمت', 'Service')}</th><th scope="col" class="n">${say('امتیاز کل', 'Total')}</th>${STAGES.map((stage) => markup`<th scope="col" class="n">${voice.text(STAGE_NAMES[stage])}</th>`)}<th scope="col" class="n">${say('تعیین‌شده', 'Settled')}</th></tr></thead>
<tbody>${report.services.map(row)}</tbody></table></div>`;
}

function serviceFlags({ voice }: PageContext, { code: number, profile }: Service): Markup {
  const flags = profile.map((flag) => voice.text(PROFILE_NAMES[flag])).join(voice.say('، ', ', '));
  if (!number && !flags) return NONE;
  return markup`<span class="flag">${number && [voice.say('شناسه ', 'code '), bdi(voice.digits(number))]}${number && flags && ' · '}${flags}</span>`;
}

function servicePage(
  subject: Subject,
  service: Service,
  score: ServiceScore | null,
  findings: readonly Finding[],
): ReportFile {
  const { voice, report, data } = subject;
  const { say } = voice;
  const path = servicePath(service.id);
  const title = voice.text(service.titles) || service.id;
  const context = { ...subject, path };
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  const home = `../${organizationPath(report.organization.id)}`;
  const stages = STAGES.map((stage) => {
    const own = data.indicators.filter((indicator) => indicator.stage === stage && byRule.has(indicator.id));
    if (own.length === 0) return NONE;
    return stageSection(subject, stage, own.map((indicator) => findingDetails(context, byRule.get(indicator.id)!, anchorOf(indicator.id), markup`<h4 class="what">${voice.text(indicator.title)}</h4>`)));
  }); // prettier-ignore
  const others = otherFindings(subject, findings);
  return page(subject, {
    path,
    title,
    trail: [
      { href: '../index.html', name: say('رتبه‌بندی', 'Ranking') },
      { href: home, name: voice.text(report.organization.names) || report.organization.id },
    ],
    main: markup`<h1>${named(voice, service.titles, service.id)}</h1>
<dl class="facts head">
${entry(say('دستگاه', 'Organization'), markup`<a href="${home}">${named(voice, report.organization.names, report.organization.id)}</a>`)}
${entry(say('شناسه خدمت', 'Service code'), service.code && bdi(voice.digits(service.code)))}
${entry(say('صفحه خدمت', 'Page'), service.pageUrl && outward(service.pageUrl))}
${entry(say('سامانه', 'System'), service.systemUrl && outward(service.systemUrl))}
${entry(say('نمایه تأییدشده', 'Approved profile'), service.profile.map((flag) => voice.text(PROFILE_NAMES[flag])).join(say('، ', ', ')), service.profile.length > 0 && approvalOf(voice, service.extra))}
</dl>
${score && markup`<section aria-labelledby="stages"><h2 id="stages">${say('امتیاز مرحله‌ها', 'Scores of the stages')}</h2>${stageTable(subject, score, say('امتیاز این خدمت در هر مرحله', 'Score of this service in each stage'))}</section>`}
<section aria-labelledby="verdicts"><h2 id="verdicts">${say('داوری‌ها', 'Verdicts')}</h2>${tally(subject, findings)}<p class="note">${say('داوری‌های خود درگاه، که در امتیاز این خدمت نیز سهم دارد، در ', 'The portal’s own verdicts, which have their part in this score as well, are on ')}<a href="${home}#verdicts">${say('صفحه دستگاه', 'the page of the organization')}</a>${say(' آمده است.', '.')}</p>
${stages}${others.map((finding) => findingDetails(context, finding, anchorOf(finding.rule), markup`<h4 class="what">${code(finding.rule)}</h4>`))}</section>`,
  });
}

// ---------------------------------------------------------------- verdicts

/** Findings of rules that the catalogue of this edition does not name: shown all the same, without a stage. */
const otherFindings = ({ data }: PageContext, findings: readonly Finding[]): Finding[] =>
  findings.filter((finding) => !data.indicators.some(({ id }) => id === finding.rule));

function verdictsByIndicator(subject: Subject): Markup {
  const { data, details, byRule } = subject;
  if (details.findings.length === 0) return NONE;
  const others = otherFindings(subject, details.findings);
  return markup`${tally(subject, details.findings)}${STAGES.map((stage) => {
    const own = data.indicators.filter((indicator) => indicator.stage === stage && byRule.has(indicator.id));
    return own.length > 0 && stageSection(subject, stage, own.map((indicator) => indicatorEntry(subject, indicator)));
  })}${others.map((finding) => findingDetails(subject, finding, `${anchorOf(finding.rule)}-${fileName(finding.service ?? 'portal')}`, markup`<h4 class="what">${code(finding.rule)}</h4>`))}`;
} // prettier-ignore

function stageSection({ voice, data }: PageContext, stage: Stage, content: readonly Markup[]): Markup {
  const { say } = voice;
  return markup`<div class="stage"><h3 id="stage-${stage}">${voice.text(STAGE_NAMES[stage])} <span class="aside">${say('وزن مرحله', 'weight of the stage')} ${voice.percent(data.edition.stageWeights[stage] / 100)}</span></h3>${content}</div>`;
}

/** An indicator of the portal is one verdict; one of services is a tally, with every service behind it. */
function indicatorEntry(subject: Subject, indicator: IndicatorInfo): Markup {
  const { voice, byRule, separate, report } = subject;
  const findings = byRule.get(indicator.id)!;
  const id = anchorOf(indicator.id);
  const title = markup`<h4 class="what">${voice.text(indicator.title)}</h4>`;
  const [only] = findings;
  if (indicator.scope === 'portal' && findings.length === 1) return findingDetails(subject, only!, id, title);
  const names = new Map(report.services.map((service) => [service.id, service]));
  const content = separate
    ? byVerdict(subject, findings)
    : findings.map((finding) => {
        const service = names.get(finding.service ?? '');
        return findingDetails(subject, finding, `${id}-${fileName(finding.service ?? 'portal')}`, markup`<span class="what">${service ? named(voice, service.titles, service.id) : bdi(finding.service ?? '')}</span>`);
      }); // prettier-ignore
  return markup`<div class="group" id="${id}">${title}${content}</div>`;
}

function byVerdict({ voice, numbers, leaves }: Subject, findings: readonly Finding[]): Markup {
  const groups = groupBy(findings, ({ verdict }) => verdict);
  const quiet = (verdict: Verdict): boolean =>
    leaves.length > LINKED_SERVICES && (verdict === 'pass' || verdict === 'not-applicable');
  const line = (verdict: Verdict): Markup | false => {
    const own = groups.get(verdict);
    if (!own) return false;
    const links = own.map(({ service, rule }) => {
      const number = numbers.get(service ?? '');
      return number === undefined
        ? NONE
        : markup`<a href="../${servicePath(service!)}#${anchorOf(rule)}">${voice.count(number)}</a>`;
    });
    return markup`<li><span>${verdictMark(voice, verdict)} ${bdi(voice.count(own.length))}</span>${!quiet(verdict) && markup`<span class="numbers"><span class="hidden">${voice.say('خدمت‌های شماره', 'services no.')} </span>${links}</span>`}</li>`;
  };
  return markup`<ul class="by-verdict">${VERDICTS.map(line)}</ul>`;
}

function tally({ voice }: PageContext, findings: readonly Finding[]): Markup {
  const counts = countVerdicts(findings);
  return markup`${verdictBar(voice, counts, voice.say('داوری‌ها', 'Verdicts'))}<p class="tally">${VERDICTS.filter((verdict) => counts[verdict] > 0).map((verdict) => markup`<span>${verdictMark(voice, verdict)} ${bdi(voice.count(counts[verdict]))}</span> `)}</p>`;
} // prettier-ignore
