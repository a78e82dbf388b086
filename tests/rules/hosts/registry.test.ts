import { describe, expect, it } from 'vitest';
import { isAgency, isIdentityProvider, isNationalPortal, isPaymentGateway } from '../../../rules/hosts/registry.ts';
import { NO_HOSTS } from '../../../src/core/model.ts';

const country = {
  hosts: {
    ...NO_HOSTS,
    identityProviders: ['id.land.example'],
    nationalPortals: ['land.example'],
    paymentGateways: ['pay.bank.example'],
    agencies: ['tax-land.example'],
  },
};

describe('hosts with a role in the country', () => {
  it.each([
    ['knows the provider of a state by itself', isIdentityProvider, 'sso.my.gov.ir', true],
    ['adds the provider that the registry names', isIdentityProvider, 'id.land.example', true],
    ['does not take the portal for the provider', isIdentityProvider, 'land.example', false],
    ['does not take the provider for the portal', isNationalPortal, 'id.land.example', false],
    ['takes hosts below a portal for the portal', isNationalPortal, 'www.land.example', true],
    ['does not take every host below a public suffix for the portal', isNationalPortal, 'kent.gov.uk', false],
    ['adds the gateway that the registry names', isPaymentGateway, 'pay.bank.example', true],
    ['takes hosts of the national switch for gateways', isPaymentGateway, 'sep.shaparak.ir', true],
    ['adds the agency that the registry names', isAgency, 'my.tax-land.example', true],
    ['leaves out offices to which everybody links', isAgency, 'www.leader.ir', false],
    ['does not take nothing for a host', isAgency, '', false],
  ] as const)('%s', (_, test, host, expected) => expect(test(country, host)).toBe(expected));
});
