/** What the codes of a searched place are called, in both languages: in the sentence of a finding and in reports. */
import type { Cause, Refusal, Text } from './model.ts';

const text = (fa: string, en: string): Text => ({ fa, en });

const PLACE_NAMES: Readonly<Record<string, Text>> = {
  home: text('صفحه نخست', 'home page'),
  site: text('صفحه‌های درگاه', 'pages of the portal'),
  catalogue: text('فهرست خدمات', 'list of services'),
  'service-page': text('صفحه خدمت', 'page of the service'),
  system: text('سامانه خدمت', 'system of the service'),
  connection: text('اتصال امن', 'connection'),
  links: text('پیوندها', 'links'),
  search: text('نتیجه جستجو', 'result of the search'),
  probes: text('سنجش‌های دسترسی', 'looks whether it answers'),
  accessibility: text('آزمون دسترس‌پذیری', 'checks for accessibility'),
};

/** Who did not let a page be read, the site or we, and why. */
export const REFUSALS: Readonly<Record<Refusal, { readonly who: 'site' | 'own'; readonly name: Text }>> = {
  robots: { who: 'site', name: text('پرونده robots.txt سایت اجازه نداد', 'robots.txt of the site forbids it') },
  wall: { who: 'site', name: text('دیوار امنیتی یا صفحه چالش سایت', 'a firewall or challenge of the site') },
  login: { who: 'site', name: text('سایت ورود کاربر می‌خواهد', 'the site asks for a log-in') },
  'rate-limit': { who: 'site', name: text('سایت از تعداد درخواست‌ها کاست', 'the site limits the number of requests') },
  guard: { who: 'own', name: text('رصد چنین نشانی یا کنشی را هرگز درخواست نمی‌کند', 'Rasad never asks for such an address or action') },
  budget: { who: 'own', name: text('سقف بازدید این دستگاه پر شد', 'the budget of this organization was used up') },
}; // prettier-ignore

export const CAUSES: Readonly<Record<Cause, Text>> = {
  dns: text('نام میزبان یافت نشد', 'the host name does not resolve'),
  connect: text('اتصال برقرار نشد', 'no connection'),
  tls: text('اتصال امن برقرار نشد', 'no secure connection'),
  timeout: text('پاسخ به‌موقع نرسید', 'no answer in time'),
  reset: text('اتصال در میانه قطع شد', 'the connection broke off'),
  malformed: text('پاسخ قاعده HTTP را رعایت نکرد', 'the answer breaks the rules of HTTP'),
  'too-large': text('بزرگ‌تر از سقف', 'larger than the limit'),
  decompression: text('فشرده‌سازی خراب', 'broken compression'),
  'redirect-loop': text('تغییر مسیر دوری', 'redirects in a circle'),
  'too-many-redirects': text('تغییر مسیر بیش از حد', 'too many redirects'),
  'not-found': text('نشانی وجود ندارد', 'not found'),
  'client-error': text('سایت درخواست را خطا دانست', 'the site called the request an error'),
  'server-error': text('خطای کارساز سایت', 'error of the site’s server'),
  empty: text('پاسخ تهی', 'empty answer'),
  stopped: text('سنجش متوقف شد', 'the audit was stopped'),
};

const DETAILS: Readonly<Record<string, Text>> = {
  read: text('خوانده شد', 'read'),
  file: text('پرونده است', 'it is a file'),
  gone: text('سایت می‌گوید وجود ندارد', 'the site says that it does not exist'),
  none: text('چنین صفحه‌ای دیده نشد', 'no such page was seen'),
  'not-looked': text('نشانی آن شناخته است و کسی نگاه نکرد', 'its address is known, and nobody looked'),
  unreadable: text('خواندنی نبود', 'could not be read'),
  'soft-404': text('صفحه «یافت نشد»', 'a page that says “not found”'),
  handshake: text('دست‌دهی انجام شد', 'handshake made'),
  'no handshake': text('دست‌دهی انجام نشد', 'no handshake'),
  'not used': text('به کار نرفت', 'not used'),
  'no list of services among the pages read': text(
    'میان صفحه‌های خوانده‌شده فهرست خدمات نبود',
    'no list of services among the pages read',
  ),
};

const COUNTED: Readonly<Record<string, readonly [fa: string, one: string, many: string]>> = {
  pages: ['صفحه', 'page', 'pages'],
  links: ['پیوند', 'link', 'links'],
  results: ['نتیجه', 'result', 'results'],
};

/** A short code of the crawler or of a searched place, in words; one that is not known stays as it is. */
export function detailText(code: string): Text {
  const [, number, unit] = /^(\d+) (pages|links|results)$/.exec(code) ?? [];
  if (number !== undefined && unit !== undefined) {
    const [fa, one, many] = COUNTED[unit]!;
    return text(`${number} ${fa}`, `${number} ${number === '1' ? one : many}`);
  }
  const [, read, asked] = /^(\d+) of (\d+) pages$/.exec(code) ?? [];
  if (read !== undefined && asked !== undefined)
    return text(`تنها ${read} صفحه از ${asked} صفحه خوانده شد`, `only ${read} of ${asked} pages were read`);
  return DETAILS[code] ?? REFUSALS[code as Refusal]?.name ?? CAUSES[code as Cause] ?? text(code, code);
}

export const placeText = (place: string): Text => PLACE_NAMES[place] ?? text(place, place);
