import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderDocx } from '@dandang/letters/docx.ts';
import * as samples from './samples.ts';

/** `npm run letters:validate`: the samples, or the .docx files named, against the schemas of ECMA-376. Needs Java 17 and Maven. */

const here = join(import.meta.dirname, 'validator');

for (const [program, argument] of [
  ['java', '-version'],
  ['mvn', '--version'],
] as const)
  if (spawnSync(program, [argument]).error !== undefined) {
    console.error(`The .docx files are NOT validated: ${program} not found.`);
    process.exit(0);
  }

const folder = await mkdtemp(join(tmpdir(), 'validate-'));
try {
  const files = process.argv.slice(2);
  if (files.length === 0)
    for (const [name, letter] of Object.entries(samples)) {
      files.push(join(folder, `${name}.docx`));
      await writeFile(join(folder, `${name}.docx`), await renderDocx(letter));
    }
  const list = join(folder, 'classpath');
  const pom = ['-f', join(here, 'pom.xml')];
  spawnSync('mvn', ['-q', '-B', ...pom, 'dependency:build-classpath', `-Dmdep.outputFile=${list}`], {
    stdio: 'inherit',
  });
  const classpath = await readFile(list, 'utf8');
  const quiet = ['-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory'];
  const { status } = spawnSync('java', [...quiet, '-cp', classpath, join(here, 'Validate.java'), ...files], {
    stdio: 'inherit',
  });
  if (status === 0) console.log(`${files.length} files: no remark`);
  process.exitCode = status ?? 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
