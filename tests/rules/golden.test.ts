/**
 * The golden cases of the catalogue (section 8.2): situations that real portals have, in pages of our own, each with
 * the verdict that a trained evaluator gives. The number is the catalogue's. The same page in other spellings, and with
 * keywords in comments and scripts, must get the same verdict.
 */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../rules/index.ts';
import { matcher } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { detectSignals } from '../../src/core/signal.ts';
import type { Verdict } from '../../src/core/model.ts';
import { actionGuard } from '../../src/crawl/guard.ts';
import { needsBrowser } from '../../src/crawl/page-needs.ts';
import { VARIANTS } from '../variants.ts';
import { findingOf, PORTAL, SERVICE_PAGE, SYSTEM, type RuleCase } from './test-rule.ts';

type Situation = Omit<RuleCase, 'name' | 'outcome' | 'verdict'>;
interface Expected {
  readonly rule: string;
  readonly verdict: Verdict | readonly Verdict[];
  /** Words that the evidence holds, and words that it must not hold. */
  readonly shows?: string;
  readonly hides?: string;
}

/** One situation and what each rule says of it. */
function golden(number: number, name: string, situation: Situation, ...expectations: readonly Expected[]): void {
  describe(`golden case ${number}: ${name}`, () => {
    for (const { rule: id, verdict, shows, hides } of expectations) {
      const rule = RULES.find((candidate) => candidate.id === id);
      // an indicator without a rule is reported as not measured; the case waits for its rule
      it.runIf(rule)(`${id}: ${[verdict].flat().join(' or ')}`, () => {
        const test = { ...situation, name, outcome: '' };
        const changes = { 'as it is': (html: string) => html, ...(situation.noVariants ? {} : VARIANTS) };
        for (const [variant, change] of Object.entries(changes)) {
          const finding = findingOf(rule!, test, change);
          expect([verdict].flat(), `${variant}: ${finding.outcome}, ${finding.message.en}`).toContain(finding.verdict);
          if (variant !== 'as it is') continue;
          const quotes = finding.evidence.map(({ quote, url }) => `${quote} ${url}`).join('\n');
          if (shows !== undefined) expect(quotes).toContain(shows);
          if (hides !== undefined) expect(quotes).not.toContain(hides);
        }
      });
    }
  });
}

const TITLE = '<h1>صدور پروانه بهره‌برداری معدن</h1>';
const home = (content: string, { nav = '', footer = '' } = {}): string =>
  `<header><nav><a href="/services">میز خدمت</a>${nav}</nav></header><main><h1>سازمان نمونه</h1><p>به درگاه سازمان نمونه خوش آمدید.</p>${content}</main><footer>${footer}</footer>`;
const page = (content: string): string => `<main>${TITLE}${content}</main>`;
const rows = (...fields: readonly (readonly [label: string, value: string])[]): string =>
  `<table>${fields.map(([label, value]) => `<tr><th>${label}</th><td>${value}</td></tr>`).join('')}</table>`;
const card = (...fields: readonly (readonly [label: string, value: string])[]): string => page(rows(...fields));
const news = (...days: readonly string[]): string =>
  `<ul>${days.map((day, i) => `<li><a href="/news/${i}">گزارش شماره ${i}</a> <span>${day}</span></li>`).join('')}</ul>`;
/** Pages are looked at on 25 November 2026: these are too old to call a portal fresh. */
const OLD_NEWS = news('۱۴۰۵/۰۲/۱۲', '۱۴۰۴/۱۱/۰۳');
const FORM =
  '<form method="post"><label>نام معدن <input name="a"></label><label>نشانی معدن <input name="b"></label><label>کد ملی <input name="c"></label><label>ماده معدنی <input name="d"></label><button>ثبت درخواست</button></form>';
const MINES = [
  { id: 'renewal', titles: { fa: 'تمدید کارت بازرگانی', en: '' } },
  { id: 'land', titles: { fa: 'واگذاری زمین به واحد صنعتی', en: '' } },
  { id: 'fair', titles: { fa: 'معرفی به نمایشگاه خارجی', en: '' } },
];
const listed = MINES.map((service) => ({ ...service, pageUrl: null }));
const entries = MINES.map(({ titles }) => `<li>${titles.fa}</li>`).join('');

golden(
  1,
  'only a picture of a moving show, named like its file, leads to the system',
  {
    home: home(
      `<div class="owl-carousel"><a href="${SYSTEM}"><img src="/up/31.jpg" alt="banner_31_770x300.jpg"></a></div>`,
    ),
    system: `<main><h1>سامانه صدور پروانه بهره‌برداری معدن</h1>${FORM}</main>`,
  },
  { rule: 'presence/home-link-to-system', verdict: 'partial' },
);

golden(
  2,
  'a menu entry that leads nowhere stands over the entries that lead to the services',
  {
    home: `<header><nav><ul><li><a href="#">ابلاغیه شناسه خدمات</a><ul><li><a href="/services">آدرس خدمات</a></li><li><a href="/cards">شناسنامه خدمات</a></li></ul></li></ul></nav></header><main><h1>سازمان نمونه</h1></main>`,
    pages: { '/services': `<main><h1>فهرست خدمات</h1><ul><li>صدور پروانه بهره‌برداری معدن</li>${entries}</ul></main>` },
    others: listed,
    page: null,
  },
  { rule: 'presence/catalogue-from-home', verdict: 'pass', shows: 'آدرس خدمات', hides: 'ابلاغیه' },
);

golden(
  3,
  'a switch of languages is commented out, another stands in the footer',
  {
    home: home('', { nav: '<!--<a href="#" class="lang">EN</a>-->', footer: '<a href="/en/">سایت انگلیسی</a>' }),
    pages: {
      '/en/': `<html lang="en"><body><main><h1>Sample Organization</h1><p>${'The organization gives permits for mines and answers the questions of the public in its own offices. '.repeat(24)}</p><a href="/en/contact">Contact us</a></main></body></html>`,
    },
  },
  { rule: 'presence/languages', verdict: 'pass', shows: 'سایت انگلیسی' },
);

golden(
  4,
  'the day of today stands above the page, in numeric entities',
  {
    noVariants: true, // digits inside entities are no digits of the page
    home: `<div class="date-bar">&#1670;&#1607;&#1575;&#1585;&#1588;&#1606;&#1576;&#1607; &#1780; &#1570;&#1584;&#1585; &#1777;&#1780;&#1776;&#1781;</div>${home(OLD_NEWS)}`,
  },
  { rule: 'presence/freshness', verdict: 'fail' },
);

golden(
  5,
  'four choices whose vote is a plain GET',
  {
    home: home(
      `<div class="box"><h3>نظرسنجی</h3><p>از زمان رسیدگی به درخواست خود خشنود هستید؟ (آغاز: ۱۴۰۵/۰۸/۲۰)</p><form action="/includes/vote.jsp" method="get">${['بسیار', 'تا اندازه‌ای', 'کم', 'هیچ'].map((word, i) => `<label><input type="radio" name="votefor" value="${i}"> ${word}</label>`).join('')}<input type="submit" value="ثبت رای"></form></div>`,
    ),
  },
  { rule: 'participation/poll', verdict: 'pass', shows: 'خشنود' },
);
it('golden case 5: the address of the vote is never asked for', () =>
  expect(actionGuard(`${PORTAL}includes/vote.jsp?votefor=2`)).not.toBeNull());

golden(
  6,
  'the picture of a network without a link',
  { home: home('', { footer: '<p>ما را دنبال کنید</p><img src="/img/telegram-32.png" alt="تلگرام">' }) },
  { rule: 'participation/social-media', verdict: 'fail' },
);

golden(
  7,
  'the page of the service links to its entry in the national portal, which nobody has read',
  {
    page: page(
      '<p>این خدمت را در <a href="https://iran.gov.ir/organ/show/id/63/serviceid/340">درگاه ملی</a> ببینید.</p>',
    ),
  },
  { rule: 'integration/national-portal-listed', verdict: 'partial', shows: 'درگاه ملی' },
);

golden(
  8,
  'the only years are those of a copyright line',
  { home: home('', { footer: '<p>© 2007-2026 همه حقوق برای سازمان نمونه محفوظ است.</p>' }) },
  { rule: 'presence/freshness', verdict: 'fail' },
);

golden(
  9,
  'the only figures are counters of visitors',
  { home: home('', { footer: '<p>بازدید امروز: ۱٬۲۰۴ - بازدید دیروز: ۲٬۰۱۱ - بازدید کل: ۸٬۳۴۴٬۰۱۹</p>' }) },
  { rule: 'participation/performance-published', verdict: 'fail' },
);

golden(
  10,
  'the whole page is one form with kilobytes of state',
  {
    page: `<form method="post" action="./page.aspx?id=41"><input type="hidden" name="__VIEWSTATE" value="${'dDwtMTA4'.repeat(1500)}"><input type="hidden" name="__EVENTTARGET">${page('<p>پروانه برای بهره‌برداری از معدن پس از کشف آن داده می‌شود.</p>')}</form>`,
  },
  { rule: 'interaction/form-online', verdict: 'fail' },
);

/** A home page whose contact details a script asks for after load. */
const DEFERRED = `<!doctype html><html lang="fa"><body>${home('<p>خبرها و اطلاعیه‌های سازمان در این درگاه می‌آید.</p>', { footer: '<div id="contactPanel"></div>' })}<script>Sys.Application.add_init(function(){$create(Web.PartialUpdatePanel,{"ClientID":"contactPanel","InitiallyRenderFromClient":true});});</script></body></html>`;
const CONTACTS = '<p>نشانی: تهران، خیابان آزادی، پلاک ۱۲</p><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p><p>رایانامه: info@org.example</p>';
golden(
  11,
  'blocks of the footer are empty until a script fills them, and no browser looked',
  { home: DEFERRED, needsScript: [PORTAL] },
  { rule: 'interaction/helpdesk', verdict: 'blocked' },
  { rule: 'presence/contact-info', verdict: 'blocked' },
);
golden(
  11,
  'the same page once a browser has filled them',
  { home: DEFERRED.replace('<div id="contactPanel"></div>', `<div id="contactPanel">${CONTACTS}</div>`) },
  { rule: 'presence/contact-info', verdict: 'pass', shows: '۸۸۷۷۶۶۵۵' },
);
it('golden case 11: such a page is one for the browser', () =>
  expect(needsBrowser({ html: DEFERRED, words: 60, scripts: [] }).needed).toBe(true));

/** A search that a page sends by POST, from a script or from a form; and how a visitor sees it. */
const SEARCHES: readonly (readonly [number, string, string])[] = [
  [
    12,
    'a search whose address a script asks for by POST',
    '<div role="search"><input type="text" id="txtSearch" name="txtSearch" placeholder="جستجو در سایت"><button type="button" onclick="go()">جستجو</button></div><script>function go(){$.ajax({type:"POST",url:"./Index.aspx/MakeSearchUrl",data:"{}",success:function(r){location.href=r.d;}});}</script>',
  ],
  [
    13,
    'a search form that is sent by POST',
    '<form action="/index.jsp?siteid=1&amp;pro=search" method="post"><input type="text" name="searchword" placeholder="جستجو"><input type="submit" value="جستجو"></form>',
  ],
];
for (const [number, name, markup] of SEARCHES) {
  const situation = {
    home: `${markup}${home('')}`,
    pages: Object.fromEntries(
      Array.from({ length: 16 }, (_, i) => [
        `/p/${i}`,
        `<main><h1>برگ ${i}</h1><p>نوشته‌ای درباره کار سازمان.</p></main>`,
      ]),
    ),
    others: listed,
  };
  golden(number, name, situation, { rule: 'presence/search-works', verdict: 'partial' });
  it(`golden case ${number}: it is seen as a search`, () =>
    expect(
      detectSignals(viewPage(`<html><body>${situation.home}</body></html>`, { url: PORTAL, matcher }), SIGNALS).get(
        'site_search',
      )?.verdict,
    ).toBe('present'));
}

/** The list of an estates company: codes glued to their labels, one child under a wrong group. */
const ESTATES =
  '<main><h1>خدمات شرکت شهرک‌ها</h1><h3>واگذاری (شناسه خدمت:13091727000)</h3><ul><li>واگذاری زمین و حق انتفاع (شناسه خدمت:13091727102)</li><li>صدور مجوز ساخت واحد تولیدی (شناسه خدمت:13091727103)</li></ul><h3>بهره‌برداری (شناسه خدمت:13091731000)</h3><ul><li>پروانه بهره‌برداری از کارگاه (شناسه خدمت:13091721101)</li></ul></main>';
const estate = (code: string, fa: string): Situation => ({
  home: home(''),
  page: null,
  pages: { '/services': ESTATES },
  service: { code, titles: { fa, en: '' } },
  others: [
    { id: 'a', code: '13091727103', titles: { fa: 'صدور مجوز ساخت واحد تولیدی', en: '' }, pageUrl: null },
    { id: 'b', code: '13091727102', titles: { fa: 'واگذاری زمین و حق انتفاع', en: '' }, pageUrl: null },
  ].filter((other) => other.code !== code),
});
golden(14, 'the code is glued to its label', estate('13091727102', 'واگذاری حق انتفاع'), {
  rule: 'presence/service-listed',
  verdict: 'pass',
  shows: '13091727102',
});
golden(14, 'the code of a child is wrong by a digit', estate('13091731101', 'پروانه بهره‌برداری کارگاه'), {
  rule: 'presence/service-listed',
  verdict: 'partial',
  shows: '13091721101',
});

/** A title with three sub-services of which only one is a link. */
const PARTS =
  '<main><h1>میز خدمت</h1><ul><li>صدور پروانه بهره‌برداری معدن</li><li><a href="/services/land">واگذاری زمین به واحد صنعتی</a></li><li>تمدید کارت بازرگانی</li><li>معرفی به نمایشگاه خارجی</li></ul></main>';
const LAND_PAGE = `<main><h1>واگذاری زمین به واحد صنعتی</h1><p>${'زمین شهرک‌ها به متقاضی دارای جواز تأسیس واگذار می‌شود و بهای آن در قسط‌های ماهانه گرفته خواهد شد. '.repeat(8)}</p></main>`;
const plain = {
  home: home(''),
  page: null,
  pages: { '/services': PARTS, '/services/land': LAND_PAGE },
  others: listed,
};
golden(15, 'a sub-service stands in the list as plain text', plain, { rule: 'presence/service-page', verdict: 'fail' });
golden(
  15,
  'its neighbour is a link to a page of its own',
  {
    ...plain,
    service: { code: null, titles: { fa: 'واگذاری زمین به واحد صنعتی', en: '' } },
    others: listed.filter(({ id }) => id !== 'land'),
  },
  { rule: 'presence/service-page', verdict: 'pass' },
);

golden(
  16,
  'a longest time beside a fee of dashes',
  { page: page('<p>متوسط مدت زمان ارائه خدمت: حداکثر 2 هفته</p><p>هزینه ارائه خدمت: ----</p>') },
  { rule: 'presence/fee-time-published', verdict: 'partial', shows: '2 هفته' },
);
golden(
  17,
  'sentences that say that neither is said',
  { page: card(['مدت زمان انجام خدمت', 'زمان مشخصی درج نشده است'], ['هزینه خدمت', 'هزینه خاصی اعلام نشده است']) },
  { rule: 'presence/fee-time-published', verdict: 'fail' },
);
golden(
  18,
  '"online, day and night" beside one visit in person',
  {
    page: card(['زمان ارائه', 'آنلاین و ۲۴ ساعته'], ['تعداد مراجعات حضوری', 'یکبار']),
    system: `<main>${TITLE}${FORM}</main>`,
  },
  { rule: 'transaction/end-to-end-online', verdict: 'partial', shows: 'یکبار' },
);
golden(
  19,
  'the field of inquiries says that none in particular is needed',
  { page: card(['استعلامات مورد نیاز', 'نیاز به استعلام خاصی ندارد']) },
  { rule: 'integration/prefilled-inquiry', verdict: 'unclear', shows: 'استعلام خاصی' },
);
golden(
  20,
  'the field of frequent questions holds a sentence about the law',
  { page: card(['پاسخ به سوالات متداول', 'در راستای قانون مدیریت خدمات کشوری پاسخ‌گویی در ساعات اداری است.']) },
  { rule: 'interaction/faq', verdict: 'fail' },
);
golden(
  21,
  'a table of fees full of zeros, and the sight of originals among the documents',
  {
    page: page(
      `<h2>هزینه ارائه خدمت</h2><table><tr><th>عنوان</th><th>مبلغ (ریال)</th><th>شماره حساب</th></tr><tr><td>0</td><td>0</td><td>0</td></tr><tr><td>0</td><td>0</td><td>0</td></tr></table><h2>مدارک لازم</h2><ul><li>اصل شناسنامه و کارت ملی</li></ul>`,
    ),
  },
  { rule: 'presence/fee-time-published', verdict: 'fail' },
  { rule: 'integration/no-redundant-documents', verdict: 'unclear', shows: 'اصل شناسنامه' },
);
golden(
  22,
  'a field of the card leads to the inspectors and names a visit as the other way',
  {
    home: home('', { nav: '<a href="/bazresi">ثبت شکایت</a>' }),
    page: card([
      'نحوه دسترسی به شکایت از خدمت',
      '<a href="/bazresi">ثبت شکایت در سامانه بازرسی</a> یا مراجعه حضوری به اداره بازرسی',
    ]),
    pages: {
      '/bazresi':
        '<main><h1>ثبت شکایت</h1><label>متن شکایت <textarea name="t"></textarea></label><p>پاسخ تا ده روز کاری داده می‌شود.</p></main>',
    },
  },
  { rule: 'interaction/complaint-channel', verdict: 'pass' },
);

const sla = (content: string): Situation => ({
  home: home('', { nav: '<a href="/sla">توافق‌نامه سطح خدمت</a>' }),
  pages: { '/sla': `<main><h1>توافق‌نامه سطح خدمت</h1>${content}</main>` },
});
golden(
  23,
  'a model text with brackets that nobody filled',
  sla(
    '<p>متن نمونه: این توافق‌نامه برای [عنوان خدمت] میان [نام دستگاه] و خدمت‌گیرنده است و پاسخ تا ۳ روز و دسترس‌پذیری ۹۵ درصد را تعهد می‌کند.</p>',
  ),
  { rule: 'transaction/service-level', verdict: 'fail', shows: '[عنوان خدمت]' },
);
golden(
  24,
  'the contract with the company that hosts the site',
  sla(
    '<p>این قرارداد میان کارفرما و شرکت سازنده برای میزبانی وب‌سایت، پهنای باند و رفع خرابی در ۴ ساعت با ۹۹ درصد پایداری است.</p>',
  ),
  { rule: 'transaction/service-level', verdict: 'fail' },
);
golden(
  25,
  'four sentences of good intentions',
  sla(
    '<p>می‌کوشیم خدمت را در کمترین زمان بدهیم. کارکنان خوش‌رو هستند. کیفیت برای ما مهم است. از پیشنهاد شما استقبال می‌کنیم.</p>',
  ),
  { rule: 'transaction/service-level', verdict: 'partial' },
);
golden(
  26,
  'a page that is called a sample of a privacy statement',
  {
    home: home('', { footer: '<a href="/privacy">حریم خصوصی</a>' }),
    pages: {
      '/privacy': `<main><h1>نمونه بیانیه حریم خصوصی</h1><p>نام سازمان را بنویسید (مثلا: سازمان نمونه).</p><p>${'اطلاعات کاربران هنگام ثبت درخواست جمع‌آوری و برای رسیدگی به آن به کار می‌رود و به شخص دیگری داده نمی‌شود. '.repeat(8)}</p></main>`,
    },
  },
  { rule: 'presence/privacy-statement', verdict: ['fail', 'partial', 'unclear'] },
);
golden(
  27,
  'a page that is named like the criterion and holds one sentence of law',
  {
    home: home('', { nav: '<a href="/r">داشتن راهبرد مشارکت مصوب</a><a href="/e">مشارکت الکترونیک</a>' }),
    pages: {
      '/r': '<main><h1>داشتن راهبرد مشارکت مصوب</h1><p>بر پایه ماده نه مصوبه شورای عالی اداری، راهبرد مشارکت دستگاه تصویب شده است.</p></main>',
      '/e': '<main><h1>مشارکت الکترونیک</h1><p>دستگاه بر پایه ماده نه مصوبه شورای عالی اداری به مشارکت شهروندان پایبند است.</p></main>',
    },
  },
  { rule: 'participation/consultation', verdict: 'fail' },
);

const decisions = (day: string): Situation => ({
  home: home('', { nav: '<a href="/e">مشارکت الکترونیک</a>' }),
  pages: {
    '/e': `<main><h1>مشارکت الکترونیک</h1><p>درباره مصوبه‌های زیر نظر بدهید.</p><h2>مصوبات نشست کارگروه تنظیم بازار ${day}</h2><p>یک. سقف انبار کالای اساسی در هر شهرستان دو برابر می‌شود و فروشگاه‌ها باید بهای هر کالا را روی آن بنویسند و هفته‌ای یک بار گزارش دهند.</p><form><label>نظر شما <textarea name="n"></textarea></label><button>ارسال نظر</button></form></main>`,
  },
});
golden(28, 'named decisions of a meeting of last month invite opinions', decisions('۲۰ مهر ۱۴۰۵'), {
  rule: 'participation/consultation',
  verdict: 'pass',
  shows: 'تنظیم بازار',
});
golden(28, 'the same of years ago', decisions('۲۰ مهر ۱۴۰۲'), {
  rule: 'participation/consultation',
  verdict: 'partial',
});

const desk = (more: string): Situation => ({
  home: home(''),
  page: page('<a href="/services">میز خدمت</a>'),
  pages: {
    '/services': `<main><h1>میز خدمت</h1>${more}<ul><li><a href="${SERVICE_PAGE}">صدور پروانه بهره‌برداری معدن</a></li>${entries}</ul><form><label>کد رهگیری <input name="code"></label><button>مشاهده</button></form></main>`,
  },
  others: MINES.map((service) => ({ ...service, page: `<main><h1>${service.titles.fa}</h1></main>` })),
});
golden(
  29,
  'the service desk has a field for the code of a request',
  desk(''),
  { rule: 'transaction/tracking', verdict: 'pass', shows: 'کد رهگیری' },
  // one desk from which not every service can be reached is half; it is whole once it says that it is for all
  { rule: 'integration/unified-tracking', verdict: 'partial', shows: 'کد رهگیری' },
);
golden(
  29,
  'the desk says that it is for all services',
  {
    ...desk(''),
    pages: {
      '/services': desk('<h2>پیگیری درخواست</h2><p>پیگیری کلیه خدمات سازمان با یک کد.</p>').pages!['/services']!,
    },
  },
  { rule: 'integration/unified-tracking', verdict: 'pass' },
);

golden(
  30,
  'a click on the log-in is sent to the national sign-in with a request of this system',
  {
    system: '<h1>سامانه پروانه‌ها</h1><a href="https://sys.org.example/login">ورود به سامانه</a>',
    login: '',
    outcomes: { 'https://sys.org.example/login': { kind: 'refused', by: 'login', detail: 'not asked' } },
    landsAt: {
      'https://sys.org.example/login':
        'https://sso.my.gov.ir/oauth2/authorize?response_type=code&client_id=sys.org&scope=openid&redirect_uri=https%3A%2F%2Fsys.org.example%2Fcallback',
    },
  },
  { rule: 'integration/national-sso', verdict: 'pass', shows: 'client_id=sys.org' },
);

const COMMENTED =
  '<a href="https://my.gov.ir/services/13091727100">پنجره ملی</a><a href="https://iranfoia.ir/">دسترسی آزاد به اطلاعات</a><a href="https://www.saamad.ir/">سامد</a><a href="https://ble.ir/nemooneh">بله</a>';
const SHELL = home('<p>خبرها، اطلاعیه‌ها و خدمات سازمان در این درگاه می‌آید و هر هفته نو می‌شود.</p>', {
  footer: `<!-- ${COMMENTED} --><script>function Footer(){return h("div",null,/* ${COMMENTED.replaceAll('</', '<\\/')} */null)}</script>`,
});
const FOUR = [
  'participation/foi-link',
  'participation/social-media',
  'integration/national-portal-listed',
  'interaction/complaint-channel',
];
golden(
  31,
  'links of the footer stand only in what was commented out',
  { home: SHELL },
  ...FOUR.map((rule) => ({ rule, verdict: 'fail' as const })),
);
golden(
  31,
  'the same while only a browser could tell',
  { home: SHELL, needsScript: [PORTAL] },
  ...FOUR.map((rule) => ({ rule, verdict: 'blocked' as const })),
);
golden(
  31,
  'the same links in sight',
  { home: SHELL.replace('<!-- ', '').replace(' -->', '') },
  { rule: 'participation/foi-link', verdict: ['pass', 'partial'] },
  { rule: 'interaction/complaint-channel', verdict: 'partial' },
);

golden(
  32,
  'the only link to a network shares the page',
  { home: home('<a href="https://t.me/share/url?url=https://www.org.example/">تلگرام</a>') },
  { rule: 'participation/social-media', verdict: 'fail' },
);
golden(
  33,
  'boxes that nobody ticked',
  {
    page: card(
      ['نوع خدمت', 'خدمت به شهروندان (G2C) o خدمت به کسب و کار (G2B) o'],
      ['نحوه دسترسی به خدمت', 'اینترنتی (سامانه) o تلفن همراه (برنامک) o پست الکترونیک o'],
    ),
  },
  { rule: 'interaction/submission-channels', verdict: 'fail' },
  { rule: 'presence/service-described', verdict: 'fail' },
);
golden(
  34,
  'four copies of what the state holds',
  { page: card(['مدارک لازم', 'تصویر کارت ملی، تصویر شناسنامه، تصویر اساسنامه، تصویر آگهی روزنامه رسمی']) },
  { rule: 'integration/no-redundant-documents', verdict: 'fail' },
);
golden(
  35,
  'a table of inquiries names the agency, with a time of zero and its front page as address',
  {
    page: page(
      '<h2>استعلامات مورد نیاز</h2><table><tr><th>عنوان استعلام</th><th>دستگاه استعلام‌شونده</th><th>زمان پاسخ (روز)</th><th>نشانی</th></tr><tr><td>بدهی مالیاتی</td><td>سازمان امور مالیاتی</td><td>0</td><td><a href="https://www.tax.gov.ir/">tax.gov.ir</a></td></tr></table>',
    ),
  },
  { rule: 'integration/prefilled-inquiry', verdict: 'partial', shows: 'مالیاتی' },
  { rule: 'integration/cross-agency-links', verdict: 'partial' },
);
