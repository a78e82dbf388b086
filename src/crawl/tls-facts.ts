/**
 * The strict verdict on a host's certificate and protocol, taken without letting it hide the rest: the connection is
 * opened all the same, and what a strict visitor's browser would object to becomes a fact.
 */
import { constants, X509Certificate } from 'node:crypto';
import { isIP, type Socket } from 'node:net';
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../core/model.ts';
import { unreachable } from './contract.ts';
import { codeOf, DialError, settled } from './dial.ts';

export interface TlsTrust {
  readonly strict: SecureContext;
  readonly lenient: SecureContext;
}

/** Contexts are made once: reading the root certificates costs more than a handshake. `ca`: PEM, trusted as well. */
export function trustOf(ca: readonly string[]): TlsTrust {
  const roots = ca.length === 0 ? {} : { ca: [...rootCertificates, ...ca] };
  return {
    strict: createSecureContext({ ...roots, minVersion: 'TLSv1.2' }),
    lenient: createSecureContext({
      ...roots,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT | constants.SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION,
    }),
  };
}

export interface SecureOptions {
  readonly host: string;
  readonly trust: TlsTrust;
  /** What an earlier connection to this host showed; a host known to need it is met leniently at once. */
  readonly known: TlsFacts | null;
  readonly signal: AbortSignal;
}

/** Error of both handshakes, with the facts that it leaves. */
export class TlsError extends DialError {
  readonly facts: TlsFacts;
  constructor(facts: TlsFacts, cause: 'tls' | 'reset') {
    super(unreachable(cause, facts.detail ?? 'no TLS connection'));
    this.facts = facts;
  }
}

/**
 * Speaks TLS over connections that `open` gives: strictly first, and again with old protocols allowed when the strict
 * handshake fails. A bad certificate needs no second one, since it is judged and not obeyed.
 */
export async function secure(
  open: () => Promise<Socket>,
  options: SecureOptions,
): Promise<{ socket: TLSSocket; facts: TlsFacts }> {
  const { known, trust } = options;
  const isKnownOld = known !== null && (known.fault === 'old-protocol' || known.fault === 'handshake');
  let failure: unknown = null;
  // a connection that was cut says nothing of the protocol, so it is tried once more before it counts
  for (let attempt = 0; !isKnownOld && attempt < 2 && (failure === null || isCut(failure)); attempt++) {
    const raw = await open();
    try {
      const socket = await handshake(raw, trust.strict, options);
      return { socket, facts: known ?? certificateFacts(socket) };
    } catch (error) {
      if (options.signal.aborted) throw error;
      failure = error;
    }
  }
  const raw = await open();
  try {
    const socket = await handshake(raw, trust.lenient, options);
    return { socket, facts: known ?? oldFacts(socket, failure) };
  } catch (error) {
    if (options.signal.aborted) throw error;
    const facts: TlsFacts = {
      valid: false,
      fault: 'handshake',
      detail: describe(failure ?? error),
      protocol: null,
      issuer: null,
      validTo: null,
    };
    throw new TlsError(facts, isCut(failure ?? error) ? 'reset' : 'tls');
  }
}

const isCut = (error: unknown): boolean => error instanceof DialError || codeOf(error) === 'ECONNRESET';

function handshake(raw: Socket, secureContext: SecureContext, { host, signal }: SecureOptions): Promise<TLSSocket> {
  const name = host.replace(/^\[|\]$/g, '');
  const socket = connect({
    socket: raw,
    host: name,
    ...(isIP(name) ? {} : { servername: name }),
    ALPNProtocols: ['http/1.1'],
    secureContext,
    rejectUnauthorized: false,
  });
  return settled(socket, 'secureConnect', host, signal);
}

const describe = (error: unknown): string => {
  const { reason } = error as { reason?: unknown };
  return typeof reason === 'string' ? `${codeOf(error)} (${reason})` : codeOf(error);
};

/** Codes of OpenSSL's verification, and of Node's comparison of names, as the faults of the model. */
const FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  CERT_UNTRUSTED: 'unknown-authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
  HOSTNAME_MISMATCH: 'wrong-host',
};

function certificateFacts(socket: TLSSocket): TlsFacts {
  const sent = sentBy(socket);
  const seen = describeCertificate(socket, sent.leaf);
  if (socket.authorized) return { valid: true, fault: null, detail: null, ...seen };
  // Node sets this to the code of the verification, or to an error whose code says that the names differ
  const problem = socket.authorizationError as unknown as string | (Error & { code?: string });
  const code = typeof problem === 'string' ? problem : (problem?.code ?? 'unknown');
  let fault = FAULTS[code] ?? 'handshake';
  let detail = typeof problem === 'string' ? code : `${code}: ${problem?.message ?? ''}`;
  if (fault === 'unknown-authority' && isChainIncomplete(sent)) {
    fault = 'incomplete-chain';
    detail = `${code}: the server sends its own certificate only, without that of its issuer`;
  }
  if (code === 'CERT_NOT_YET_VALID') detail = `${code}: valid from ${sent.leaf?.validFrom ?? 'later'}`;
  return { valid: false, fault, detail, ...seen };
}

function oldFacts(socket: TLSSocket, failure: unknown): TlsFacts {
  const seen = describeCertificate(socket, sentBy(socket).leaf);
  const isOld = seen.protocol === 'TLSv1' || seen.protocol === 'TLSv1.1';
  return { valid: false, fault: isOld ? 'old-protocol' : 'handshake', detail: describe(failure), ...seen };
}

interface Sent {
  readonly leaf: X509Certificate | null;
  /** Nothing came but the leaf. */
  readonly isAlone: boolean;
}

/** Asked once a socket: Node 20 takes the certificates out of the connection as it hands them over. */
function sentBy(socket: TLSSocket): Sent {
  const { raw, issuerCertificate } = socket.getPeerCertificate(true) as {
    raw?: Buffer;
    issuerCertificate?: { raw: Buffer };
  };
  if (!raw) return { leaf: null, isAlone: false };
  return {
    leaf: new X509Certificate(raw),
    isAlone: issuerCertificate === undefined || issuerCertificate.raw.equals(raw),
  };
}

function describeCertificate(
  socket: TLSSocket,
  leaf: X509Certificate | null,
): Pick<TlsFacts, 'protocol' | 'issuer' | 'validTo'> {
  const validTo = leaf ? new Date(leaf.validTo) : null;
  return {
    protocol: socket.getProtocol(),
    issuer: leaf ? leaf.issuer.split('\n').join(', ') : null,
    validTo: validTo && !Number.isNaN(validTo.getTime()) ? validTo.toISOString() : null,
  };
}

/**
 * Only the leaf was sent, it says where its issuer's certificate can be had, and the issuing organization is one that
 * is trusted: then a missing intermediate is the likely reason. The issuer is not fetched to make sure.
 */
function isChainIncomplete({ leaf, isAlone }: Sent): boolean {
  const issuer = leaf && isAlone ? organizationOf(leaf.issuer) : null;
  return issuer !== null && /CA Issuers/.test(leaf?.infoAccess ?? '') && trustedOrganizations().has(issuer);
}

const organizationOf = (name: string): string | null => /^O=(.+)$/m.exec(name)?.[1] ?? null;

let organizations: ReadonlySet<string> | null = null;
/** Who issues below the roots that come with Node; a constant of the runtime, read when first needed. */
function trustedOrganizations(): ReadonlySet<string> {
  organizations ??= new Set([
    ...rootCertificates.flatMap((pem) => organizationOf(new X509Certificate(pem).subject) ?? []),
    // intermediates under another name than their root
    "Let's Encrypt", 'ZeroSSL', 'Sectigo Limited', 'GoGetSSL', 'cPanel, Inc.', 'GeoTrust Inc.', 'RapidSSL', 'Asseco Data Systems S.A.', 'Unizeto Technologies S.A.',
  ]); // prettier-ignore
  return organizations;
}
