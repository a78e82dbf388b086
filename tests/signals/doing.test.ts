import { testSignal } from './test-signal.ts';

testSignal('login', {
  shows: [
    ['a link in the header', '<header><a href="/login">ورود کاربران</a></header>'],
    ['a form with a password', '<form><input name="u"><input type="password" name="p" placeholder="رمز عبور"></form>'],
    ['an Italian button', '<a href="/area" class="btn">Accedi all’area personale</a>'],
    ['an icon whose address says it', '<a href="/account/login"><i class="icon-user"></i></a>'],
  ],
  lacks: [
    [
      'the entry of goods',
      '<a href="/n/1">ورود کالا از مرزهای شرقی کشور در سه ماه نخست امسال رشد چشمگیری داشته است</a>',
    ],
    ['a comment', '<!-- <a href="/login">ورود</a> --><p>خدمات</p>'],
    ['a sentence', '<p>Please log in to your bank to see the receipt of the payment that you made at our counter.</p>'],
  ],
});

testSignal('national_sso', {
  shows: [
    ['the host of the provider', '<a href="https://sso.my.gov.ir/oauth2/authorize?client_id=x">ورود</a>'],
    ['a control of that name', '<a href="/go">ورود با پنجره ملی خدمات دولت هوشمند</a>'],
    ['an Italian button', '<button>Entra con SPID</button>'],
    ['an American control', '<a href="https://secure.login.gov/">Sign in with Login.gov</a>'],
  ],
  lacks: [
    ['an ordinary log-in', '<form><input name="u"><input type="password" name="p"></form>'],
    [
      'a long sentence about it',
      '<p>سازمان اعلام کرد که تا پایان سال آینده همه سامانه‌های خود را به پنجره ملی خدمات دولت هوشمند متصل می‌کند و کارکنان خود را برای این کار آموزش می‌دهد و گزارش آن را منتشر خواهد کرد.</p>',
    ],
    ['the script of a provider', '<script>var provider = "https://sso.my.gov.ir/";</script><p>ورود</p>'],
  ],
});

testSignal('tracking_code', {
  shows: [
    ['a link', '<a href="/track">پیگیری درخواست</a>'],
    ['a field for the code', '<form><label>کد رهگیری <input name="code"></label></form>'],
    ['a code handed to the user', '<p>کد پیگیری شما: 4059281</p>'],
    ['an Italian receipt', '<main><p>Abbiamo ricevuto la tua segnalazione AN4059281</p></main>'],
  ],
  lacks: [
    ['parcels', '<a href="https://tracking.post.ir/">رهگیری مرسولات پستی</a>'],
    ['scripts that follow visitors', '<script>track("پیگیری درخواست")</script><p>خدمات</p>'],
    ['a running track', '<p>The running track behind the school is closed for repairs.</p>'],
  ],
});

testSignal('e_payment', {
  shows: [
    ['a gateway', '<a href="https://sep.shaparak.ir/pay?id=1">ادامه</a>'],
    ['a link that names it', '<a href="/pay">پرداخت عوارض به صورت اینترنتی</a>'],
    ['an English button', '<a href="/pay">Pay online</a>'],
    ['an Italian link', '<a href="https://checkout.pagopa.it/">Paga con pagoPA</a>'],
  ],
  lacks: [
    ['a bank account', '<p>مبلغ باید به حساب شماره ۱۰۲۲ بانک ملی واریز و فیش بانکی آن آورده شود.</p>'],
    ['the pay of the staff', '<a href="https://oa.org.example/">فیش حقوقی</a>'],
    [
      'the word in a sentence',
      '<p>پرداخت الکترونیکی هزینه در مرحله سوم این خدمت و پس از تأیید کارشناس انجام می‌گیرد.</p>',
    ],
  ],
});

testSignal('appointment_booking', {
  shows: [
    ['a Persian link', '<a href="/nobat">نوبت‌دهی اینترنتی</a>'],
    ['an Italian button', '<a href="/prenota">Prenota appuntamento</a>'],
    [
      'the page of the booking',
      '<main><h1>Book an appointment</h1><label>Day <input type="date" name="d"></label></main>',
    ],
  ],
  lacks: [
    [
      'an appointed official',
      '<a href="/n/1">The council announces the appointment of a new fire chief after a search of six months</a>',
    ],
    ['time on the telephone', '<p>گرفتن وقت تلفنی از مرکز بهداشت</p>'],
    ['a hidden button', '<div hidden><a href="/nobat">دریافت نوبت</a></div>'],
  ],
});

testSignal('start_online', {
  shows: [
    ['a Persian control', '<main><a href="https://sys.org.example/">ورود به سامانه و ثبت درخواست</a></main>'],
    ['an English button', '<main><a href="/start" class="btn">Start now</a></main>'],
    ['an Italian button', '<main><a href="/servizio">Accedi al servizio</a></main>'],
    [
      'an icon in a column of that name',
      '<table><tr><th>پیوند ارائه خدمت</th><td><a href="https://sys.org.example/x"><i class="icon"></i></a></td></tr></table>',
    ],
  ],
  lacks: [
    [
      'a start in the news',
      '<main><a href="/n/1">آغاز ثبت‌نام مدارس سراسر کشور از هفته آینده با شیوه‌ای تازه، به گفته وزیر آموزش و پرورش</a></main>',
    ],
    ['a list of contents', '<main><a href="#start">Start now</a></main>'],
    ['a breadcrumb', '<ol class="breadcrumb"><li><a href="/apply">ثبت درخواست</a></li></ol>'],
  ],
});

testSignal('online_form', {
  shows: [
    [
      'a Persian application',
      '<main><h1>ثبت درخواست</h1><form method="post"><label>نام <input name="fn"></label><label>کد ملی <input name="nid"></label><label>نوع <select><option>الف</option></select></label></form></main>',
    ],
    [
      'fields of a page that is wrapped in one form',
      '<form method="post"><input type="hidden" name="__VIEWSTATE" value="x"><main><label for="a">First name</label><input id="a" name="a"><label for="b">Parcel number</label><input id="b" name="b"></main></form>',
    ],
    [
      'an Italian booking',
      '<main><form><label for="n">Nome</label><input id="n"><label for="m">Motivo</label><textarea id="m"></textarea></form></main>',
    ],
  ],
  lacks: [
    [
      'a page that is wrapped in one form without fields',
      '<form method="post"><input type="hidden" name="__VIEWSTATE" value="x"><main><h1>خدمت</h1></main></form>',
    ],
    [
      'a search',
      '<main><form role="search"><input name="q" placeholder="جستجو"><select name="type"><option>همه</option></select></form></main>',
    ],
    [
      'a log-in',
      '<main><form><label>نام کاربری <input name="u"></label><label>رمز <input type="password" name="p"></label></form></main>',
    ],
    [
      'a newsletter',
      '<main><form><h3>عضویت در خبرنامه</h3><input name="name" placeholder="نام"><input type="email" name="newsletter_mail" placeholder="ایمیل"></form></main>',
    ],
    [
      'a rating',
      '<main><form><legend>میزان رضایت شما از این خدمت</legend><label><input type="radio" name="rate" value="1"> کم</label><label><input type="radio" name="rate" value="2"> زیاد</label></form></main>',
    ],
    [
      'boxes that show a state',
      '<main><label><input type="checkbox"> اینترنتی</label><label><input type="checkbox"> تلفن</label><label><input type="checkbox"> پیشخوان</label></main>',
    ],
  ],
});

testSignal('captcha', {
  shows: [
    ['a picture', '<form><img src="/captcha.ashx?t=1" alt=""><input name="code"></form>'],
    ['a field of that name', '<form><label>کد امنیتی <input name="sec"></label></form>'],
    ['a service', '<form><textarea name="m"></textarea><div class="g-recaptcha" data-sitekey="x"></div></form>'],
  ],
  lacks: [
    [
      'the script of a service without a form',
      '<script src="https://www.google.com/recaptcha/api.js"></script><p>خبر</p>',
    ],
    ['a code of tracking', '<form><label>کد رهگیری <input name="code"></label></form>'],
    ['advice about captchas', '<p>We do not use a captcha on our forms, since it shuts people out.</p>'],
  ],
});

testSignal('mobile_app', {
  shows: [
    ['a shop of apps', '<a href="https://cafebazaar.ir/app/ir.org">بازار</a>'],
    ['a file', '<a href="/files/app.apk">دریافت نسخه اندروید</a>'],
    [
      'an English badge',
      '<a href="https://play.google.com/store/apps/details?id=x"><img src="g.png" alt="Get it on Google Play"></a>',
    ],
    ['an Italian sentence', '<p>Scarica l’app Municipium per ricevere gli avvisi.</p>'],
  ],
  lacks: [
    ['a mobile number', '<form><label>تلفن همراه <input name="m"></label></form>'],
    ['applications of another kind', '<a href="/applications">Applications for building permits</a>'],
    ['an app in a script', '<script>app.use("برنامک")</script><p>خدمات</p>'],
  ],
});
