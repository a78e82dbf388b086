// پیوندهای پایین صفحه تا تأیید روابط عمومی خاموش است:
// '<a href="https://azad-etelaat.example/dastgah/bargh/">دسترسی آزاد به اطلاعات</a><a href="https://dargah-negar.example/">درگاه ملی</a>'
(function () {
  var root = document.getElementById('root');
  var esc = function (s) { return String(s).replace(/[&<>"]/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; }); };
  var get = function (u) { return fetch(u).then(function (r) { return r.json(); }); };
  Promise.all([get('/data/dargah.json'), get('/data/khadamat.json')]).then(function (d) { draw(d[0], d[1]); });

  function draw(o, list) {
    var path = decodeURIComponent(location.pathname).replace(/\/+$/, '') || '/';
    var body = path === '/' ? home(o, list) : path === '/khadamat' ? catalogue(list) : path === '/akhbar' ? news(o) : path === '/tamas' ? contact(o) : path === '/shekayat' ? complaint() : path === '/harim' ? privacy(o) : null;
    var service = /^\/khadamat\/(\d{11})$/.exec(path);
    if (service) { var s = list.filter(function (x) { return x.code === service[1]; })[0]; if (s) body = page(s); }
    if (!body) body = { t: 'پیدا نشد', h: '<h1>چنین صفحه‌ای نیست</h1>' };
    document.title = body.t + ' | ' + o.nam;
    root.innerHTML = '<header><a href="/"><img src="/static/logo.svg" alt="' + esc(o.nam) + '" width="40" height="40"></a><nav aria-label="فهرست"><a href="/khadamat">میز خدمت الکترونیک</a><a href="/akhbar">اخبار</a><a href="/shekayat">ثبت شکایت</a><a href="/tamas">تماس با ما</a><a href="https://hamrah.bargh-negar.example/">برق همراه</a></nav></header><main>' + body.h + '</main><footer><p>' + esc(o.neshani) + ' · تلفن ' + esc(o.telefon) + ' · حوادث ' + esc(o.hadese) + '</p><p><a href="' + o.tooti + '">کانال طوطی</a><a href="' + o.film + '">آفتاب‌ویدئو</a><a href="/harim">حریم خصوصی</a></p></footer>';
  }
  function home(o, list) {
    return { t: 'خانه', h: '<h1>' + esc(o.nam) + '</h1><ul>' + list.filter(function (s, i) { return s.url && i !== 3; }).map(function (s) { return '<li><a class="btn" href="' + s.url + '">' + esc(s.title) + '</a></li>'; }).join('') + '</ul><h2>اخبار</h2>' + news(o).h.replace('<h1>اخبار</h1>', '') };
  }
  function catalogue(list) {
    var groups = {};
    list.forEach(function (s) { (groups[s.group] = groups[s.group] || []).push(s); });
    return { t: 'میز خدمت الکترونیک', h: '<h1>میز خدمت الکترونیک</h1>' + Object.keys(groups).map(function (g) { return '<h2>' + esc(g) + '</h2><ul>' + groups[g].map(function (s) { return '<li><a href="/khadamat/' + s.code + '">' + esc(s.title) + '</a> (شناسه خدمت: ' + s.code + ')</li>'; }).join('') + '</ul>'; }).join('') };
  }
  function page(s) {
    return { t: s.title, h: '<h1>' + esc(s.title) + '</h1><div class="row"><b>شناسه خدمت</b><span>' + s.code + '</span></div>' + s.fields.map(function (f) { return '<div class="row"><b>' + esc(f[0]) + '</b><span>' + esc(f[1]) + '</span></div>'; }).join('') + (s.steps.length ? '<h2>مراحل دریافت خدمت</h2><ol>' + s.steps.map(function (x) { return '<li>' + esc(x) + '</li>'; }).join('') + '</ol>' : '') + (s.url ? '<p><a class="btn" href="' + s.url + '">ورود به سامانه و ثبت درخواست</a></p>' : '') + (s.faq.length ? '<h2>پرسش‌های متداول</h2>' + s.faq.map(function (q) { return '<h3>' + esc(q[0]) + '</h3><p>' + esc(q[1]) + '</p>'; }).join('') : '') + '<form method="post" action="/api/emtiaz"><fieldset><legend>از این خدمت راضی بودید؟</legend>' + [1, 2, 3, 4, 5].map(function (n) { return '<label><input type="radio" name="emtiaz" value="' + n + '"> ' + n + '</label>'; }).join(' ') + '<button>ثبت امتیاز</button></fieldset></form>' };
  }
  function news(o) { return { t: 'اخبار', h: '<h1>اخبار</h1><ul>' + o.akhbar.map(function (n) { return '<li>' + esc(n.onvan) + ' <time datetime="' + n.iso + '">' + esc(n.tarikh) + '</time></li>'; }).join('') + '</ul>' }; }
  function contact(o) { return { t: 'تماس با ما', h: '<h1>تماس با ما</h1><p>نشانی: ' + esc(o.neshani) + '</p><p>تلفن: ' + esc(o.telefon) + '</p><p>رایانامه: <a href="mailto:' + o.rayaname + '">' + o.rayaname + '</a></p><p>ساعات کار: ' + esc(o.saat) + '</p>' }; }
  function complaint() { return { t: 'ثبت شکایت', h: '<h1>ثبت شکایت</h1><p>پاسخ شکایت تا هفت روز کاری پیامک می‌شود.</p><form method="post" action="/api/shekayat"><p><label for="g">شناسه قبض</label> <input id="g" name="g"></p><p><label for="m">متن شکایت</label> <textarea id="m" name="m" required></textarea></p><button>ثبت شکایت</button></form>' }; }
  function privacy(o) { return { t: 'حریم خصوصی', h: '<h1>حریم خصوصی</h1><p>' + esc(o.nam) + ' داده‌های مشترکان را فقط برای صدور قبض به کار می‌برد.</p>' }; }
})();
