import rule from '../../../rules/interaction/contact-form.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = '<header><nav><a href="/contact">تماس با ما</a></nav></header><main><h1>سازمان نمونه</h1></main>';
const form = (more: string): Record<string, string> => ({
  '/contact': `<main><h1>تماس با ما</h1><form method="post"><label>نام <input name="n"></label><label>ایمیل <input type="email" name="e"></label>${more}<label>متن پیام <textarea name="m"></textarea></label><button>ارسال پیام</button></form></main>`,
});

testRule(rule, [
  {
    name: 'passes a form with a unit to choose',
    home,
    pages: form('<label>گیرنده <select name="u"><option>روابط عمومی</option><option>حراست</option></select></label>'),
    outcome: 'full',
    verdict: 'pass',
  },
  {
    name: 'passes a form with a subject',
    home,
    pages: form('<label>موضوع پیام <input name="s"></label>'),
    outcome: 'full',
  },
  {
    name: 'passes a form that promises a tracking code',
    home,
    pages: {
      '/contact': form('')['/contact']!.replace('</main>', '<p>پس از ارسال، کد رهگیری به شما داده می‌شود.</p></main>'),
    },
    outcome: 'full',
  },
  {
    name: 'finds the form two clicks away',
    home,
    pages: {
      '/contact': '<main><h1>تماس با ما</h1><a href="/message">ارسال پیام</a></main>',
      '/message': form('<label>موضوع <input name="s"></label>')['/contact']!,
    },
    outcome: 'full',
  },
  { name: 'gives half for a form without a subject', home, pages: form(''), outcome: 'plain', verdict: 'partial' },
  {
    name: 'gives half for an address',
    home,
    pages: {
      '/contact': '<main><h1>تماس با ما</h1><p><a href="mailto:info@org.example">info@org.example</a></p></main>',
    },
    outcome: 'mailOnly',
    verdict: 'partial',
  },
  {
    name: 'fails a contact page that is gone',
    home,
    outcomes: { [`${PORTAL}contact`]: { kind: 'unreachable', cause: 'not-found', detail: '404' } },
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'fails a page with a telephone alone',
    home,
    pages: { '/contact': '<main><h1>تماس با ما</h1><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p></main>' },
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'takes a box for comments under news for no form',
    home: `${home}<main><a href="/news/1">خبر</a></main>`,
    pages: {
      '/contact': '<main><h1>تماس با ما</h1><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p></main>',
      '/news/1': form('')['/contact']!,
    },
    outcome: 'none',
  },
  {
    name: 'does not blame a page that we were refused',
    home,
    outcomes: { [`${PORTAL}contact`]: { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'finds it behind a link of any name on the page of contacts',
    home,
    pages: {
      '/contact':
        '<main><h1>تماس با ما</h1><p>برای نوشتن به ما از <a href="/m7">برگه پیام</a> استفاده کنید.</p></main>',
      '/m7': form('<label>موضوع پیام <input name="s"></label>')['/contact']!,
    },
    outcome: 'full',
  },
  {
    name: 'knows the page of contacts by its address',
    home: '<header><nav><a href="/contatti">دفترها و ساعت‌ها</a></nav></header><main><h1>سازمان نمونه</h1></main>',
    pages: { '/contatti': form('<label>موضوع پیام <input name="s"></label>')['/contact']! },
    outcome: 'full',
  },
]);
