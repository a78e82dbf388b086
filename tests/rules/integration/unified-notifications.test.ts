import rule from '../../../rules/integration/unified-notifications.ts';
import { testRule } from '../test-rule.ts';

const page = (html: string, path = '/messages'): Record<string, string> => ({ [path]: `<main>${html}</main>` });

testRule(rule, [
  {
    name: 'passes the national e-folder for notices',
    pages: page('<h1>اعلان‌ها</h1><p>اعلان همه خدمات به کارپوشه ملی شهروند فرستاده می‌شود.</p>'),
    outcome: 'oneBox',
    verdict: 'pass',
  },
  { name: 'gives half for a name', pages: page('<a href="/box">صندوق پیام</a>'), outcome: 'named', verdict: 'partial' },
  {
    name: 'gives half for text messages',
    pages: page('<p>اطلاع‌رسانی با ارسال پیامک از سرشماره ۱۰۰۰ انجام می‌شود.</p>'),
    outcome: 'messages',
    verdict: 'partial',
  },
  {
    name: 'does not take a board of announcements for it',
    pages: page('<h1>اعلانات</h1><p>اعلان برگزاری همایش سالانه کارکنان سازمان در تهران.</p>'),
    outcome: 'nothing',
    verdict: 'fail',
  },
  {
    name: 'does not take news of it for it',
    pages: page('<h1>خبر</h1><p>ابلاغ الکترونیک پیام‌ها در کشور دیگری آغاز شد، گفت وزیر.</p>', '/news/12'),
    outcome: 'nothing',
  },
]);
