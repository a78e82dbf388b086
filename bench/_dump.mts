import { makePage } from './pages.ts'; import { gunzipSync } from 'node:zlib'; import { writeFileSync } from 'node:fs';
writeFileSync('/tmp/t/pages.json', JSON.stringify(Array.from({length:200},(_,i)=>gunzipSync(makePage(i,1000).gzip).toString())));
