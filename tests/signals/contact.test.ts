import { testSignal } from './test-signal.ts';

testSignal('contact_phone', {
  shows: [
    ['a Persian footer', '<footer><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p></footer>', '۰۲۱-۸۸۷۷۶۶۵۵'],
    ['a number that can be dialled', '<a href="tel:+390612345678"><i class="icon"></i> Centralino</a>'],
    ['an English line', '<p>Call the office at (765) 555-0142 between 8 and 4.</p>'],
    [
      'a label in one cell and the number in the next',
      '<table><tr><td>شماره تماس</td><td>3422 5566</td></tr></table>',
      '3422 5566',
    ],
    ['a short number behind its label', '<p>تلفن گویا: ۱۵۲۰</p>'],
    ['an Italian contact box', '<dl><dt>Telefono</dt><dd>075 5741 212</dd></dl>', '075 5741 212'],
  ],
  lacks: [
    [
      'a field that asks the visitor for a number',
      '<form><label>تلفن همراه <input type="tel" name="mobile"></label></form>',
    ],
    ['a fax number', '<p>نمابر: ۰۲۱-۸۸۷۷۶۶۵۴</p>'],
    ['a fax link', '<p>Fax: <a href="tel:+390612345679">+39 06 1234 5679</a></p>'],
    ['the code of a service and a date', '<p>شناسه خدمت: 13091727100 - تاریخ 1404/05/12</p>'],
    ['a tax number', '<p>P.IVA 00523580549 - C.F. 80005970541</p>'],
    ['a postal code', '<p>کد پستی: ۱۵۹۹۶-۶۸۱۱۴</p>'],
    ['the word alone', '<nav><a href="/phones">راهنمای تلفن</a></nav><p>تلفن</p>'],
    ['a number in a comment', '<!-- تلفن: 021-88776655 --><p>تماس</p>'],
  ],
});

testSignal('contact_email', {
  shows: [
    ['an address that opens the mail program', '<a href="mailto:info@comune.example">Scrivici</a>'],
    ['an address written out', '<p>رایانامه: info@org.example</p>', 'info@org.example'],
    ['an address written against collectors', '<p>پست الکترونیک: info [at] org.example</p>'],
    ['certified mail in Italian', '<p>PEC: protocollo@pec.comune.example</p>'],
  ],
  lacks: [
    [
      'a field that asks for an address',
      '<form><label>ایمیل <input type="email" name="mail" placeholder="name@example.com"></label></form>',
    ],
    ['the visitor’s own address in a receipt', '<p>We have sent a confirmation to maria.rossi@gmail.com</p>'],
    ['a pattern of an address', '<p>Write it as name@example.com</p>'],
    ['the handle of a network', '<p>ما را در @org_example دنبال کنید</p>'],
    ['a share button', '<a href="mailto:?subject=Look&body=https://org.example/">Email this page</a>'],
    ['an address in a script', '<script>var mail = "info@org.example";</script><p>تماس</p>'],
  ],
});

testSignal('contact_address', {
  shows: [
    [
      'a Persian address under its label',
      '<p>نشانی: تهران، خیابان آزادی، نبش خیابان دکتر قریب، پلاک ۱۲</p>',
      'خیابان آزادی',
    ],
    [
      'a Persian address without a label',
      '<footer><p>تهران، میدان ونک، ابتدای خیابان ملاصدرا، کوچه شاد، پلاک ۴</p></footer>',
    ],
    ['a postal code', '<p>کد پستی: ۱۵۹۹۶۶۸۱۱۴</p>'],
    ['an Italian address', '<p>Via Giuseppe Garibaldi, 12 - 06121 Perugia</p>'],
    ['an American address', '<p>1240 North Boo Road, Burns Harbor</p>'],
    ['a British postcode', '<p>Town Hall, Leeds LS1 1UR</p>'],
  ],
  lacks: [
    [
      'a field that asks for an address',
      '<form><label>نشانی محل سکونت <textarea name="addr"></textarea></label></form>',
    ],
    ['news from a street', '<h3>آسفالت خیابان آزادی آغاز شد</h3><p>عملیات بهسازی خیابان تا پایان هفته ادامه دارد.</p>'],
    ['the address of the site', '<p>نشانی سایت: www.org.example</p>'],
    ['the word alone', '<p>نشانی</p><p>Address</p>'],
    ['an address in a comment', '<!-- نشانی: تهران، خیابان آزادی، پلاک ۱۲ --><p>تماس</p>'],
  ],
});

testSignal('contact_page', {
  shows: [
    ['a menu entry', '<nav><ul><li><a href="/contact">تماس با ما</a></li></ul></nav>'],
    ['an Italian menu entry', '<nav><ul><li><a href="/contatti">Contatti</a></li></ul></nav>'],
    ['an icon with a label', '<a href="/contact-us" aria-label="Contact us"><svg></svg></a>'],
  ],
  lacks: [
    [
      'a headline of news',
      '<a href="/news/7">تماس تلفنی وزیر با استاندار برای پیگیری وضعیت مناطق سیل‌زده در روز گذشته</a>',
    ],
    ['a link in a comment', '<!-- <a href="/contact">تماس با ما</a> --><p>سازمان</p>'],
    [
      'a sentence without a link',
      '<p>Please contact us before you begin the work on your house, so that we can plan the visit.</p>',
    ],
  ],
});

testSignal('working_hours', {
  shows: [
    ['Persian office hours', '<p>ساعات کاری: شنبه تا چهارشنبه ۷:۳۰ تا ۱۴:۳۰</p>'],
    [
      'days and times below a heading',
      '<h3>Orario di apertura</h3><p>Lun - Ven</p><p>9:00 - 13:00</p>',
      '9:00 - 13:00',
    ],
    ['a line of days and times', '<footer><p>Monday to Friday, 8 a.m. to 4 p.m.</p></footer>'],
    ['round the clock', '<p>ساعت پاسخگویی: شبانه‌روزی</p>'],
  ],
  lacks: [
    ['the duration of a service', '<p>مدت انجام خدمت: ۲۴ ساعت کاری پس از ثبت</p>'],
    ['the hour of a meeting in the news', '<p>نشست خبری فردا ساعت ۱۰ در سالن همایش برگزار می‌شود.</p>'],
    ['the label without times', '<table><tr><th>ساعات کاری</th><td>----</td></tr></table>'],
    ['a date and a score', '<p>Match of 12.05.2024 ended 3 - 2</p>'],
  ],
});

testSignal('about', {
  shows: [
    ['a Persian menu entry', '<nav><a href="/about">درباره ما</a></nav>'],
    ['an English footer', '<footer><a href="/about-us">About us</a></footer>'],
    ['an Italian menu entry', '<nav><a href="/comune">Il Comune</a></nav>'],
  ],
  lacks: [
    [
      'a headline about something',
      '<a href="/n/1">All you need to know about the new recycling rules that begin in March</a>',
    ],
    ['a heading without a link', '<h2>درباره ما</h2>'],
    ['the word in a script', '<script>menu.add("درباره ما")</script><p>خدمات</p>'],
  ],
});

testSignal('staff_directory', {
  shows: [
    ['an organization chart', '<a href="/chart">چارت سازمانی</a>'],
    ['a list of managers', '<h2>مدیران سازمان</h2><ul><li>رئیس: م. احمدی</li></ul>'],
    ['a directory by its address', '<a href="/staff-directory">People</a>'],
    ['an Italian chart', '<a href="/organigramma">Organigramma</a>'],
  ],
  lacks: [
    [
      'news about a manager',
      '<a href="/n/4">مدیرکل جدید استان در آیینی با حضور معاون وزیر و جمعی از مسئولان معرفی شد</a>',
    ],
    ['the log-in of the staff', '<a href="https://oa.org.example/">ورود کارکنان</a>'],
    ['vacancies', '<a href="/jobs">Join our team</a>'],
  ],
});

testSignal('responsible_unit', {
  shows: [
    [
      'a cell of the service card',
      '<table><tr><th>مسئول اصلی ارائه خدمت</th><td>اداره کل معادن</td></tr></table>',
      'اداره کل معادن',
    ],
    [
      'an Italian service page',
      '<main><h1>Iscrizione alla scuola</h1><h2>Unità organizzativa responsabile</h2><p>Ufficio scuola</p></main>',
    ],
    [
      'a department beside the content of a service',
      '<main><h1>Building permit</h1><h2>Required documents</h2><p>A plan of the site must be submitted.</p><h2>Fee</h2><p>$50</p><aside><a href="/building">Building Department</a></aside></main>',
    ],
  ],
  lacks: [
    ['a label without a value', '<table><tr><th>مسئول اصلی ارائه خدمت</th><td>-</td></tr></table>'],
    [
      'a department in the menu of an ordinary page',
      '<nav><a href="/d">Building Department of Burns Harbor</a></nav><main><h1>Welcome</h1><p>News of the town.</p></main>',
    ],
    ['a unit in the news', '<main><h1>خبر</h1><p>به گزارش اداره کل روابط عمومی، مراسم امروز برگزار شد.</p></main>'],
  ],
});
