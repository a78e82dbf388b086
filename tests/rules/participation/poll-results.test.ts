import rule from '../../../rules/participation/poll-results.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const LINK = '<nav><a href="/r">نتایج نظرسنجی</a></nav><main><h1>سازمان نمونه</h1></main>';
const r = (body: string): { home: string; pages: Record<string, string> } => ({
  home: LINK,
  pages: { r: `<main>${body}</main>` },
});
const TABLE = '<table><tr><td>پیامک</td><td>۵۱٪</td></tr><tr><td>خبرنامه</td><td>۴۹٪</td></tr></table>';

testRule(rule, [
  {
    name: 'passes shares of the answers with the time of the poll',
    ...r(`<h2>نتایج نظرسنجی پیشین</h2><p>از ۱ شهریور ۱۴۰۵ تا ۱ مهر ۱۴۰۵، ۲٬۴۱۸ رأی</p>${TABLE}`),
    outcome: 'published',
    verdict: 'pass',
  },
  {
    name: 'passes bars whose end is in the heading',
    ...r(
      '<h4>نتایج نظرسنجی قبلی (پایان: ۱۴۰۵/۰۷/۲۰)</h4><p>آیا راضی هستید؟</p><div class="progress"><div style="width:62%">بله 62%</div></div><div class="progress"><div style="width:38%">خیر 38%</div></div>',
    ),
    outcome: 'published',
  },
  {
    name: 'passes English results',
    home: '<nav><a href="/r">Survey results</a></nav><main><h1>Town</h1></main>',
    pages: {
      r: '<main><h1>Survey results, September 2026</h1><p>More buses: 310 votes</p><p>More trees: 120 votes</p></main>',
    },
    outcome: 'published',
  },
  {
    name: 'passes a dated report',
    home: '<main><h1>سازمان</h1><ul><li><a href="/r.pdf">نتایج نظرسنجی</a> - ۱۴۰۵/۰۶/۰۱</li></ul></main>',
    outcomes: { 'https://www.org.example/r.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'report',
    verdict: 'pass',
  },
  {
    name: 'gives half for results of years ago',
    ...r(`<h2>نتایج نظرسنجی سال ۱۴۰۱</h2>${TABLE}`),
    outcome: 'old',
    verdict: 'partial',
  },
  {
    name: 'gives half for results without a date',
    ...r(`<h2>نتایج نظرسنجی</h2>${TABLE}`),
    outcome: 'undated',
    verdict: 'partial',
  },
  {
    name: 'gives half for results behind the address that votes, and never asks for it',
    home: '<main><h1>سازمان</h1><h4>نظرسنجی</h4><form action="/vote.jsp"><label><input type="radio" name="votefor" value="1">عالی</label><label><input type="radio" name="votefor" value="2">ضعیف</label><input type="submit" value="ثبت رای"></form><a href="/includes/vote.jsp?votefor=0&amp;act=view">مشاهده نتایج</a></main>',
    outcome: 'afterVoting',
    verdict: 'partial',
  },
  {
    name: 'gives half for results behind the button of the poll',
    home: '<main><h1>سازمان</h1><h4>نظرسنجی</h4><form><label><input type="radio" name="p" value="1">عالی</label><label><input type="radio" name="p" value="2">ضعیف</label><button>ثبت رای</button><button>مشاهده نتایج</button></form></main>',
    outcome: 'afterVoting',
  },
  {
    name: 'fails a place that is only called so',
    ...r('<h1>نتایج نظرسنجی</h1><p>نتایج به زودی منتشر می‌شود.</p>'),
    outcome: 'empty',
    verdict: 'fail',
  },
  {
    name: 'takes the rise of prices in the news for no result',
    home: '<main><h1>سازمان</h1><h2>اخبار</h2><p>نرخ بیکاری به ۸ درصد و تورم به ۳۰ درصد رسید.</p></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes a poll without figures for no result',
    home: '<main><h1>سازمان</h1><h4>نظرسنجی</h4><p>کیفیت خدمات چگونه است؟</p></main>',
    outcome: 'nothing',
  },
  {
    name: 'cannot say what is behind a link that refused us',
    home: LINK,
    outcomes: { 'https://www.org.example/r': { kind: 'refused', by: 'wall', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'blames nobody for a portal that was not read',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'gives half for results that only voters see',
    ...r('<h2>نظرسنجی</h2><p>نتیجه پس از رأی دادن نمایش داده می‌شود.</p>'),
    outcome: 'afterVoting',
    verdict: 'partial',
  },
]);
