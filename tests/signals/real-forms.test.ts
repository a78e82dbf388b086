/** Forms that the websites of small bodies use, and what looks like them. */
import { testSignal } from './test-signal.ts';

testSignal('working_hours', {
  shows: [
    ['a table of days', '<table><tr><td>Monday</td><td>9:00 AM - 5:00 PM</td></tr></table>', '9:00 AM'],
    ['days and times in the terms of a list', '<dl><dt>Tue-Thu</dt><dd>10am-9pm</dd></dl>'],
    ['a Persian table', '<table><tr><td>پنجشنبه</td><td>۸:۰۰ تا ۱۲:۰۰</td></tr></table>'],
    ['an Italian line with a slash', '<p>Sportello: lun-gio 8.30/12.15</p>'],
    ['hours by the word', '<p>dal martedì al sabato dalle ore 10 alle ore 18</p>'],
    ['figures alone below a title', '<h3>Hours</h3><p>Mon-Wed<br>10-6</p>'],
    ['a sentence that says "open"', '<p>The counter is open from 9am to 4pm.</p>'],
    ['every day', '<p>همه‌روزه از ساعت ۸ صبح تا ۲ بعدازظهر</p>'],
  ],
  lacks: [
    ['a meeting on a day', '<p>Council meeting Monday May 4, 6:00 PM - 8:00 PM</p>'],
    ['a day beside a date', '<table><tr><td>Monday</td><td>4 May 2026, 6:00 PM - 8:00 PM</td></tr></table>'],
  ],
});

testSignal('online_form', {
  shows: [
    [
      'an application that asks for more than a letter does',
      '<main><h1>Contact the licensing desk</h1><form><label>Name <input name="n"></label><label>Date of birth <input type="date" name="b"></label><label>Message <textarea name="m"></textarea></label></form></main>',
    ],
  ],
  lacks: [
    [
      'a letter to the body',
      '<main><h1>Contact us</h1><form><label>Name <input name="n"></label><label>Email <input type="email" name="e"></label><label>Enquiry <textarea name="m"></textarea></label></form></main>',
    ],
    [
      'a Persian letter',
      '<main><h1>تماس با ما</h1><form><label>نام و نام خانوادگی <input name="n"></label><label>رایانامه <input name="e"></label><label>پیام شما <textarea name="m"></textarea></label></form></main>',
    ],
  ],
});

const WHAT_IS = (question: string): string =>
  `<form><label>Email <input type="email" name="e"></label><label>${question} <input name="q7"></label></form>`;
testSignal('captcha', {
  shows: [
    ['a sum in figures', WHAT_IS('What is 4 + 5?')],
    ['a Persian sum', WHAT_IS('حاصل ۳ + ۶ =')],
  ],
  lacks: [['figures that are no question', WHAT_IS('Flat 4 to 5')]],
});

testSignal('national_sso', {
  shows: [['a button that enters by it', '<a class="btn" href="/auth/spid">SPID</a>']],
  lacks: [['a subject of articles', '<section><a href="/argomenti/spid.html">SPID</a></section>']],
});

testSignal('e_payment', {
  shows: [['the payment itself', '<a href="/pagamenti">PagoPA</a>']],
  lacks: [
    ['the company of that name', '<footer><a href="https://www.company.example/">PagoPA S.p.A.</a></footer>'],
    ['the host of a mail address', '<p><a href="mailto:aiuto@pagopa.example">aiuto@pagopa.example</a></p>'],
  ],
});

testSignal('visit_counter', {
  shows: [['a counter', '<p>Contatore: 12345</p>']],
  lacks: [
    [
      'the meter of a supply in a long sentence',
      '<main><p>La ditta legge il contatore 2 volte in un anno, e chi non è in casa nel giorno della lettura riceve una cartolina da restituire con il numero che il contatore mostra in quel giorno, oppure telefona.</p></main>',
    ],
  ],
});

testSignal('sitemap', {
  shows: [['a picture that leads there', '<a href="/mappa-del-sito.html"><img src="/m.png"></a>']],
  lacks: [['a picture that leads home', '<a href="/index.html"><img src="/m.png"></a>']],
});

testSignal('share_buttons', {
  shows: [['a box without links', '<div class="social-share"><i>+</i></div>']],
  lacks: [
    [
      'a box of that name with the channels of the body',
      '<div class="social-share"><a href="https://www.facebook.com/a.small.town">Facebook</a></div>',
    ],
  ],
});

testSignal('breadcrumb', {
  shows: [
    ['a trail', '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/s">Services</a></li><li>Boats</li></ol>'],
  ],
  lacks: [
    ['the stages of a form', '<ol class="cd-breadcrumb"><li>Your details</li><li>Your papers</li><li>Check</li></ol>'],
  ],
}); // prettier-ignore

testSignal('complaint_channel', {
  shows: [
    ['a mailbox for them', '<p><a href="mailto:complaints@town.example">complaints@town.example</a></p>'],
    [
      'a choice of the form',
      '<form><label>About <select name="a"><option>A question</option><option>A complaint</option></select></label><textarea name="m"></textarea></form>',
    ],
    [
      'fields below a title',
      '<main><h1>Make a complaint</h1><form><label>Your name <input name="n"></label><label>Your street <input name="s"></label></form></main>',
    ],
  ],
  lacks: [
    ['papers of that name', '<a href="/papers">Reports</a>'],
    ['the host of a mail address', '<p><a href="mailto:info@complaint.example">info@complaint.example</a></p>'],
  ],
});

testSignal('suggestion_ideas', {
  shows: [
    [
      'a choice of the form',
      '<form><label>موضوع <select name="a"><option>پرسش</option><option>پیشنهاد</option></select></label><textarea name="m"></textarea></form>',
    ],
  ],
  lacks: [['a choice that filters a list', '<form><select name="a"><option>News</option><option>Ideas</option></select></form>']],
}); // prettier-ignore

testSignal('laws_regulations', {
  shows: [
    ['an act by its name', '<a href="/act.pdf">Inland Moorings Act 1994</a>'],
    ['an Italian law by its number', '<a href="/l.pdf">D.Lgs. n. 33/2013</a>'],
    ['a Persian law by its name', '<a href="/l.pdf">قانون مدیریت خدمات کشوری</a>'],
  ],
  lacks: [['an act that is no law', '<a href="/art">The act of building boats</a>']],
});

testSignal('contact_phone', {
  shows: [
    ['blanks around the hyphen', '<p>(219) 555 - 0133</p>'],
    ['a Persian number from the right', '<p>۸۸۷۷۶۶۵۵(۲۱)۹۸+</p>'],
  ],
  lacks: [['two rows of figures', '<p>219 555 of 4,000</p>']],
});

testSignal('contact_address', {
  shows: [
    ['a house on a walk', '<p>22 Alder Walk, Nettlebridge</p>'],
    ['number, postal code and town', '<p>Palazzo Verdi - San Rocco, 3901 30199 Acquafredda</p>'],
  ],
  lacks: [['the time to walk', '<p>12 minutes walk from the station</p>']],
});

testSignal('notifications', {
  shows: [['a subscription', '<a href="/n">Subscribe</a>']],
  lacks: [['a feed', '<a href="/feed">Subscribe to feed</a>']],
});

/** A page about one service that calls nothing by the names of a service sheet but itself. */
const permit = (content: string): string =>
  `<main><h1>Business licence</h1><p>A business licence lets you trade. You apply for it at the counter.</p>${content}</main>`;
const carta = (content: string): string =>
  `<main><h1>Richiesta della carta d'identità</h1><p>Si richiede in Comune ogni dieci anni.</p>${content}</main>`;
const parvane = (content: string): string =>
  `<main><h1>صدور پروانه کسب</h1><p>پروانه کسب مجوزی است که برای فعالیت صادر می‌شود.</p>${content}</main>`;

testSignal('eligibility', {
  shows: [
    ['who must have it', permit('<p>All businesses operating within town limits must obtain a licence.</p>')],
    ['an age', permit('<p>Anyone over the age of 16 may hold one.</p>')],
    ['an Italian line', carta('<p>La carta è riservata ai residenti nel Comune.</p>')],
    ['a Persian label', parvane('<p>گیرنده خدمت: کسب و کارها</p>')],
  ],
  lacks: [['how to apply', permit('<p>The form is at the counter of the hall.</p>')]],
});

testSignal('required_documents', {
  shows: [
    ['a demand for a paper', permit('<p>Both parties must present valid identification.</p>')],
    ['an Italian demand', carta('<p>Alla domanda va allegata la copia del documento scaduto.</p>')],
    ['a Persian demand', parvane('<p>متقاضی باید تصویر شناسنامه را بارگذاری کند.</p>')],
  ],
  lacks: [
    ['how to reach a writer', permit('<p>You must give your telephone number for a reply.</p>')],
    ['the name of a service', parvane('<p>ارائه معرفی‌نامه به واحدها</p>')],
  ],
});

testSignal('duration', {
  shows: [
    ['so long before an event', permit('<p>Applications must be submitted at least 30 days before the event.</p>')],
    ['until the end of a Persian month', parvane('<p>مهلت ثبت‌نام: پایان اسفند ۱۴۰۳</p>')],
    ['until a day before a full stop', carta('<p>La domanda va presentata entro il 31 marzo.</p>')],
  ],
  lacks: [['the age of a building', permit('<p>The hall is at least 90 years old.</p>')]],
});

testSignal('steps', {
  shows: [
    ['one thing after the other', permit('<p>Download the form, sign it and mail it to the clerk.</p>')],
    ['Persian steps with their numbers', parvane('<p>مرحله اول: ثبت‌نام</p><p>مرحله دوم: پرداخت</p>')],
    ['a question with its list', parvane('<h2>چگونه درخواست بدهم؟</h2><ol><li>ورود به سامانه</li><li>تکمیل فرم</li></ol>')],
  ],
  lacks: [['one thing', permit('<p>Sign the form at the counter.</p>')]],
}); // prettier-ignore

testSignal('legal_basis', {
  shows: [
    ['an ordinance by its number', permit('<p>Ordinance 2014-5 asks for a licence.</p>')],
    ['a code by its abbreviation', permit('<p>See RCW 18.27.</p>')],
    ['a circular', carta('<p>Si veda la circolare n. 5 del 2019</p>')],
  ],
  lacks: [['a law on personal data', carta('<p>Regolamento europeo 679/2016</p>')]],
});

testSignal('service_description', {
  shows: [
    ['what a portal is for', '<main><p>Il portale delle mense consente di pagare i pasti.</p></main>'],
    ['what a page is for', '<main><p>Use this page to find the boats that are laid up.</p></main>'],
    ['what a Persian system is for', '<main><p>از طریق این سامانه می‌توانید قبض را بپردازید.</p></main>'],
    [
      'prose in the frame of a page',
      '<table><tr><td><h1>Business licence</h1></td></tr><tr><td>The licence is what a shop, a workshop or a stall in the market of the town needs before it opens its doors, and the town hall gives it for one year to whoever runs the business and lives in the county.</td></tr><tr><td>Fee: $20</td></tr></table>',
    ],
  ],
  lacks: [
    ['how to fill in', '<html><body><main><h1>Business licence</h1><p>Fee: $20</p><p>* All of the fields that are marked with a star have to be filled in before you go on to the next page.</p></main></body></html>'],
    ['that it was sent', "<html><body><main><h1>Richiesta della carta d'identità</h1><p>Costo: 22 euro</p><p>L'invio della richiesta per l'anno in corso da parte del signor Rossi è andato a buon fine e non serve altro.</p></main></body></html>"],
  ],
}); // prettier-ignore

testSignal('working_hours', {
  shows: [
    ['days, then times in the next line', '<footer><p>Attivo da lunedì a venerdì<br>dalle ore 9:00 alle 17:00</p></footer>'],
    ['two days with their times', '<p>martedì e giovedì 9.00-12.30; sabato 9.00-11.00</p>'],
  ],
  lacks: [['a day of the year with its times', '<p>lunedì 9.12.2026 9.00-12.30</p>']],
}); // prettier-ignore

testSignal('tracking_code', {
  shows: [
    ['a receipt', '<main><p>La domanda n° 2025-004512 è stata inviata.</p></main>'],
    ['what to do with a code', '<main><p>با وارد کردن کد رهگیری از نتیجه باخبر شوید.</p></main>'],
  ],
  lacks: [['a receipt without a number', '<main><p>La domanda è stata inviata.</p></main>']],
});

testSignal('font_size_tools', {
  shows: [['a tool', '<a class="font-size-plus" href="#"><i></i></a>']],
  lacks: [['a look', '<a class="font-size-normal" href="/guide">Guide</a>']],
});

testSignal('transparency', {
  shows: [['the budget of the body', '<a href="/budget">Budget 2026</a>']],
  lacks: [['money for care', '<a href="/care">Personal budget</a>']],
});

testSignal('trust_seal', {
  shows: [['a seal', '<a href="/s">نماد ساماندهی</a>']],
  lacks: [['a plan', '<a href="/t">طرح ساماندهی دستفروشان</a>']],
});

testSignal('privacy_statement', {
  shows: [['a file of that name', '<p>Leggi l’<a href="/doc/informativa_privacy.pdf">informativa</a>.</p>']],
  lacks: [['a file on it', '<p>Leggi la <a href="/doc/corso-privacy-2026.pdf">circolare</a>.</p>']],
});

testSignal('downloadable_form', {
  shows: [['a form', '<ul><li><a href="/m/permesso.pdf">Modulo di richiesta</a></li></ul>']],
  lacks: [['a form of the web', '<p>Per aiuto compila il <a href="https://help.town.example/">modulo</a></p>']],
});

testSignal('site_search', {
  shows: [
    ['a box called so in a page that is one form', '<form action="/"><input title="Search..." id="c1"><input name="a"><input name="b"><input name="c"><input name="d"></form>'],
    ['a box by its address', '<form action="/search"><input name="x1"></form>'],
  ],
  lacks: [['two questions by their address', '<form action="/search"><label>Surname <input name="x1"></label><label>Born in <input name="x2"></label></form>']],
}); // prettier-ignore

testSignal('user_guide', {
  shows: [
    ['help with one thing', '<a href="/h">Registration help</a>'],
    ['how to do one thing', '<a href="/h">How to file a claim</a>'],
  ],
  lacks: [['help of another kind', '<a href="/h">Winter fuel help</a>']],
});

testSignal('contact_address', {
  shows: [['a street without a number', '<p>Harbour Road, Lower Quay, 3999</p>']],
  lacks: [['a street alone', '<p>Works on Harbour Road, Lower Quay</p>']],
});

testSignal('steps', {
  shows: [
    [
      'what is done in turn',
      permit('<p>First the clerk reads it. Then a notice hangs at the door for a week. Finally you hear from us.</p>'),
    ],
  ],
  lacks: [['what comes first alone', permit('<p>First the clerk reads it.</p>')]],
});

testSignal('fee', {
  shows: [['the price behind the sum', '<main><p>Send a check for $90.00, the price of one membership.</p></main>']],
  lacks: [['the worth of a thing', '<main><p>A boat of $90.00 was found.</p></main>']],
});

testSignal('legal_basis', {
  shows: [['an act without its year', permit('<p>We give it under the rules of the Inland Boats Act.</p>')]],
  lacks: [['an act that is no law', permit('<p>We judge the act of building.</p>')]],
});

testSignal('fee', {
  shows: [['a price', permit('<p>Small boats</p><p>$25.00</p>')]],
  lacks: [
    [
      'what an applicant is paid',
      '<main><h1>Burial allowance</h1><p>You apply for it at the counter.</p><table><tr><td>At sea</td><td>$2,000</td></tr></table></main>',
    ],
  ],
});

testSignal('tracking_code', {
  shows: [['a state by any name', '<a href="/s">Check your claim and appeal status</a>']],
  lacks: [['another state', '<a href="/s">See the road and bridge status</a>']],
});

testSignal('appointment_booking', {
  shows: [['an appointment of its kind', '<a href="/a">Schedule a blood test appointment</a>']],
  lacks: [['news of one', '<a href="/a">A new appointment for the board</a>']],
});

testSignal('login', {
  shows: [['words for screen readers close behind', '<header><a href="/area"><span>Accedi</span><span class="sr-only">Accedi all’area privata</span></a></header>']],
  lacks: [['words for screen readers of another kind', '<header><a href="/area"><span>Chi siamo</span><span class="sr-only">Apre su nuova scheda</span></a></header>']],
}); // prettier-ignore

testSignal('other_language', {
  shows: [['a choice', '<header><select name="l"><option>English</option><option>Hindi</option></select></header>']],
  lacks: [['a choice of another kind', '<header><select name="l"><option>English</option><option>Maths</option></select></header>']],
}); // prettier-ignore

testSignal('required_documents', {
  shows: [['a paper', permit('<p>The heir must present a death certificate.</p>')]],
  lacks: [['what comes first', permit('<h2>Before you start</h2><p>The hall is warm and dry.</p>')]],
});

testSignal('transparency', {
  shows: [['open data', '<a href="/data">Open data</a>']],
  lacks: [['a licence of words', '<footer><a href="/ogl">Open Government Licence</a></footer>']],
});
