import rule from '../../../rules/presence/tls-valid.ts';
import type { TlsFacts } from '../../../src/core/model.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const good: TlsFacts = {
  valid: true,
  fault: null,
  detail: null,
  protocol: 'TLSv1.3',
  issuer: 'Example Trust',
  validTo: '2027-03-01T00:00:00.000Z',
};
const bad = (fault: string, more: Partial<TlsFacts> = {}): TlsFacts => ({ ...good, valid: false, fault, ...more });
const redirect = { finalUrl: PORTAL };
const same = { finalUrl: 'http://www.org.example/' };

testRule(rule, [
  {
    name: 'passes a valid certificate that is enforced',
    tls: good,
    plain: redirect,
    outcome: 'enforced',
    verdict: 'pass',
    quotes: 'http://www.org.example/ → https://www.org.example/',
  },
  {
    name: 'passes a portal whose plain port is closed',
    tls: good,
    plain: { outcome: { kind: 'unreachable', cause: 'connect', detail: 'ECONNREFUSED' } },
    outcome: 'plainClosed',
    verdict: 'pass',
  },
  {
    name: 'gives half where pages are answered without encryption too',
    tls: good,
    plain: same,
    outcome: 'notEnforced',
    verdict: 'partial',
  },
  {
    name: 'gives half for a plain script on the first page',
    tls: good,
    plain: redirect,
    home: '<main><h1>سازمان نمونه</h1></main><script src="http://cdn.example/a.js"></script>',
    outcome: 'mixed',
    verdict: 'partial',
  },
  {
    name: 'gives half for a certificate that ends this week',
    tls: { ...good, validTo: '2026-11-28T00:00:00.000Z' },
    plain: redirect,
    outcome: 'ending',
    verdict: 'partial',
  },
  {
    name: 'gives half for a chain that only some browsers can complete',
    tls: bad('incomplete-chain'),
    plain: redirect,
    outcome: 'incomplete',
    verdict: 'partial',
  },
  {
    name: 'asks a person about a national root',
    tls: bad('unknown-authority', { issuer: 'National Root' }),
    plain: redirect,
    outcome: 'unknownRoot',
    verdict: 'unclear',
  },
  {
    name: 'does not guess what the plain address does when it was slow for us',
    tls: good,
    plain: { outcome: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'plainUnknown',
    verdict: 'unclear',
  },
  { name: 'does not guess what the plain address does when nobody asked', tls: good, outcome: 'plainUnknown' },
  {
    name: 'does not call https missing when it was never tried',
    tls: null,
    landsAt: { [PORTAL]: 'http://www.org.example/' },
    outcome: 'httpsUnknown',
    verdict: 'unclear',
  },
  {
    name: 'fails a portal at whose encrypted address nothing listens',
    tls: null,
    landsAt: { [PORTAL]: 'http://portal.org.example/' },
    outcomes: { 'https://portal.org.example/': { kind: 'unreachable', cause: 'connect', detail: 'ECONNREFUSED' } },
    outcome: 'noHttps',
    verdict: 'fail',
  },
  {
    name: 'does not blame an encrypted address that was slow for us',
    tls: null,
    landsAt: { [PORTAL]: 'http://portal.org.example/' },
    outcomes: { 'https://portal.org.example/': { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'httpsUnknown',
  },
  {
    name: 'fails an expired certificate',
    tls: bad('expired'),
    plain: redirect,
    outcome: 'badCertificate',
    verdict: 'fail',
  },
  { name: 'fails a certificate of another host', tls: bad('wrong-host'), plain: redirect, outcome: 'badCertificate' },
  {
    name: 'fails a portal that leads away from https',
    tls: good,
    landsAt: { [PORTAL]: 'http://www.org.example/fa' },
    plain: same,
    outcome: 'downgraded',
    verdict: 'fail',
  },
  {
    name: 'fails a portal without TLS that answers in plain',
    tls: bad('handshake', { detail: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
    plain: same,
    outcome: 'noHttps',
    verdict: 'fail',
  },
  {
    name: 'does not blame a connection that was cut',
    tls: bad('handshake', { detail: 'ECONNRESET' }),
    plain: same,
    outcome: 'notConnected',
    verdict: 'blocked',
  },
  {
    name: 'does not blame a portal that never answered us',
    tls: null,
    outcomes: { [PORTAL]: { kind: 'unreachable', cause: 'timeout', detail: '' } },
    outcome: 'notConnected',
    verdict: 'blocked',
  },
]);
