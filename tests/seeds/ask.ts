/** Asks a running demo site as a client that was told where its host is, and follows nothing. */
import { request as requestHttp, type IncomingHttpHeaders } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import type { RunningSites } from '../../seeds/demo-server.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Look at the pages of a site whose certificate is faulty. */
  readonly insecure?: boolean;
  /** Path exactly as it goes over the wire, where a URL would tidy it up. */
  readonly rawPath?: string;
}

/** Handshakes are what takes time, so a few connections serve each host. */
const agent = new Agent({ keepAlive: true, maxSockets: 3 });

/** Rejects with the error of the connection, TLS faults included. */
export function ask(
  sites: Pick<RunningSites, 'hosts' | 'caPem'>,
  url: string,
  { method = 'GET', headers = {}, insecure = false, rawPath }: Question = {},
): Promise<Reply> {
  const { protocol, hostname, pathname, search } = new URL(url);
  const [address = '', ports = ''] = (sites.hosts[hostname] ?? '').split(':');
  const [http, https] = ports.split('/').map(Number);
  const options = {
    host: address,
    path: rawPath ?? pathname + search,
    method,
    headers: { host: hostname, ...headers },
  };
  return new Promise((resolve, reject) => {
    const request =
      protocol === 'https:'
        ? requestHttps({
            ...options,
            port: https,
            servername: hostname,
            agent,
            ca: sites.caPem,
            rejectUnauthorized: !insecure,
          })
        : requestHttp({ ...options, port: http });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    request.end();
  });
}
