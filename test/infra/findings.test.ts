import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { chineseCity, city, synthesize } from './synthesized.ts';

const stages = [
  ['aws', city],
  ['aws-cn', chineseCity],
] as const;

test.each(stages)('cdk-nag has no finding in %s that is not accepted with a reason', async (_, stage) => {
  const { app } = await synthesize(stage);
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  expect(violations.map(({ ruleName, description }) => `${ruleName}: ${description}`)).toEqual([]);
});

const hasLint = spawnSync('cfn-lint', ['--version']).status === 0;
if (!hasLint) process.stderr.write('\nSKIPPED: cfn-lint is not on the PATH (pip install cfn-lint)\n');

(hasLint ? test : test.skip).each(stages)(
  'cfn-lint finds no error in %s',
  async (_, stage) => {
    const { templates } = await synthesize(stage);
    const folder = mkdtempSync(join(tmpdir(), 'dandang-lint-'));
    try {
      for (const [name, template] of Object.entries(templates)) {
        const file = join(folder, `${name}.json`);
        writeFileSync(file, JSON.stringify(template));
        const said = execFileSync(
          'cfn-lint',
          ['--regions', stage.region, '--non-zero-exit-code', 'none', '--format', 'parseable', '--', file],
          {
            encoding: 'utf8',
          },
        );
        expect(said.split('\n').filter((line) => /:E\d{4}:/.test(line))).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
