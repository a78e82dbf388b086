import rule from '../../../rules/participation/live-chat.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = (body: string): string => `<main><h1>سازمان نمونه</h1><p>خوش آمدید.</p></main>${body}`;
const TAWK =
  '<script>var Tawk_API=Tawk_API||{};(function(){var s=document.createElement("script");s.src="https://embed.tawk.to/1/default"})();</script>';

testRule(rule, [
  {
    name: 'passes a launcher with hours and who is online',
    home: home(
      '<aside class="chat"><p><strong>گفتگوی برخط</strong> کارشناس آنلاین است</p><p>پاسخگویی: شنبه تا چهارشنبه ۸:۰۰ تا ۱۶:۰۰</p><button>شروع گفتگو</button></aside>',
    ),
    outcome: 'staffed',
    verdict: 'pass',
  },
  {
    name: 'passes an English chat that says when it is staffed',
    home: home('<div><button>Chat with us</button><p>Monday to Friday, 9:00 to 17:00</p></div>'),
    outcome: 'staffed',
  },
  {
    name: 'passes a chat on the desk of services',
    home: home(''),
    pages: {
      services:
        '<main><h1>میز خدمت</h1><ul><li><a href="/services/permit">صدور پروانه بهره‌برداری معدن</a></li></ul><p>هم‌اکنون آنلاین هستیم</p><button>گفتگوی آنلاین</button></main>',
    },
    outcome: 'staffed',
  },
  { name: 'gives half for a widget that shows neither', home: home(TAWK), outcome: 'noHours', verdict: 'partial' },
  {
    name: 'gives half for a launcher by script without hours',
    home: home('<a href="#" class="launcher">گفتگوی آنلاین</a><script src="/chat.js"></script>'),
    outcome: 'noHours',
  },
  {
    name: 'gives half for a chat that is offline',
    home: home('<div><p>اکنون آفلاین است؛ پیام بگذارید</p><button>گفتگوی آنلاین</button></div>'),
    outcome: 'offline',
    verdict: 'partial',
  },
  {
    name: 'gives half for a machine that answers',
    home: home('<button>دستیار هوشمند</button>'),
    outcome: 'bot',
    verdict: 'partial',
  },
  {
    name: 'gives half for support by an account of a messenger',
    home: home('<p>پشتیبانی</p><a href="https://ble.ir/nemooneh_support">بله</a>'),
    outcome: 'messenger',
    verdict: 'partial',
  },
  {
    name: 'fails a control with nothing behind it',
    home: home('<a href="#">گفتگوی آنلاین</a>'),
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'takes words of a script for no chat',
    home: home('<script>var t={chat:"گفتگوی آنلاین",w:"webchat"}</script>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes a share button of a messenger for no chat',
    home: home('<a href="https://wa.me/?text=https://www.org.example/">اشتراک در واتساپ</a>'),
    outcome: 'nothing',
  },
  {
    name: 'takes a channel of news for no support',
    home: home('<p>ما را دنبال کنید</p><a href="https://eitaa.com/nemooneh_org">ایتا</a>'),
    outcome: 'nothing',
  },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'does not take a link of that name to a page on which nobody chats',
    home: home('<a href="/contact">گفتگوی آنلاین</a>'),
    pages: { '/contact': '<main><h1>نشانی و تلفن</h1><p>تلفن ۰۲۱-۸۸۷۷۶۶۵۵</p></main>' },
    outcome: 'nothing',
  },
]);
