/**
 * Certificates for sites on loopback: an authority of one's own, what it issues, and the faults that real sites show.
 * EC P-256 throughout; everything is handed over as PEM. Not for anything that a stranger can reach.
 */
import 'reflect-metadata'; // @peculiar/x509 refuses to load without it
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PKCS #8 as PEM. */
  readonly key: string;
}

/** A certificate that signs others. Programs that shall trust these get `cert` alone. */
export type Authority = Certificate;

export interface CertificateRequest {
  /** DNS names; the first is also the common name. `*.example` is allowed. */
  readonly hosts: readonly [string, ...string[]];
  /** Default: yesterday, so that a clock a little behind does not refuse it. */
  readonly notBefore?: Date;
  /** Default: VALID_DAYS after now. */
  readonly notAfter?: Date;
}

const DAY = 86_400_000; // milliseconds
/** Browsers refuse server certificates that live longer than 398 days, also those of a private authority. */
const VALID_DAYS = 365;
const AUTHORITY_DAYS = 3650;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new authority; each call makes another one. */
export async function createAuthority(): Promise<Authority> {
  const keys = await generateKeys();
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: 'CN=Rasad demo authority',
      ...validity({ notAfter: new Date(Date.now() + AUTHORITY_DAYS * DAY) }),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pem(made, keys.privateKey);
}

/** A server certificate for all of `hosts`, signed by the authority. */
export async function issueCertificate(authority: Authority, request: CertificateRequest): Promise<Certificate> {
  const keys = await generateKeys();
  const issuer = new x509.X509Certificate(authority.cert);
  const made = await x509.X509CertificateGenerator.create(
    {
      serialNumber: serialNumber(),
      subject: nameOf(request.hosts),
      issuer: issuer.subject,
      ...validity(request),
      publicKey: keys.publicKey,
      signingKey: await importKey(authority.key),
      signingAlgorithm: ALGORITHM,
      extensions: [
        ...serverExtensions(request.hosts),
        await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return pem(made, keys.privateKey);
}

/** A server certificate that vouches for itself: right names, right dates, nobody who knows it. */
export async function selfSigned(request: CertificateRequest): Promise<Certificate> {
  const keys = await generateKeys();
  const made = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serialNumber(),
      name: nameOf(request.hosts),
      ...validity(request),
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: serverExtensions(request.hosts),
    },
    webcrypto,
  );
  return pem(made, keys.privateKey);
}

function serverExtensions(hosts: readonly string[]): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns', value }))),
  ];
}

function validity({ notBefore, notAfter }: Pick<CertificateRequest, 'notBefore' | 'notAfter'>) {
  return {
    notBefore: notBefore ?? new Date(Date.now() - DAY),
    notAfter: notAfter ?? new Date(Date.now() + VALID_DAYS * DAY),
  };
}

/** As a list of attributes, so that no character of a host name is read as syntax. */
const nameOf = (hosts: CertificateRequest['hosts']): x509.JsonName => [{ CN: [hosts[0]] }];

const generateKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);

const importKey = (key: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(key), ALGORITHM, false, ['sign']);

async function pem(made: x509.X509Certificate, privateKey: webcrypto.CryptoKey): Promise<Certificate> {
  const key = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return {
    cert: made.toString('pem'),
    key: x509.PemConverter.encode(key, x509.PemConverter.PrivateKeyTag),
  };
}

/** Hexadecimal; the first digit keeps it positive and of full length (RFC 5280, 4.1.2.2). */
const serialNumber = (): string => `4${Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex')}0`;
