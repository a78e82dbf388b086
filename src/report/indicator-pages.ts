/** The pages about the method: how each indicator fares in the country, and how scores come about. */
import { STAGES, UNRESOLVED, VERDICTS, type EvidenceLevel, type Stage, type Text } from '../core/model.ts';
import { CERTAINTY } from '../core/uncertainty.ts';
import { noVerdicts, type IndicatorInfo } from './data.ts';
import { verdictBar, verdictMark } from './figures.ts';
import { anchorOf, bdi, code, entry, longEntry, page, sentence, type PageContext, type ReportFile } from './layout.ts';
import { markup, NONE, type Markup } from './markup.ts';
import { BAND_SENTENCE, BASIS_NAMES, INTERVAL_SENTENCE, LEVEL_NAMES, resamplingSentence, SCOPE_NAMES, STAGE_NAMES, STAGE_SENTENCES, VERDICT_NAMES, VERDICT_SENTENCES } from './words.ts'; // prettier-ignore

export function indicatorsPage(context: PageContext): ReportFile {
  const { data, voice } = context;
  const { say, count } = voice;
  const title = say('شاخص‌ها', 'Indicators');
  return page(context, {
    path: 'indicators.html',
    title,
    main: markup`<h1>${title}</h1>
<p class="lead">${say(`روش ${count(data.indicators.length)} شاخص دارد. برای هرکدام آمده است که در همه دستگاه‌ها و خدمت‌های این سنجش چه داوری‌هایی شد.`, `The method has ${count(data.indicators.length)} indicators. For each: the verdicts on all organizations and services of this audit.`)}</p>
${STAGES.map((stage) => stageTable(context, stage))}
<section aria-labelledby="rules"><h2 id="rules">${say('قاعده‌ها و پایان‌هایشان', 'Rules, and how they can end')}</h2>${STAGES.map((stage) => rulesOf(context, stage))}</section>`,
  });
}

function stageTable(context: PageContext, stage: Stage): Markup {
  const { data, voice } = context;
  const { say } = voice;
  const own = data.indicators.filter((indicator) => indicator.stage === stage);
  const name = voice.text(STAGE_NAMES[stage]);
  return markup`<section aria-labelledby="${stage}"><h2 id="${stage}">${name}</h2>
<p class="text">${voice.text(STAGE_SENTENCES[stage])}</p>
<div class="scroll"><table class="indicators cards" role="table"><caption>${say(`شمار داوری‌ها به تفکیک شاخص؛ وزن، درصدی از مرحله ${name} است`, `Verdicts by indicator; the weight is a percentage of the stage ${name}`)}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${say('شاخص', 'Indicator')}</th><th scope="col" role="columnheader" class="n">${say('وزن', 'Weight')}</th><td role="cell"></td>${VERDICTS.map((verdict) => markup`<th scope="col" role="columnheader" class="n">${verdictMark(voice, verdict)}</th>`)}</tr></thead>
<tbody role="rowgroup">${own.map((indicator) => indicatorRow(context, indicator))}</tbody></table></div></section>`;
}

function indicatorRow({ data, voice }: PageContext, indicator: IndicatorInfo): Markup {
  const { say, count } = voice;
  const counts = data.verdictsOf.get(indicator.id) ?? noVerdicts();
  const measured = data.rules.has(indicator.id);
  const title = voice.text(indicator.title);
  const scope = voice.text(SCOPE_NAMES[indicator.scope]);
  const cells = measured
    ? markup`<td class="graph" role="cell">${verdictBar(voice, counts, title)}</td>${VERDICTS.map((verdict) => markup`<td class="n ${counts[verdict] === 0 && 'zero'}" role="cell" data-label="${voice.text(VERDICT_NAMES[verdict])}">${count(counts[verdict])}</td>`)}`
    : markup`<td class="aside" role="cell" colspan="${1 + VERDICTS.length}">${say('هنوز سنجیده نمی‌شود؛ در هیچ امتیازی نیست', 'not measured yet; in no score')}</td>`;
  return markup`<tr role="row" id="${anchorOf(indicator.id)}"><th scope="row" role="rowheader" class="what">${measured ? markup`<a href="#rule-${anchorOf(indicator.id)}">${title}</a>` : title}<span class="flag">${scope} · ${code(indicator.id)}</span></th><td class="n" role="cell" data-label="${say('وزن', 'Weight')}">${count(data.edition.weights[indicator.id] ?? 0)}</td>${cells}</tr>`;
}

function rulesOf({ data, voice }: PageContext, stage: Stage): Markup {
  const { say, count } = voice;
  const own = data.indicators.filter((indicator) => indicator.stage === stage && data.rules.has(indicator.id));
  if (own.length === 0) return NONE;
  return markup`<div class="stage"><h3>${voice.text(STAGE_NAMES[stage])}</h3>${own.map((indicator) => {
    const rule = data.rules.get(indicator.id)!;
    const minimum: EvidenceLevel = data.edition.minEvidence[indicator.id] ?? 0;
    return markup`<details class="fold" id="rule-${anchorOf(indicator.id)}"><summary>${voice.text(indicator.title)}</summary><p class="text">${voice.text(rule.why)}</p><dl class="facts">${entry(say('قاعده', 'Rule'), code(rule.id), ` ${say('نسخه', 'version')} ${count(rule.version)}`)}${entry(say('شاهد لازم', 'Evidence needed'), bdi(`E${minimum}`), say('، ', ', '), voice.text(LEVEL_NAMES[minimum]))}${entry(say('منبع', 'Source'), bdi(rule.source))}</dl><ul class="endings">${Object.entries(rule.outcomes).map(([outcome, ending]) => markup`<li><span>${verdictMark(voice, ending.verdict)}</span><span>${sentence(voice, withoutValues(ending.text))} <span class="aside">${code(outcome)}</span></span></li>`)}</ul></details>`;
  })}</div>`;
} // prettier-ignore

/** What a rule will put in differs from finding to finding. */
const withoutValues = ({ fa, en }: Text): Text => ({
  fa: fa.replace(/\{\w+\}/g, '…'),
  en: en.replace(/\{\w+\}/g, '…'),
});

// ---------------------------------------------------------------- method

export function methodPage(context: PageContext): ReportFile {
  const { data, voice } = context;
  const { say, percent } = voice;
  const { edition } = data;
  const title = say('روش', 'Method');
  const half = percent(edition.partialValue);
  const floor = percent(edition.coverageFloor);
  const paragraphs = (id: string, name: string, ...sentences: readonly string[]): Markup =>
    markup`<section class="text" aria-labelledby="${id}"><h2 id="${id}">${name}</h2>${sentences.map((sentence) => markup`<p>${sentence}</p>`)}</section>`;
  return page(context, {
    path: 'method.html',
    title,
    main: markup`<h1>${title}</h1>
<p class="lead">${say('رصد صفحه‌های درگاه و خدمت‌های هر دستگاه را می‌بیند و ذخیره می‌کند؛ سپس تنها از روی آنچه ذخیره شده داوری می‌کند. همان صفحه‌ها و همان ویرایش روش، همیشه همان نتیجه را می‌دهد.', 'Rasad looks at the pages of each organization’s portal and services and stores them; then it judges from what is stored alone. The same pages and the same edition always give the same result.')}</p>
<section aria-labelledby="stages"><h2 id="stages">${say('مرحله‌ها و وزن‌ها', 'Stages and weights')}</h2>
<table><caption>${say('پنج جنبه هم‌عرض یک خدمت، نه پله‌های یک نردبان', 'Five parallel aspects of a service, not the steps of a ladder')}${say('؛ ویرایش', '; edition')} ${code(edition.id)}</caption><thead><tr><th scope="col">${say('مرحله', 'Stage')}</th><th scope="col">${say('پرسش', 'Question')}</th><th scope="col" class="n">${say('وزن', 'Weight')}</th><th scope="col" class="n">${say('شاخص‌ها', 'Indicators')}</th><th scope="col" class="n">${say('سنجیده', 'Measured')}</th></tr></thead>
<tbody>${STAGES.map((stage) => {
      const own = data.indicators.filter((indicator) => indicator.stage === stage);
      return markup`<tr><th scope="row">${voice.text(STAGE_NAMES[stage])}</th><td>${voice.text(STAGE_SENTENCES[stage])}</td><td class="n">${percent(edition.stageWeights[stage] / 100)}</td><td class="n">${voice.count(own.length)}</td><td class="n">${voice.count(own.filter(({ id }) => data.rules.has(id)).length)}</td></tr>`;
    })}</tbody></table></section>
<section aria-labelledby="words"><h2 id="words">${say('واژه‌های داوری', 'The words of a verdict')}</h2><dl class="words">${VERDICTS.map((verdict) => markup`<dt>${verdictMark(voice, verdict)}</dt><dd>${voice.text(VERDICT_SENTENCES[verdict])}</dd>`)}</dl></section>
${paragraphs(
  'scores', say('از داوری تا امتیاز', 'From verdicts to scores'),
  say(`برآورده یک، تا حدی ${half} و برآورده نشده صفر می‌ارزد. در هر مرحله، شاخص‌های درگاه و شاخص‌های خدمت دو بخش با وزن ثابت‌اند؛ آنچه برای خدمتی موضوعیت ندارد تنها از مخرج بخش خود کنار می‌رود.`, `A pass is worth one, a partial ${half}, a fail nothing. In each stage the portal’s indicators and the service’s are two blocks of fixed weight; what is not applicable leaves the denominator of its own block only.`),
  say('امتیاز خدمت، جمع وزن‌دار مرحله‌های آن است. امتیاز دستگاه، میانگین ساده خدمت‌هایش است و هر خدمت یک رأی دارد. امتیازها تا دو رقم اعشار چاپ می‌شود، ولی رتبه از عدد گردنشده به دست می‌آید.', 'A service’s score is the weighted sum of its stages. An organization’s is the plain mean of its services, each counting once. Scores print with two decimals; the order uses the unrounded number.'),
)}
${paragraphs(
  'intervals', say('بازه‌ها و گروه‌ها', 'Intervals and groups'),
  say(`داوری باز (${open(context)}) هرگز صفر نمی‌شود. بازه امتیاز می‌گوید اگر همه داوری‌های باز منفی شود تا اگر همه مثبت شود امتیاز کجا خواهد بود. اگر کمتر از ${floor} وزن تعیین شده باشد، امتیاز داده نمی‌شود و تنها بازه می‌آید.`, `An open verdict (${open(context)}) never becomes a zero. The range of a score goes from all open verdicts failing to all of them passing. When less than ${floor} of the weight is settled, the score is withheld and only its range is given.`),
  `${voice.text(INTERVAL_SENTENCE)} ${resamplingSentence(voice)}`,
  say(`بازه رتبه، جای دستگاه در میان دستگاه‌های امتیازدار در ${percent(CERTAINTY)} همین محاسبه‌هاست؛ دستگاه بی‌امتیاز در آن شمرده نمی‌شود. دستگاه به گروه دستگاه پیش از خود می‌پیوندد، مگر آنکه دست‌کم نیم امتیاز، و در ${percent(CERTAINTY)} محاسبه‌ها، از نخستین دستگاه آن گروه پایین‌تر باشد: ${BAND_SENTENCE.fa}. امتیازی که داده نشد در هیچ گروهی نیست.`, `The interval of a rank is the place among the organizations with a score in ${percent(CERTAINTY)} of these computations; one without a score is not counted. An organization joins the group of the one before it unless it is half a point or more below the first of that group, and below it in ${percent(CERTAINTY)} of the computations: ${BAND_SENTENCE.en}. One whose score is withheld is in no group.`),
)}
${paragraphs(
  'blocked', say('«بازدید نشد» یعنی چه', 'What “blocked” means'),
  say('گاهی سایت راه نمی‌دهد، پاسخ نمی‌رسد، یا robots.txt نمی‌خواهد که بیاییم. این‌ها درباره خدمت چیزی نمی‌گوید؛ پس داوری باز می‌ماند و امتیاز بازه می‌گیرد. «برآورده نشده» تنها وقتی نوشته می‌شود که همه جاهای لازم خوانده شده باشد، و فهرست آن جاها کنار داوری است.', 'Sometimes a site refuses, no answer comes, or robots.txt asks us to stay away. That says nothing of the service, so the verdict stays open and the score has a range. “Fail” is written only when every place that had to be searched was read, and those places are listed with it.'),
  say('رصد وارد حساب کسی نمی‌شود، فرمی نمی‌فرستد، رأی نمی‌دهد و صفحه پرداخت را باز نمی‌کند. آنچه تنها پس از ورود دیده می‌شود «پشت ورود» است.', 'Rasad never logs in, submits a form, votes or opens a payment page. What can be seen only after a log-in is “not visible”.'),
)}
<section aria-labelledby="evidence"><h2 id="evidence">${say('شاهد و اطمینان', 'Evidence and confidence')}</h2><dl class="words">${([0, 1, 2, 3, 4] as const).map((level) => markup`<dt>${bdi(`E${level}`)}</dt><dd>${voice.text(LEVEL_NAMES[level])}</dd>`)}</dl>
<div class="text"><p>${say('برای هر شاخص، ویرایش روش کمترین سطح شاهد را تعیین می‌کند؛ یک سطح پایین‌تر، «تا حدی» است.', 'For each indicator the edition sets the evidence that a pass needs; one level less is a partial.')}</p><p>${say(`اطمینان، احتمال آن است که ارزیابی آموزش‌دیده همین را بگوید. اگر «${voice.text(BASIS_NAMES.prior)}» نوشته شده، هنوز از نمونه‌ها به دست نیامده است.`, `Confidence is the probability that a trained evaluator says the same. Where it says “${voice.text(BASIS_NAMES.prior)}”, it does not come from cases yet.`)}</p></div></section>
<section aria-labelledby="digests"><h2 id="digests">${say('برای بازساختن این گزارش', 'To make this report again')}</h2><dl class="facts">${entry(say('سنجش', 'Audit'), code(data.audit.id))}${entry(say('ویرایش', 'Edition'), code(edition.id))}${longEntry(say('دفتر ثبت', 'Registry'), code(data.audit.registryDigest))}${longEntry(say('قاعده‌ها', 'Rules'), code(data.audit.rulesDigest))}${longEntry(say('پیکربندی', 'Configuration'), code(data.audit.configDigest))}</dl></section>`,
  });
} // prettier-ignore

const open = ({ voice }: PageContext): string =>
  UNRESOLVED.map((verdict) => voice.text(VERDICT_NAMES[verdict])).join(voice.say('، ', ', '));
