import rule from '../../../rules/integration/open-api.ts';
import { testRule } from '../test-rule.ts';

const words =
  'این وب‌سرویس برای بانک‌ها و بیمه‌ها فراهم شده است تا درستی پروانه‌ها را بسنجند و به پرونده‌های کاغذی نیازی نداشته باشند. '.repeat(
    3,
  );
const page = (html: string): Record<string, string> => ({ '/api': `<main>${html}</main>` });

testRule(rule, [
  {
    name: 'passes a page with services and the way of access',
    pages: page(`<h1>وب‌سرویس‌ها</h1><p>${words}</p><p>شیوه دریافت دسترسی: ثبت درخواست در گذرگاه خدمات</p>`),
    outcome: 'documented',
    verdict: 'pass',
  },
  {
    name: 'passes a description for machines',
    pages: page('<a href="/openapi.json">OpenAPI</a>'),
    outcomes: { 'https://www.org.example/openapi.json': { kind: 'not-html', contentType: 'application/json' } },
    outcome: 'described',
    verdict: 'pass',
  },
  {
    name: 'gives half for a link that nobody followed',
    home: '<nav><a href="/api">وب‌سرویس‌ها</a></nav><main><h1>سازمان نمونه</h1></main>',
    outcome: 'linked-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for a title with a sentence',
    pages: page('<h1>وب‌سرویس</h1><p>به زودی.</p>'),
    outcome: 'mentioned',
    verdict: 'partial',
  },
  {
    name: 'asks a person to open a file',
    home: '<nav><a href="/api.pdf">مستندات API وب‌سرویس</a></nav><main><h1>سازمان نمونه</h1></main>',
    outcomes: { 'https://www.org.example/api.pdf': { kind: 'not-html', contentType: 'application/pdf' } },
    outcome: 'file',
    verdict: 'unclear',
  },
  {
    name: 'says what could not be read',
    home: '<nav><a href="/api">وب‌سرویس‌ها</a></nav><main><h1>سازمان نمونه</h1></main>',
    outcomes: { 'https://www.org.example/api': { kind: 'refused', by: 'robots', detail: '' } },
    outcome: 'unlooked',
    verdict: 'blocked',
  },
  {
    name: "does not take calls of the site's own scripts for it",
    home: '<main><h1>سازمان نمونه</h1><script>fetch("/api/v1/openapi")</script><script src="/swagger.js"></script></main>',
    outcome: 'nothing',
    verdict: 'fail',
  },
]);
