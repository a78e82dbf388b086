import { testSignal } from './test-signal.ts';

testSignal('privacy_statement', {
  shows: [
    ['a Persian link', '<footer><a href="/privacy">بیانیه حریم خصوصی</a></footer>'],
    ['an Italian link', '<footer><a href="/p">Informativa privacy</a></footer>'],
    ['a heading', '<main><h1>Privacy policy</h1><p>We keep your data for a year.</p></main>'],
  ],
  lacks: [
    ['a private room', '<p>Each office has a private room where your privacy is kept while you talk.</p>'],
    ['a link in a comment', '<!-- <a href="/privacy">حریم خصوصی</a> --><p>سازمان</p>'],
    ['a private sector', '<a href="/private">بخش خصوصی</a>'],
  ],
});

testSignal('terms_of_use', {
  shows: [
    ['a Persian link', '<footer><a href="/terms">شرایط استفاده</a></footer>'],
    ['an English link', '<footer><a href="/terms">Terms and conditions</a></footer>'],
    ['an Italian link', '<footer><a href="/note">Note legali</a></footer>'],
  ],
  lacks: [
    ['terms of the school year', '<p>Terms of the school year begin in autumn.</p>'],
    ['conditions of a licence', '<h2>شرایط دریافت پروانه</h2>'],
    ['a template', '<template><a href="/terms">شرایط استفاده</a></template>'],
  ],
});

testSignal('accessibility_statement', {
  shows: [
    ['a Persian link', '<footer><a href="/a11y">بیانیه دسترس‌پذیری</a></footer>'],
    ['an English link', '<footer><a href="/accessibility">Accessibility</a></footer>'],
    [
      'an Italian link',
      '<footer><a href="https://form.agid.gov.it/view/1">Dichiarazione di accessibilità</a></footer>',
    ],
  ],
  lacks: [
    ['a button that opens tools', '<button>Accessibility</button>'],
    ['access to the building', '<p>The building has a ramp and a lift, so that it is open to all who come to us.</p>'],
    ['access to information', '<a href="/foi">دسترسی آزاد به اطلاعات</a>'],
  ],
});

testSignal('sla_charter', {
  shows: [
    ['a Persian link', '<footer><a href="/sla">توافقنامه سطح خدمت</a></footer>'],
    ['an Italian link', '<a href="/carta">Carta dei servizi</a>'],
    ['an English heading', '<main><h1>Customer charter</h1></main>'],
  ],
  lacks: [
    ['the level of a service', '<table><tr><th>سطح خدمت</th><td>ملی</td></tr></table>'],
    [
      'charter flights',
      '<a href="/n/1">Charter flights to the islands will start in May from the small airport near the town</a>',
    ],
    ['a comment', '<!-- <a href="/sla">توافق‌نامه سطح خدمت</a> --><p>سازمان</p>'],
  ],
});

testSignal('transparency', {
  shows: [
    ['a Persian link', '<a href="/t">شفافیت</a>'],
    ['an Italian link', '<a href="/at">Amministrazione trasparente</a>'],
    ['an Italian link that is abbreviated', '<a href="/at">Amm.ne Trasparente</a>'],
    ['one with a blank after its full stop', '<a href="/at">Amm. Trasparente</a>'],
    ['an English link', '<a href="/budget">Budget</a>'],
  ],
  lacks: [
    ['a participatory budget', '<a href="/bp">Bilancio partecipativo</a>'],
    [
      'news about money',
      '<p>The budget of the film was small, and yet it won the prize of the festival in the spring of that year.</p>',
    ],
    ['a transparent logo', '<img src="transparent.png" alt="logo">'],
  ],
});

testSignal('tenders', {
  shows: [
    ['a Persian link', '<a href="/t">مناقصات و مزایدات</a>'],
    ['an English link', '<a href="/bids">Bids and RFPs</a>'],
    ['an Italian link', '<a href="/gare">Bandi di gara</a>'],
  ],
  lacks: [
    ['tender meat', '<p>The most tender beef of the region is sold at the market.</p>'],
    [
      'news about an auction of art',
      '<a href="/n/1">رکورد فروش آثار هنری ایران در حراج تهران در سالن یک هتل بزرگ شکسته شد و هنرمندان را شگفت‌زده کرد</a>',
    ],
    ['a comment', '<!-- <a href="/t">مناقصه</a> --><p>سازمان</p>'],
  ],
});

testSignal('laws_regulations', {
  shows: [
    ['a Persian link', '<a href="/laws">قوانین و مقررات</a>'],
    ['an English link', '<a href="/code">Code of ordinances</a>'],
    ['an Italian link', '<a href="/reg">Regolamenti</a>'],
  ],
  lacks: [
    [
      'a law in the news',
      '<a href="/n/1">لایحه حمایت از خانواده در نشست علنی امروز مجلس با اکثریت آرای نمایندگان تصویب شد</a>',
    ],
    ['law enforcement', '<p>Lawn care is offered for older people.</p>'],
    ['a script', '<script>menu("قوانین و مقررات")</script><p>سازمان</p>'],
  ],
});

testSignal('trust_seal', {
  shows: [
    ['a link to the seal', '<a href="https://trustseal.enamad.ir/?id=1&Code=2"><img src="x.png" alt=""></a>'],
    ['a picture of it', '<img src="/img/enamad.png" alt="نماد اعتماد الکترونیکی">'],
    ['another seal', '<a href="https://logo.samandehi.ir/Verify.aspx?id=1"><img src="y.png" alt=""></a>'],
  ],
  lacks: [
    ['a symbol of another kind', '<img src="/img/arm.svg" alt="نماد سازمان">'],
    ['a sentence about trust', '<p>اعتماد شما سرمایه ماست و نماد آن رضایت مراجعان است.</p>'],
    ['a seal in a comment', '<!-- <a href="https://trustseal.enamad.ir/?id=1">enamad</a> --><p>سازمان</p>'],
  ],
});

testSignal('copyright_notice', {
  shows: [
    ['a sign', '<footer><p>© 2007-2014 Town of Example</p></footer>'],
    ['a Persian line', '<footer><p>کلیه حقوق برای سازمان نمونه محفوظ است.</p></footer>'],
    ['an Italian line', '<footer><p>Tutti i diritti riservati</p></footer>'],
  ],
  lacks: [
    ['human rights', '<a href="/n/1">حقوق شهروندی</a>'],
    ['a point (c) of a list', '<p>(c) proof of address</p>'],
    ['an attribute', '<p data-note="© 2024">سازمان</p>'],
  ],
});

testSignal('cookie_notice', {
  shows: [
    ['a sentence', '<div><p>This site uses cookies to count its visitors.</p></div>'],
    ['the script of a vendor', '<script src="https://cdn.iubenda.com/cs/iubenda_cs.js"></script>'],
    ['an Italian button', '<button>Accetta i cookie</button>'],
  ],
  lacks: [
    ['cookies to eat', '<p>The bake sale offers cakes and pies on Sunday.</p>'],
    ['a script that sets one', '<script>document.cookie = "cookies=1; accept cookies"</script><p>سازمان</p>'],
    ['a comment', '<!-- We use cookies --><p>سازمان</p>'],
  ],
});
