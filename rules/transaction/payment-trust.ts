import { spotOfLink, spotOfNode } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  notApplicable,
  notVisible,
  partial,
  pass,
  quoting,
  shorten,
  unclear,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { linesAbout, speakersOf } from '../guides.ts';
import { isPaymentGateway } from '../hosts/registry.ts';
import { paymentOf, placesOfPayment } from '../payment.ts';

/** Names that programs give to the fields of a bank card. */
const CARD_FIELD = /\b(?:pan|cvv2?|cvc2?|card_?(?:no|number|num)|expiry_?(?:month|year))\b/i;
const SEAL_HOST = 'trustseal.enamad.ir';

export default defineServiceRule({
  id: 'transaction/payment-trust',
  version: 1,
  why: {
    fa: 'شهروند باید بداند پولش تنها به درگاه رسمی می‌رود و رسیدی در دست دارد.',
    en: 'A citizen should know that the money goes to the official gateway only, and have a receipt.',
  },
  source: 'catalogue 48; links of the eNamad seal',
  needs: ['service-page', 'system'],
  seeks: ['pay', 'guide'],
  exempt: ['NOFEE', 'G2G'],
  outcomes: {
    trusted: pass(
      'پرداخت تنها به درگاه رسمی {host} می‌رود و رسید یا بازگشت وجه گفته شده است.',
      'Payment goes to the official gateway {host} only, and a receipt or refund is described.',
    ),
    noReceipt: partial(
      'پرداخت به درگاه رسمی {host} می‌رود ولی از رسید و بازگشت وجه چیزی گفته نشده است.',
      'Payment goes to the official gateway {host}; nothing is said of a receipt or refund.',
    ),
    unencrypted: partial(
      'پیوند درگاه {host} رمزنگاری نشده است (http).',
      'The link to the gateway {host} is not encrypted (http).',
    ),
    named: partial(
      'پرداخت برخط گفته شده ولی درگاه آن دیده نشد: «{text}».',
      'Paying online is described, but the gateway was not seen: "{text}".',
    ),
    free: notApplicable('خدمت رایگان است.', 'The service is free of charge.'),
    unresolved: unclear(
      'راه پرداخت دانسته نیست؛ درباره اعتماد به آن نمی‌توان گفت.',
      'The way of payment is not known, so its trustworthiness cannot be told.',
    ),
    behindLogin: notVisible('پرداخت درون سامانه و پشت ورود است.', 'Payment is inside the system, behind a log-in.'),
    unlooked: blocked(
      'صفحه خدمت برای ما خوانده نشد ({text})؛ راه پرداخت دانسته نیست.',
      'The page of the service could not be read by us ({text}); the way of payment is not known.',
    ),
    cardFields: fail(
      'اطلاعات کارت بانکی بیرون از درگاه رسمی خواسته می‌شود: {text}.',
      'Card data are asked for outside of an official gateway: {text}.',
    ),
    falseSeal: fail(
      'تصویر نماد اعتماد به صفحه خود نماد پیوند ندارد.',
      'The picture of the trust seal does not link to the page of the seal.',
    ),
    noPayment: fail(
      'پرداخت برخطی نیست که بتوان به آن اعتماد کرد.',
      'There is no online payment that could be trusted.',
    ),
  },
  check(view, conclude) {
    const payment = paymentOf(view);
    const { proofs } = payment;
    const card = cardField(view);
    if (card) return conclude.cardFields(quoting(card));
    switch (payment.state) {
      case 'free':
        return conclude.free({ proofs });
      case 'unread':
        return conclude.unlooked({ values: { text: payment.why } });
      case 'unknown-fee':
        return conclude.unresolved();
      case 'hidden':
        return payment.hidden.guide ? conclude.unresolved({ proofs }) : conclude.behindLogin({ proofs });
      case 'none':
      case 'slip':
      case 'terminal':
        return conclude.noPayment({ proofs });
    }
    const seal = placesOfPayment(view)
      .map(falseSeal)
      .find((proof) => proof !== null);
    if (seal) return conclude.falseSeal({ proofs: [seal] });
    if (payment.state === 'described')
      return conclude.named({ proofs, values: { text: shorten(proofs[0]?.spot.quote ?? '') }, level: 1 });
    const values = { host: payment.host };
    if (!payment.encrypted) return conclude.unencrypted({ proofs, values });
    for (const { proof } of linesAbout(view, 'refund', { pages: [...new Set([payment.seen, ...speakersOf(view)])] }))
      return conclude.trusted({ proofs: [...proofs, proof], values });
    return conclude.noReceipt({ proofs, values });
  },
});

function cardField(view: ServiceSubject): Shown | null {
  for (const seen of placesOfPayment(view)) {
    if (isPaymentGateway(view.site, seen.page.host)) continue;
    const field = seen.page.fields.find(({ name, disabled }) => !disabled && CARD_FIELD.test(name));
    if (field) return { seen, spot: spotOfNode(field.node, field.label || field.name) };
  }
  return null;
}

/** A picture of the seal that leads elsewhere than to the seal's own page, which names the site by `id` and `Code`. */
function falseSeal(seen: Seen): Shown | null {
  for (const { node, src, alt, link } of seen.page.images) {
    if (!/enamad/i.test(src) || /samandehi/i.test(src)) continue;
    const target = link >= 0 ? seen.page.links[link]! : null;
    if (target?.host === SEAL_HOST && /[?&]id=\d+/.test(target.url ?? '') && /[?&]code=/i.test(target.url ?? ''))
      continue;
    // a link of the same company's page that only lacks the parameters is false as well
    return { seen, spot: target ? spotOfLink(seen.page, link) : spotOfNode(node, alt || src) };
  }
  return null;
}
