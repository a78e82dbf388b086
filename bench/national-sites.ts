/**
 * An invented country of the size of the source report, made from a seed: organizations of unequal size and care, their
 * portals, pages of services and systems, in Persian and as large as real ones. The same options give the same country.
 * What distinguishes one organization from another is drawn for each feature by itself, so that adding one changes no
 * other.
 */
import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';

export interface CountryOptions {
  readonly seed: number;
  readonly organizations: number;
  readonly services: number;
  /** In the second generation some organizations have improved and others have let things go; see `changes`. */
  readonly generation: 1 | 2;
  /** The day from which the dates of the pages count, milliseconds since 1970. */
  readonly today: number;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Each answer differs a little from the one before, as pages with a token for their forms do. */
  readonly isStamped: boolean;
}

export interface Country {
  /** `registry.yaml`, `organizations.csv`, `services.csv`. */
  readonly registry: readonly { readonly name: string; readonly text: string }[];
  readonly organizations: number;
  readonly services: number;
  /** Hosts that are served, and hosts that are declared and at which nobody answers. */
  readonly hosts: readonly string[];
  readonly silentHosts: readonly string[];
  /** What the second generation does to an organization, by its id. */
  readonly changes: ReadonlyMap<string, 'improved' | 'declined'>;
  /** null: the host has no such page. */
  answer(host: string, path: string): Answer | null;
}

/**
 * Services of each of the 105 organizations of the source report that were listed and scored, in the report's order.
 * With their parts they are 2,207; the parts are spread in the same proportion.
 */
const SIZES = [
  20, 3, 7, 5, 5, 5, 4, 5, 30, 10, 1, 5, 1, 1, 4, 11, 10, 8, 1, 7, 3, 4, 10, 7, 10, 11, 2, 7, 5, 2, 2, 3, 3, 3, 8, 15,
  18, 5, 6, 18, 6, 10, 7, 8, 14, 19, 5, 13, 4, 6, 7, 7, 8, 21, 1, 1, 16, 8, 11, 1, 11, 23, 14, 6, 9, 9, 1, 6, 12, 3, 6,
  10, 5, 6, 5, 8, 7, 6, 2, 6, 9, 8, 5, 1, 1, 2, 2, 3, 1, 6, 6, 5, 27, 24, 13, 6, 17, 2, 5, 1, 6, 20, 6, 1, 4,
]; // prettier-ignore
export const ALL_ORGANIZATIONS = SIZES.length;
export const ALL_SERVICES = 2207;

/** One organization in so many has a portal that never answers, and one a system that does not. */
const SILENT_PORTAL = 40;
const SILENT_SYSTEM = 33;
/** Of so many organizations the second improves and the fourth declines. */
const CHANGES = 5;
const NEWS = 8;

const NATIONAL = {
  portal: 'dargah.example',
  login: 'sso.example',
  payment: 'pay.example',
  channels: 'payam.example',
  information: 'azad.example',
};

/** What the second generation gives to every service and portal of those that improved, and takes from the others. */
const CHANGED_FEATURES = new Set(
  'fee documents steps unit serviceFaq faq complaint poll sla statistics idea social rating tracking helpdesk'.split(
    ' ',
  ),
);

interface Service {
  readonly id: string;
  readonly number: number;
  readonly code: string;
  readonly title: string;
  readonly page: string;
  /** null: asked for by letter or at a counter. */
  readonly system: string | null;
}

interface Organization {
  readonly id: string;
  readonly index: number;
  readonly name: string;
  readonly host: string;
  readonly systems: string;
  readonly look: Look;
  readonly services: readonly Service[];
  /** Does it have the feature, as a portal or for one of its services? */
  has(feature: string, service?: Service): boolean;
}

export function inventCountry(options: CountryOptions): Country {
  const sizes = sizesOf(options);
  const changes = new Map<string, 'improved' | 'declined'>();
  const organizations = sizes.map((size, index) => {
    const organization = inventOrganization(index, size, options);
    const change = index % CHANGES === 1 ? 'improved' : index % CHANGES === 3 ? 'declined' : null;
    if (change && !isSilent(organization)) changes.set(organization.id, change);
    return organization;
  });
  const sites = new Map(organizations.flatMap((one) => [[one.host, one] as const, [one.systems, one] as const]));
  const silentHosts = organizations.flatMap((one) => [
    ...(isSilent(one) ? [one.host] : []),
    ...(one.index % SILENT_SYSTEM === 17 ? [one.systems] : []),
  ]);
  const byCode = new Map(
    organizations.flatMap((one) => one.services.map((service) => [service.code, { one, service }] as const)),
  );
  const hosts = [...sites.keys(), ...Object.values(NATIONAL)];
  return {
    registry: registryOf(organizations, hosts),
    organizations: organizations.length,
    services: sizes.reduce((sum, size) => sum + size, 0),
    hosts: hosts.filter((host) => !silentHosts.includes(host)),
    silentHosts,
    changes,
    answer(host, path) {
      const site = sites.get(host);
      if (site) return host === site.host ? portalAnswer(site, path, options) : systemAnswer(site, path);
      return nationalAnswer(host, path, byCode, organizations, options.today);
    },
  };
}

const isSilent = ({ index }: Pick<Organization, 'index'>): boolean => index % SILENT_PORTAL === 7;

/** Leaf services of each organization: the report's proportions, the largest remainders rounded up. */
function sizesOf({ organizations, services }: CountryOptions): number[] {
  // a smaller country has organizations from all over the list
  const chosen = Array.from(
    { length: organizations },
    (_, i) => SIZES[Math.floor((i * SIZES.length) / organizations) % SIZES.length]!,
  );
  const whole = chosen.reduce((sum, size) => sum + size, 0);
  const exact = chosen.map((size) => (size * services) / whole);
  const sizes = exact.map((size) => Math.max(1, Math.floor(size)));
  const byRemainder = exact.map((size, i) => [size % 1, i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  let left = services - sizes.reduce((sum, size) => sum + size, 0);
  for (let turn = 0; left > 0; turn++, left--) sizes[byRemainder[turn % organizations]![1]]!++;
  return sizes;
}

// ---------------------------------------------------------------- organizations

const VERBS = ['صدور', 'تمدید', 'اصلاح', 'ابطال', 'ثبت', 'استعلام', 'انتقال', 'المثنای'];
const OBJECTS = 'پروانه بهره‌برداری|مجوز احداث کارگاه|گواهی کیفیت کالا|کارت بازرگانی|پروانه پخش|مجوز حمل بار|گواهی سلامت دام|پروانه نگهداری زنبور|مجوز برداشت آب|گواهی استاندارد|پروانه ساختمان|مجوز برگزاری همایش|گواهی آموزش کارکنان|پروانه آموزشگاه|مجوز نشر کتاب|گواهی پیشینه بیمه|کارت دانشجویی|پروانه آزمایشگاه|مجوز واردات نهاده|گواهی بازنشستگی|پروانه باغ‌داری|مجوز تبلیغات محیطی|گواهی انرژی ساختمان|پروانه داروخانه|مجوز پرواز پهپاد|گواهی عدم بدهی|پروانه شکار|مجوز حفاری معبر|گواهی مالکیت قطعه|پروانه تاکسی|مجوز کشت گلخانه|گواهی مهارت فنی|پروانه چاپخانه|مجوز صادرات فرش|گواهی ثبت اختراع|پروانه سردخانه'.split('|'); // prettier-ignore
const BODIES = ['سازمان', 'اداره کل', 'شرکت ملی', 'مرکز', 'مؤسسه'];
const FIELDS = 'امور باغ‌ها|راه‌های روستایی|آب‌های ژرف|آموزش پیشه‌ها|سلامت جانوران|نگاره‌های ملی|بازرگانی دریایی|بیمه کشاورزان|پژوهش‌های خاک|کتابخانه‌ها|انرژی‌های نو|هواشناسی|میراث روستا|داروهای گیاهی|نقشه و زمین|بنادر کوچک|ورزش همگانی|آمار خانوار|معادن سنگ|جنگل و مرتع|ترابری شهری'.split('|'); // prettier-ignore

function inventOrganization(index: number, size: number, { seed, generation }: CountryOptions): Organization {
  const id = `org-${String(index + 1).padStart(3, '0')}`;
  const draw = (what: string): number => shareOf(`${seed} ${id} ${what}`);
  const host = `${id}.example`;
  const systems = `khadamat.${id}.example`;
  const look = LOOKS[index % LOOKS.length]!;
  /** How much care it takes, 0…1: of everything that it could offer it has about this part. */
  const care = 0.08 + 0.88 * draw('care');
  const change = generation === 2 ? index % CHANGES : 0;
  const first = Math.floor(draw('titles') * OBJECTS.length);
  const services = Array.from({ length: size }, (_, i): Service => {
    const number = i + 1;
    // all pairs of a verb and an object before any repeats
    const title = `${VERBS[i % VERBS.length]!} ${OBJECTS[(first + Math.floor(i / VERBS.length) + 5 * (i % VERBS.length)) % OBJECTS.length]!}`;
    return {
      id: `${id}-s${number}`,
      number,
      code: `1${String(index + 1).padStart(4, '0')}${String(number).padStart(3, '0')}000`,
      title,
      page: `http://${host}${look.servicePath(number)}`,
      system: draw(`system ${number}`) < 0.15 + 0.5 * care ? `http://${systems}/darkhast/${number}` : null,
    };
  });
  return {
    id,
    index,
    name: `${BODIES[index % BODIES.length]!} ${FIELDS[index % FIELDS.length]!} ${Math.floor(index / FIELDS.length) > 0 ? `(منطقه ${Math.floor(index / FIELDS.length) + 1})` : ''}`.trim(),
    host,
    systems,
    look,
    services,
    has(feature, service) {
      if (CHANGED_FEATURES.has(feature) && change === 1) return true;
      if (CHANGED_FEATURES.has(feature) && change === 3) return false;
      return draw(service ? `${feature} ${service.number}` : feature) < care;
    },
  };
}

function registryOf(organizations: readonly Organization[], hosts: readonly string[]): Country['registry'] {
  const roles = {
    national_portal: NATIONAL.portal,
    national_sso: NATIONAL.login,
    payment_gateway: NATIONAL.payment,
    foi: NATIONAL.information,
    social_messenger: NATIONAL.channels,
  };
  const yaml = [
    'id: invented',
    'country: { fa: کشور ساختگی, en: Invented country }',
    'languages: [fa]',
    'calendar: jalali',
    'hosts:',
    ...Object.entries(roles).map(([role, host]) => `  ${role}: [${host}]`),
    'private_hosts:',
    ...hosts.map((host) => `  - ${host}`),
  ];
  const organizationRows = organizations.map(({ id, name, host }) => ({
    id, name_fa: name, name_en: `Agency ${id.slice(4)}`, parent_id: '', portal_url: `http://${host}/`, cooperation: 'cooperative',
  })); // prettier-ignore
  const serviceRows = organizations.flatMap((one) =>
    one.services.map(({ id, code, title, page, system, number }) => ({
      id, organization_id: one.id, parent_id: '', code, title_fa: title, title_en: `Service ${number}`, page_url: page, system_url: system ?? '', profile: '',
    })),
  ); // prettier-ignore
  return [
    { name: 'registry.yaml', text: `${yaml.join('\n')}\n` },
    { name: 'organizations.csv', text: stringify(organizationRows, { header: true }) },
    { name: 'services.csv', text: stringify(serviceRows, { header: true }) },
  ];
}

// ---------------------------------------------------------------- portals

/** A template of pages: where they lie, and how facts, headings and the frame are marked up. */
interface Look {
  path(slug: string): string;
  servicePath(number: number): string;
  facts(rows: readonly (readonly [string, string])[]): string;
  questions(pairs: readonly (readonly [string, string])[]): string;
  /** Items of filler: the pages of a template are of one size, about 20, 40 and 55 KB. */
  readonly filler: number;
}

const LOOKS: readonly Look[] = [
  {
    path: (slug) => (slug === '' ? '/' : `/${slug}/`),
    servicePath: (number) => `/khadamat/${number}/`,
    facts: (rows) => `<dl class="facts">${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`, // prettier-ignore
    questions: (pairs) => pairs.map(([q, a]) => `<details><summary>${q}</summary><p>${a}</p></details>`).join('\n'),
    filler: 26,
  },
  {
    path: (slug) => (slug === '' ? '/' : `/index.php?page=${slug}`),
    servicePath: (number) => `/index.php?page=khedmat&id=${number}`,
    facts: (rows) => `<table class="table">${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('')}</table>`, // prettier-ignore
    questions: (pairs) => pairs.map(([q, a]) => `<h3>${q}</h3><p>${a}</p>`).join('\n'),
    filler: 10,
  },
  {
    path: (slug) => (slug === '' ? '/' : `/fa/${slug}.html`),
    servicePath: (number) => `/fa/service-${number}.html`,
    facts: (rows) => rows.map(([name, value]) => `<p><strong>${name}:</strong> ${value}</p>`).join('\n'),
    questions: (pairs) => `<ul class="faq">${pairs.map(([q, a]) => `<li><b>${q}</b><br>${a}</li>`).join('')}</ul>`,
    filler: 40,
  },
];

/** Pages of a portal beside those of its services: address, name in the menu, and what it takes for it to be there. */
const PAGES: readonly (readonly [slug: string, name: string, feature: string | null])[] = [
  ['', 'صفحه نخست', null],
  ['khadamat', 'میز خدمت الکترونیک', null],
  ['akhbar', 'اخبار', null],
  ['darbare', 'درباره ما', null],
  ['tamas', 'تماس با ما', null],
  ['modiran', 'معرفی مدیران', null],
  ['ghavanin', 'قوانین و مقررات', null],
  ['monaghesat', 'مناقصات و مزایدات', null],
  ['jostejo', 'جستجو', 'search'],
  ['porsesh', 'پرسش‌های متداول', 'faq'],
  ['shekayat', 'ثبت شکایت', 'complaint'],
  ['nazarsanji', 'نظرسنجی', 'poll'],
  ['pishnahad', 'ارسال پیشنهاد و ایده شهروندان', 'idea'],
  ['nazarkhahi', 'نظرخواهی درباره پیش‌نویس‌ها', 'consultation'],
  ['sath-khedmat', 'توافق‌نامه سطح خدمت', 'sla'],
  ['amar', 'آمار خدمات الکترونیکی', 'statistics'],
  ['dadeh', 'داده‌های باز', 'openData'],
  ['harim', 'بیانیه حریم خصوصی', 'privacy'],
  ['naghshe', 'نقشه سایت', 'sitemap'],
  ['peygiri', 'پیگیری درخواست', 'tracking'],
  ['en', 'English', 'english'],
  ['vebservis', 'وب‌سرویس‌ها', 'api'],
  ...Array.from({ length: NEWS }, (_, i) => [`khabar-${i + 1}`, '', null] as const),
];

function portalAnswer(one: Organization, path: string, options: CountryOptions): Answer | null {
  if (path === '/robots.txt') {
    // one in ten asks for a longer pause than the usual one, and every other one has no such file
    if (one.index % 2 === 1) return null;
    return plain(`User-agent: *\nDisallow: /admin/\n${one.index % 10 === 4 ? 'Crawl-delay: 5\n' : ''}`);
  }
  if (path.endsWith('.pdf'))
    return { status: 200, type: 'application/pdf', body: '%PDF-1.4\n%%EOF\n', isStamped: false };
  const service = one.services.find(({ number }) => one.look.servicePath(number) === path);
  if (service) return framed(one, service.title, servicePage(one, service), options);
  const plainPath = path.includes('?q=') || path.includes('&q=') ? one.look.path('jostejo') : path;
  const page = pagesOf(one).find(([slug]) => one.look.path(slug) === plainPath);
  if (page) return framed(one, page[1] || `خبر ${page[0].slice(7)}`, portalPage(one, page[0], path, options), options, page[0] === 'en' ? 'en' : 'fa'); // prettier-ignore
  // some say "not found" with a page that is there
  return one.has('honest404') ? null : framed(one, 'یافت نشد', '<h1>صفحه یافت نشد</h1><p>صفحه‌ای که می‌خواستید وجود ندارد.</p>', options); // prettier-ignore
}

const pagesOf = (one: Organization): typeof PAGES => PAGES.filter(([, , feature]) => !feature || one.has(feature));

function portalPage(one: Organization, slug: string, path: string, { today }: CountryOptions): string {
  const ago = (days: number): string => dayOf(today - days * DAY);
  const link = (target: string, text: string): string => `<a href="${one.look.path(target)}">${text}</a>`;
  const list = one.services.map(
    (service) =>
      `<li><a href="${one.look.servicePath(service.number)}">${service.title}</a>${one.has('code') ? ` <span>(شناسه خدمت: ${service.code})</span>` : ''}${service.system && one.has('direct') ? ` <a href="${service.system}">ورود به سامانه ${service.title}</a>` : ''}</li>`,
  );
  const news = Array.from({ length: NEWS }, (_, i) => `<li>${link(`khabar-${i + 1}`, newsTitle(one, i + 1))} <time>${ago(one.has('fresh') ? 2 + i * 9 : 400 + i * 30)}</time></li>`).join('\n'); // prettier-ignore
  switch (slug) {
    case '':
      return `<section><h1>خدمات پرکاربرد</h1><ul>${list.slice(0, one.has('homeLinks') ? 12 : 3).join('\n')}</ul><p>${link('khadamat', 'فهرست کامل خدمات (میز خدمت الکترونیک)')}</p></section>
<section><h2>تازه‌ترین خبرها</h2><ul>${news}</ul></section>${one.has('chat') ? '<aside class="chat" role="complementary" aria-label="گفتگوی برخط"><p><strong>گفتگوی برخط</strong> <span>کارشناس آنلاین است</span><br>پاسخگویی: شنبه تا چهارشنبه ۸ تا ۱۶</p><button type="button" class="chat-launcher">شروع گفتگو</button></aside>' : ''}`;
    case 'khadamat':
      return `<h1>میز خدمت الکترونیک و فهرست خدمات</h1>${one.has('window') ? '<p>همه خدمات سازمان از یک جا، با یک حساب و در پنجره واحد ارائه می‌شود.</p>' : ''}<ul>${list.join('\n')}</ul>${one.has('lifeEvents') ? `<h2>خدمات بر اساس رویداد زندگی</h2><h3>شروع کسب‌وکار</h3><ul>${list.slice(0, 3).join('')}</ul><h3>پایان کسب‌وکار</h3><ul>${list.slice(-2).join('')}</ul>` : ''}`;
    case 'akhbar':
      return `<h1>اخبار</h1><ul>${news}</ul>`;
    case 'tamas':
      return `<h1>تماس با ما</h1><p>نشانی: شهر نگین، خیابان ${FIELDS[one.index % FIELDS.length]}، پلاک ${fa(one.index + 3)}، کد پستی ۱۹۱۱۸۴۵۰۱۷<br>تلفن: <a href="tel:0295550${1000 + one.index}">۰۲۹-۵۵۵۰${fa(1000 + one.index)}</a>${one.has('email') ? `<br>رایانامه: <a href="mailto:info@${one.host}">info@${one.host}</a>` : ''}${one.has('hours') ? '<br>ساعات کار: شنبه تا چهارشنبه ۷:۳۰ تا ۱۴:۳۰' : ''}</p>${one.has('helpdesk') ? '<p>پشتیبانی سامانه‌ها: <a href="tel:02955501299">۰۲۹-۵۵۵۰۱۲۹۹</a>، ساعات پاسخگویی شنبه تا چهارشنبه ۷:۳۰ تا ۱۹</p>' : ''}${one.has('contactForm') ? `<h2>ارسال پیام به سازمان</h2><form method="post" action="/payam/">${field('nam', 'نام و نام خانوادگی', 'required')}${field('email', 'رایانامه', 'type="email" required')}<p><label for="payam">متن پیام</label><textarea id="payam" name="payam" required minlength="10"></textarea></p><button type="submit">ارسال پیام</button></form>` : ''}`; // prettier-ignore
    case 'darbare':
      return `<h1>درباره ما</h1><p>${sentence(one, 'about', 40)}</p>`;
    case 'modiran':
      return `<h1>معرفی مدیران</h1>${one.look.facts(['رئیس سازمان', 'معاون خدمات', 'مدیر فناوری', 'مدیر روابط عمومی'].map((post, i) => [post, `تلفن ۰۲۹-۵۵۵۰${fa(1100 + i)}`]))}`;
    case 'jostejo':
      return `<h1>نتیجه جستجو برای «${queryOf(path)}»</h1><ul>${one.services.filter(({ title }) => queryOf(path).split(' ').some((word) => word.length > 1 && title.includes(word))).slice(0, 10).map(({ number, title }) => `<li><a href="${one.look.servicePath(number)}">${title}</a></li>`).join('') || '<li>موردی یافت نشد</li>'}</ul>`; // prettier-ignore
    case 'porsesh':
      return `<h1>پرسش‌های متداول</h1>${one.look.questions(QUESTIONS)}`;
    case 'shekayat':
      return `<h1>ثبت شکایت و رسیدگی به شکایات</h1><p>شکایت شما حداکثر در ۵ روز کاری بررسی و پاسخ آن پیامک می‌شود. پس از ثبت، کد پیگیری شکایت دریافت می‌کنید.</p><form method="post" action="/shekayat/sabt/">${field('mozu', 'خدمت موضوع شکایت', 'required')}<p><label for="sharh">شرح شکایت</label><textarea id="sharh" name="sharh" required minlength="20"></textarea></p>${field('hamrah', 'شماره همراه برای پاسخ', 'type="tel" pattern="09[0-9]{9}" required')}<button type="submit">ثبت شکایت</button></form>`;
    case 'nazarsanji':
      return `<h1>نظرسنجی</h1><p>آغاز: ${ago(12)} · پایان: ${ago(-18)}</p><form method="post" action="/ray/"><fieldset><legend>از زمان انجام خدمت راضی بوده‌اید؟</legend>${['بله، زودتر از وعده بود', 'به موقع بود', 'دیر شد'].map((answer, i) => `<label><input type="radio" name="ray" value="${i}"> ${answer}</label><br>`).join('')}<button type="submit">ثبت رأی</button></fieldset></form>${one.has('pollResults') ? `<h2>نتایج نظرسنجی پیشین</h2><p>از ${ago(100)} تا ${ago(70)}، ۲٬۴۱۸ رأی</p><table><tr><th>گزینه</th><th>درصد</th></tr><tr><td>پیامک</td><td>۵۱٪</td></tr><tr><td>درگاه</td><td>۴۹٪</td></tr></table>` : ''}`;
    case 'pishnahad':
      return `<h1>ارسال پیشنهاد و ایده شهروندان</h1><p>همه شهروندان می‌توانند پیشنهاد خود را بفرستند.</p><form method="post" action="/pishnahad/sabt/">${field('onvan', 'عنوان ایده', 'required')}<p><label for="ideh">شرح ایده</label><textarea id="ideh" name="ideh" required minlength="30"></textarea></p><button type="submit">ثبت ایده</button></form>`;
    case 'nazarkhahi':
      return `<h1>نظرخواهی درباره پیش‌نویس‌ها</h1><p>پیش‌نویس دستورالعمل پیشنهادی از ${ago(10)} تا ${ago(-20)} برای نظرخواهی عمومی منتشر شده است.</p><form method="post" action="/nazar/"><p><label for="nazar">نظر شما درباره پیش‌نویس</label><textarea id="nazar" name="nazar"></textarea></p><button type="submit">ارسال نظر</button></form>`;
    case 'sath-khedmat':
      return `<h1>توافق‌نامه سطح خدمت (SLA)</h1><p>سازمان در برابر شهروندان متعهد می‌شود که خدمات زیر را با سنجه‌های نوشته‌شده ارائه کند.</p><table><tr><th>خدمت</th><th>حداکثر زمان ارائه</th><th>دسترس‌پذیری سامانه</th><th>جبران</th></tr>${one.services.map(({ title, number }) => `<tr><th scope="row">${title}</th><td>${fa(1 + (number % 14))} روز کاری</td><td>۹۹٫۵ درصد</td><td>بازگشت کارمزد در صورت دیرکرد</td></tr>`).join('\n')}</table>`; // prettier-ignore
    case 'amar':
      return `<h1>آمار خدمات الکترونیکی</h1><p>دوره: سی روز منتهی به ${ago(4)}</p><table><tr><th>خدمت</th><th>تعداد درخواست</th><th>میانگین زمان ارائه</th><th>رضایت</th></tr>${one.services.map(({ title, number }) => `<tr><th scope="row">${title}</th><td>${fa(120 + number * 17)}</td><td>${fa(1 + (number % 9))} روز</td><td>۴٫۲ از ۵</td></tr>`).join('\n')}</table>`; // prettier-ignore
    case 'dadeh':
      return `<h1>داده‌های باز</h1><p>مجوز استفاده: CC BY 4.0؛ با ذکر منبع برای هر هدفی آزاد است.</p><table><tr><th>مجموعه داده</th><th>قالب</th><th>به‌روزرسانی</th></tr><tr><td>شمار درخواست‌ها به تفکیک ماه</td><td><a href="/dadeh/darkhast.csv">CSV</a></td><td>${ago(25)}</td></tr></table>`;
    case 'harim':
      return `<h1>بیانیه حریم خصوصی</h1><p>اطلاعات شخصی شما تنها برای انجام خدمت گردآوری می‌شود، به دستگاه دیگری داده نمی‌شود و پس از دو سال پاک می‌شود. برای اصلاح یا حذف اطلاعات با ${link('tamas', 'ما')} تماس بگیرید.</p>`;
    case 'naghshe':
      return `<h1>نقشه سایت</h1><ul>${pagesOf(one)
        .map(([target, name]) => `<li>${link(target, name || newsTitle(one, Number(target.slice(7))))}</li>`)
        .join('')}</ul>`;
    case 'peygiri':
      return '<h1>پیگیری درخواست</h1><p>وضعیت درخواست همه خدمات سازمان از همین صفحه دیده می‌شود.</p><form method="post" action="/peygiri/namayesh"><label for="rahgiri">کد رهگیری ده‌رقمی</label><input id="rahgiri" name="rahgiri" required pattern="[0-9]{10}" inputmode="numeric"><button type="submit">مشاهده وضعیت درخواست</button></form>';
    case 'en':
      return `<h1>About the agency</h1><p>This agency issues permits and certificates. Its services are open to citizens and to companies; most of them are requested online and take a few working days.</p><h2>Services</h2><ul><li>Permits for workshops and farms</li><li>Certificates of quality</li></ul><p>Address: 12 Orchard Street, Negin. Phone: +98 29 5550 1000</p>`;
    case 'vebservis':
      return '<h1>وب‌سرویس‌ها</h1><p>وب‌سرویس استعلام اصالت برای دستگاه‌های دیگر فراهم است. مستندات API و نمونه درخواست در این صفحه است.</p><pre>GET /api/v1/asalat?code=…</pre>';
    default:
      return `<h1>${slug.startsWith('khabar') ? newsTitle(one, Number(slug.slice(7))) : PAGES.find(([known]) => known === slug)![1]}</h1><p><time>${ago(3)}</time></p><p>${sentence(one, slug, 90)}</p>`;
  }
}

const newsTitle = (one: Organization, number: number): string => sentence(one, `news ${number}`, 6);
const queryOf = (path: string): string => {
  const { searchParams } = new URL(path, 'http://x.example');
  return (searchParams.get('q') ?? '').replace(/[<>&"]/g, '');
};
const field = (name: string, label: string, attributes: string): string =>
  `<p><label for="${name}">${label}</label><input id="${name}" name="${name}" ${attributes}></p>`;

const QUESTIONS = [
  ['این خدمت برای چند سال اعتبار دارد؟', 'اعتبار آن پنج سال است و از سه ماه پیش از پایان می‌توان درخواست تمدید داد.'],
  ['اگر درخواست رد شود چه باید کرد؟', 'علت رد در «درخواست‌های من» نوشته می‌شود و پانزده روز برای رفع آن فرصت دارید.'],
  ['کارمزد در صورت انصراف برگردانده می‌شود؟', 'بله، حداکثر در ۷۲ ساعت به همان کارت برمی‌گردد.'],
  ['آیا می‌توان از سوی دیگری درخواست داد؟', 'بله، وکیل رسمی با شماره وکالت‌نامه می‌تواند.'],
] as const;

// ---------------------------------------------------------------- services and systems

function servicePage(one: Organization, service: Service): string {
  const has = (feature: string): boolean => one.has(feature, service);
  const { title, code, system, number } = service;
  const rows: [string, string][] = [];
  if (has('described')) rows.push(['خدمت‌گیرندگان', 'اشخاص حقیقی و حقوقی که در این حوزه کار می‌کنند']);
  if (one.has('code')) rows.push(['شناسه خدمت', code]);
  if (has('fee'))
    rows.push(['هزینه خدمت', `${fa(150 + number * 10)}٬۰۰۰ ریال`], ['متوسط مدت زمان ارائه خدمت', `${fa(1 + (number % 14))} روز کاری`]); // prettier-ignore
  else if (has('placeholders')) rows.push(['هزینه خدمت', '---'], ['متوسط مدت زمان ارائه خدمت', '---']);
  if (has('visits')) rows.push(['تعداد بار مراجعه حضوری', system ? 'صفر؛ همه مراحل بدون مراجعه حضوری است' : 'دو بار']);
  if (has('unit')) rows.push(['مسئول اصلی ارائه خدمت', `اداره صدور؛ تلفن <a href="tel:0295550${1200 + number}">۰۲۹-۵۵۵۰${fa(1200 + number)}</a>`]); // prettier-ignore
  if (has('result')) rows.push(['خروجی خدمت', 'گواهی الکترونیکی دارای شناسه یکتا و رمزینه، قابل دریافت از سامانه']);
  return [
    `<h1>${title}</h1>`,
    system && has('start') ? `<p><a class="button" href="${system}">ورود به سامانه و ثبت درخواست ${title}</a></p>` : '',
    has('described') ? `<h2>شرح خدمت</h2><p>با این خدمت متقاضی ${title} را از سازمان درخواست می‌کند؛ شرایط او بررسی و نتیجه به صورت الکترونیکی به او داده می‌شود. ${sentence(one, `about ${number}`, 25)}</p>` : '', // prettier-ignore
    rows.length > 0 ? one.look.facts(rows) : '',
    has('documents') ? '<h2>مدارک لازم</h2><ul><li>تصویر اجاره‌نامه یا سند مالکیت محل (pdf یا jpg)</li><li>گواهی پایان دوره آموزشی</li></ul>' : '', // prettier-ignore
    has('steps') ? `<h2>مراحل دریافت خدمت</h2><ol><li>ورود به سامانه</li><li>تکمیل فرم درخواست و بارگذاری مدارک</li><li>استعلام برخط از دستگاه‌های مرتبط</li><li>پرداخت اینترنتی کارمزد و دریافت رسید</li><li>دریافت نتیجه</li></ol>` : '', // prettier-ignore
    has('form') ? `<p><a href="/files/form-${number}.pdf">دریافت فرم درخواست ${title} (pdf)</a></p>` : '',
    has('inquiry') ? '<h2>استعلام‌های برخط</h2><table><tr><th>عنوان استعلام</th><th>دستگاه</th></tr><tr><td>هویت متقاضی</td><td>سازمان ثبت احوال</td></tr><tr><td>بدهی مالیاتی</td><td>سازمان امور مالیاتی</td></tr></table>' : '', // prettier-ignore
    has('national')
      ? `<p><a href="http://${NATIONAL.portal}/khedmat/${code}">این خدمت در درگاه ملی خدمات دولت</a></p>`
      : '',
    one.has('sla') && has('slaLink') ? `<p><a href="${one.look.path('sath-khedmat')}">توافق‌نامه سطح این خدمت</a></p>` : '', // prettier-ignore
    has('serviceFaq') ? `<h2>پرسش‌های متداول</h2>${one.look.questions(QUESTIONS.slice(0, 3))}` : '',
    has('comments') ? '<h2>نظرهای کاربران این خدمت</h2><form method="post" action="/nazar/"><p><label for="nazar">پرسش یا نظر شما درباره این خدمت</label><textarea id="nazar" name="nazar"></textarea></p><button type="submit">ارسال نظر</button></form>' : '', // prettier-ignore
    has('rating') ? `<form method="post" action="/emtiaz/"><fieldset><legend>میزان رضایت شما از خدمت «${title}» چقدر است؟</legend>${['خیلی کم', 'کم', 'متوسط', 'زیاد', 'خیلی زیاد'].map((word, i) => `<label><input type="radio" name="emtiaz" value="${i + 1}"> ${word}</label>`).join(' ')}<button type="submit">ثبت نظر</button></fieldset></form>` : '', // prettier-ignore
  ].join('\n');
}

function systemAnswer(one: Organization, path: string): Answer | null {
  const shell = (title: string, main: string): Answer =>
    html(`<!doctype html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8">${one.has('viewport') ? '<meta name="viewport" content="width=device-width, initial-scale=1">' : ''}<title>${title} | ${one.name}</title></head>
<body><header><a href="http://${one.host}/">${one.has('back') ? `بازگشت به درگاه ${one.name}` : 'خانه'}</a> ${one.has('login') ? `<a href="/vorud">${one.has('sso') ? 'ورود با پنجره ملی خدمات دولت' : 'ورود به سامانه'}</a>` : ''} ${one.has('tracking') ? '<a href="/peygiri">پیگیری درخواست</a>' : ''}</header>
<main>${main}</main><footer><p>${one.name}${one.has('helpdesk') ? ' · پشتیبانی ۰۲۹-۵۵۵۰۱۲۹۹، شنبه تا چهارشنبه ۷:۳۰ تا ۱۹' : ''}</p></footer><script>${SCRIPT}</script></body></html>`); // prettier-ignore
  if (path === '/vorud')
    return one.has('sso')
      ? shell('ورود', `<h1>ورود</h1><p><a href="http://${NATIONAL.login}/vorud?client=${one.id}">ورود با پنجره ملی خدمات دولت</a></p>`) // prettier-ignore
      : shell('ورود', `<h1>ورود کاربران</h1><form method="post" action="/vorud">${field('user', 'نام کاربری', 'required')}${field('pass', 'رمز عبور', 'type="password" required')}<button type="submit">ورود</button></form>`); // prettier-ignore
  if (path === '/peygiri')
    return shell('پیگیری', '<h1>پیگیری درخواست</h1><form method="post" action="/peygiri/namayesh"><label for="kod">کد رهگیری</label><input id="kod" name="kod" required><button type="submit">مشاهده وضعیت</button></form>'); // prettier-ignore
  const service = one.services.find(({ system }) => system === `http://${one.systems}${path}`);
  if (!service) return null;
  const has = (feature: string): boolean => one.has(feature, service);
  const required = has('validation') ? 'required maxlength="200"' : '';
  return shell(
    service.title,
    [
      `<h1>درخواست ${service.title}</h1>`,
      `<form method="post" action="/darkhast/${service.number}/gam2" enctype="multipart/form-data">`,
      has('labels')
        ? field('neshani', 'نشانی محل', required)
        : `<p><input name="neshani" placeholder="نشانی محل" ${required}></p>`,
      has('labels')
        ? field('kodposti', 'کد پستی', has('validation') ? 'required pattern="[0-9]{10}" inputmode="numeric"' : '')
        : '<p><input name="kodposti" placeholder="کد پستی"></p>',
      field('melli', 'کد ملی', required),
      field('masahat', 'مساحت محل (متر مربع)', has('validation') ? 'type="number" min="4" max="5000" required' : ''),
      has('formHelp')
        ? '<p class="hint">فقط رقم، بدون فاصله. <a href="/rahnama">راهنمای تکمیل این درخواست</a></p>'
        : '',
      has('upload') ? field('sanad', 'تصویر سند مالکیت (pdf یا jpg، حداکثر ۵۰۰ کیلوبایت)', 'type="file" accept=".pdf,.jpg" required') : '', // prettier-ignore
      '<button type="submit">ادامه</button></form>',
      has('payment')
        ? `<p>کارمزد را از <a href="http://${NATIONAL.payment}/gate?m=${one.id}">درگاه پرداخت اینترنتی بانک</a> می‌پردازید. رسید پرداخت در «درخواست‌های من» می‌ماند و در صورت انصراف، وجه حداکثر در ۷۲ ساعت بازگردانده می‌شود.</p>`
        : '<p>هزینه را به حساب سازمان واریز و فیش بانکی را بارگذاری کنید.</p>',
      has('receipt') ? '<p>پس از ثبت درخواست، کد رهگیری نمایش داده و پیامک می‌شود.</p>' : '',
    ].join('\n'),
  );
}

/** Hosts that belong to nobody's portal: the state's own, its log-in, channels, the law on information. */
function nationalAnswer(
  host: string,
  path: string,
  byCode: ReadonlyMap<string, { readonly one: Organization; readonly service: Service }>,
  organizations: readonly Organization[],
  today: number,
): Answer | null {
  const page = (title: string, main: string): Answer =>
    html(`<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${main}</main></body></html>`); // prettier-ignore
  if (path === '/robots.txt') return null;
  const last = path.split('/').pop()!.split('?')[0]!;
  if (host === NATIONAL.portal) {
    const known = byCode.get(last);
    if (known) return page(known.service.title, `<p>شناسه خدمت: ${last}</p><p>دستگاه: ${known.one.name}</p>${known.service.system ? `<p><a href="${known.service.system}">ورود به سامانه خدمت</a></p>` : ''}`); // prettier-ignore
    return path === '/' ? page('درگاه ملی خدمات دولت', '<p>خدمات همه دستگاه‌ها</p>') : null;
  }
  if (host === NATIONAL.login)
    return page('ورود با پنجره ملی خدمات دولت', `<form method="post">${field('k', 'کد ملی', 'required')}<button>ارسال رمز یکبار مصرف</button></form>`); // prettier-ignore
  const one = organizations.find(({ id }) => id === last);
  if (!one) return null;
  if (host !== NATIONAL.channels) return page(one.name, '<p>انتشار و دسترسی آزاد به اطلاعات</p>');
  const age = one.has('fresh') ? 1 : 300;
  return page(
    one.name,
    [1, 4, 9]
      .map((days) => `<article><p>${sentence(one, `post ${days}`, 8)}</p><time>${dayOf(today - age * days * DAY)}</time></article>`)
      .join(''),
  ); // prettier-ignore
}

// ---------------------------------------------------------------- frame and filler

function framed(
  one: Organization,
  title: string,
  main: string,
  { today }: CountryOptions,
  lang: 'fa' | 'en' = 'fa',
): Answer {
  const menu = pagesOf(one).filter(([, name]) => name !== '');
  const items = menu.map(([slug, name]) => `<li class="nav-item dropdown" data-module="menu"><a class="nav-link dropdown-toggle" href="${one.look.path(slug)}" aria-expanded="false"><span class="nav-text">${name}</span>${ICON}</a></li>`).join('\n'); // prettier-ignore
  const cards = Array.from({ length: one.look.filler }, (_, i) => `<div class="col-12 col-md-6 col-lg-4"><article class="card-wrapper card-space" data-id="${i}"><div class="card card-big"><figure class="img-wrapper"><img src="/img/${i}.jpg" class="img-fluid lazyload" loading="lazy" width="320" height="180" ${one.has('alt') ? `alt="${sentence(one, `alt ${i}`, 3)}"` : ''}></figure><div class="card-body"><div class="category-top">${ICON}<span>${sentence(one, `kind ${i}`, 2)}</span></div><h3 class="card-title h5">${sentence(one, `${title} card ${i}`, 7)}</h3><p class="card-text">${sentence(one, `${title} text ${i}`, 20)}</p></div></div></article></div>`).join('\n'); // prettier-ignore
  const broken = one.has('tidy') ? '' : '<li><a href="/gom-shode-1">بخشنامه‌ها</a></li><li><a href="/gom-shode-2">نشریات</a></li>'; // prettier-ignore
  const body = `<!doctype html>
<html lang="${lang}" dir="${lang === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">${one.has('viewport') ? '<meta name="viewport" content="width=device-width, initial-scale=1">' : ''}<title>${title} | ${one.name}</title><link rel="stylesheet" href="/css/site.css">${one.has('rss') ? '<link rel="alternate" type="application/rss+xml" title="خوراک اخبار" href="/rss.xml">' : ''}</head>
<body>${one.has('skip') ? '<a class="skip" href="#matn">پرش به محتوای اصلی</a>' : ''}<header><a href="/"><img src="/img/neshan.svg" alt="${one.name}" width="56" height="56"></a><p class="brand">${one.name}</p>${one.has('search') ? `<form role="search" method="get" action="${one.look.path('jostejo').split('?')[0]}">${one.look.path('jostejo').includes('?') ? '<input type="hidden" name="page" value="jostejo">' : ''}<label for="q">جستجو در درگاه</label><input id="q" name="q" type="search"><button type="submit">جستجو</button></form>` : ''}<nav aria-label="فهرست اصلی"><ul>${items}</ul></nav></header>
<main id="matn" class="container">${main}</main>
<aside class="news"><div class="row">${cards}</div></aside>
<footer><p>نشانی: شهر نگین، خیابان باغ، پلاک ${fa(one.index + 3)} · تلفن ۰۲۹-۵۵۵۰${fa(1000 + one.index)}</p><ul>${broken}${one.has('dargahLink') ? `<li><a href="http://${NATIONAL.portal}/">درگاه ملی خدمات دولت</a></li>` : ''}${one.has('foi') ? `<li><a href="http://${NATIONAL.information}/dastgah/${one.id}">انتشار و دسترسی آزاد به اطلاعات</a></li>` : ''}${one.has('social') ? `<li><a href="http://${NATIONAL.channels}/${one.id}" rel="me">کانال سازمان در پیام‌رسان</a></li>` : ''}</ul>${one.has('newsletter') ? '<form method="post" action="/khabarnameh/"><label for="khabar">عضویت در خبرنامه</label><input id="khabar" name="email" type="email"><button type="submit">عضویت</button></form>' : ''}${one.has('updated') ? `<p>آخرین به‌روزرسانی: ${dayOf(today - DAY)}</p>` : ''}<p>کلیه حقوق محفوظ است.</p></footer>
<script>${SCRIPT}</script>${one.index % 3 === 0 ? `<input type="hidden" name="__token" value="${STAMP}">` : ''}</body></html>`; // prettier-ignore
  return html(body);
}

/** Stands in a page where each answer has another token. */
export const STAMP = '{{token}}';

const html = (body: string): Answer => ({
  status: 200,
  type: 'text/html; charset=utf-8',
  body,
  isStamped: body.includes(STAMP),
});
const plain = (body: string): Answer => ({ status: 200, type: 'text/plain; charset=utf-8', body, isStamped: false });

const ICON =
  '<svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2v6z" fill="currentColor"></path></svg>';
/** Inline settings of the kind that content management systems write into every page. */
const SCRIPT = `window.settings = {};${Array.from({ length: 60 }, (_, i) => ` window.settings["module${i}"] = { enabled: ${i % 3 !== 0}, endpoint: "/api/v1/${i}" };`).join('')}`;

const SYLLABLES = 'با دا را سا ما نا کار بان دست مان گر ور زار ستان نگ رو شن مه پو لی تو چین سو گل باغ سنگ'.split(' ');

/** Words that mean nothing, the same ones for the same text. */
function sentence({ id }: Pick<Organization, 'id'>, what: string, words: number): string {
  let state = Math.floor(shareOf(`${id} ${what}`) * 2 ** 32) >>> 0;
  /** A small generator of pseudo-random numbers (Numerical Recipes). */
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: words }, () =>
    Array.from({ length: 2 + next(2) }, () => SYLLABLES[next(SYLLABLES.length)]!).join(''),
  ).join(' ');
}

/** A number from 0 to 1, without 1, that looks drawn and is always the same. */
const shareOf = (what: string): number => createHash('sha256').update(what).digest().readUIntBE(0, 6) / 2 ** 48;

const DAY = 86_400_000;
const JALALI = new Intl.DateTimeFormat('fa-IR-u-ca-persian', { dateStyle: 'long', timeZone: 'Asia/Tehran' });
const dayOf = (time: number): string => JALALI.format(time);
const fa = (value: number): string => value.toLocaleString('fa-IR', { useGrouping: false });
