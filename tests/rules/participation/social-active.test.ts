import rule from '../../../rules/participation/social-active.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = (links: string): string => `<main><h1>سازمان نمونه</h1><p>خوش آمدید.</p></main><footer>${links}</footer>`;
const EITAA = 'https://eitaa.com/nemooneh_org';
const eitaa = `<a href="${EITAA}">ایتا</a>`;
const bale = '<a href="https://ble.ir/nemooneh">بله</a>';
const instagram = '<a href="https://www.instagram.com/nemooneh">اینستاگرام</a>';
const gone = { kind: 'unreachable', cause: 'not-found', detail: '404' } as const;
/** A channel whose posts are from these days. The look is on 25 November 2026, which is 4 Azar 1405. */
const channel = (...days: string[]): string =>
  `<main><h1>کانال رسمی سازمان نمونه</h1>${days.map((day) => `<article><p>خبری تازه از سازمان</p><time datetime="${day}">پست</time></article>`).join('')}</main>`;
const written = (...stamps: string[]): string =>
  `<main><h1>کانال رسمی سازمان نمونه</h1>${stamps.map((stamp) => `<div><p>خبری تازه از سازمان نمونه برای همه</p><p>${stamp}</p></div>`).join('')}</main>`;

testRule(rule, [
  {
    name: 'passes a channel with a post of this week',
    home: home(eitaa),
    pages: { [EITAA]: channel('2026-11-22T10:00:00+03:30', '2026-10-01') },
    outcome: 'active',
    verdict: 'pass',
  },
  {
    name: 'passes where one of several channels is active',
    home: home(`${eitaa} ${bale} ${instagram}`),
    pages: { [EITAA]: channel('2026-06-01'), 'https://ble.ir/nemooneh': channel('2026-11-12') },
    outcome: 'active',
  },
  {
    name: 'takes the newest post wherever it stands: the first may be pinned',
    home: home(eitaa),
    pages: { [EITAA]: channel('2024-01-01', '2026-11-20', '2026-11-01') },
    outcome: 'active',
  },
  {
    name: 'reads dates in Jalali',
    home: home(eitaa),
    pages: { [EITAA]: written('۱ آذر ۱۴۰۵', '۲۰ آبان ۱۴۰۵') },
    outcome: 'active',
    quotes: 'آذر',
  },
  {
    name: 'reads ages',
    home: home(eitaa),
    pages: { [EITAA]: written('۳ هفته پیش', '۲ ماه پیش') },
    outcome: 'slow',
    verdict: 'partial',
  },
  {
    name: 'looks at the public page of a channel on Telegram',
    home: home('<a href="https://t.me/nemooneh">تلگرام</a>'),
    pages: { 'https://t.me/s/nemooneh': channel('2026-11-20T08:00:00+00:00') },
    outcome: 'active',
  },
  {
    name: 'gives half for a post of last month',
    home: home(eitaa),
    pages: { [EITAA]: channel('2026-10-25') },
    outcome: 'slow',
    verdict: 'partial',
  },
  {
    name: 'fails a channel that has been silent for months',
    home: home(eitaa),
    pages: { [EITAA]: channel('2026-08-01', '2026-07-01') },
    outcome: 'stale',
    verdict: 'fail',
  },
  {
    name: 'does not fail it where another channel could not be seen',
    home: home(`${eitaa} ${instagram}`),
    pages: { [EITAA]: channel('2026-08-01') },
    outcome: 'partlySeen',
    verdict: 'unclear',
  },
  {
    name: 'fails it where the other one is gone',
    home: home(`${eitaa} ${bale}`),
    pages: { [EITAA]: channel('2026-08-01') },
    outcomes: { 'https://ble.ir/nemooneh': gone },
    outcome: 'stale',
  },
  {
    name: 'fails channels that are all gone',
    home: home(eitaa),
    outcomes: { [EITAA]: gone },
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'takes a day of which a post tells for no date of a post',
    home: home(eitaa),
    pages: { [EITAA]: written('نشست سازمان روز ۱ آذر ۱۴۰۵ در ساختمان مرکزی و با حضور کارکنان برگزار می‌شود') },
    outcome: 'undated',
    verdict: 'unclear',
  },
  {
    name: 'takes a day to come for none',
    home: home(eitaa),
    pages: { [EITAA]: channel('2026-12-20') },
    outcome: 'undated',
  },
  {
    name: 'cannot see behind the log-in of a network',
    home: home(instagram),
    outcome: 'behindLogin',
    verdict: 'not-visible',
  },
  {
    name: 'takes the log-in page of a network for what it is',
    home: home(instagram),
    pages: { 'https://www.instagram.com/nemooneh': '<main><h1>Instagram</h1><p>Log in to see photos</p></main>' },
    outcome: 'behindLogin',
  },
  {
    name: 'blames nobody for a channel that does not answer us',
    home: home(eitaa),
    outcomes: { [EITAA]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'asks a person about a channel of somebody else',
    home: home(eitaa),
    pages: {
      [EITAA]:
        '<html lang="fa"><head><title>باشگاه آفتاب</title></head><body><main><h1>باشگاه ورزشی آفتاب</h1><p>کانال هواداران باشگاه ورزشی آفتاب؛ هر روز خبرها، عکس‌ها و فیلم‌های بازی‌ها و تمرین‌های تیم را اینجا ببینید و برای دوستان بفرستید.</p><time datetime="2026-11-24">دیروز</time></main></body></html>',
    },
    outcome: 'doubtful',
    verdict: 'unclear',
  },
  {
    name: 'leaves out an organization without a channel',
    home: home('<a href="https://t.me/share/url?url=https://www.org.example/">تلگرام</a>'),
    outcome: 'noChannel',
    verdict: 'not-applicable',
  },
  {
    name: 'blames nobody for a portal that shuts us out',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
