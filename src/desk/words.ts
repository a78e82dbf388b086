/** What the desk calls things, in both languages. */
import type { Text } from '../core/model.ts';
import type { Ground, Role } from '../core/person.ts';
import type { CardReason } from '../core/queue.ts';

export const ROLE_TITLES: Readonly<Record<Role, Text>> = {
  operator: { fa: 'راهبر', en: 'operator' },
  senior: { fa: 'ارزیاب ارشد', en: 'senior evaluator' },
  evaluator: { fa: 'ارزیاب', en: 'evaluator' },
  organization: { fa: 'نماینده دستگاه', en: 'organization' },
  reader: { fa: 'خواننده', en: 'reader' },
};

/** Why a card is shown. */
export const REASON_NAMES: Readonly<Record<CardReason, Text>> = {
  open: { fa: 'ماشین نباید درباره‌اش تصمیم بگیرد', en: 'the machine must not decide it' },
  unmeasured: { fa: 'درستی این قاعده هنوز سنجیده نشده', en: 'nobody knows yet how often this rule is right' },
  unsure: { fa: 'این قاعده در چنین حکمی گاه خطا می‌کند', en: 'the rule is sometimes wrong when it says this' },
  sample: { fa: 'نمونه تصادفی کیفیت', en: 'random sample for quality' },
  second: { fa: 'خواننده دوم می‌خواهد', en: 'needs a second reader' },
  disputed: { fa: 'خوانندگان هم‌رأی نبودند', en: 'the readers differ' },
  known: { fa: 'نمونه تصادفی کیفیت', en: 'random sample for quality' },
};

export const GROUND_NAMES: Readonly<Record<Ground, Text>> = {
  error: { fa: 'هنگام سنجش هم بود و دیده نشد', en: 'it was there at the time and was not seen' },
  'wrong-match': { fa: 'خدمت یا سامانه دیگری سنجیده شده است', en: 'another service or system was judged' },
  'not-applicable': { fa: 'برای این خدمت موضوعیت ندارد', en: 'it does not apply to this service' },
  'behind-login': { fa: 'پس از ورود کاربر دیده می‌شود', en: 'it is seen only after signing in' },
  'improved-since': { fa: 'پس از سنجش درست شده است', en: 'it was mended after the measurement' },
};
