/** What the codes of the model are called on paper, in both languages. Codes that are not known print as they are. */
import type { CheckId, EditionBasis, HistoricService, ScoreStatus } from '../core/history.ts';
import type { ReviewReason } from '../core/review.ts';
import type {
  Cause,
  Cooperation,
  EvidenceLevel,
  FetchOutcome,
  Goal,
  Profile,
  Role,
  Scope,
  SkipReason,
  Stage,
  Text,
  Verdict,
} from '../core/model.ts';
import type { PersonState, Role as PersonRole } from '../core/person.ts';
import type { Standing } from '../core/rank.ts';
import type { RoundState } from '../core/round.ts';
import { CAUSES, detailText, placeText, REFUSALS } from '../core/searched-words.ts';
import { REPLICATES } from '../core/uncertainty.ts';
import type { Unranked } from './data.ts';
import type { Voice } from './voice.ts';

const text = (fa: string, en: string): Text => ({ fa, en });

export const STAGE_NAMES: Readonly<Record<Stage, Text>> = {
  presence: text('حضور در وب', 'Presence'),
  interaction: text('تعاملی', 'Interaction'),
  transaction: text('تراکنشی', 'Transaction'),
  integration: text('یکپارچگی', 'Integration'),
  participation: text('مشارکتی', 'Participation'),
};

export const STAGE_SENTENCES: Readonly<Record<Stage, Text>> = {
  presence: text(
    'آیا خدمت و شرایط آن در وب پیدا و خواندنی است؟',
    'Can the service and its conditions be found and read on the web?',
  ),
  interaction: text(
    'آیا درخواست‌کننده می‌تواند فرم را برخط پر کند و راهنمایی بگیرد؟',
    'Can an applicant fill in a form online and get help?',
  ),
  transaction: text(
    'آیا خدمت از درخواست تا پرداخت و نتیجه، بدون مراجعه انجام می‌شود؟',
    'Can the service be completed without a visit, from request to payment and result?',
  ),
  integration: text(
    'آیا خدمت با دستگاه‌های دیگر و پنجره‌های ملی پیوند دارد؟',
    'Is the service joined to other agencies and to the national windows?',
  ),
  participation: text(
    'آیا مردم می‌توانند نظر بدهند، و پاسخ را ببینند؟',
    'Can people say what they think, and see an answer?',
  ),
};

/** What an indicator is judged on. */
export const SCOPE_NAMES: Readonly<Record<Scope, Text>> = {
  portal: text('درگاه', 'portal'),
  service: text('خدمت', 'service'),
};

export const GOAL_NAMES: Readonly<Record<Goal, Text>> = {
  inclusiveness: text('فراگیری', 'inclusiveness'),
  effectiveness: text('اثربخشی', 'effectiveness'),
  accountability: text('پاسخگویی', 'accountability'),
  transparency: text('شفافیت', 'transparency'),
  trustworthiness: text('قابلیت اطمینان', 'trustworthiness'),
};

export const VERDICT_NAMES: Readonly<Record<Verdict, Text>> = {
  pass: text('برآورده', 'Pass'),
  partial: text('تا حدی', 'Partial'),
  fail: text('برآورده نشده', 'Fail'),
  'not-applicable': text('موضوعیت ندارد', 'Not applicable'),
  unclear: text('نیازمند داوری', 'Unclear'),
  'not-visible': text('پشت ورود', 'Not visible'),
  blocked: text('بازدید نشد', 'Blocked'),
  error: text('خطای رصد', 'Error'),
};

export const VERDICT_SENTENCES: Readonly<Record<Verdict, Text>> = {
  pass: text('با شاهدی که لازم است دیده شد؛ تمام امتیاز شاخص.', 'Seen, with the evidence that it needs; all of the indicator’s points.'),
  partial: text('بخشی از آن دیده شد؛ نیمی از امتیاز شاخص.', 'A part of it was seen; half of the indicator’s points.'),
  fail: text('همه جاهایی که باید، خوانده شد و چیزی یافت نشد؛ صفر.', 'Every place that had to be searched was read, and it is not there; zero.'),
  'not-applicable': text('برای این خدمت معنا ندارد؛ از مخرج کنار می‌رود.', 'Has no meaning for this service; it leaves the denominator.'),
  unclear: text('شاهدی هست که ماشین نباید درباره‌اش تصمیم بگیرد؛ امتیاز باز می‌ماند.', 'There is evidence that a machine should not decide on; the score stays open.'),
  'not-visible': text('پاسخ پشت ورود کاربر است و رصد هرگز وارد نمی‌شود؛ امتیاز باز می‌ماند.', 'The answer lies behind a log-in, and Rasad never logs in; the score stays open.'),
  blocked: text('نتوانستیم نگاه کنیم: سایت نپذیرفت، پاسخ نداد یا نخواست؛ امتیاز باز می‌ماند و هرگز صفر نمی‌شود.', 'We could not look: the site refused, did not answer, or asked us not to; the score stays open and never becomes a zero.'),
  error: text('خطای خود رصد؛ امتیاز باز می‌ماند.', 'A fault of Rasad itself; the score stays open.'),
}; // prettier-ignore

export const LEVEL_NAMES: Readonly<Record<EvidenceLevel, Text>> = {
  0: text('در متن ادعا شده', 'claimed in text'),
  1: text('دیده شد', 'visible'),
  2: text('به مقصد رسید', 'reached'),
  3: text('کارکرد آن آزموده شد', 'works'),
  4: text('به گواهی انسان', 'attested by a person'),
};

export const BASIS_NAMES: Readonly<Record<'prior' | 'measured', Text>> = {
  prior: text('برآورد پیشین، هنوز سنجیده نشده', 'a prior estimate, not measured yet'),
  measured: text('سنجیده بر نمونه‌های داوری‌شده', 'measured on labelled cases'),
};

export const REVIEW_NAMES: Readonly<Record<ReviewReason, Text>> = {
  open: text('باز: داوری آن با انسان است', 'open: a person has to decide'),
  unmeasured: text('درستی این قاعده هنوز به اندازه کافی سنجیده نشده', 'too few cases tell how often the rule is right'),
  unsure: text('این قاعده در چنین حکمی گاه خطا می‌کند', 'the rule is sometimes wrong when it says this'),
};

export const COOPERATION_NAMES: Readonly<Record<Cooperation, Text>> = {
  cooperative: text('همکار', 'Cooperative'),
  'visible-only': text('تنها بر پایه آنچه دیده می‌شود', 'Judged by what is visible only'),
  'excluded-no-list': text('بدون فهرست خدمات', 'No list of services'),
  withdrawn: text('انصراف‌داده', 'Withdrawn'),
  unreachable: text('دسترس‌ناپذیر', 'Unreachable'),
};

export const ROUND_STATE_NAMES: Readonly<Record<RoundState, Text>> = {
  open: { fa: 'در حال گردآوری', en: 'open' },
  reviewing: { fa: 'در حال بازبینی', en: 'reviewing' },
  preview: { fa: 'پیش‌نمایش برای دستگاه‌ها', en: 'preview' },
  published: { fa: 'منتشرشده', en: 'published' },
};

export const UNRANKED_SENTENCES: Readonly<Record<Unranked, Text>> = {
  withdrawn: text('به درخواست خود در این سنجش شرکت نکرده است.', 'Does not take part, at its own request.'),
  'excluded-no-list': text('فهرست خدمات نداده و فهرستی هم نمی‌شد بازسازی کرد.', 'Gave no list of its services, and none could be put together.'),
  unreachable: text('در بیش از نیمی از مراجعه‌ها پاسخ نداد.', 'Did not answer in more than half of the attempts.'),
  'not-in-audit': text('در این سنجش از رصد خواسته نشده بود.', 'Was not asked for in this audit.'),
  'no-result': text('سنجش آن به نتیجه نرسید؛ این کوتاهی رصد است و نه نمره دستگاه.', 'Its audit came to no result; that is a failure of Rasad and not a score of the organization.'),
}; // prettier-ignore

/** What the interval of a score is. */
export const INTERVAL_SENTENCE: Text = text(
  'امتیازی که یک ارزیاب آموزش‌دیده، اگر همه‌چیز را می‌دید، می‌داد با اطمینان ۹۵ درصد در این بازه است؛ خطای سنجیده هر قاعده (و تا سنجیده نشده، خطای برآوردی آن) و آنچه هنوز باز است به حساب آمده است.',
  'With 95% certainty the score of a trained evaluator who sees everything lies here, given the measured error of each rule (the expected one, until it is measured) and what is unresolved.',
);

/** How it was found. */
export const resamplingSentence = ({ say, count }: Voice): string =>
  say(
    `برای یافتن آن، امتیاز ${count(REPLICATES)} بار از نو حساب شد و هر بار خطاها و داوری‌های باز به قید قرعه تعیین شد.`,
    `To find it the score was computed anew ${count(REPLICATES)} times, with errors and open verdicts drawn by lot each time.`,
  );

/** What a group is. */
export const BAND_SENTENCE: Text = text(
  'دستگاه‌های یک گروه را نمی‌توان از نخستین آن‌ها متمایز دانست',
  'those of one group cannot be told apart from its first',
);

/** What the points beside an indicator under "what would raise the score most" are. */
export const GAIN_SENTENCE: Text = text(
  'اگر آنچه از یک شاخص برآورده نشده یا تنها تا حدی برآورده شده است برآورده می‌شد، کران پایین امتیاز کل این اندازه بالاتر می‌رفت.',
  'By how much the lower end of the total would rise, if what fails or is met in part of an indicator were met.',
);

/** How the organization that is spoken of stands to one that was just named. */
export const STANDING_NAMES: Readonly<Record<Standing, Text>> = {
  above: text('پایین‌تر از این دستگاه است', 'it is below this one'),
  below: text('بالاتر از این دستگاه است', 'it is above this one'),
  alike: text('این دو را نمی‌توان از هم متمایز دانست', 'the two cannot be told apart'),
};

export const PROFILE_NAMES: Readonly<Record<Profile, Text>> = {
  INFO: text('تنها اطلاع‌رسانی', 'information only'),
  PUSH: text('به تشخیص دستگاه آغاز می‌شود', 'begun by the agency'),
  G2G: text('میان دستگاه‌ها', 'between agencies'),
  G2B: text('برای کسب‌وکارها', 'for businesses'),
  PHYSICAL: text('خروجی فیزیکی', 'physical result'),
  ANON: text('بی‌نیاز از شناسایی', 'needs no identification'),
  NOFEE: text('رایگان', 'free of charge'),
};

export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  robots: text('پرونده robots.txt', 'robots.txt'),
  'missing-probe': text('نشانی ساختگی، برای شناختن پاسخ «یافت نشد»', 'made-up address, to learn how “not found” looks'),
  portal: text('صفحه نخست درگاه', 'home page of the portal'),
  service: text('صفحه خدمت', 'page of a service'),
  system: text('سامانه خدمت', 'system of a service'),
  login: text('صفحه ورود', 'log-in page'),
  page: text('صفحه‌ای دیگر', 'another page'),
  target: text('مقصد پیوند', 'target of a link'),
  'plain-http': text('درگاه بدون TLS', 'portal without TLS'),
  search: text('نتیجه جستجوی درگاه', 'result of the portal’s search'),
  probe: text('سنجش دوباره دسترسی', 'repeated look whether it answers'),
};

export const PERSON_ROLE_NAMES: Readonly<Record<PersonRole, Text>> = {
  operator: text('راهبر', 'operator'),
  senior: text('ارزیاب ارشد', 'senior evaluator'),
  evaluator: text('ارزیاب', 'evaluator'),
  organization: text('نماینده دستگاه', 'organization'),
  reader: text('بیننده', 'reader'),
};

export const PERSON_STATE_NAMES: Readonly<Record<PersonState, Text>> = {
  active: text('فعال', 'active'),
  invited: text('بی‌گذرواژه', 'no password yet'),
  disabled: text('غیرفعال', 'disabled'),
};

/** How it is known which stage weights a published round followed. */
export const EDITION_BASIS_NAMES: Readonly<Record<EditionBasis, Text>> = {
  stated: text('به گفته خود آن', 'it says so'),
  proven: text('عددهایش آن را ثابت می‌کنند', 'its numbers prove it'),
  likely: text('به احتمال زیاد', 'most likely'),
  unknown: text('نامعلوم', 'not known'),
};

/** How far a published number can be trusted. */
export const SCORE_STATUS_NAMES: Readonly<Record<ScoreStatus, Text>> = {
  printed: text('همان که چاپ شده', 'as printed'),
  corrected: text('اصلاح‌شده', 'corrected'),
  unreliable: text('نامطمئن', 'not reliable'),
  missing: text('بی‌عدد', 'no number'),
};

export const SCORE_STATUS_SENTENCES: Readonly<Record<ScoreStatus, Text>> = {
  printed: text('عدد همان است که منتشر شده.', 'The number is as it was published.'),
  corrected: text('چاپ نادرست است و عدد درست از عددهای دیگر به دست می‌آید؛ همان به کار رفته و عدد چاپ‌شده کنار آن آمده است.', 'Print is wrong and the right number follows from others; it is used, and the printed one stands beside it.'),
  unreliable: text('عدد چاپ‌شده با عددهای دیگر نمی‌خواند و عدد بهتری نیست.', 'The printed number does not fit others, and there is no better one.'),
  missing: text('عددی چاپ نشده یا از دست رفته است؛ هرگز صفر نیست.', 'No number is printed, or it is lost; it is never a zero.'),
}; // prettier-ignore

/** How it is known whose score the score of a service is. */
export const PAIRING_NAMES: Readonly<Record<HistoricService['pairing'], Text>> = {
  printed: text('چنان‌که چاپ شده', 'as printed'),
  inferred: text('به استنباط', 'by inference'),
};

/** What the arithmetic of published rounds asks for. */
export const CHECK_NAMES: Readonly<Record<CheckId, Text>> = {
  'stages-give-total': text('امتیاز کل، میانگین وزن‌دار مرحله‌هاست', 'The total is the weighted mean of the stages'),
  'total-within-stages': text('امتیاز کل از همه مرحله‌ها کمتر یا از همه بیشتر نیست', 'The total is not below every stage or above every stage'),
  'services-give-total': text('امتیاز کل، میانگین ساده خدمت‌هاست', 'The total is the plain mean of the services'),
  'page-and-ranking': text('صفحه دستگاه و رتبه‌بندی یک امتیاز کل دارند', 'The page of the organization and the ranking have the same total'),
  'ranking-descends': text('رتبه‌بندی به ترتیب امتیاز کل است', 'The ranking is in the order of the totals'),
  growth: text('رشد، تفاضل دو امتیاز کل است', 'The growth is the difference of the two totals'),
  'growth-list-complete': text('رشد هیچ دستگاه دیگری از آخرین ردیف فهرست رشد بیشتر نیست', 'No other organization has grown more than the last of the list of growths'),
  'organizations-counted': text('شمار دستگاه‌ها با رتبه‌بندی یکی است', 'The count of organizations is that of the ranking'),
  'services-counted': text('شمار خدمت‌ها با فهرست خدمت‌ها یکی است', 'The count of services is that of the services listed'),
  'newcomers-are-new': text('دستگاه‌های تازه در نوبت‌های پیشین امتیازی ندارند', 'Organizations called new have no score in an earlier round'),
}; // prettier-ignore

export const SKIP_NAMES: Readonly<Record<SkipReason, Text>> = {
  guarded: text('مانند یک کنش است (رأی، حذف، خروج)', 'looks like an action (vote, delete, log out)'),
  robots: text('پرونده robots.txt اجازه نداد', 'robots.txt forbids it'),
  'off-site': text('بیرون از سایت دستگاه', 'outside of the organization’s site'),
  'not-http': text('نشانی وب نیست', 'not a web address'),
  'private-address': text('نشانی شبکه داخلی', 'private network address'),
  file: text('پرونده است و نه صفحه', 'a file, not a page'),
  duplicate: text('تکراری', 'duplicate'),
  depth: text('دورتر از ژرفای مجاز', 'too deep'),
  budget: text('سقف بازدید پر شد', 'the budget was used up'),
  'no-rule-asks': text('هیچ قاعده‌ای به آن نیاز نداشت', 'no rule needs it'),
  trap: text('چرخه بی‌پایان نشانی‌ها', 'an endless series of addresses'),
};

const TLS_FAULTS: Readonly<Record<string, Text>> = {
  expired: text('گواهی منقضی', 'certificate expired'),
  'self-signed': text('گواهی خودامضا', 'self-signed certificate'),
  'wrong-host': text('گواهی برای میزبان دیگر', 'certificate of another host'),
  'unknown-authority': text('صادرکننده ناشناخته', 'unknown authority'),
  'incomplete-chain': text('زنجیره ناقص گواهی', 'incomplete certificate chain'),
  'old-protocol': text('پروتکل کهنه', 'old protocol'),
  handshake: text('دست‌دهی ناموفق', 'handshake failed'),
};

/** A short code of the crawler or of a searched place, in words. */
export const detailName = (voice: Voice, code: string): string => voice.prose(detailText(code));

export const placeName = (voice: Voice, place: string): string => voice.text(placeText(place));

export const tlsFaultName = (voice: Voice, fault: string): string =>
  TLS_FAULTS[fault] ? voice.text(TLS_FAULTS[fault]) : fault;

const OWN_CAUSES: ReadonlySet<Cause> = new Set(['stopped', 'too-large']);
const SITE_CAUSES: ReadonlySet<Cause> = new Set([
  'not-found', 'client-error', 'server-error', 'empty', 'malformed', 'decompression', 'redirect-loop', 'too-many-redirects', 'tls',
]); // prettier-ignore

export const WHO_NAMES: Readonly<Record<'site' | 'own' | 'network', Text>> = {
  site: text('پاسخ سایت', 'the site’s answer'),
  own: text('محدودیت خود رصد', 'a limit of Rasad’s own'),
  network: text('بی‌پاسخ', 'no answer'),
};

export interface OutcomeWords {
  /** `site`: its answer or refusal; `own`: a limit of Rasad; `network`: nobody can say. */
  readonly kind: 'read' | 'site' | 'own' | 'network';
  readonly name: string;
  /** The crawler's own remark, as it was written down. */
  readonly detail: string;
}

/** How a look ended and, when nothing was read, whose doing that was. */
export function outcomeName(voice: Voice, outcome: FetchOutcome): OutcomeWords {
  switch (outcome.kind) {
    case 'page':
      return { kind: 'read', name: voice.say('صفحه', 'page'), detail: '' };
    case 'not-html':
      return { kind: 'read', name: voice.say('پرونده', 'file'), detail: outcome.contentType };
    case 'refused': {
      const { who, name } = REFUSALS[outcome.by];
      return { kind: who, name: voice.text(name), detail: outcome.detail };
    }
    case 'unreachable':
      return {
        kind: OWN_CAUSES.has(outcome.cause) ? 'own' : SITE_CAUSES.has(outcome.cause) ? 'site' : 'network',
        name: voice.text(CAUSES[outcome.cause]),
        detail: outcome.detail,
      };
  }
}
