/** Hosts of payment gateways. They are recognized and never asked for. */
export const PAYMENT_GATEWAYS: readonly string[] = [
  'shaparak.ir', 'sep.ir', 'behpardakht.com', 'sadadpsp.ir', 'pec.ir', 'pep.co.ir', 'asanpardakht.ir', 'irankish.com', 'fanavacard.ir', 'saman-e-pay.ir', 'zarinpal.com', 'idpay.ir', 'bahamta.com', 'payping.ir', 'nextpay.org',
  'checkout.pagopa.it', 'pagopa.gov.it', 'pay.gov', 'paypal.com', 'stripe.com', 'checkout.stripe.com', 'buy.stripe.com', 'worldpay.com', 'payments.service.gov.uk', 'sagepay.com', 'govpay.net', 'paymentus.com', 'xpressbillpay.com', 'invoicecloud.com', 'officialpayments.com', 'municipalonlinepayments.com', 'governmentwindow.com', 'point-and-pay.com', 'allpaid.com', 'gettrx.com', 'mollie.com',
]; // prettier-ignore
