import rule from '../../../rules/presence/contact-info.ts';
import { testRule } from '../test-rule.ts';

const home = '<header><nav><a href="/contact">تماس با ما</a></nav></header><main><h1>سازمان نمونه</h1></main>';

testRule(rule, [
  {
    name: 'passes address, telephone and e-mail on the contact page',
    home,
    pages: {
      '/contact':
        '<main><h1>تماس با ما</h1><p>نشانی: تهران، خیابان آزادی، پلاک ۱۲</p><p>تلفن: ۰۲۱-۸۸۷۷۶۶۵۵</p><p><a href="mailto:info@org.example">info@org.example</a></p></main>',
    },
    outcome: 'enough',
    verdict: 'pass',
  },
  {
    name: 'finds them in the footer of the first page',
    home: '<main><h1>سازمان نمونه</h1></main><footer><p>نشانی: تهران، میدان ونک، ساختمان شماره ۳</p><p>تلفن: 021-88776655</p><p>ساعات کاری: شنبه تا چهارشنبه ۸:۰۰ تا ۱۴:۳۰</p></footer>',
    outcome: 'enough',
  },
  {
    name: 'takes an e-mail address that is written against collectors',
    home,
    pages: {
      '/contact':
        '<main><h1>تماس با ما</h1><p>info [at] org.example</p><p>تلفن: 021-88776655</p><p>نشانی: خیابان سعدی، پلاک ۵</p></main>',
    },
    outcome: 'enough',
    quotes: 'info [at] org.example',
  },
  {
    name: 'counts a map and a message form',
    home,
    pages: {
      '/contact':
        '<main><h1>تماس با ما</h1><p>تلفن: 021-88776655</p><iframe src="https://neshan.org/maps/iframe/1" title="نقشه"></iframe><form><label>متن پیام <textarea name="message"></textarea></label><button>ارسال</button></form></main>',
    },
    outcome: 'enough',
  },
  {
    name: 'gives half for a telephone alone',
    home: '<main><h1>سازمان نمونه</h1></main><footer>تلفن: 021-88776655</footer>',
    outcome: 'some',
    verdict: 'partial',
  },
  {
    name: 'fails where nothing is found',
    home,
    pages: { '/contact': '<main><h1>تماس با ما</h1><p>با ما در ارتباط باشید.</p></main>' },
    outcome: 'none',
    verdict: 'fail',
  },
  {
    name: 'does not take the telephone of the company that built the site',
    home: '<main><h1>سازمان نمونه</h1></main><footer><p>طراحی و پشتیبانی: شرکت پرتال‌ساز ۰۲۱-۴۴۳۳۲۲۱۱</p></footer>',
    outcome: 'none',
  },
  {
    name: 'does not judge half of the places',
    home: `${home}<footer>تلفن: 021-88776655</footer>`,
    outcomes: { 'https://www.org.example/contact': { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
