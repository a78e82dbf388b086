import rule from '../../../rules/presence/service-described.ts';
import { testRule } from '../test-rule.ts';

const LONG =
  'این خدمت برای کسانی است که معدنی را کشف کرده‌اند و می‌خواهند از آن بهره ببرند؛ سازمان پس از بررسی طرح بهره‌برداری و بازدید کارشناس، پروانه‌ای به نام متقاضی برای مدت معین صادر می‌کند.';
const card = (rows: Record<string, string>): string =>
  `<main><h1>صدور پروانه بهره‌برداری معدن</h1><table>${Object.entries(rows)
    .map(([label, value]) => `<tr><th>${label}</th><td>${value}</td></tr>`)
    .join('')}</table></main>`;

testRule(rule, [
  {
    name: 'passes a card with description, type and audience',
    page: card({ 'شرح خدمت': LONG, 'نوع خدمت': 'G2B', خدمت‌گیرندگان: 'معدن‌کاران' }),
    outcome: 'full',
    verdict: 'pass',
  },
  {
    name: 'passes audience, type and result without a description',
    page: card({ 'نوع خدمت': 'G2B', 'مخاطبان خدمت': 'معدن‌کاران', 'خروجی خدمت': 'پروانه بهره‌برداری' }),
    outcome: 'full',
  },
  { name: 'gives half for a description alone', page: card({ 'شرح خدمت': LONG }), outcome: 'some', verdict: 'partial' },
  {
    name: 'gives half for a sentence',
    page: card({ 'شرح خدمت': 'صدور پروانه برای بهره‌برداری از معدن کشف‌شده به نام متقاضی آن' }),
    outcome: 'short',
    verdict: 'partial',
  },
  {
    name: 'gives half for a description that many services share',
    page: card({ 'شرح خدمت': LONG, 'نوع خدمت': 'G2B', 'مخاطبان خدمت': 'معدن‌کاران' }),
    others: ['الف', 'ب'].map((id) => ({ id, titles: { fa: `خدمت ${id}`, en: '' }, page: card({ 'شرح خدمت': LONG }) })),
    outcome: 'copied',
    verdict: 'partial',
  },
  {
    name: 'fails brackets of a template',
    page: card({ 'شرح خدمت': '[شرح خدمت]', 'نوع خدمت': '----' }),
    outcome: 'filler',
    verdict: 'fail',
  },
  {
    name: 'fails labels that say that nothing is said',
    page: card({ 'شرح خدمت': 'شرحی درج نشده است' }),
    outcome: 'filler',
  },
  { name: 'fails the title repeated', page: card({ 'شرح خدمت': 'صدور پروانه بهره‌برداری معدن' }), outcome: 'filler' },
  {
    name: 'fails a page that is silent',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not take the title, written otherwise, for a description, nor a question for an answer',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><div><p>شرح خدمت</p><p>صدور پروانه بهره برداری معدن</p></div><div><p>چه افرادی می‌توانند درخواست بدهند؟</p><p>-</p></div></main>',
    outcome: 'filler',
  },
  {
    name: 'reads what is asked instead of named',
    page: '<main><h1>صدور پروانه بهره‌برداری معدن</h1><dl><dt>گونه خدمت</dt><dd>خدمت به کسب‌وکار</dd><dt>ویژه چه کسانی است؟</dt><dd>بهره‌برداران معدن</dd><dt>در پایان چه به شما داده می‌شود؟</dt><dd>پروانه با شناسه یکتا</dd></dl></main>',
    outcome: 'full',
  },
]);
