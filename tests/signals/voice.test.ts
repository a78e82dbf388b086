import { testSignal } from './test-signal.ts';

testSignal('complaint_channel', {
  shows: [
    ['a Persian link', '<nav><a href="/c">ثبت شکایت</a></nav>'],
    ['an English link', '<footer><a href="/report">Report a problem</a></footer>'],
    ['an Italian link', '<footer><a href="/segnala">Segnalazione disservizio</a></footer>'],
    ['the national system by name', '<a href="https://saamad.ir/">سامد</a>'],
  ],
  lacks: [
    ['the court of complaints against the state', '<a href="https://divan-edalat.ir/">دیوان عدالت اداری</a>'],
    ['a yearly report', '<a href="/r.pdf">Annual report</a>'],
    [
      'news about complaints',
      '<a href="/n/1">کاهش چشمگیر شکایت مسافران از شرکت‌های هواپیمایی در شش ماه نخست سال جاری اعلام شد</a>',
    ],
    ['a comment', '<!-- <a href="/c">ثبت شکایت</a> --><p>سازمان</p>'],
  ],
});

testSignal('suggestion_ideas', {
  shows: [
    ['a Persian link', '<a href="/ideas">ارسال پیشنهاد</a>'],
    ['an English link', '<a href="/say">Have your say</a>'],
    ['an Italian link', '<a href="/partecipa">Partecipa</a>'],
  ],
  lacks: [
    ['a suggested page', '<a href="/p">Suggested reading</a>'],
    [
      'a bid',
      '<a href="/n/1">بازگشایی پاکت‌های قیمت در فراخوان خرید تجهیزات آزمایشگاهی دانشگاه به هفته آینده موکول شد</a>',
    ],
    ['a template', '<template><a href="/ideas">ارسال پیشنهاد</a></template>'],
  ],
});

testSignal('feedback_form', {
  shows: [
    [
      'a box under words',
      '<main><h3>نظر شما</h3><form><textarea name="t"></textarea><button>ارسال</button></form></main>',
    ],
    [
      'a message to the council',
      '<main><form><label>Your message <textarea name="x"></textarea></label></form></main>',
    ],
    [
      'an Italian box',
      '<main><form><label for="d">Vuoi aggiungere altri dettagli?</label><textarea id="d" name="feedback"></textarea></form></main>',
    ],
  ],
  lacks: [
    [
      'the box of an application',
      '<main><form><label>شرح معدن <textarea name="mine"></textarea></label></form></main>',
    ],
    [
      'the box of a captcha service',
      '<div><textarea name="g-recaptcha-response" style="display:none"></textarea></div>',
    ],
    ['a link to a form', '<a href="/contact">تماس با ما</a>'],
    ['a switched-off box', '<h3>نظر شما</h3><textarea name="t" disabled></textarea>'],
  ],
});

testSignal('page_rating', {
  shows: [
    ['a question about the page', '<p>آیا این صفحه مفید بود؟</p><button>بله</button><button>خیر</button>'],
    ['stars', '<div class="star-rating" aria-label="rating"><a href="?r=1">★</a></div>'],
    ['an Italian question', '<h2>Quanto sono chiare le informazioni su questa pagina?</h2>'],
    ['an English question', '<p>Was this page helpful?</p>'],
  ],
  lacks: [
    [
      'a rating of a hotel',
      '<a href="/n/1">Three hotels of the region were given a rating of five stars by the ministry last week</a>',
    ],
    ['the separating of waste', '<div class="separating">Separate your waste.</div>'],
    ['rates of taxes', '<div class="tax-rates"><h3>Tax rates</h3><p>21 %</p></div>'],
    ['a comment', '<!-- آیا این صفحه مفید بود؟ --><p>سازمان</p>'],
  ],
});

testSignal('poll', {
  shows: [
    [
      'a box with choices',
      '<div class="widget"><h4>نظرسنجی</h4><p>کیفیت خدمات چگونه است؟</p><form action="/includes/vote.jsp"><label><input type="radio" name="votefor" value="1">خوب</label><label><input type="radio" name="votefor" value="2">بد</label><input type="submit" value="ثبت رای"></form></div>',
    ],
    ['a link', '<a href="/poll">نظرسنجی</a>'],
    ['a survey elsewhere', '<a href="https://survey.porsline.ir/s/abc">پرسش‌نامه رضایت</a>'],
    ['an Italian link', '<a href="/q">Questionario di gradimento</a>'],
  ],
  lacks: [
    ['a polling station', '<a href="/vote">Find your polling place</a>'],
    ['a survey of land', '<a href="/land">Land survey maps</a>'],
    [
      'news about polls',
      '<p>A new poll says that most people of the country trust their doctors more than anyone else in the state.</p>',
    ],
    ['the polls of a script', '<script>poll("نظرسنجی")</script><p>سازمان</p>'],
  ],
});

testSignal('chat', {
  shows: [
    ['a button', '<button>گفتگوی آنلاین</button>'],
    ['the script of a vendor', '<script src="https://www.goftino.com/widget/abc"></script>'],
    [
      'the loader of a vendor',
      '<script>var Tawk_API=Tawk_API||{};(function(){var s1=document.createElement("script");s1.src="https://embed.tawk.to/1/default";})();</script>',
    ],
    ['an English link', '<a href="/chat">Chat with us</a>'],
  ],
  lacks: [
    [
      'words of a script that loads no chat',
      '<script>var labels = {chat: "Webchat", bot: "chatbot", retain: true};</script><p>سازمان</p>',
    ],
    ['a purchase', '<p>Purchat products are sold in the market hall.</p>'],
    [
      'news about chats',
      '<a href="/n/1">The mayor had a long chat with the children of the primary school about their playground</a>',
    ],
    ['a channel of a messenger', '<a href="https://eitaa.com/org">ایتا</a>'],
  ],
});

testSignal('forum', {
  shows: [
    ['a Persian link', '<a href="/forum">تالار گفتگو</a>'],
    ['an English link', '<a href="/forum">Discussion forum</a>'],
    ['an Italian heading', '<h2>Forum</h2>'],
  ],
  lacks: [
    ['a hall', '<a href="/hall">تالار شهر</a>'],
    [
      'a conference',
      '<a href="/n/1">Ministers of twelve countries met at the world economic forum in the mountains to talk about trade</a>',
    ],
    ['a template', '<template><a href="/forum">تالار گفتگو</a></template>'],
  ],
});

testSignal('social_media', {
  shows: [
    ['a channel of a messenger', '<a href="https://eitaa.com/org_example"><i class="icon-eitaa"></i></a>'],
    ['a page of a network', '<footer><a href="https://www.facebook.com/burnsharbor">Facebook</a></footer>'],
    [
      'an icon that leads nowhere',
      '<footer><p>ما را دنبال کنید</p><a href="#"><i class="fa fa-telegram"></i></a></footer>',
    ],
    ['an Italian list', '<p>Seguici su</p><a href="https://www.instagram.com/comune_example/">Instagram</a>'],
  ],
  lacks: [
    ['a button that shares the page', '<a href="https://t.me/share/url?url=https://org.example/">تلگرام</a>'],
    [
      'a sharer of another network',
      '<a href="https://www.facebook.com/sharer/sharer.php?u=https://org.example/">Facebook</a>',
    ],
    ['the front page of a network', '<a href="https://eitaa.com/">ایتا</a>'],
    ['a picture without a link', '<p>ما را دنبال کنید</p><img src="/img/telegram.png" alt="telegram">'],
    ['a single video', '<a href="https://www.youtube.com/watch?v=abc">Film</a>'],
    ['a link in a comment', '<!-- <a href="https://ble.ir/org">بله</a> --><p>سازمان</p>'],
  ],
});

testSignal('share_buttons', {
  shows: [
    ['an address that shares', '<a href="https://t.me/share/url?url=https://org.example/">تلگرام</a>'],
    ['a button', '<button>اشتراک‌گذاری</button>'],
    ['an Italian control', '<a href="#" class="share">Condividi</a>'],
    ['mail to a friend', '<a href="mailto:?subject=x&body=https://org.example/">E-mail</a>'],
  ],
  lacks: [
    ['a channel', '<a href="https://t.me/org_example">تلگرام</a>'],
    ['shares of a company', '<a href="/n/1">سهام عدالت آزاد شد</a>'],
    ['shared services', '<p>We share our data with other councils only where the law says so.</p>'],
  ],
});
