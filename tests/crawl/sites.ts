/** Sites on loopback that misbehave on demand, and count who asked for what. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Site {
  readonly port: number;
  /** `METHOD /path` of every request, in order. */
  readonly hits: readonly string[];
  readonly close: () => Promise<void>;
}

/** An http server; https with `tls`. Whatever the handler leaves open is cut at the end. */
export async function startSite(handler: Handler, tls?: ServerOptions): Promise<Site> {
  const hits: string[] = [];
  const listener: Handler = (request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.on('error', () => {});
    handler(request, response);
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.on('tlsClientError', () => {});
  server.on('upgrade', (request: IncomingMessage, socket: Socket) => {
    hits.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  return { hits, ...(await listen(server)) };
}

/** A bare TCP server, for what no http server would send. */
export async function startSocket(
  onConnection: (socket: Socket, request: string, first: Buffer) => void,
): Promise<Site> {
  const hits: string[] = [];
  const server = createSocketServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (data) => {
      const request = data.toString('latin1').split('\r\n')[0]!;
      hits.push(request.replace(/ HTTP.*/, ''));
      onConnection(socket, request, data);
    });
  });
  return { hits, ...(await listen(server)) };
}

async function listen(server: Server): Promise<Pick<Site, 'port' | 'close'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Calls `write` at a steady pace until the response is closed. */
export function drip(response: ServerResponse | Socket, write: () => void, milliseconds = 50): void {
  const timer = setInterval(write, milliseconds);
  response.on('close', () => clearInterval(timer));
}

/** A page with enough of its own to be taken for one. */
export function contentPage(body = '', head = ''): string {
  const text = 'خدمات الکترونیک سازمان برای شهروندان و کسب و کارها در این درگاه ارائه می شود. ';
  return `<!doctype html><html lang="fa"><head><meta charset="utf-8"><title>سازمان نمونه</title>${head}</head><body><main><h1>خدمات</h1><p>${text.repeat(8)}</p>${body}</main></body></html>`;
}
