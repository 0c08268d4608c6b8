import { expect, test } from 'vitest';
import { brokenRules, dependencyRules } from './dependency-rules.ts';
import { importsOf, readSource, sourceFiles } from './source-tree.ts';

test('the walk finds imports of every form', () => {
  const source =
    "import { a } from './a.ts';\nimport type { B } from '../b/b.ts';\nimport 'zod';\nawait import('keytar');\nexport { c } from './c.ts';";
  expect([...importsOf('src-main/x/y.ts', source)].sort()).toEqual(
    ['keytar', 'src-main/b/b.ts', 'src-main/x/a.ts', 'src-main/x/c.ts', 'zod'].sort(),
  );
  expect(importsOf('src-main/app/windows.electron.ts', readSource('src-main/app/windows.electron.ts'))).toContain(
    'electron',
  );
});

test.each(dependencyRules.map((rule) => [rule.name, rule] as const))(
  'the rule %s fires on an offence',
  (name, rule) => {
    expect(brokenRules(...rule.offence)).toContain(name);
  },
);

test('nobody imports what it may not', () => {
  const offences = sourceFiles.flatMap((file) =>
    importsOf(file, readSource(file)).flatMap((to) => brokenRules(file, to).map((rule) => `${rule}: ${file} → ${to}`)),
  );
  expect(offences).toEqual([]);
});
