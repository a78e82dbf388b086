import { testSignal } from './test-signal.ts';

testSignal('service_list', {
  shows: [
    ['a desk of services', '<nav><a href="/services">میز خدمت الکترونیک</a></nav>'],
    ['a heading above the services', '<h2>خدمات الکترونیک</h2><ul><li><a href="/s/1">صدور پروانه</a></li></ul>'],
    ['an English menu entry', '<nav><a href="/services">Services</a></nav>'],
    ['an Italian menu entry', '<nav><a href="/servizi">Servizi</a></nav>'],
  ],
  lacks: [
    ['terms of service', '<a href="/tos">Terms of service</a>'],
    [
      'news about services',
      '<a href="/n/1">خدمات پس از فروش خودروسازان در نشست مشترک با نمایندگان مجلس در هفته گذشته بررسی شد</a>',
    ],
    ['a list in a template', '<template><a href="/services">میز خدمت</a></template>'],
  ],
});

testSignal('service_description', {
  shows: [
    [
      'a labelled description',
      '<table><tr><th>شرح خدمت</th><td>این خدمت برای صدور پروانه واحدهای صنفی تازه است</td></tr></table>',
      'صدور پروانه',
    ],
    [
      'a heading and prose',
      '<main><h2>Descrizione</h2><p>Il servizio permette di iscrivere i figli alla scuola dell’infanzia comunale.</p></main>',
    ],
    [
      'prose on the page of a service',
      '<main><h1>Dog licence</h1><p>Every dog older than three months that lives in the county must have a licence, which is issued here for one year.</p><h2>Fee</h2><p>$10</p><h2>Required documents</h2><p>Proof of vaccination must be provided.</p></main>',
    ],
  ],
  lacks: [
    ['a label with dashes', '<table><tr><th>شرح خدمت</th><td>-----</td></tr></table>'],
    ['a sample text', '<table><tr><th>شرح خدمت</th><td>متن نمونه برای شرح خدمت</td></tr></table>'],
    [
      'news',
      '<main><h1>خبر</h1><p>به گزارش روابط عمومی، رئیس سازمان در جمع خبرنگاران از روند اجرای طرح‌های عمرانی استان خبر داد و از همکاران سپاسگزاری کرد.</p></main>',
    ],
  ],
});

testSignal('service_code', {
  shows: [
    ['a national code behind its label', '<p>(شناسه خدمت:13091727102)</p>'],
    ['a code in the next cell', '<table><tr><td>کد خدمت</td><td>10021</td></tr></table>'],
    ['an Italian code', '<p>Codice servizio: A-1024</p>'],
  ],
  lacks: [
    ['a telephone number', '<p>تلفن: 02188776655</p>'],
    ['a label without a code', '<table><tr><td>شناسه خدمت</td><td>----</td></tr></table>'],
    ['a longer number', '<p>شبا: IR130917271020000000000001</p>'],
    ['a code in a comment', '<!-- 13091727102 --><p>خدمت</p>'],
  ],
});

testSignal('eligibility', {
  shows: [
    ['a cell of the service card', '<table><tr><th>مخاطبان خدمت</th><td>دارندگان معدن</td></tr></table>'],
    ['an Italian heading', '<main><h2>A chi è rivolto</h2><p>Ai residenti nel comune.</p></main>'],
    ['an English heading', '<main><h2>Who can apply</h2><p>Owners of a house in the city.</p></main>'],
  ],
  lacks: [
    ['a template in brackets', '<table><tr><th>مخاطبان خدمت</th><td>[مخاطبان خدمت]</td></tr></table>'],
    ['a menu for audiences', '<nav><a href="/citizens">شهروندان</a><a href="/business">کسب‌وکارها</a></nav>'],
    ['words in a script', '<script>label("مخاطبان خدمت: همه")</script><p>خدمت</p>'],
  ],
});

testSignal('required_documents', {
  shows: [
    [
      'a list under a heading',
      '<main><h3>مدارک لازم</h3><ul><li>تصویر سند مالکیت</li><li>دو قطعه عکس</li></ul></main>',
    ],
    ['a cell', '<table><tr><th>مدارک مورد نیاز</th><td>گواهی پایان دوره</td></tr></table>'],
    ['an Italian heading', '<main><h2>Cosa serve</h2><ul><li>Carta d’identità</li><li>Codice fiscale</li></ul></main>'],
    [
      'a sentence that asks',
      '<main><p>Required documents: applicants must submit a site plan and proof of ownership.</p></main>',
    ],
  ],
  lacks: [
    ['a label with a placeholder', '<table><tr><th>مدارک لازم</th><td>تکمیل نشده</td></tr></table>'],
    ['academic degrees', '<p>ارزشیابی مدرک تحصیلی دانشگاه‌های خارج از کشور</p>'],
    ['a question that leads elsewhere', '<main><a href="/docs">Which documents are required?</a></main>'],
    ['a list of links to documents of another kind', '<nav><a href="/docs">Documents</a></nav>'],
  ],
});

testSignal('fee', {
  shows: [
    ['a sum in a cell', '<table><tr><th>هزینه خدمت</th><td>۲۵۰٬۰۰۰ ریال</td></tr></table>'],
    ['a service that is free', '<main><dl><dt>هزینه ارائه خدمت</dt><dd>رایگان</dd></dl></main>'],
    ['an Italian heading', '<main><h2>Costi</h2><p>Il servizio è gratuito.</p></main>'],
    ['an English sentence', '<main><p>The application fee is $25, payable at the counter.</p></main>'],
  ],
  lacks: [
    ['a table of zeros', '<table><tr><th>هزینه خدمت</th><td>0</td></tr></table>'],
    ['dashes', '<table><tr><th>هزینه خدمت</th><td>----</td></tr></table>'],
    ['a budget', '<main><p>هزینه‌های عمرانی شهر در بودجه امسال ۲۵۰ میلیارد تومان پیش‌بینی شده است.</p></main>'],
    ['a fine', '<main><p>The fine is up to $500 for each day; the cost of repair is not included.</p></main>'],
    ['free parking', '<main><p>There is free parking behind the town hall.</p></main>'],
    ['a sum in an attribute', '<main><p data-fee="هزینه خدمت ۲۵۰۰۰ ریال">خدمت</p></main>'],
  ],
});

testSignal('duration', {
  shows: [
    ['a number of days in a cell', '<table><tr><th>متوسط مدت زمان ارائه خدمت</th><td>۱۰ روز کاری</td></tr></table>'],
    ['at once', '<main><dl><dt>مدت زمان انجام</dt><dd>آنی</dd></dl></main>'],
    ['an Italian heading', '<main><h2>Tempi e scadenze</h2><p>30 giorni dalla richiesta</p></main>'],
    ['an English sentence', '<main><p>Processing time: applications are decided within 15 working days.</p></main>'],
  ],
  lacks: [
    ['opening hours', '<table><tr><th>ساعات ارائه خدمت</th><td>۸ تا ۱۴</td></tr></table>'],
    ['a placeholder', '<table><tr><th>متوسط مدت زمان ارائه خدمت</th><td>زمان مشخصی درج نشده است</td></tr></table>'],
    ['the age of a town', '<main><p>The town was founded 150 years ago.</p></main>'],
    ['words of a comment', '<!-- مدت زمان انجام: ۱۰ روز --><p>خدمت</p>'],
  ],
});

testSignal('steps', {
  shows: [
    [
      'a numbered list',
      '<main><h2>مراحل دریافت خدمت</h2><ol><li>ثبت درخواست</li><li>بازدید کارشناس</li><li>صدور پروانه</li></ol></main>',
    ],
    [
      'an Italian heading and prose',
      '<main><h2>Come fare</h2><p>Compilare il modulo online, allegare i documenti richiesti, pagare la tariffa e attendere la conferma.</p></main>',
    ],
    ['steps without a title', '<main><h3>Step 1</h3><p>Fill in the form</p><h3>Step 2</h3><p>Pay</p></main>'],
  ],
  lacks: [
    ['a label with a placeholder', '<table><tr><th>مراحل دریافت خدمت</th><td>فایلی وجود ندارد</td></tr></table>'],
    ['a heading above links alone', '<main><h2>مراحل دریافت خدمت</h2><p><a href="/a.pdf">پرونده</a></p></main>'],
    ['the steps of a staircase in the news', '<main><p>The steps of the old church have been repaired.</p></main>'],
  ],
});

testSignal('process_diagram', {
  shows: [
    ['a picture of that name', '<main><img src="a.png" alt="نمودار مراحل دریافت خدمت"></main>'],
    ['a picture below a heading', '<main><h3>نمودار فرآیند ارائه خدمت</h3><img src="p1.jpg" alt=""></main>'],
    ['a file of that name', '<main><img src="/img/flowchart-permit.png" alt=""></main>'],
  ],
  lacks: [
    ['a chart of the organization', '<main><img src="chart.png" alt="چارت سازمانی"></main>'],
    ['a label without a picture', '<table><tr><th>نمودار مراحل</th><td>ندارد</td></tr></table>'],
    ['the logo in the header', '<header><img src="logo.png" alt="نشان سازمان"></header>'],
  ],
});

testSignal('delivery_channel', {
  shows: [
    ['a cell of ways', '<table><tr><th>نحوه دسترسی به خدمت</th><td>اینترنتی و دفاتر پیشخوان دولت</td></tr></table>'],
    [
      'an Italian heading',
      '<main><h2>Accedi al servizio</h2><p>Puoi presentare la domanda online o di persona allo sportello.</p><h2>Cosa serve</h2><p>Carta d’identità</p><h2>Costi</h2><p>10 euro</p></main>',
    ],
    [
      'a sentence on the page of a service',
      '<main><h1>Permit</h1><p>Applications can be made online, by post or in person.</p><h2>Fee</h2><p>$10</p><h2>Required documents</h2><p>A plan must be provided.</p></main>',
    ],
  ],
  lacks: [
    ['unticked boxes', '<table><tr><th>نحوه دسترسی به خدمت</th><td>----</td></tr></table>'],
    ['news', '<main><p>The mayor met the students online and in person.</p></main>'],
    ['a menu', '<nav><a href="/online">خدمات غیرحضوری</a></nav>'],
  ],
});

testSignal('legal_basis', {
  shows: [
    ['a cell with a law', '<table><tr><th>مستندات قانونی</th><td>ماده ۱۰ قانون معادن مصوب ۱۳۷۷</td></tr></table>'],
    [
      'an Italian law',
      '<main><h1>Servizio</h1><p>Riferimenti normativi: D.Lgs. 33/2013, art. 5</p><h2>Costi</h2><p>10 euro</p></main>',
    ],
    [
      'an ordinance',
      '<main><h1>Permit</h1><p>Pursuant to Ordinance No. 215 a permit is required.</p><h2>Fee</h2><p>$10</p></main>',
    ],
  ],
  lacks: [
    ['a placeholder', '<table><tr><th>مستندات قانونی</th><td>درج نشده است</td></tr></table>'],
    ['a link to laws', '<footer><a href="/laws">قوانین و مقررات</a></footer>'],
    ['legal notices', '<footer><a href="/legal">Legal notice</a></footer>'],
  ],
});

testSignal('user_guide', {
  shows: [
    ['a guide of the system', '<a href="/guide.pdf">راهنمای استفاده از سامانه</a>'],
    ['an English guide', '<a href="/help">User guide</a>'],
    ['a film', '<a href="https://www.aparat.com/v/1">فیلم آموزشی ثبت درخواست</a>'],
  ],
  lacks: [
    [
      'a guide of the town in the news',
      '<a href="/n/1">گردشگران خارجی راهنمای محلی خود را در جریان سفر به شهرهای تاریخی جنوب از میان جوانان بومی برمی‌گزینند</a>',
    ],
    ['a dead comment', '<!-- <a href="/guide">راهنمای استفاده</a> -->'],
    ['guide dogs', '<p>Guide dogs are welcome.</p>'],
  ],
});

testSignal('downloadable_form', {
  shows: [
    ['a form as a file', '<a href="/files/f1.pdf">فرم درخواست پروانه</a>'],
    ['a page of forms', '<a href="/forms">فرم‌ها</a>'],
    ['an Italian page of forms', '<a href="/modulistica">Modulistica</a>'],
    [
      'an English form behind a document centre',
      '<a href="/DocumentCenter/View/12">Building permit application form</a>',
    ],
  ],
  lacks: [
    ['a report as a file', '<a href="/files/r.pdf">گزارش سالانه</a>'],
    ['a form to fill in online', '<a href="/apply">تکمیل فرم آنلاین</a>'],
    ['platforms', '<a href="/platform">Our platform for performance</a>'],
  ],
});
