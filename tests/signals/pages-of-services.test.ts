/** What the page of a service says without the usual title above it, and what only looks like it. */
import { testSignal } from './test-signal.ts';

/** A page is about a service by what it says of one; none of this is what the cases ask for. */
const EN = '<h1>Moor a boat</h1><h2>Service number</h2><p>MB-12</p><h2>Type of service</h2><p>permit</p>';
const service = (content: string): string =>
  `<main>${EN}<h2>Who can apply</h2><p>Owners of boats.</p><h2>Output</h2><p>What you get: a permit</p>${content}</main>`;
const persian = (content: string): string =>
  `<main><h1>صدور مجوز پهلوگیری</h1><h2>مخاطبان خدمت</h2><p>مالکان شناورها</p><h2>نتیجه خدمت</h2><p>یک مجوز</p><h2>شناسه خدمت</h2><p>۱۲</p>${content}</main>`;

testSignal('steps', {
  shows: [
    [
      'a list that counts its points',
      service(
        '<h2>The way to a mooring</h2><ol><li>Measure the length of the boat.</li><li>Choose a free place.</li><li>Wait for the warden to call.</li></ol>',
      ),
    ],
    [
      'lines that begin with figures',
      persian('<p>۱- طول شناور را اندازه بگیرید</p><p>۲- جای آزاد را برگزینید</p><p>۳- منتظر تماس نگهبان باشید</p>'),
    ],
  ],
  lacks: [
    [
      'a counted list of documents',
      service(
        '<h2>Documents you need</h2><ol><li>A copy of the registration</li><li>Your proof of insurance</li><li>A photo of the boat</li></ol>',
      ),
    ],
    [
      'a counted list of what one gets',
      service(
        '<ol><li>Place at the quay for a year</li><li>Water from the tap there</li><li>Light at the quay by night</li></ol>',
      ),
    ],
    ['a list of two', service('<ol><li>Measure the length of the boat.</li><li>Choose a free place.</li></ol>')],
    [
      'a counted list where no service is told of',
      '<main><h1>Winners</h1><ol><li>Anna of the upper valley</li><li>Berta of the lower valley</li><li>Clara of the island</li></ol></main>',
    ],
  ],
});

testSignal('legal_basis', {
  shows: [
    ['an act by its name and year', service('<p>Places are given under the Inland Moorings Act 1994.</p>')],
    ['a section of a code', service('<p>See Harbour Code §445.39.</p>')],
    ['an Italian law by its number', service('<p>Legge 27 dicembre 2019, n. 160</p>')],
    ['a Persian article by its number', persian('<p>بر پایه ماده ۱۲ قانون بنادر</p>')],
  ],
  lacks: [
    ['an act about the data', service('<p>Your details are kept under the Information Privacy Act 2009.</p>')],
    ['an act without a service', '<main><h1>History</h1><p>The Moorings Act 1994 was debated for a year.</p></main>'],
  ],
});

testSignal('fee', {
  shows: [
    ['a sum in a short line', service('<p>€152 a year</p>')],
    ['a sum without its currency under a label', persian('<p>مبلغ: ۱٬۲۰۰٬۰۰۰</p>')],
    ['that nothing is taken', persian('<p>هیچ کارمزدی از شما گرفته نمی‌شود.</p>')],
    ['a cell that says free of charge', persian('<table><tr><td>بدون هزینه</td></tr></table>')],
  ],
  lacks: [
    ['a fine', service('<p>A fine of €300 for wrong mooring</p>')],
    ['a sum in a sentence of news', '<main><h1>News</h1><p>€152 was found.</p></main>'],
  ],
});

testSignal('required_documents', {
  shows: [
    [
      'papers in a list without the usual title',
      service('<ul><li>A copy of the registration</li><li>Proof of insurance</li></ul>'),
    ],
    ['Persian papers in lines', persian('<p>- تصویر سند شناور</p><p>- اصل کارت ملی مالک</p>')],
  ],
  lacks: [['one paper in passing', service('<p>Certificate shops are nearby.</p>')]],
});

testSignal('duration', {
  shows: [
    ['a line that is a length of time', persian('<p>حدود ۲۰ روز</p>')],
    ['a promise in a sentence', service('<p>The office will decide within six weeks.</p>')],
  ],
  lacks: [['how old something is', service('<p>The harbour celebrates its birthday after 20 years of work.</p>')]],
});

testSignal('working_hours', {
  shows: [
    ['days that run to others with bare hours', '<p>شنبه تا چهارشنبه، ۸ تا ۱۶</p>'],
    ['an Italian line', '<p>lun-ven 9-12</p>'],
    ['parts of the day in words', '<p>ساعت کار: از ۸ صبح تا ۸ شب</p>'],
  ],
  lacks: [['a score', '<p>The match on Saturday ended 9-12 in points, 2019</p>']],
});

testSignal('breadcrumb', {
  shows: [['two names', '<div class="breadcrumb"><a href="/">Home</a> / <span>Moorings</span></div>']],
  lacks: [['one name alone', '<div class="breadcrumb"><a href="/">Home</a></div>']],
});

testSignal('mobile_app', {
  shows: [['an app that can be had', '<p>Our app is available for phones: download the mobile app.</p>']],
  lacks: [
    [
      'an app that is spoken about',
      '<p>4-H youth of the county and its neighbours are invited to think about what a phone app for growers of apples might do one day.</p>',
    ],
  ],
});

testSignal('tenders', {
  shows: [
    [
      'a call among the notices',
      '<ul><li><a href="/n/1">آگهی مناقصه عمومی واگذاری خدمات ایاب و ذهاب کارکنان ستاد و واحدهای تابعه</a></li></ul>',
    ],
  ],
  lacks: [
    [
      'news of an auction that was held',
      '<ul><li><a href="/n/1">مزایده ۴۰۰ معدن راکد با استقبال گسترده بخش خصوصی در روز گذشته روبه‌رو شد</a></li></ul>',
    ],
  ],
});

testSignal('login', {
  shows: [
    ['what a council calls its accounts', '<header><a href="/account">My Caldermoor</a></header>'],
    ['the log-in of the state', '<button>Continue with MyGovID</button>'],
  ],
  lacks: [['news of the neighbourhood', '<header><a href="/area">My Neighbourhood</a></header>']],
});

testSignal('other_language', {
  shows: [
    [
      'a language with its country',
      '<header><a href="/en-us/" title="English (United States)"><img src="/us.gif" alt=""></a></header><p>متن این صفحه به زبان فارسی نوشته شده است.</p>',
    ],
  ],
  lacks: [],
});

testSignal('process_diagram', {
  shows: [['a flow chart behind a link', '<a href="/files/crossings-flowchart.png">See it drawn</a>']],
  lacks: [['a chart of something else', '<a href="/files/chart.png">See it drawn</a>']],
});

testSignal('online_form', {
  shows: [],
  lacks: [
    [
      'a calculator',
      '<main><h2>Interest calculator</h2><form><label>Tax amount <input name="a"></label><label>Months late <input name="m"></label><button>Calculate</button></form></main>',
    ],
  ],
});

testSignal('share_buttons', {
  shows: [],
  lacks: [['mailing the page to a friend', '<a href="#">ارسال به دوستان</a>']],
});

testSignal('page_rating', {
  shows: [],
  lacks: [['a question about the site', '<p>طراحی جدید سایت را چگونه ارزیابی می‌کنید؟</p>']],
});

testSignal('user_guide', {
  shows: [['a heading over a guide', '<main><h2>راهنمای ثبت درخواست</h2><p>نخست وارد شوید.</p></main>']],
  lacks: [['a department', '<nav><a href="/education">آموزش</a></nav>']],
});

const headed = (head: string): string => service('').replace('<main>', `<div>${head}</div><main>`);
testSignal('responsible_unit', {
  shows: [
    ['a unit above its telephone', service('<p>Licensing Office</p><p>Tel 01632 960123</p>')],
    ['a unit whose name is abbreviated', service('<p>Uff. Anagrafe</p><p>Tel 01632 960123</p>')],
    [
      'the way to the page, in the folder of the unit',
      headed('<a href="/">Home</a> › <a href="index.html">Licensing Office</a>'),
    ],
  ],
  lacks: [
    ['the banner that leads home', headed('<a href="/">Trades Commission</a>')],
    ['the banner that leads to the first page beside this one', headed('<a href="index.html">Trades Commission</a>')], // prettier-ignore
    [
      'the banner below its picture and a skip link',
      headed('<a href="#main">Skip</a><a href="./"><img src="arms.png" alt="Arms"></a><a href="index.html">Trades Commission</a>'),
    ], // prettier-ignore
  ],
  at: 'https://www.org.example/trades/permit.html',
});
