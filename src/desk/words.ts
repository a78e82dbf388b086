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

/** What a role may do, in one line. */
export const ROLE_SENTENCES: Readonly<Record<Role, Text>> = {
  operator: { fa: 'همه کارها: افراد، گام‌های دور، انتشار', en: 'everything: people, steps of a round, publication' },
  senior: { fa: 'کارت می‌خواند و اختلاف‌ها را روشن می‌کند', en: 'reads cards and settles what readers differ on' },
  evaluator: { fa: 'کارت می‌خواند', en: 'reads cards' },
  organization: {
    fa: 'داوری‌های دستگاه خود را پیش از انتشار می‌بیند و اعتراض می‌کند',
    en: 'sees its own verdicts before publication and may object',
  },
  reader: { fa: 'می‌بیند و چیزی را عوض نمی‌کند', en: 'sees, and changes nothing' },
};

/** Lines of the journal, by `JournalEntry.what`. */
export const EVENT_NAMES: Readonly<Record<string, Text>> = {
  'sign-in': { fa: 'ورود', en: 'signed in' },
  'sign-in-refused': { fa: 'ورود ناموفق', en: 'sign-in refused' },
  'sign-out': { fa: 'خروج', en: 'signed out' },
  'password-set': { fa: 'گذرواژه گذاشته شد', en: 'password set' },
  'password-changed': { fa: 'گذرواژه عوض شد', en: 'password changed' },
  'password-refused': { fa: 'عوض کردن گذرواژه نشد', en: 'change of password refused' },
  'person-added': { fa: 'شخص افزوده شد', en: 'person added' },
  'person-invited': { fa: 'نشانی یک‌بارمصرف ساخته شد', en: 'address for one use made' },
  'person-changed': { fa: 'شخص تغییر کرد', en: 'person changed' },
  'person-disabled': { fa: 'حساب بسته شد', en: 'account closed' },
  'person-enabled': { fa: 'حساب باز شد', en: 'account opened' },
  'preview-invited': { fa: 'نشانی پیش‌نمایش ساخته شد', en: 'address of a preview made' },
  'round-review': { fa: 'بازبینی آغاز شد', en: 'review begun' },
  'round-preview': { fa: 'پیش‌نمایش آغاز شد', en: 'preview begun' },
  'reaudit-started': { fa: 'سنجش دوباره آغاز شد', en: 're-audit started' },
  'reaudit-accepted': { fa: 'سنجش دوباره پذیرفته شد', en: 're-audit accepted' },
  'reaudit-refused': { fa: 'سنجش دوباره رد شد', en: 're-audit refused' },
  objected: { fa: 'دستگاهی اعتراض کرد', en: 'an organization objected' },
  'objection-looked-at': { fa: 'نشانی یک اعتراض دوباره دیده شد', en: 'address of an objection looked at again' },
  'objection-decided': { fa: 'به اعتراضی پاسخ داده شد', en: 'objection decided' },
  'round-publish': { fa: 'انتشار دور', en: 'round published' },
};
