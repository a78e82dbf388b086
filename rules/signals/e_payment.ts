import { named, spotOfLink } from '../../src/core/look.ts';
import { PAYMENT_GATEWAYS } from '../hosts/gateways.ts';
import { listed } from '../hosts/national.ts';
import { defineSignal } from './define.ts';

export default defineSignal('e_payment', 'پرداخت الکترونیکی', 'Online payment', (page) => {
  const gateway = page.links.findIndex(
    ({ host }) => host !== '' && (listed(PAYMENT_GATEWAYS, host) || listed(page.country.paymentGateways, host)),
  );
  if (gateway >= 0) return spotOfLink(page, gateway);
  return named(page, 'pay');
});
