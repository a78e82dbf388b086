import rule from '../../../rules/participation/idea-submission.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const home = '<header><nav><a href="/idea">ارسال پیشنهاد</a></nav></header><main><h1>سازمان نمونه</h1></main>';
const idea = (body: string): { home: string; pages: Record<string, string> } => ({
  home,
  pages: { idea: `<main>${body}</main>` },
});
const FORM =
  '<form method="post"><label>عنوان ایده <input name="t"></label><label>شرح ایده <textarea name="d"></textarea></label><button>ثبت ایده</button></form>';

testRule(rule, [
  {
    name: 'passes a form for the ideas of citizens',
    ...idea(`<h1>ارسال پیشنهاد و ایده شهروندان</h1><p>همه شهروندان می‌توانند پیشنهاد دهند.</p>${FORM}`),
    outcome: 'form',
    verdict: 'pass',
    quotes: 'شرح ایده',
  },
  {
    name: 'passes a form that does not say who may use it',
    ...idea(`<h1>صندوق پیشنهادات</h1>${FORM}`),
    outcome: 'form',
  },
  {
    name: 'passes an Italian form',
    home: '<nav><a href="/idea">Invia una proposta</a></nav><main><h1>Comune</h1></main>',
    pages: {
      idea: '<main><h1>Le tue idee per la città</h1><form><label>La tua proposta <textarea name="p"></textarea></label></form></main>',
    },
    outcome: 'form',
  },
  {
    name: 'passes a scheme of suggestions that is open to citizens',
    ...idea(`<h1>نظام پیشنهادات</h1><p>شهروندان نیز می‌توانند پیشنهاد دهند.</p>${FORM}`),
    outcome: 'form',
  },
  {
    name: 'gives half for a suggestion as a topic of the contact form',
    pages: {
      contact:
        '<main><h1>تماس با ما</h1><form><label>موضوع <select name="s"><option>پرسش</option><option>انتقاد</option><option>پیشنهاد</option></select></label><label>متن <textarea name="m"></textarea></label></form></main>',
    },
    outcome: 'topicOnly',
    verdict: 'partial',
  },
  {
    name: 'asks a person whom a scheme of suggestions is for',
    ...idea(`<h1>نظام پیشنهادات</h1>${FORM}`),
    outcome: 'staffMaybe',
    verdict: 'unclear',
  },
  {
    name: 'asks a person who may log in to send an idea',
    ...idea('<h1>ورود</h1><form><input name="u"><input type="password" name="p"></form>'),
    outcome: 'behindLogin',
    verdict: 'unclear',
  },
  {
    name: 'fails a scheme for employees',
    ...idea('<h2>نظام پیشنهادات</h2><p>همکاران گرامی می‌توانند پیشنهادهای خود را ثبت کنند و پاداش بگیرند.</p>'),
    outcome: 'staffOnly',
    verdict: 'fail',
  },
  {
    name: 'fails a page that is only named so',
    ...idea('<h1>پیشنهادات</h1><p>سازمان پیشنهادهای سازنده را ارج می‌نهد.</p>'),
    outcome: 'noForm',
    verdict: 'fail',
  },
  {
    name: 'takes a box for a draft or a complaint for no box of ideas',
    ...idea(
      '<h1>مشارکت الکترونیک</h1><h2>پیش‌نویس آیین‌نامه حمل بار</h2><label>متن نظر درباره پیش‌نویس <textarea name="n"></textarea></label>',
    ),
    outcome: 'noForm',
  },
  {
    name: 'fails a link that leads nowhere',
    home: '<nav><a href="#">ارسال پیشنهاد</a></nav><main><h1>سازمان</h1></main>',
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails a portal that asks nobody', outcome: 'nothing', verdict: 'fail' },
  {
    name: 'ignores a form inside a comment',
    home: `<main><h1>سازمان</h1><!-- <h2>ارسال پیشنهاد</h2>${FORM} --></main>`,
    outcome: 'nothing',
  },
  { name: 'cannot say what is behind a link that nobody followed', home, outcome: 'unlooked', verdict: 'blocked' },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
]);
