import { X509Certificate } from 'node:crypto';
import { connect, createServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createAuthority,
  issueCertificate,
  selfSigned,
  type Authority,
  type Certificate,
} from '../../seeds/certificates.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

/** How a strict client that trusts the authority ends: `trusted`, or the code of the fault. */
async function handshake(certificate: Certificate, host: string): Promise<string> {
  const server = createServer({ ...certificate }, (socket) => socket.end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const result = await new Promise<string>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: host, ca: authority.cert });
    socket.on('secureConnect', () => resolve('trusted'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => socket.destroy());
  });
  server.close();
  return result;
}

describe('certificates', () => {
  it('are trusted for each of their hosts by who trusts the authority', async () => {
    const certificate = await issueCertificate(authority, { hosts: ['a.example', '*.b.example'] });
    expect(await handshake(certificate, 'a.example')).toBe('trusted');
    expect(await handshake(certificate, 'x.b.example')).toBe('trusted');
  });

  it('are of no use for another host', async () => {
    const certificate = await issueCertificate(authority, { hosts: ['a.example'] });
    expect(await handshake(certificate, 'b.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('end on the day that was asked for', async () => {
    const notBefore = new Date('2024-01-01T00:00:00Z');
    const notAfter = new Date('2024-06-01T00:00:00Z');
    const certificate = await issueCertificate(authority, { hosts: ['a.example'], notBefore, notAfter });
    expect(new Date(new X509Certificate(certificate.cert).validTo)).toEqual(notAfter);
    expect(await handshake(certificate, 'a.example')).toBe('CERT_HAS_EXPIRED');
  });

  it('that vouch for themselves are known to nobody', async () => {
    expect(await handshake(await selfSigned({ hosts: ['a.example'] }), 'a.example')).toBe(
      'DEPTH_ZERO_SELF_SIGNED_CERT',
    );
  });

  it('of another authority are not trusted', async () => {
    const stranger = await createAuthority();
    const certificate = await issueCertificate(stranger, { hosts: ['a.example'] });
    expect(await handshake(certificate, 'a.example')).toMatch(/UNABLE_TO_VERIFY|SIGNATURE/);
  });

  it('are EC P-256 and carry no right to sign others', async () => {
    const certificate = new X509Certificate((await issueCertificate(authority, { hosts: ['a.example'] })).cert);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.ca).toBe(false);
    expect(new X509Certificate(authority.cert).ca).toBe(true);
  });
});
