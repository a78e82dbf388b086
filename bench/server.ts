/** Serves the benchmark's pages from memory, in a process of its own so that its CPU is nobody's. */
import { createServer } from 'node:http';
import { makePage } from './pages.ts';

const total = Number(process.argv[2]);
const pages = new Map<string, Buffer>();
let links = 0;
let bytes = 0;
for (let i = 0; i < total; i++) {
  const { path, gzip, size } = makePage(i, total);
  pages.set(path, gzip);
  bytes += size;
  links += 1;
}
const server = createServer((request, response) => {
  const path = request.url!.split('?')[0]!;
  const body = path === '/' ? pages.get('/p/0') : pages.get(path);
  if (!body) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': body.length,
    })
    .end(body);
});
server.keepAliveTimeout = 30_000;
server.listen(0, '0.0.0.0', () => {
  process.send!({ port: (server.address() as { port: number }).port, meanSize: Math.round(bytes / links) });
});
process.on('disconnect', () => process.exit(0));
