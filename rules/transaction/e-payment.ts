import {
  blocked,
  defineServiceRule,
  fail,
  notApplicable,
  notVisible,
  partial,
  pass,
  shorten,
  unclear,
} from '../define.ts';
import { paymentOf } from '../payment.ts';

export default defineServiceRule({
  id: 'transaction/e-payment',
  version: 1,
  why: {
    fa: 'هزینه خدمت باید برخط پرداخت شود تا فیش و بانک راه را نبرند.',
    en: 'The fee should be paid online, so that no slip and no bank counter stands in the way.',
  },
  source: 'catalogue 37; hosts of gateways in rules/hosts/gateways.ts',
  needs: ['service-page', 'system'],
  seeks: ['pay', 'fee', 'guide'],
  exempt: ['NOFEE', 'G2G'],
  outcomes: {
    gateway: pass('پرداخت به درگاه رسمی {host} می‌رسد.', 'Payment leads to the official gateway {host}.'),
    described: pass(
      'پرداخت برخط گفته شده یا کلید آن هست: «{text}».',
      'Paying online is described, or its control is there: "{text}".',
    ),
    terminal: partial(
      'هزینه با کارتخوان یا تنها با شناسه پرداخت گرفته می‌شود: «{text}».',
      'The fee is taken by a card terminal or by a payment number only: "{text}".',
    ),
    free: notApplicable('خدمت رایگان است: «{text}».', 'The service is free: "{text}".'),
    feeUnknown: unclear(
      'هزینه خدمت دانسته نیست و راه پرداختی هم دیده نشد.',
      'The fee is not known, and no way to pay was seen.',
    ),
    guideSilent: unclear(
      'خدمت هزینه دارد، درون سامانه پشت ورود است و راهنما («{text}») پرداخت را نشان نمی‌دهد یا خوانده نشده است.',
      'There is a fee, the inside of the system is behind a log-in, and the guide ("{text}") does not show payment or was not read.',
    ),
    behindLogin: notVisible(
      'خدمت هزینه دارد و درون سامانه پشت ورود است و راهنمایی هم نیست.',
      'There is a fee; the inside of the system is behind a log-in, and there is no guide.',
    ),
    unlooked: blocked(
      'صفحه خدمت برای ما خوانده نشد ({text})؛ هزینه دانسته نیست.',
      'The page of the service could not be read by us ({text}); the fee is not known.',
    ),
    slip: fail(
      'هزینه تنها با فیش یا واریز به حساب گرفته می‌شود: «{text}».',
      'The fee is taken only by bank slip or account: "{text}".',
    ),
    nothing: fail(
      'خدمت هزینه دارد و راهی برای پرداخت الکترونیکی نشان داده نشده است.',
      'There is a fee, and no way to pay it electronically is shown.',
    ),
  },
  check(view, conclude) {
    const payment = paymentOf(view);
    const { proofs } = payment;
    const values = { text: proofs[0] ? shorten(proofs[0].spot.quote) : '' };
    switch (payment.state) {
      case 'free':
        return conclude.free({ proofs, values });
      case 'gateway':
        return conclude.gateway({ proofs, values: { host: payment.host }, level: 2 });
      case 'described':
        return conclude.described({ proofs, values });
      case 'terminal':
        return conclude.terminal({ proofs, values });
      case 'slip':
        return conclude.slip({ proofs, values });
      case 'unread':
        return conclude.unlooked({ values: { text: payment.why } });
      case 'unknown-fee':
        return conclude.feeUnknown();
      case 'hidden':
        return payment.hidden.guide
          ? conclude.guideSilent({ proofs, values: { text: shorten(payment.hidden.guide.proof.spot.quote) } })
          : conclude.behindLogin({ proofs });
      case 'none':
        return conclude.nothing({ proofs });
    }
  },
});
