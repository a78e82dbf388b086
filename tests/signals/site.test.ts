import { testSignal } from './test-signal.ts';

testSignal('site_search', {
  shows: [
    [
      'a search form',
      '<header><form role="search" action="/s"><input name="q" placeholder="جستجو ..."><button>جستجو</button></form></header>',
      'جستجو',
    ],
    ['a field of the type for searching', '<input type="search" aria-label="Search this site">'],
    [
      'a field of a page that is wrapped in one form',
      '<form method="post" action="page.aspx"><input type="hidden" name="__VIEWSTATE"><input id="ctl00_txtSearch" name="ctl00$txtSearch"><input name="a"><input name="b"><input name="c"></form>',
    ],
    [
      'an Italian box',
      '<form action="/ricerca"><label for="c">Cerca nel sito</label><input id="c" name="cerca"></form>',
    ],
    [
      'the box of a search engine',
      '<script src="https://cse.google.com/cse.js?cx=1"></script><div class="gcse-search"></div>',
    ],
  ],
  lacks: [
    ['an icon that opens nothing', '<a href="#" class="search-icon"><i class="fa fa-search"></i></a>'],
    [
      'a form for a tracking code',
      '<form action="/track"><label>کد رهگیری <input name="code"></label><button>جستجو</button></form>',
    ],
    ['a switched-off field', '<form role="search"><input name="q" disabled></form>'],
    ['a sentence about searching', '<p>با جستجو در سامانه می‌توانید پرونده خود را بیابید.</p>'],
    ['a newsletter form', '<form action="/news"><input type="email" name="email" placeholder="Your e-mail"></form>'],
  ],
});

testSignal('advanced_search', {
  shows: [
    ['a Persian link', '<a href="/adv">جستجوی پیشرفته</a>'],
    ['an English button', '<button>Advanced search</button>'],
    ['an Italian link', '<a href="/ricerca-avanzata">Ricerca avanzata</a>'],
  ],
  lacks: [
    ['an ordinary search form', '<form role="search"><input name="q" placeholder="جستجو"></form>'],
    [
      'advanced things of another kind',
      '<a href="/n/2">Advanced search and rescue training was held by the fire department for two weeks in spring</a>',
    ],
    ['a comment', '<!-- <a href="/adv">جستجوی پیشرفته</a> -->'],
  ],
});

testSignal('sitemap', {
  shows: [
    ['a Persian footer', '<footer><a href="/map">نقشه سایت</a></footer>'],
    ['an English footer', '<footer><a href="/sitemap">Site map</a></footer>'],
    ['an Italian footer', '<footer><a href="/mappa">Mappa del sito</a></footer>'],
  ],
  lacks: [
    ['a map of the city', '<a href="/map">نقشه شهر</a>'],
    ['directions', '<a href="https://maps.google.com/">Map and directions</a>'],
    ['a breadcrumb', '<nav class="breadcrumb"><a href="/">Home</a> / <span>Services</span></nav>'],
  ],
});

testSignal('other_language', {
  shows: [
    ['a link in the header', '<header><a href="/en/">English</a></header>', 'English'],
    [
      'a short code beside the menu',
      '<nav><ul><li><a href="/en">EN</a></li><li><a href="/">خانه</a></li></ul></nav><p>متن فارسی این صفحه به اندازه‌ای هست که زبان آن شناخته شود.</p>',
    ],
    ['a sentence for it in the footer', '<footer><a href="/en/">سایت انگلیسی</a></footer>'],
    ['a choice of languages', '<select aria-label="Lingua"><option>Italiano</option><option>English</option></select>'],
    [
      'a translation service',
      '<div id="google_translate_element"></div><script src="//translate.google.com/translate_a/element.js?cb=init"></script>',
    ],
    ['a Chinese version', '<header><a href="/zh">中文</a></header>'],
  ],
  lacks: [
    [
      'a link that was commented out',
      '<!--<a href="#">EN</a>--><p>متن فارسی این صفحه به اندازه‌ای هست که زبان آن شناخته شود.</p>',
    ],
    [
      'the language that the page has',
      '<header><a href="/fa">فارسی</a></header><p>متن فارسی این صفحه به اندازه‌ای هست که زبان آن شناخته شود.</p>',
    ],
    [
      'a policy on languages',
      '<p>Our language access policy says that interpreters are free of charge in every office.</p>',
    ],
    [
      'a course of English',
      '<main><a href="/courses/en">ثبت‌نام دوره آموزش زبان انگلیسی ویژه کارکنان دولت در تابستان امسال</a></main>',
    ],
    [
      'a list of states',
      '<main><ul><li><a href="/de">DE</a></li><li><a href="/fl">FL</a></li></ul></main><p>You can choose your state from the list above and see the rules for it.</p>',
    ],
  ],
});

testSignal('faq', {
  shows: [
    ['a Persian menu entry', '<nav><a href="/faq">سؤالات متداول</a></nav>'],
    [
      'questions under a heading',
      '<h2>پرسش‌های متداول</h2><details><summary>پروانه تا چه زمانی اعتبار دارد؟</summary><p>دو سال.</p></details>',
    ],
    [
      'questions without the word',
      '<h3>How long does the permit last?</h3><p>Two years.</p><h3>Can I renew it on line?</h3><p>Yes.</p><h3>Who can apply for a permit?</h3><p>Owners.</p>',
    ],
    ['an Italian menu entry', '<a href="/faq">Domande frequenti</a>'],
  ],
  lacks: [
    ['a heading with numbers and no question', '<h2>پرسش‌های متداول</h2><ul><li>۱</li><li>۲</li></ul>'],
    [
      'a heading with the law that orders it',
      '<td>پاسخ به سوالات متداول</td><td>در راستای اجرای قانون انجام می‌شود.</td>',
    ],
    ['one question in a text', '<p>Do you need help with the form that you have to fill in?</p>'],
    [
      'parliamentary questions',
      '<a href="/n/1">وزیر به پرسش‌های نمایندگان مجلس درباره بودجه سال آینده در صحن علنی پاسخ داد</a>',
    ],
  ],
});

testSignal('news', {
  shows: [
    ['a Persian menu entry', '<nav><a href="/news">اخبار</a></nav>'],
    ['a list under a plain heading', '<div>آخرین اخبار</div><ul><li><a href="/n/1">نشست شورا برگزار شد</a></li></ul>'],
    ['an Italian list', '<h2>Notizie</h2><ul><li><a href="/n/1">Nuovi orari</a></li></ul>'],
  ],
  lacks: [
    ['a newsletter', '<a href="/letter">خبرنامه</a>'],
    [
      'a sentence about news',
      '<p>Good news travels fast, as those who have worked with us over the years have told us.</p>',
    ],
    ['a hidden list', '<div hidden><h2>اخبار</h2></div>'],
  ],
});

testSignal('events_calendar', {
  shows: [
    ['a menu entry', '<a href="/events">رویدادها</a>'],
    ['a calendar', '<div class="fullcalendar" aria-label="June"></div>'],
    ['an English list', '<h2>Upcoming events</h2><ul><li>Market day</li></ul>'],
    ['an Italian entry', '<a href="/eventi">Eventi</a>'],
  ],
  lacks: [
    ['the icon of a calendar beside a date', '<span class="date"><i class="icon-calendar"></i> 1404/02/03</span>'],
    ['life events', '<p>Services for life events such as birth and marriage are grouped here.</p>'],
    ['an event in a script', '<script>gtag("event", "رویدادها")</script>'],
  ],
});

testSignal('last_updated', {
  shows: [
    ['a Persian footer', '<footer><p>آخرین به‌روزرسانی: ۱۴۰۴/۰۶/۱۲</p></footer>', '۱۴۰۴/۰۶/۱۲'],
    ['a date in the next line', '<div>Page last updated</div><div>12 May 2025</div>'],
    ['an Italian page', '<p>Ultimo aggiornamento: 3 marzo 2025</p>'],
    ['a month by name', '<p>آخرین ویرایش ۱۲ شهریور ۱۴۰۴</p>'],
  ],
  lacks: [
    ['a label without a date', '<p>آخرین به‌روزرسانی:</p>'],
    ['the date of today', '<header>چهارشنبه ۴ آذر ۱۴۰۵</header>'],
    ['the years of the copyright', '<footer>© 2007-2014</footer>'],
    ['news about an update', '<p>The app has been updated with a new map and will soon be in the shops.</p>'],
  ],
});

testSignal('visit_counter', {
  shows: [
    ['a Persian counter', '<p class="counter">بازدید امروز: ۳۴۱۲ | کل بازدیدها: ۹۸۷۱۲۰۴</p>'],
    ['a number in the next cell', '<table><tr><td>تعداد بازدید</td><td>۱۲۰۳</td></tr></table>'],
    ['an English counter', '<p>Total visitors: 10,233</p>'],
    ['a number before the word', '<p>412 بازدید</p>'],
  ],
  lacks: [
    ['a visit of the minister', '<a href="/n/1">بازدید وزیر از طرح‌های عمرانی استان</a>'],
    ['times for visitors', '<p>Visitors are welcome from Monday to Friday at the main gate.</p>'],
    ['a counter without a number', '<p>تعداد بازدید</p>'],
  ],
});

testSignal('rss', {
  shows: [
    ['a Persian link', '<a href="/rss">خوراک RSS</a>'],
    ['an icon whose address says it', '<a href="/feed.xml"><i class="icon-feed"></i></a>'],
    ['an English link', '<a href="/news/rss.aspx">RSS</a>'],
  ],
  lacks: [
    ['the word inside another', '<a href="/Publications">CARSS</a><a href="/feedback">Feedback</a>'],
    ['a comment', '<!-- <a href="/rss">RSS</a> -->'],
    ['a sentence', '<p>اینجا خبرخوان نداریم و خبرها را تنها در تابلو می‌گذاریم.</p>'],
  ],
  asks: [
    [
      'a feed that only the head names',
      '<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body><p>متنی که برای خواندن کافی است و از هیچ خوراکی سخن نمی‌گوید و پیوندی هم به آن ندارد.</p></body></html>',
    ],
  ],
});

testSignal('notifications', {
  shows: [
    [
      'a newsletter form',
      '<form><h3>عضویت در خبرنامه</h3><input type="email" name="email"><button>ثبت</button></form>',
    ],
    ['an English link', '<a href="/subscribe">Sign up for alerts</a>'],
    ['an Italian form', '<form><label for="n">Iscriviti alla newsletter</label><input id="n" type="email"></form>'],
  ],
  lacks: [
    [
      'an address of mail in a contact form',
      '<form><h3>تماس با ما</h3><label>ایمیل <input type="email" name="email"></label><textarea name="text"></textarea></form>',
    ],
    [
      'news about a letter',
      '<p>The newsletter of the miners was printed for the first time in the year of the great strike of the region.</p>',
    ],
    ['a hidden form', '<div hidden><h3>عضویت در خبرنامه</h3><input type="email" name="email"></div>'],
  ],
});

testSignal('links_other_agencies', {
  shows: [
    ['another ministry', '<a href="https://www.behdasht.gov.ir/">وزارت بهداشت</a>'],
    ['a federal agency', '<a href="https://www.irs.gov/">IRS</a>'],
    ['an Italian institute', '<a href="https://www.inps.it/">INPS</a>'],
  ],
  lacks: [
    ['its own other site', '<a href="https://portal.org.example/">سامانه جامع</a>'],
    ['a seal of trust', '<a href="https://trustseal.enamad.ir/?id=1"><img src="e.png" alt="نماد"></a>'],
    ['a company', '<a href="https://www.company-site.com/">شرکت سازنده</a>'],
    ['an agency named without a link', '<p>با همکاری وزارت بهداشت و سازمان ثبت احوال</p>'],
  ],
});

testSignal('link_national_portal', {
  shows: [
    ['the host', '<a href="https://my.gov.ir/">پنجره ملی خدمات دولت هوشمند</a>'],
    ['the host behind a picture', '<a href="https://www.gov.uk/"><img src="crest.png" alt=""></a>'],
    ['its name', '<a href="/go?id=5">درگاه ملی خدمات دولت هوشمند</a>'],
  ],
  lacks: [
    ['a host of the same ending', '<a href="https://www.leeds.gov.uk/">Leeds City Council</a>'],
    ['a link in a comment', '<!-- <a href="https://my.gov.ir/">my.gov.ir</a> -->'],
    [
      'a sentence that names it',
      '<p>این خدمت به زودی در درگاه ملی خدمات دولت هوشمند نیز در دسترس خواهد بود و شهروندان از آن آگاه خواهند شد.</p>',
    ],
  ],
});
