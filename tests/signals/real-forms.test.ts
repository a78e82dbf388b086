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
  lacks: [['the company of that name', '<footer><a href="https://www.company.example/">PagoPA S.p.A.</a></footer>']],
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
    [
      'a choice of the form',
      '<form><label>About <select name="a"><option>A question</option><option>A complaint</option></select></label><textarea name="m"></textarea></form>',
    ],
    [
      'fields below a title',
      '<main><h1>Make a complaint</h1><form><label>Your name <input name="n"></label><label>Your street <input name="s"></label></form></main>',
    ],
  ],
  lacks: [['papers of that name', '<a href="/papers">Reports</a>']],
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
