import rule from '../../../rules/participation/service-rating.ts';
import { SERVICE_PAGE, testRule } from '../test-rule.ts';

const TITLE = 'صدور پروانه بهره‌برداری معدن';
const page = (more: string): string =>
  `<main><h1>${TITLE}</h1><p>معرفی کوتاه خدمت برای بهره‌برداران معدن.</p>${more}</main>`;
const grades = (question: string): string =>
  `<form method="post" action="/emtiaz"><fieldset><legend>${question}</legend>${['خیلی کم', 'کم', 'متوسط', 'زیاد'].map((label, i) => `<label><input type="radio" name="g" value="${i}"> ${label}</label>`).join('')}<button>ثبت نظر</button></fieldset></form>`;
const stars =
  '<div class="star-rating"><span>امتیاز به این مطلب:</span> <a href="/rate.jsp?rate=1">★</a><a href="/rate.jsp?rate=2">★</a></div>';
const USEFUL =
  '<p>آیا اطلاعات این صفحه مفید بود؟</p><form action="/useful"><label><input type="radio" name="useful" value="1"> بله</label><label><input type="radio" name="useful" value="0"> خیر</label></form>';

testRule(rule, [
  {
    name: 'passes grades under a question that names the service',
    page: page(grades(`میزان رضایت شما از خدمت «${TITLE}» چقدر است؟`)),
    outcome: 'own',
    verdict: 'pass',
    quotes: 'میزان رضایت',
  },
  {
    name: 'passes a question about the page that only pages of services ask',
    page: page(USEFUL),
    others: [{ id: 's2', titles: { fa: 'تمدید پروانه', en: '' }, page: `<main><h1>تمدید پروانه</h1>${USEFUL}</main>` }],
    pages: { 'news/1': '<main><h1>خبر</h1><p>متن خبر</p></main>' },
    outcome: 'own',
  },
  {
    name: 'passes "was this service useful" with two buttons',
    page: page('<p>آیا این خدمت مفید بود؟</p><button>بله</button><button>خیر</button><p>از این خدمت راضی هستید؟</p>'),
    outcome: 'own',
  },
  {
    name: 'passes a link to a survey that is about this service',
    page: page('<p><a href="/survey/permit">نظرسنجی خدمت</a></p>'),
    pages: { 'survey/permit': `<main><h1>نظرسنجی</h1><h2>${TITLE}</h2><textarea name="n"></textarea></main>` },
    outcome: 'survey',
    verdict: 'pass',
  },
  {
    name: 'gives half for a survey that its address alone ties to the service, since nobody looked',
    page: page('<p><a href="https://survey.porsline.ir/s/a?khedmat=13091727100">نظرسنجی خدمت</a></p>'),
    outcome: 'survey-below-evidence',
    verdict: 'partial',
  },
  { name: 'gives half for stars that rate the article', page: page(stars), outcome: 'article', verdict: 'partial' },
  {
    name: 'passes a question about using the service that is answered by grades',
    page: page(
      '<form><fieldset><legend>How easy was it to apply?</legend><label><input type="radio" name="e" value="1"> Hard</label><label><input type="radio" name="e" value="2"> Easy</label></fieldset><button>Tell us</button></form>',
    ),
    outcome: 'own',
    verdict: 'pass',
  },
  {
    name: 'gives half for stars of a plugin that ask nothing',
    page: page(
      '<div class="kk-star-ratings"><div class="kksr-star"></div><div class="kksr-star"></div><div class="kksr-star"></div></div><p>4.2/5 - (6 امتیاز)</p>',
    ),
    outcome: 'bare',
    verdict: 'partial',
  },
  {
    name: 'gives half for stars that news carries too',
    page: page('<div class="star-rating"><a href="#">★</a><a href="#">★</a></div>'),
    pages: { 'news/1': '<main><h1>خبر</h1><div class="star-rating"><a href="#">★</a><a href="#">★</a></div></main>' },
    outcome: 'everyPage',
    verdict: 'partial',
  },
  {
    name: 'gives half for a question about the page that news asks too',
    page: page(
      '<h3>Quanto sono chiare le informazioni su questa pagina?</h3><fieldset><legend>Valuta da 1 a 5 stelle</legend><label><input type="radio" name="rating" value="1"> 1</label><label><input type="radio" name="rating" value="2"> 2</label></fieldset>',
    ),
    pages: {
      'novita/1':
        '<main><h1>Notizia</h1><fieldset><legend>Valuta da 1 a 5 stelle</legend><label><input type="radio" name="rating" value="1"> 1</label><label><input type="radio" name="rating" value="2"> 2</label></fieldset></main>',
    },
    outcome: 'everyPage',
  },
  {
    name: 'gives half for a link to the survey of the whole portal',
    page: page('<p><a href="/poll">نظرسنجی</a></p>'),
    pages: { poll: '<main><h1>نظرسنجی درگاه</h1></main>' },
    outcome: 'general',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a rating behind a log-in',
    page: page('<p>برای ثبت امتیاز و ارسال نظر وارد شوید.</p>'),
    outcome: 'behindLogin',
    verdict: 'unclear',
  },
  {
    name: 'fails a link to a survey that leads nowhere',
    page: page('<p><a href="#">نظرسنجی خدمت</a></p>'),
    outcome: 'dead',
    verdict: 'fail',
  },
  {
    name: 'fails a page that only speaks of satisfaction',
    page: page('<p>میزان رضایت مراجعان در سال گذشته ۸۵ درصد بود.</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'takes no poll that stands around every page for a rating of the service',
    page: `<div class="b"><h2>${TITLE}</h2></div><div class="hp-poll"><b>نظرسنجی</b> ظاهر جدید تارنما را چگونه می‌بینید؟ <form><input type="radio" name="r" value="1" id="a"><label for="a">خوب</label><input type="radio" name="r" value="2" id="b"><label for="b">بد</label><input type="submit" value="ثبت رأی"></form></div>`,
    home: '<div class="b"><h1>سازمان</h1></div><div class="hp-poll"><b>نظرسنجی</b> ظاهر جدید تارنما را چگونه می‌بینید؟ <form><input type="radio" name="r" value="1"></form></div>',
    outcome: 'nothing',
  },
  {
    name: 'cannot say what is behind a survey that refused us',
    page: page('<p><a href="/poll">نظرسنجی خدمت</a></p>'),
    outcomes: { 'https://www.org.example/poll': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: 'cannot say what a button opens',
    page: page('<button type="button">امتیازدهی به خدمت</button>'),
    outcome: 'unlooked',
  },
  {
    name: 'blames nobody for a page that was not read',
    outcomes: { [SERVICE_PAGE]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'not-looked',
    verdict: 'blocked',
  },
  {
    name: 'gives half for a list of stars of the article',
    page: '<main><h1>صدور پروانه</h1><form><label>امتیاز شما به این مطلب</label><select name="mark"><option>یک</option><option>پنج</option></select></form></main>',
    outcome: 'article',
    verdict: 'partial',
  },
  {
    name: 'passes grades of ease for this service',
    page: '<main><h1>صدور پروانه</h1><p>از این خدمت چقدر راضی هستید؟</p><div><button>کم</button><button>میانه</button><button>زیاد</button></div></main>',
    outcome: 'own',
    verdict: 'pass',
  },
  {
    name: 'gives half for the question that the template puts below every text',
    home: '<main><h1>سازمان نمونه</h1></main><section><p>آیا این صفحه برایتان سودمند بود؟</p><button>بله</button><button>خیر</button></section>',
    page: page('<section><p>آیا این صفحه برایتان سودمند بود؟</p><button>بله</button><button>خیر</button></section>'),
    pages: Object.fromEntries(
      ['news/1', 'news/2', 'about', 'laws'].map((path) => [
        path,
        '<main><h1>خبر</h1><section><p>آیا این صفحه برایتان سودمند بود؟</p><button>بله</button><button>خیر</button></section></main>',
      ]),
    ),
    outcome: 'everyPage',
  },
]);
