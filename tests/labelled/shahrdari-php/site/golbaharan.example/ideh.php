<!doctype html>
<html lang="fa" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>شهر ایده؛ پیشنهاد شهروندان :: شهرداری گلبهاران</title>
<style>body{font-family:IRANSans,tahoma;background:#f4f7f2}#wrap{max-width:1140px;margin:auto;background:#fff}.panel-collapse.collapse{display:block}.topbar{font-size:12px}.qr{float:left}</style>
<script>var base_url="https://golbaharan.example/";function toggleAcc(i){document.getElementById('c'+i).classList.toggle('in')} // وب‌سرویس، دسترسی آزاد، گفتگوی آنلاین، raychat
</script>
</head>
<body class="pg-ideh">
<div id="wrap">
<div class="topbar">امروز: چهارشنبه ۴ آذر ۱۴۰۵ | اذان ظهر ۱۱:۵۱ | آب‌وهوا: ۱۲ درجه | <a href="/modir/login.php">ورود همکاران</a></div>
<div id="header"><a href="/index.php"><img src="/img/logo.png" alt="شهرداری گلبهاران" width="70"></a><h2 class="site-name">شهرداری گلبهاران</h2>
<form id="srch" action="/search.php" method="get"><input type="text" name="q" placeholder="جستجو..."><button>برو</button></form></div>
<ul id="mainmenu"><li><a href="/index.php">خانه</a></li><li><a href="/page.php?id=3">شهر من</a></li><li><a href="/khadamat.php">خدمات</a></li><li><a href="/page.php?id=5">شورای شهر</a></li><li><a href="/news.php">خبرها</a></li><li><a href="/page.php?id=12">مشارکت</a></li><li><a href="/page.php?id=20">گزارش‌ها</a></li><li><a href="/contact.php">تماس</a></li></ul>
<div id="side"><div class="owghat"><h5>اوقات شرعی</h5><table class="tbl"><tr class="even"><td>شنبه</td><td>اذان صبح ۰۵:۱۰</td><td>طلوع ۰۶:۳۶</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="odd"><td>یکشنبه</td><td>اذان صبح ۰۵:۱۱</td><td>طلوع ۰۶:۳۷</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="even"><td>دوشنبه</td><td>اذان صبح ۰۵:۱۲</td><td>طلوع ۰۶:۳۸</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="odd"><td>سه‌شنبه</td><td>اذان صبح ۰۵:۱۳</td><td>طلوع ۰۶:۳۹</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="even"><td>چهارشنبه</td><td>اذان صبح ۰۵:۱۴</td><td>طلوع ۰۶:۴۰</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="odd"><td>پنجشنبه</td><td>اذان صبح ۰۵:۱۵</td><td>طلوع ۰۶:۴۱</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr><tr class="even"><td>جمعه</td><td>اذان صبح ۰۵:۱۶</td><td>طلوع ۰۶:۴۲</td><td>ظهر ۱۱:۵۱</td><td>غروب ۱۷:۰۲</td></tr></table></div><div class="hamsaye"><h5>مناطق شهر</h5><ul><li class="mh mh-0"><span class="ico ico-0"></span> محله بهار</li><li class="mh mh-1"><span class="ico ico-1"></span> محله چنار</li><li class="mh mh-2"><span class="ico ico-2"></span> محله سرچشمه</li><li class="mh mh-3"><span class="ico ico-3"></span> محله باغ‌ملی</li><li class="mh mh-4"><span class="ico ico-4"></span> محله پل سنگی</li><li class="mh mh-5"><span class="ico ico-5"></span> محله آسیاب</li><li class="mh mh-6"><span class="ico ico-6"></span> محله شهرک فرهنگیان</li><li class="mh mh-7"><span class="ico ico-7"></span> محله کوی کارگر</li><li class="mh mh-8"><span class="ico ico-8"></span> محله نارنجستان</li><li class="mh mh-9"><span class="ico ico-9"></span> محله ساحل رود</li></ul></div></div>
<div id="content">
<h1 class="title">شهر ایده؛ پیشنهاد شهروندان</h1>
<p>همه مردم شهر می‌توانند ایده بدهند.</p><form method="post" action="/ideh.php"><label for="n">نام</label><input id="n" name="n"><label for="i">عنوان ایده</label><input id="i" name="i"><label for="m">شرح پیشنهاد</label><textarea id="m" name="m"></textarea><button>ارسال پیشنهاد</button></form>
</div>
<div id="footer"><div class="f1">نشانی: گلبهاران، میدان شهرداری، کدپستی ۴۸۱۷۷۱۲۳۴۵ &mdash; تلفن ۰۱۱-۳۶۶۰۰۱۰۰ &mdash; <a href="mailto:info@golbaharan.example">info@golbaharan.example</a></div>
<div class="f2"><a href="/page.php?id=30">حفظ حریم خصوصی</a> <a href="https://payvast.example/golbaharan_city"><img src="/img/p.png" alt="پیوست شهرداری"></a> <a href="https://aksnama.example/golbaharan.city"><img src="/img/a.png" alt="عکس‌نما"></a> <a href="https://namayesh.example/share?u=https://golbaharan.example/">هم‌رسانی</a></div>
<div class="f3">طراحی: واحد فناوری شهرداری | بازدید امروز ۳۰۱ | کل ۱٬۰۰۲٬۴۴۱</div></div>
</div></body></html>