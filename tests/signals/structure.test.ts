import { testSignal } from './test-signal.ts';

const FA = '<p>این متن فارسی به اندازه‌ای هست که زبان صفحه از آن شناخته شود و چیزی کم ندارد.</p>';
const EN = '<p>This is a text in English that is long enough for the language of the page to be known from it.</p>';
const html = (attributes: string, body: string, head = ''): string =>
  `<!doctype html><html${attributes}><head><title>x</title>${head}</head><body>${body}</body></html>`;

testSignal('html_lang', {
  shows: [
    ['the language of its text', html(' lang="fa"', FA)],
    ['a language with its country', html(' lang="en-GB"', EN)],
    ['an old code for Persian', html(' lang="per"', FA)],
  ],
  lacks: [
    ['no language at all', html('', FA)],
    ['the language of the template’s author', html(' lang="en"', FA)],
    ['a language for XML alone', html(' xml:lang="fa"', FA)],
  ],
  asks: [['too few words to know', html(' lang="fa"', '<p>۱۲</p>')]],
});

testSignal('rtl_dir', {
  shows: [
    ['the direction on the root', html(' dir="rtl"', FA)],
    ['the direction on the body', '<!doctype html><html><body dir="RTL"><p>متن</p></body></html>'],
    ['both', '<!doctype html><html dir="rtl" lang="fa"><body dir="rtl"><p>متن</p></body></html>'],
  ],
  lacks: [
    ['a direction of style', html(' style="direction:rtl"', FA)],
    ['a direction on a part', html('', `<div dir="rtl">${FA}</div>`)],
    ['the other direction', html(' dir="ltr"', EN)],
  ],
});

testSignal('mobile_viewport', {
  shows: [
    ['the usual one', html('', FA, '<meta name="viewport" content="width=device-width, initial-scale=1">')],
    ['one in capitals', html('', EN, '<META NAME="Viewport" CONTENT="width=device-width">')],
  ],
  lacks: [
    ['none', html('', FA)],
    ['one in a comment', html('', FA, '<!-- <meta name="viewport" content="width=device-width"> -->')],
    ['an empty one', html('', FA, '<meta name="viewport" content="">')],
  ],
});

testSignal('skip_link', {
  shows: [
    ['a Persian link', '<a class="skip" href="#main">پرش به محتوای اصلی</a><header>x</header>'],
    ['an English link', '<a href="#content" class="sr-only">Skip to main content</a>'],
    ['an Italian link', '<div class="skiplinks"><a href="#main">Vai ai contenuti</a></div>'],
  ],
  lacks: [
    ['a link at the end of a long page', `${'<a href="/x">خبر</a> '.repeat(20)}<a href="#main">پرش به محتوا</a>`],
    ['a link to the top', '<a href="#top">Back to top</a>'],
    ['skipping a step in prose', '<p>You can skip to main content of the letter if you are in a hurry.</p>'],
  ],
});

testSignal('font_size_tools', {
  shows: [
    ['letters with signs', '<a href="#">A+</a><a href="#">A-</a>'],
    ['Persian letters with signs', '<button>آ+</button><button>آ-</button>'],
    ['a control that names it', '<button>افزایش اندازه قلم</button>'],
    ['a switch of contrast', '<button class="contrast-toggle" aria-label="High contrast"></button>'],
  ],
  lacks: [
    ['a grade', '<p>The school was rated A+</p>'],
    ['a blood group', '<table><tr><td>گروه خونی</td><td>A+</td></tr></table>'],
    ['sizes of clothes', '<p>Font of wisdom, size of heart</p>'],
  ],
});

testSignal('breadcrumb', {
  shows: [
    ['a trail by its class', '<nav class="breadcrumb"><ol><li><a href="/">Home</a></li><li>Services</li></ol></nav>'],
    ['a trail by its label', '<nav aria-label="Breadcrumb"><a href="/">Home</a> <span>Services</span></nav>'],
    ['a trail of words and arrows', '<div><a href="/">صفحه اصلی</a> » <a href="/s">خدمات</a> » صدور پروانه</div>'],
    ['a trail behind a label', '<div>شما اینجا هستید: <a href="/">خانه</a></div>'],
  ],
  lacks: [
    ['a menu', '<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Services</a></li></ul></nav>'],
    ['a row of links in the footer', '<footer><a href="/a">Privacy</a> / <a href="/b">Terms</a> / Contact</footer>'],
    ['a slash in a sentence', '<p>Send the form and/or the receipt / proof to us.</p>'],
  ],
});

testSignal('print', {
  shows: [
    ['a Persian control', '<a href="#">چاپ</a>'],
    ['a script that prints', '<a href="javascript:window.print()"><i class="icon"></i></a>'],
    ['an Italian control', '<button>Stampa</button>'],
    ['an icon with an address', '<a href="/page?print=1"><i class="icon"></i></a>'],
  ],
  lacks: [
    [
      'a press release',
      '<a href="/press">Stampa e comunicazione con i giornalisti delle principali testate locali e nazionali</a>',
    ],
    [
      'a printing house',
      '<a href="/n/1">چاپ دوم کتاب تاریخ شهر با افزوده‌های تازه نویسنده در نمایشگاه کتاب تهران رونمایی شد</a>',
    ],
    ['fingerprints', '<p>Fingerprints are taken on Mondays.</p>'],
  ],
});
