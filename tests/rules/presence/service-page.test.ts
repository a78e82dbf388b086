import rule from '../../../rules/presence/service-page.ts';
import { SERVICE_PAGE, testRule } from '../test-rule.ts';

const TITLE = '<h1>صدور پروانه بهره‌برداری معدن</h1>';
const long = `<p>${'این پروانه برای بهره‌برداری از معدن پس از کشف آن صادر می‌شود. '.repeat(10)}</p>`;

testRule(rule, [
  {
    name: 'passes a page with the title and something to read',
    page: `<main>${TITLE}${long}</main>`,
    outcome: 'own',
    verdict: 'pass',
    quotes: 'صدور پروانه',
  },
  {
    name: 'knows the page by its code',
    page: `<main><h1>معدن</h1><p>شناسه خدمت: 13091727100</p>${long}</main>`,
    outcome: 'own',
    quotes: '13091727100',
  },
  {
    name: 'finds a page that nobody declared by its heading',
    page: null,
    pages: { '/p/12': `<main>${TITLE}${long}</main>` },
    outcome: 'own',
  },
  {
    name: 'gives half for a few lines',
    page: `<main>${TITLE}<p>برای دریافت این پروانه باید مدارک خود را به واحد صدور پروانه‌های سازمان بدهید.</p></main>`,
    outcome: 'thin',
    verdict: 'partial',
  },
  {
    name: 'does not count menus as content',
    page: `<nav>${'<a href="/x">پیوند دیگری از درگاه</a> '.repeat(30)}</nav><main>${TITLE}<p>برای دریافت این پروانه باید مدارک خود را به واحد صدور پروانه‌های سازمان بدهید.</p></main>`,
    outcome: 'thin',
  },
  {
    name: 'gives half for a page of two services',
    page: `<main>${TITLE}${long}</main>`,
    others: [{ id: 'other', titles: { fa: 'تمدید پروانه بهره‌برداری معدن', en: '' }, pageUrl: SERVICE_PAGE }],
    outcome: 'shared',
    verdict: 'partial',
  },
  {
    name: 'gives half for a file in place of a page',
    page: null,
    service: { pageUrl: SERVICE_PAGE },
    outcomes: { [SERVICE_PAGE]: { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'fileOnly',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a page with another title',
    page: `<main><h1>گزارش همایش سالانه</h1>${'<p>همایش سالانه صنعت گردشگری با حضور مهمانان خارجی در تالار شهر برگزار شد و سخنرانان از آینده گفتند.</p>'.repeat(6)}</main>`,
    outcome: 'otherTitle',
    verdict: 'unclear',
  },
  { name: 'fails an empty template', page: `<main>${TITLE}<p>-</p></main>`, outcome: 'empty', verdict: 'fail' },
  {
    name: 'fails an address that is not found',
    page: null,
    service: { pageUrl: SERVICE_PAGE },
    outcomes: { [SERVICE_PAGE]: { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'gone',
    verdict: 'fail',
  },
  { name: 'fails a service that has no page', page: null, outcome: 'none', verdict: 'fail' },
  {
    name: 'does not blame a page that is closed to us',
    outcomes: { [SERVICE_PAGE]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'does not blame a declared page at which nobody looked',
    page: null,
    service: { pageUrl: SERVICE_PAGE },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'fails a page that says it is not built yet',
    page: `<main>${TITLE}<p>این صفحه در دست ساخت است و به‌زودی تکمیل می‌شود؛ از شکیبایی شما سپاسگزاریم.</p></main>`,
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'fails a sheet of labels that nobody filled',
    page: `<main>${TITLE}<table>${['شرح خدمت|[عنوان خدمت]', 'نوع خدمت|o G2C o G2B', 'مدارک مورد نیاز|----', 'هزینه|0', 'متوسط زمان|زمان مشخصی درج نشده است', 'مراحل دریافت خدمت|در حال تکمیل', 'مسئول خدمت|نامشخص'].map((row) => `<tr><th>${row.replace('|', '</th><td>')}</td></tr>`).join('')}</table></main>`,
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'passes text in a table that is only the frame of the page',
    page: `<table>${['این پروانه برای بهره‌برداری از معدن پس از کشف آن به متقاضی داده می‌شود', 'هر کس که گواهی کشف دارد می‌تواند آن را از اداره استان بخواهد', 'پس از بررسی نقشه و طرح، پروانه برای پنج سال صادر و به نشانی فرستاده می‌شود', 'بهره‌بردار هر سال گزارش استخراج خود را به همان اداره می‌دهد', 'اگر گزارش نرسد پروانه تا رسیدن آن از اعتبار می‌افتد و کار باز می‌ایستد', 'بازرس اداره سالی دو بار از معدن دیدن می‌کند و نتیجه را به بهره‌بردار می‌نویسد'].map((text) => `<tr><td>${text}</td></tr>`).join('')}</table>${TITLE}`,
    outcome: 'own',
  },
]);
