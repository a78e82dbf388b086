import rule from '../../../rules/interaction/helpdesk.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = (footer: string, nav = ''): string =>
  `<header><nav>${nav}</nav></header><main><h1>سازمان نمونه</h1></main><footer>${footer}</footer>`;

testRule(rule, [
  {
    name: 'passes a number with its hours',
    home: home('<p>پشتیبانی سامانه‌ها: ۰۲۱-۸۸۷۷۶۶۵۵</p><p>ساعات پاسخگویی: ۸:۰۰ تا ۱۴:۳۰</p>'),
    outcome: 'full',
    verdict: 'pass',
    quotes: '۰۲۱-۸۸۷۷۶۶۵۵',
  },
  {
    name: 'passes a call centre that never closes',
    home: home('<p>مرکز تماس ۱۵۹۰ به صورت شبانه‌روزی پاسخگوی شماست.</p>'),
    outcome: 'full',
  },
  {
    name: 'takes small numbers beside days for hours',
    home: home('<p>پشتیبانی: ۰۲۱-۸۸۷۷۶۶۵۵، شنبه تا پنجشنبه ۷ تا ۲۱</p>'),
    outcome: 'full',
  },
  {
    name: 'passes a page of tickets with hours',
    home: home('', '<a href="/support">پشتیبانی</a>'),
    pages: {
      '/support':
        '<main><h1>درخواست کمک</h1><p>ساعات کاری: شنبه تا چهارشنبه ۸:۰۰ تا ۱۶:۰۰</p><form><label>شرح مشکل <textarea name="t"></textarea></label><button>ارسال</button></form></main>',
    },
    outcome: 'full',
  },
  {
    name: 'reads the pages of systems as well',
    home: home(''),
    system: '<main><h1>سامانه معدن</h1><p>تلفن پشتیبانی: ۰۲۱-۶۶۵۵۴۴۳۳ (شنبه تا چهارشنبه، ساعت ۸ تا ۱۵)</p></main>',
    outcome: 'full',
  },
  {
    name: 'gives half for the support of a shared window',
    home: home(''),
    service: { systemUrl: 'https://my.gov.ir/service/12' },
    pages: {
      'https://my.gov.ir/service/12':
        '<main><h1>خدمت</h1><p>پشتیبانی: ۰۲۱-۶۶۵۵۴۴۳۳، شنبه تا پنجشنبه ۷ تا ۲۱</p></main>',
    },
    outcome: 'elsewhere',
    verdict: 'partial',
  },
  {
    name: 'gives half for a number without hours',
    home: home('<p>تلفن پشتیبانی: ۰۲۱-۸۸۷۷۶۶۵۵</p>'),
    outcome: 'noHours',
    verdict: 'partial',
  },
  {
    name: 'takes the maker of the site for no help-desk',
    home: home('<p>طراحی و پشتیبانی: شرکت پرتال‌ساز ۰۲۱-۴۴۳۳۲۲۱۱ ساعت ۸:۰۰ تا ۱۶:۰۰</p>'),
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'takes a telephone of the organization for no help-desk',
    home: home('<p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p>'),
    outcome: 'none',
  },
  {
    name: 'does not blame a page of support that we were refused',
    home: home('', '<a href="/support">پشتیبانی</a>'),
    outcomes: { [`${PORTAL}support`]: { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'takes a year beside another kind of support for no number',
    home: home('', '<a href="/about">درباره ما</a>'),
    pages: {
      '/about':
        '<main><h1>درباره ما</h1><p>این سازمان در سال ۱۳۱۴ بنیاد شد و پشتیبانی کاربران معدن از کارهای آن است.</p></main>',
    },
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'does not take who made the site for who helps',
    home: home('<p>برپایی و پشتیبانی فنی پایگاه: گروه نرم‌افزاری نمونه، ۰۲۱-۸۸۷۷۶۶۵۵ (شنبه تا چهارشنبه ۹ تا ۱۷)</p>'),
    outcome: 'none',
  },
  {
    name: 'finds the help of a system on its guide',
    home: home(''),
    system: '<h1>سامانه</h1><a href="/guide">راهنمای کاربری</a>',
    pages: {
      'https://sys.org.example/guide': '<h2>پشتیبانی</h2><p>تلفن ۰۲۱-۸۸۷۷۶۶۵۵، شنبه تا چهارشنبه ۸:۰۰ تا ۱۴:۰۰</p>',
    },
    outcome: 'full',
  },
]);
