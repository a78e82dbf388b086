import rule from '../../../rules/participation/social-media.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = (footer: string): string =>
  `<main><h1>سازمان نمونه</h1><p>خوش آمدید.</p></main><footer>${footer}</footer>`;
const eitaa = '<a href="https://eitaa.com/nemooneh_org"><i class="icon-eitaa"></i></a>';
const aparat = '<a href="https://www.aparat.com/nemooneh">آپارات</a>';
const there = { kind: 'not-html', contentType: 'text/plain' } as const;
const gone = { kind: 'unreachable', cause: 'not-found', detail: '404' } as const;
const channel = { 'https://eitaa.com/nemooneh_org': '<main><h1>کانال رسمی سازمان نمونه</h1></main>' };

testRule(rule, [
  {
    name: 'passes a messenger and a video channel of which one was seen alive',
    home: home(`${eitaa} ${aparat}`),
    pages: channel,
    outcome: 'channels',
    verdict: 'pass',
    quotes: 'آپارات',
  },
  {
    name: 'accepts a network that lets nobody in from here',
    home: home(
      `<a href="https://www.instagram.com/nemooneh">اینستاگرام</a> <a href="https://t.me/nemooneh">تلگرام</a>`,
    ),
    outcomes: { 'https://t.me/nemooneh': { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'channels',
    verdict: 'pass',
  },
  {
    name: 'gives half where nobody looked whether the channels live',
    home: home(`${eitaa} ${aparat}`),
    outcome: 'channels-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for two messengers',
    home: home(`${eitaa} <a href="https://ble.ir/nemooneh">بله</a>`),
    pages: channel,
    outcome: 'oneKind',
    verdict: 'partial',
  },
  { name: 'gives half for one channel', home: home(eitaa), pages: channel, outcome: 'single', verdict: 'partial' },
  {
    name: 'counts an account once, however often it is linked',
    home: home(`${eitaa} ${eitaa} <a href="https://eitaa.com/Nemooneh_Org">ایتا</a>`),
    pages: channel,
    outcome: 'single',
  },
  {
    name: 'does not count a channel that is gone',
    home: home(`${eitaa} ${aparat}`),
    pages: channel,
    outcomes: { 'https://www.aparat.com/nemooneh': gone },
    outcome: 'single',
  },
  {
    name: 'gives half for channels that only another page links',
    home: home('<p>تلفن</p>'),
    pages: { ...channel, contact: `<main><h1>تماس</h1>${eitaa}</main>` },
    outcome: 'notHome',
    verdict: 'partial',
  },
  {
    name: 'takes share buttons for nothing',
    home: home(
      '<a href="https://t.me/share/url?url=https://www.org.example/">تلگرام</a><a href="https://www.facebook.com/sharer/sharer.php?u=x">Facebook</a>',
    ),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes the account of the maker of the site for nothing',
    home: home('<p>طراحی و پشتیبانی: شرکت نگاره <a href="https://t.me/negareh_co">تلگرام</a></p>'),
    outcome: 'nothing',
  },
  {
    name: 'takes a picture of a network without a link for nothing',
    home: home('<img src="/img/telegram.png" alt="telegram"><p>ما را دنبال کنید</p>'),
    outcome: 'nothing',
  },
  { name: 'ignores what was commented out', home: home(`<!-- ${eitaa} ${aparat} -->`), outcome: 'nothing' },
  {
    name: 'fails links to front pages of networks',
    home: home('<a href="https://eitaa.com/">ایتا</a> <a href="https://www.aparat.com">آپارات</a>'),
    outcome: 'frontPage',
    verdict: 'fail',
  },
  {
    name: 'fails icons that lead nowhere',
    home: home('<a href="#" title="اینستاگرام"><i class="icon-insta"></i></a>'),
    outcome: 'icons',
    verdict: 'fail',
  },
  {
    name: 'fails a single channel that is gone',
    home: home(eitaa),
    outcomes: { 'https://eitaa.com/nemooneh_org': gone },
    outcome: 'gone',
    verdict: 'fail',
  },
  {
    name: 'asks a person about a channel that speaks of somebody else',
    home: home(eitaa),
    pages: {
      'https://eitaa.com/nemooneh_org':
        '<html lang="fa"><head><title>باشگاه آفتاب</title></head><body><main><h1>باشگاه ورزشی آفتاب</h1><p>کانال هواداران باشگاه ورزشی آفتاب؛ هر روز خبرها، عکس‌ها و فیلم‌های بازی‌ها و تمرین‌های تیم را اینجا ببینید و برای دوستان بفرستید.</p></main></body></html>',
    },
    outcome: 'doubtful',
    verdict: 'unclear',
  },
  {
    name: 'takes something that is no page for no look at the channel',
    home: home(`${eitaa} ${aparat}`),
    outcomes: { 'https://eitaa.com/nemooneh_org': there },
    outcome: 'channels-below-evidence',
  },
  {
    name: 'blames nobody for a portal that shuts us out',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
