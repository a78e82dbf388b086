import { spotOfNode, spotOfRun } from '../../src/core/look.ts';
import { heldShare, similarity, titleOf } from '../../src/core/similarity.ts';
import { LIKE_TITLE } from '../../src/core/site-view.ts';
import { says } from '../lexicon/says.ts';
import { choiceSays, choicesOf, type Choice } from '../choices.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  firstNamed,
  isContent,
  pageOf,
  partial,
  pass,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { follow, ownLinks } from '../follow.ts';
import { isOwnLine } from '../topics.ts';

/** What is rated when the words do not say it: the article of a content system. */
const ARTICLE =
  /این (?:مطلب|خبر|نوشته|مقاله|صفحه خبری)|به (?:مطلب|خبر|نوشته|مقاله)|\b(?:this|the) (?:article|post|news|story)\b|\b(?:questo|quest) ?'?(?:articolo|notizia|post)\b|questa notizia/;
const SERVICE = /خدمت|خدمات|\bservices?\b|\bserviz[io]\b/;
const STARS =
  /(?:^|[\s_-])(?:rating|star-?ratings?|stars?-?rate|rateit|rateyo|raty|jq-?stars|br-widget|stars?|d?rate)(?:[\s_-]|$)/;
const STAR = /(?:^|[\s_-])stars?(?:[\s_-]|$)/;
/** Stars drawn as letters. */
const DRAWN_STARS = /(?:[★☆⭐✩✭]\s*){3}/;
const MIN_STARS = 3;
/** Grades by which one says how something was. */
const GRADE =
  /^(?:خیلی |بسیار |کاملا |تا حدی |نسبتا )?(?:خوب|بد|عالی|متوسط|ضعیف|راضی|ناراضی|اسان|سخت|دشوار|زیاد|کم|خیلی|تا حدی|نه|بله|اری|خیر|مناسب|نامناسب|مفید|بسیار|میانه|معمولی|کمی|اصلا|هرگز|همیشه|good|bad|poor|fair|excellent|average|easy|hard|difficult|so-so|ok|okay|satisfied|dissatisfied|unsatisfied|yes|no|neither|helpful|unhelpful|very \w+|not \w+|buono|ottimo|scarso|sufficiente|facile|difficile|si|[1-5](?: ?(?:ستاره|stars?|stelle))?)$/;
const RATING_NAME = /rat(?:e|ing)\b|stars?\b|useful|helpful|satisf|rezayat|emtiaz|score|csat/i;
/** Lines after a question in which its answers stand as buttons or links. */
const REACH = 3;

interface Widget {
  readonly proof: Shown;
  /** Folded words of the question, '' for bare stars. */
  readonly question: string;
  /** Stars of which no words say what they are for, as content systems put them under every text. */
  readonly isBare?: boolean;
  /** How other pages would carry the same widget. */
  readonly mark: string;
}

export default defineServiceRule({
  id: 'participation/service-rating',
  version: 1,
  why: {
    fa: 'کسی که خدمت را گرفته بهتر از هر کس می‌داند چگونه بود؛ باید همان‌جا از او پرسید.',
    en: 'Who received the service knows best how it was, and should be asked on the spot.',
  },
  source: 'catalogue 63; report: feedback on services',
  needs: ['service-page'],
  seeks: ['rating', 'poll'],
  outcomes: {
    own: pass(
      'در صفحه خدمت می‌توان به آن امتیاز داد: «{question}».',
      'The service can be rated on its page: "{question}".',
    ),
    survey: pass(
      'نظرسنجی همین خدمت از صفحه آن باز می‌شود: «{question}».',
      'A survey of this very service opens from its page: "{question}".',
    ),
    article: partial(
      'امتیاز صفحه درباره نوشته است و نه خدمت: «{question}».',
      'What is rated is the text and not the service: "{question}".',
    ),
    everyPage: partial(
      'همین امتیازدهی در صفحه‌هایی که خدمت نیستند هم هست: «{question}».',
      'The same rating stands on pages that are no service as well: "{question}".',
    ),
    bare: partial(
      'ستاره‌های صفحه نمی‌گویند چه چیز را می‌سنجند: «{question}».',
      'The stars on the page do not say what they rate: "{question}".',
    ),
    general: partial(
      'صفحه خدمت تنها به نظرسنجی کلی درگاه پیوند دارد: «{question}».',
      'The page of the service links only to a general survey: "{question}".',
    ),
    behindLogin: unclear(
      'امتیازدهی پس از ورود نمایش داده می‌شود: «{question}».',
      'The rating shows only after logging in: "{question}".',
    ),
    dead: fail('پیوند نظرسنجی به جایی نمی‌رسد: «{question}».', 'The link to the survey leads nowhere: "{question}".'),
    nothing: fail(
      'در صفحه خدمت راهی برای امتیازدهی یا نظرسنجی نیست.',
      'The page of the service offers no rating and no survey.',
    ),
    unlooked: blocked(
      'پیوند «{question}» هست ولی مقصد آن برای ما خوانده نشد ({why}).',
      'The link "{question}" is there, but its target could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const seen = pageOf(view.page);
    if (!seen) return conclude.nothing();
    const told = (proof: Shown): { proofs: Shown[]; values: { question: string } } => ({
      proofs: [proof],
      values: { question: shorten(proof.spot.quote) },
    });
    const isOfOther = ({ question }: Widget): boolean =>
      question !== '' &&
      view.site.services.some((other) => other !== view && heldShare(other.title, titleOf(question).words, 2) === 1);
    const widgets = [
      ...choiceWidgets(view, seen),
      ...selectWidgets(view, seen),
      ...starWidgets(seen),
      ...buttonWidgets(view, seen),
    ].filter((widget) => !isOfOther(widget));
    const named = widgets.find(({ question }) => namesService(view, question));
    if (named) return conclude.own(told(named.proof));
    const alone = widgets.find(
      (widget) => isAsking(widget) && !ARTICLE.test(widget.question) && !isElsewhere(view, widget),
    );
    if (alone) return conclude.own(told(alone.proof));

    const links = follow(view.site, [seen], ['rating', 'poll'], { ...ownLinks(view), kinds: ['link'] });
    // a button may open what is not on the page yet
    const button = firstNamed([seen], 'rating', { kinds: ['button'], regions: ['main', 'body', 'aside'] });
    const survey = links.pages.find(({ proof, target }) => isPreselected(view, proof, target));
    if (survey) return conclude.survey(told(survey.proof));
    if (widgets[0] && !isAsking(widgets[0]) && !ARTICLE.test(widgets[0].question) && !isElsewhere(view, widgets[0]))
      return conclude.bare(told(widgets[0].proof));
    if (widgets[0])
      return ARTICLE.test(widgets[0].question)
        ? conclude.article(told(widgets[0].proof))
        : conclude.everyPage(told(widgets[0].proof));
    if (links.pages[0]) return conclude.general(told(links.pages[0].proof));
    if (links.unlooked) {
      const { proof, why } = links.unlooked;
      // a survey whose address names the service shows by itself what it is about
      if (why === 'not-looked' && isPreselected(view, proof, null))
        return conclude.survey({ ...told(proof), level: 1 });
      return conclude.unlooked({ proofs: [proof], values: { question: shorten(proof.spot.quote), why } });
    }
    const ofFrame = framedWidget(view, seen);
    if (ofFrame && !isOfOther(ofFrame))
      return ARTICLE.test(ofFrame.question)
        ? conclude.article(told(ofFrame.proof))
        : conclude.everyPage(told(ofFrame.proof));
    const hidden = afterLogin(view, seen);
    if (hidden) return conclude.behindLogin(told(hidden));
    if (button)
      return conclude.unlooked({ proofs: [button], values: { question: shorten(button.spot.quote), why: 'button' } });
    const dead = links.gone?.proof ?? links.dead;
    return dead ? conclude.dead(told(dead)) : conclude.nothing();
  },
});

const isAsking = ({ isBare }: Widget): boolean => isBare !== true;

function choiceWidgets(view: ServiceSubject, seen: Seen): Widget[] {
  return (
    choicesOf(seen)
      .filter(
        (choice) =>
          isContent(choice.region) &&
          (choiceSays(choice, 'rating') || RATING_NAME.test(choice.fields[0]!.name) || isGraded(view, seen, choice)),
      )
      // what stands around every page is a poll of the portal
      .filter(
        ({ question }) =>
          question === null || !view.site.isFrame(question.folded) || namesService(view, question.folded),
      )
      .map((choice) => ({
        proof: { seen, spot: choice.spot },
        question: choice.question?.folded ?? '',
        mark: markOf(choice),
      }))
  );
}

/** A question of its own whose answers are grades: a form that asks who one is asks for something else. */
function isGraded(view: ServiceSubject, { page }: Seen, { question, fields }: Choice): boolean {
  const { form } = fields[0]!;
  return (
    question !== null &&
    /[?؟]/.test(question.folded) &&
    !says(question.folded, 'site-looks') &&
    !view.site.isFrame(question.folded) &&
    !pageOf(view.site.home)?.page.runs.some(({ folded }) => folded === question.folded) &&
    fields.every(({ folded }) => GRADE.test(folded.trim())) &&
    !page.fields.some(
      (field) => form >= 0 && field.form === form && !['radio', 'checkbox', 'textarea', 'hidden'].includes(field.type),
    )
  );
}

/** A list of grades under words that ask for one. */
function selectWidgets({ site }: ServiceSubject, seen: Seen): Widget[] {
  const { page } = seen;
  return page.fields.flatMap((field) => {
    if (field.type !== 'select' || field.disabled || !isContent(field.region)) return [];
    const lines = [page.runs[field.at], page.runs[field.at - 1]];
    const line = lines.find((run) => run && isOwnLine(site, run) && says(run.folded, 'rating'));
    if (!line && !says(field.folded, 'rating')) return [];
    const question = line?.folded ?? field.folded;
    return [{ proof: { seen, spot: spotOfNode(field.node, line?.text ?? field.label) }, question, mark: question }];
  });
}

/** The answers by which the same question is known on another page, whatever it is called there. */
const markOf = ({ fields }: Choice): string =>
  fields.map(({ name, folded }) => `${name.split(' ')[0]} ${folded}`).join('|');

/** Stars: an element that is called so and holds, or stands beside, something to click. */
function starWidgets(seen: Seen): Widget[] {
  const { page } = seen;
  const out: Widget[] = [];
  for (const { tokens, tag, at, region, node, label } of page.marked) {
    if (!STARS.test(tokens) || !isContent(region) || tag === 'i' || tag === 'svg') continue;
    const clickable =
      page.links.some((link) => link.at >= at && link.at <= at + 1) ||
      page.buttons.some((button) => button.at >= at && button.at <= at + 1) ||
      page.fields.some((field) => field.at >= at && field.at <= at + 1);
    const run = page.runs[at];
    const isDrawn =
      page.marked.filter((other) => other.at === at && STAR.test(other.tokens)).length >= MIN_STARS ||
      (run !== undefined && DRAWN_STARS.test(run.text));
    if (!clickable && !isDrawn) continue;
    const question = run?.folded ?? label;
    out.push({
      proof: { seen, spot: run ? { ...spotOfRun(page, at), node } : spotOfNode(node, label || tokens.trim()) },
      question,
      isBare: !/[?؟]/.test(question) && !SERVICE.test(question),
      mark: tokens.trim(),
    });
  }
  return out;
}

/** Pictures of stars that make a scale. */
const STAR_PICTURES = 3;

/** What the template puts below every text, which rates the text and no service. */
function framedWidget(view: ServiceSubject, seen: Seen): Widget | null {
  const { page } = seen;
  const choice = choicesOf(seen).find(
    (candidate) =>
      isContent(candidate.region) && (choiceSays(candidate, 'rating') || RATING_NAME.test(candidate.fields[0]!.name)),
  );
  if (choice)
    return { proof: { seen, spot: choice.spot }, question: choice.question?.folded ?? '', mark: markOf(choice) };
  const [button] = buttonWidgets(view, seen, true);
  if (button) return button;
  const stars = page.images.filter(({ src, region }) => isContent(region) && /star|rate|rating/i.test(src));
  const line = stars.length >= STAR_PICTURES ? page.runs[stars[0]!.at] : undefined;
  return line && says(line.folded, 'rating')
    ? { proof: { seen, spot: spotOfNode(stars[0]!.node, line.text) }, question: line.folded, mark: line.folded }
    : null;
}

/** "Was this useful?" with two and more short buttons or links to answer it; on the frame of the pages too, when asked. */
function buttonWidgets({ site }: ServiceSubject, seen: Seen, ofFrame = false): Widget[] {
  const { page } = seen;
  const out: Widget[] = [];
  for (const hit of page.hits.get('rating') ?? []) {
    if (hit.source !== 'run' || hit.strength === 'weak') continue;
    const run = page.runs[hit.index]!;
    if ((!ofFrame && !isOwnLine(site, run)) || run.link >= 0) continue;
    const answers = [...page.buttons, ...page.links].filter(
      ({ at, folded, region }) =>
        at >= hit.index && at <= hit.index + REACH && folded.length > 0 && folded.length <= 14 && isContent(region),
    );
    if (answers.length >= 2)
      out.push({ proof: { seen, spot: spotOfRun(page, hit.index, hit) }, question: run.folded, mark: run.folded });
  }
  return out;
}

function namesService({ title, service }: ServiceSubject, question: string): boolean {
  if (question === '') return false;
  const { words } = titleOf(question);
  if (service.code !== null && question.includes(service.code)) return true;
  if (heldShare(title, words) === 1) return true;
  return (
    SERVICE.test(question) &&
    !ARTICLE.test(question) &&
    /این خدمت|این سرویس|از خدمت|\bthis service\b|questo servizio/.test(question)
  );
}

/** Do pages of the portal that belong to no service carry the widget too? */
function isElsewhere(view: ServiceSubject, { mark }: Widget): boolean {
  const { site } = view;
  const ofServices = new Set(site.services.flatMap(({ page, system }) => [pageOf(page), pageOf(system)]));
  return site.pages.some(
    (seen) =>
      !ofServices.has(seen) &&
      !site.catalogues.includes(seen) &&
      (seen.page.runs.some(({ folded }) => folded === mark) ||
        seen.page.marked.some(({ tokens }) => tokens.trim() === mark) ||
        choicesOf(seen).some((choice) => markOf(choice) === mark)),
  );
}

/** Is the survey about this service: by its address, or by what its page says? */
function isPreselected({ title, service }: ServiceSubject, { spot }: Shown, target: Seen | null): boolean {
  const { code } = service;
  if (
    code !== null &&
    (spot.link?.url?.includes(code) || target?.page.runs.some(({ folded }) => folded.includes(code)))
  )
    return true;
  return (
    target?.page.runs.some(
      (run) => isContent(run.region) && run.folded.length < 200 && similarity(titleOf(run.text), title) >= LIKE_TITLE,
    ) ?? false
  );
}

function afterLogin({ site }: ServiceSubject, seen: Seen): Shown | null {
  const { page } = seen;
  for (const concept of ['rating', 'poll', 'feedback', 'comment'] as const) {
    for (const hit of page.hits.get(concept) ?? []) {
      if (hit.source !== 'run' || hit.strength === 'weak') continue;
      const run = page.runs[hit.index]!;
      if (
        isOwnLine(site, run) &&
        /وارد (?:شوید|شده|سامانه شوید|حساب)|لاگین|\b(?:log|sign) ?in\b|\bacced(?:i|ere)\b/.test(run.folded)
      )
        return { seen, spot: spotOfRun(page, hit.index, hit) };
    }
  }
  return null;
}
